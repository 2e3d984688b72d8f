"""Nobody is shown who has not agreed to it."""

from shared.policy.judged import Findings, Pack, Reading, Sentences, judged

RULE = "image-consent"
SAY = Sentences(
    "{words} suggests a picture of people who have not agreed to it.",
    "Blur the faces or record the consent, and leave out {words}.",
)


def check(reading: Reading, pack: Pack) -> Findings:
    """People who can be recognised, without consent (policy.md N30, B24)."""
    yield from judged(RULE, reading, pack, SAY)
