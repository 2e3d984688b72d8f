"""No exact place of a crime."""

import re
from collections.abc import Iterator
from dataclasses import replace

from shared.policy.findings import finding, quoted
from shared.policy.judged import Findings, Pack, Reading, Sentences, Span, judged
from shared.policy.particulars import Particular
from shared.policy.verdict import Finding

RULE = "exact-location"
SAY = Sentences(
    "{words} tells the exact place.",
    "Name the street without a number, or the area: leave out {words}.",
)

_PLAIN = {"w3w": "a three-word address", "coordinates": "a position on the map"}
"""Places told to the metre, whatever happened there."""

_NUMBER = re.compile(r"(?:number\s|no\.?\s)?\d{1,4}[a-f]?,?\s(?=[a-z])", re.IGNORECASE)


def check(reading: Reading, pack: Pack) -> Findings:
    """House numbers, postcodes, positions, the only dwelling it can be (policy.md N02)."""
    told: list[Span] = []
    for one in reading.particulars:
        if one.kind in _PLAIN:
            told.append((one.start, one.end))
            yield _position(reading, pack, one)
    numbered = None if told else next(_numbered(reading, pack), None)
    if numbered:
        yield numbered
    else:
        yield from judged(RULE, reading, pack, SAY, told=told)


def _position(reading: Reading, pack: Pack, one: Particular) -> Finding:
    span = reading.typed(one.start, one.end)
    words = quoted(reading.text[slice(*span)])
    return finding(
        RULE,
        reading,
        pack,
        span=span,
        message=f"{words} is {_PLAIN[one.kind]}.",
        suggestion=f"Name the street or the area instead of {words}.",
    )


def _numbered(reading: Reading, pack: Pack) -> Iterator[Finding]:
    """A house number that is all that is wrong: without it, the street may be named."""
    likely = pack.model.marks[RULE].likely
    if reading.judged_by(pack.model).scores[RULE] < likely:
        return
    for one in reading.particulars:
        number = _NUMBER.match(reading.plain, one.start, one.end) if one.kind == "house" else None
        if number is None:
            continue
        start, end = reading.typed(one.start, one.end)
        street = reading.text[reading.typed(number.end(), one.end)[0] : end]
        text = f"{reading.text[:start]}{street}{reading.text[end:]}"
        again = Reading(replace(reading.candidate, text=text)).judged_by(pack.model)
        if again.scores[RULE] < likely:
            words = quoted(reading.text[start:end])
            found = judged(RULE, reading, pack, SAY)
            yield from (
                replace(
                    first,
                    start=start,
                    end=end,
                    message=f"{words} tells the exact place.",
                    suggestion=f"Write “{street}” instead of {words}.",
                )
                for first in found
            )
