"""Nobody learns from us when no officer is there."""

from shared.policy.judged import Findings, Pack, Reading, Sentences, judged

RULE = "off-duty"
SAY = Sentences(
    "{words} tells when you are off duty.",
    "Leave out {words}.",
)


def check(reading: Reading, pack: Pack) -> Findings:
    """End of shift, rota, rest days, leave (policy.md N06)."""
    yield from judged(RULE, reading, pack, SAY)
