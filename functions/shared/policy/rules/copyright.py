"""Nobody else's pictures, words or music without right and credit."""

from shared.policy.findings import finding
from shared.policy.judged import Findings, Pack, Reading, Sentences, judged
from shared.posts.credits import uncredited

RULE = "copyright"
SAY = Sentences(
    "{words} sounds like somebody else’s material.",
    "Use material of your own or with a licence and credit; leave out {words}.",
)


def check(reading: Reading, pack: Pack) -> Findings:
    """Material used without right or credit, by the post's own words (policy.md N10), and pictures
    whose licence asks for a credit that the words do not give (M06, M08)."""
    yield from judged(RULE, reading, pack, SAY)
    for line in uncredited(reading.candidate.credits, reading.candidate.text):
        yield finding(
            RULE,
            reading,
            pack,
            span=(0, len(reading.text)),
            message="A picture is used without the credit that its licence asks for.",
            suggestion=f"Put “{line}” into the words of the post.",
        )
