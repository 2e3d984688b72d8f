"""Nothing is told before its time."""

from shared.policy.judged import Findings, Pack, Reading, Sentences, judged

RULE = "embargo"
SAY = Sentences(
    "{words} sounds like news that is not out yet.",
    "Schedule the post for the release, and leave out {words} until then.",
)


def check(reading: Reading, pack: Pack) -> Findings:
    """News told before its release, marked so or by implication (policy.md N14)."""
    yield from judged(RULE, reading, pack, SAY)
