"""Particulars in a text: telephone numbers, registrations, addresses, and what else has a form.

They are found by form alone, however they are spaced; whether one may be told is for the rules to
say. Every pattern begins at a digit, a sign or a word and reads a bounded stretch, so that a
hostile text costs no more than a long one.

    mobile landline spelt-number    telephone numbers; the last in words, digit by digit
    email mailbox                   a person's, a police or public body's
    vrm ni sort-code bank-number    registration, National Insurance, bank details
    date year money percent time    dates in figures, a year of birth or so, £, %, o'clock
    postcode house flat             full postcode; number and street; a dwelling within a house
    w3w coordinates                 three-word address, latitude and longitude, grid reference
"""

import re
from collections.abc import Iterator
from typing import NamedTuple


class Particular(NamedTuple):
    """One of them, from `start` to `end` of the plain text."""

    start: int
    end: int
    kind: str


_DIGIT_WORDS = "zero|oh|nought|one|two|three|four|five|six|seven|eight|nine|double|treble|triple"
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_NUMBER_WORDS = (
    f"{_DIGIT_WORDS}|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen"
    f"|nineteen|(?:{_TENS})(?:[ -](?:one|two|three|four|five|six|seven|eight|nine))?"
)
_STREETS = (
    "street|st|road|rd|lane|ln|avenue|ave|close|drive|crescent|terrace|place|row|court|grove|way"
    "|gardens|walk|mews|square|hill|view|rise|green|parade|gate|croft|fold|heol|ffordd|stryd"
)
_PUBLIC = r"(?:[\w-]+\.){0,4}(?:police\.uk|gov\.uk|nhs\.uk|ac\.uk|police\.example|pnn\.police\.uk)"

_WITH_DIGITS = re.compile(
    rf"""(?<![\w.])(?:
      (?P<mobile>(?:\+?44[\s.-]?(?:\(0\))?|0)7(?:[\s./-]{{0,2}}\d){{9}}(?!\w))
    | (?P<landline>(?:\+44\s?|\(?0)[123](?:[\s.)-]{{0,2}}\d){{8,9}}(?!\w))
    | (?P<ni>[a-z]{{2}}[\s-]?\d\d[\s-]?\d\d[\s-]?\d\d[\s-]?[a-d](?!\w))
    | (?P<vrm>(?-i:[a-z]{{2}}\d\d[\s-]?[a-z]{{3}}|[A-Z]{{2}}[\s-]?\d\d[\s-]?[A-Z]{{3}}
        |[A-Z]\d{{1,3}}\s?[A-Z]{{3}})(?!\w))
    | (?P<postcode>[a-z]{{1,2}}\d[a-z\d]?\s{{0,3}}\d\s?[a-z]{{2}}(?!\w))
    | (?P<sort>\d\d[-\s]\d\d[-\s]\d\d(?![\w-]))
    | (?P<coordinates>-?\d{{1,2}}\.\d{{3,9}}\s?[°nsew]?,?\s{{1,2}}-?\d{{1,3}}\.\d{{3,9}}
        |(?-i:[A-Z]{{2}})\s?\d{{3,5}}\s?\d{{3,5}}(?!\w))
    | (?P<date>\d{{1,2}}[/.-]\d{{1,2}}[/.-](?:19|20)?\d\d(?!\w))
    | (?P<time>\d{{1,2}}(?:[:.]\d\d)?\s?[ap]\.?m(?!\w)|[012]?\d[:.][0-5]\d(?!\w)
        |[012]\d[0-5]\dhrs?(?!\w))
    | (?P<percent>\d{{1,3}}\s?(?:%|percent|per\scent))
    | (?P<house>\d{{1,4}}[a-f]?,?\s(?:[a-z'’]+\s){{1,3}}?(?:{_STREETS})(?![a-z]))
    | (?P<year>(?:19[3-9]\d|200\d|201[0-5])(?!\w))
    | (?P<bank>\d{{8}}(?!\w))
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_MONEY = re.compile(r"£\s?\d[\d,.]*")
_EMAIL = re.compile(
    r"(?<![\w.+-])[\w.+-]{1,64}\s?(?:@|\(at\)|\[at\])\s?[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}"
)
_PUBLIC_BODY = re.compile(rf"[^@]*@{_PUBLIC}\Z", re.IGNORECASE)
_W3W = re.compile(
    r"(?<![:/\w])/{2,3}\s?[a-z]{3,}\s?\.\s?[a-z]{3,}\s?\.\s?[a-z]{3,}(?![\w.])", re.IGNORECASE
)
_HOUSE_IN_WORDS = re.compile(
    r"(?<!\w)(?:number|no\.?|house|flat|flt|apartment|bungalow)\s"
    rf"(?:\d{{1,4}}[a-f]?|{_NUMBER_WORDS})(?!\w)"
    rf"|(?<!\w)(?:{_NUMBER_WORDS})\s(?:[a-z'’]+\s){{1,2}}?(?:{_STREETS})(?![a-z])",
    re.IGNORECASE,
)
_SPELT_NUMBER = re.compile(
    rf"(?<!\w)(?:{_DIGIT_WORDS})(?:[\s,-]{{1,3}}(?:{_DIGIT_WORDS}|\d)){{5,15}}(?!\w)", re.IGNORECASE
)
_DIGIT = re.compile(r"\d")
_NAMES = {"sort": "sort-code", "bank": "bank-number"}
_NUMBER_HINTS = ("number", "no ", "no.", "flat", "house", "one", "two", "three", "four", "five")
_MORE_HINTS = ("six", "seven", "eight", "nine", "ten", "eleven", "twelve", "teen", "ty")


def particulars_in(plain: str) -> tuple[Particular, ...]:
    """Every one, in order; where two overlap the one that begins first."""
    found = sorted(_found(plain), key=lambda one: (one.start, -one.end))
    kept: list[Particular] = []
    for one in found:
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return tuple(kept)


def _found(plain: str) -> Iterator[Particular]:
    for match in _WITH_DIGITS.finditer(plain) if _DIGIT.search(plain) else ():
        group = match.lastgroup or ""
        yield Particular(match.start(), match.end(), _NAMES.get(group, group))
    if "£" in plain:
        yield from (Particular(*match.span(), "money") for match in _MONEY.finditer(plain))
    lower = plain.lower()
    if "@" in plain or "at)" in lower or "at]" in lower:
        for match in _EMAIL.finditer(plain):
            public = _PUBLIC_BODY.match(match.group())
            yield Particular(*match.span(), "mailbox" if public else "email")
    if "//" in plain:
        yield from (Particular(*match.span(), "w3w") for match in _W3W.finditer(plain))
    if any(hint in lower for hint in _NUMBER_HINTS) or any(hint in lower for hint in _MORE_HINTS):
        for match in _SPELT_NUMBER.finditer(plain):
            yield Particular(*match.span(), "spelt-number")
        for match in _HOUSE_IN_WORDS.finditer(plain):
            flat = match.group().lower().startswith(("fl", "ap"))
            yield Particular(*match.span(), "flat" if flat else "house")
