"""No exact place of a crime."""

from shared.policy.findings import finding, quoted
from shared.policy.judged import Findings, Pack, Reading, Sentences, judged

RULE = "exact-location"
SAY = Sentences(
    "{words} tells the exact place.",
    "Name the street without a number, or the area: leave out {words}.",
)

_PLAIN = {"w3w": "a three-word address", "coordinates": "a position on the map"}
"""Places told to the metre, whatever happened there."""


def check(reading: Reading, pack: Pack) -> Findings:
    """House numbers, postcodes, positions, the only dwelling it can be (policy.md N02)."""
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
                suggestion=f"Name the street or the area instead of {words}.",
            )
    yield from judged(RULE, reading, pack, SAY, told=told)
