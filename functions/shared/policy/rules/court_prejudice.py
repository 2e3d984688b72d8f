"""Nothing that a jury should not hear from us first."""

from shared.policy.judged import Findings, Pack, Reading, Sentences, judged

RULE = "court-prejudice"
SAY = Sentences(
    "{words} could prejudice a case.",
    "Say only that somebody was arrested or charged; leave out {words}.",
)


def check(reading: Reading, pack: Pack) -> Findings:
    """Guilt, earlier convictions or evidence told while a case is live (policy.md N18, B13)."""
    yield from judged(RULE, reading, pack, SAY)
