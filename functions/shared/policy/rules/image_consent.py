"""Nobody is shown who has not agreed to it."""

from shared.policy.findings import finding, listed
from shared.policy.judged import Findings, Pack, Reading, Sentences, judged

RULE = "image-consent"
SAY = Sentences(
    "{words} suggests a picture of people who have not agreed to it.",
    "Blur the faces or record the consent, and leave out {words}.",
)


def check(reading: Reading, pack: Pack) -> Findings:
    """People who can be recognised, without consent: by the post's own words (policy.md N30, B24),
    or by what was said of its pictures (M01)."""
    yield from judged(RULE, reading, pack, SAY)
    unasked = [str(number) for number in reading.candidate.unasked]
    if unasked:
        yield finding(
            RULE,
            reading,
            pack,
            span=(0, len(reading.text)),
            message=f"Picture {listed(unasked)} shows people who were not asked.",
            suggestion="Somebody else has to weigh the policing purpose; or use a picture of those "
            "who agreed.",
        )
