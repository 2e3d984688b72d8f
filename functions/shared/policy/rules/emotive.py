"""No arguments, politics, abuse or contempt."""

from shared.policy.judged import Findings, Pack, Reading, Sentences, judged

RULE = "emotive"
SAY = Sentences(
    "{words} may be read as argument or contempt.",
    "Stay factual and calm: leave out {words}.",
)


def check(reading: Reading, pack: Pack) -> Findings:
    """Being drawn into an argument or an emotive subject (policy.md N12, N17, N25, B30)."""
    yield from judged(RULE, reading, pack, SAY)
