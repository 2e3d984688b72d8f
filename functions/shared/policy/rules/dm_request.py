"""Private details are not asked for in private messages."""

from shared.policy.judged import Findings, Pack, Reading, Sentences, judged

RULE = "dm-request"
SAY = Sentences(
    "{words} asks for private details by message.",
    "Ask them to use the team’s e-mail address instead of {words}.",
)


def check(reading: Reading, pack: Pack) -> Findings:
    """Asks for details by direct message, inbox or the like (policy.md N27, D10)."""
    yield from judged(RULE, reading, pack, SAY)
