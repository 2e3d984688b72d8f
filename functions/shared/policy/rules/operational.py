"""Nothing that helps those we are after."""

from shared.policy.judged import Findings, Pack, Reading, Sentences, judged

RULE = "operational"
SAY = Sentences(
    "{words} tells how or when the police will act.",
    "Leave out {words}, or tell it when it is over.",
)


def check(reading: Reading, pack: Pack) -> Findings:
    """Tactics, plans, kit, gaps in cover (policy.md N11)."""
    yield from judged(RULE, reading, pack, SAY)
