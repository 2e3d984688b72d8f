"""Nobody can tell from us who a victim is."""

from shared.policy.judged import Findings, Pack, Reading, Sentences, judged

RULE = "victim-identity"
SAY = Sentences(
    "{words} may tell who a victim is.",
    "Leave out {words}: no name, school, family, job or street.",
)


def check(reading: Reading, pack: Pack) -> Findings:
    """Name, initials, or a jigsaw that points to a victim (policy.md B15, B16, B40)."""
    yield from judged(RULE, reading, pack, SAY)
