"""No jokes about police work."""

from shared.policy.judged import Findings, Pack, Reading, Sentences, judged

RULE = "joke"
SAY = Sentences(
    "{words} may read as a joke.",
    "Say it plainly: leave out {words}.",
)


def check(reading: Reading, pack: Pack) -> Findings:
    """Puns, sarcasm, mockery (policy.md N04, X04)."""
    yield from judged(RULE, reading, pack, SAY)
