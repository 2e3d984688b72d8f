"""Nobody else's pictures, words or music without right and credit."""

from shared.policy.judged import Findings, Pack, Reading, Sentences, judged

RULE = "copyright"
SAY = Sentences(
    "{words} sounds like somebody else’s material.",
    "Use material of your own or with a licence and credit; leave out {words}.",
)


def check(reading: Reading, pack: Pack) -> Findings:
    """Material used without right or credit, by the post's own words (policy.md N10)."""
    yield from judged(RULE, reading, pack, SAY)
