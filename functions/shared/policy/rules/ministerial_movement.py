"""Nobody learns from us where a protected person is or will be."""

from shared.policy.judged import Findings, Pack, Reading, Sentences, judged

RULE = "ministerial-movement"
SAY = Sentences(
    "{words} tells where a protected person is or will be.",
    "Leave out {words} until the visit is public and over.",
)


def check(reading: Reading, pack: Pack) -> Findings:
    """Where or when ministers, royals and the like are or will be (policy.md N15)."""
    yield from judged(RULE, reading, pack, SAY)
