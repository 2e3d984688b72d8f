"""No private person's particulars."""

from shared.policy.findings import finding, quoted
from shared.policy.judged import Findings, Pack, Reading, Sentences, judged

RULE = "personal-data"
SAY = Sentences(
    "{words} tells something private about a person.",
    "Leave out {words}.",
)

_PLAIN = {
    "mobile": "a mobile telephone number",
    "spelt-number": "a telephone number in words",
    "email": "a private e-mail address",
    "vrm": "a vehicle’s registration",
    "ni": "a National Insurance number",
    "sort-code": "a bank’s sort code",
}
"""Particulars that are personal whatever is said about them."""


def check(reading: Reading, pack: Pack) -> Findings:
    """Numbers, addresses, health of people who did not agree to it (policy.md N08)."""
    told = []
    for one in reading.particulars:
        if one.kind in _PLAIN:
            span = reading.typed(one.start, one.end)
            told.append((one.start, one.end))
            words = quoted(reading.text[slice(*span)])
            yield finding(
                RULE,
                reading,
                pack,
                span=span,
                message=f"{words} is {_PLAIN[one.kind]}.",
                suggestion=f"Leave out {words}; give a force number or mailbox instead.",
            )
    yield from judged(RULE, reading, pack, SAY, told=told)
