"""Protective markings in a text, however they are spelt, apart from the same words in daily use.

SECRET, RESTRICTED, CONFIDENTIAL and PROTECT are also everyday words, so a mark is believed only
where it stands like one: in capitals, between the start of a line, a bracket or a dash and a stop
or a caveat; or where it is spelt as nobody spells by accident: its letters spaced out, or digits
and letters of other scripts among them.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from shared.policy.reading import Reading

_READ_AS = dict(zip("013457@$l", "oieastasi", strict=True))
_SPELT_AS = {"a": "a4@", "e": "e3", "i": "i1l", "l": "l1i", "o": "o0", "s": "s5$", "t": "t7"}
_SPACED = r"[\W_]{0,3}"
_GAPS = re.compile(r"(?<=[^\W_])[\W_]*(?=[^\W_])")
_SIGNS = re.compile(r"[0-9@$]")
_EITHER_CASE = "lI"  # one passes for the other
_NO_OPENING = " \t_,;'…%&+="
_CLOSING = re.compile(r"[ \t]*(?:\Z|[\n\r]|[^\w\s,!?'…%&+=])")
_HEADING = re.compile(r"\s*(?::|-{1,2}\s)")
_BEFORE_A_HEADING = " \t\n([{*_\"'"
_BREAK_BEFORE = re.compile(r"[:\n]")
_BREAK_AFTER = re.compile(r"[:.\n]")
_AROUND = 40  # code points beside a mark that may tell what it is
_SHORT_FORM = re.compile(r"O(?<![\w'/.\-]O)\s?(?:-|/{1,2}|\s-)\s?S(?![\w']|[-/]\w)")
_SLASH_ALONE = re.compile(r"O\s?/\s?S\Z")


class Mark(NamedTuple):
    """A marking between two offsets; `certain` if it can be nothing else."""

    start: int
    end: int
    certain: bool


class Vocabulary(NamedTuple):
    """The marks; those with no everyday sense (`always`); those that may head a text in small
    letters (`headings`); wordings that are everyday ones though they hold a mark (`excused`);
    words that may follow a mark (`caveats`). All in lower case."""

    marks: tuple[str, ...]
    always: tuple[str, ...]
    headings: tuple[str, ...]
    excused: tuple[str, ...]
    caveats: tuple[str, ...]


class _Letters(dict[int, str | None]):
    """How each code point reads once case, disguise and what stands between letters is gone."""

    MOST = 4096

    def __missing__(self, code: int) -> str | None:
        if len(self) >= self.MOST:
            self.clear()
        character = chr(code).lower()
        read = _READ_AS.get(character, character)
        self[code] = kept = read if read.isalnum() else None
        return kept


_LETTERS = _Letters()


def marks_in(reading: Reading, known: Vocabulary) -> Iterator[Mark]:
    """Every mark in a post, in offsets of its plain text."""
    plain = reading.plain
    letters = squeezed(plain)
    present = tuple(mark for mark in known.marks if squeezed(mark) in letters)
    for match in _pattern(present).finditer(plain) if present else ():
        start, end = match.span()
        mark = present[int((match.lastgroup or "m0")[1:])]
        certain: bool | None = mark in known.always or reading.is_disguised(start, end)
        certain = certain or _stands_as_mark(plain, start, end, known.caveats)
        if not certain and mark in known.headings and _heads(plain, start, end):
            certain = False
        if certain is not None and not _is_excused(plain, start, end, known.excused):
            yield Mark(start, end, certain)
    for match in _SHORT_FORM.finditer(plain):
        if not _SLASH_ALONE.match(match.group()) or _stands_alone(plain, *match.span(), ()):
            yield Mark(match.start(), match.end(), certain=True)


def squeezed(text: str) -> str:
    """The letters of a text alone, in lower case; digits and signs read as letters, l as i."""
    return text.translate(_LETTERS)


@lru_cache(maxsize=256)
def _pattern(marks: tuple[str, ...]) -> re.Pattern[str]:
    """One group for each mark; its letters may be spaced out and disguised."""
    groups = [f"(?P<m{index}>{_spelt(mark)})" for index, mark in enumerate(marks)]
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(groups)})(?![^\W_])")


def _spelt(mark: str) -> str:
    letters = [_SPELT_AS.get(letter, letter) for letter in mark.replace(" ", "")]
    return _SPACED.join(f"[{re.escape(alike + alike.upper())}]" for alike in letters)


def _stands_as_mark(plain: str, start: int, end: int, caveats: tuple[str, ...]) -> bool | None:
    """True if the way it is written leaves no doubt, else None."""
    written = plain[start:end]
    if not written.isalpha():
        gaps = _GAPS.findall(written)
        if (gaps and all(gaps)) or _SIGNS.search(written):
            return True
    if all(one.isupper() for one in written if one.isalpha() and one not in _EITHER_CASE):
        return _stands_alone(plain, start, end, caveats) or None
    return None


def _heads(plain: str, start: int, end: int) -> bool:
    """True at the very beginning of a text, with a colon or a dash behind."""
    first = start < _AROUND and not plain[:start].strip(_BEFORE_A_HEADING)
    return first and _HEADING.match(plain, end) is not None


def _stands_alone(plain: str, start: int, end: int, caveats: tuple[str, ...]) -> bool:
    """True between the start of a line, a bracket or a dash and a stop or a caveat in capitals."""
    before = plain[max(0, start - _AROUND) : start].rstrip(" \t")[-1:]
    if before and before not in "\n\r" and (before.isalnum() or before in _NO_OPENING):
        return False
    if _CLOSING.match(plain, end):
        return True
    after = plain[end : end + _AROUND].lstrip()
    return after[:2].isupper() and squeezed(after).startswith(_squeezed_all(caveats))


def _is_excused(plain: str, start: int, end: int, excused: tuple[str, ...]) -> bool:
    """True if the mark and its neighbours make an everyday wording, no colon or stop between."""
    before = _BREAK_BEFORE.split(plain[max(0, start - _AROUND) : start])[-1]
    after = _BREAK_AFTER.split(plain[end : end + _AROUND], maxsplit=1)[0]
    around = squeezed(before + plain[start:end] + after)
    return any(wording in around for wording in _squeezed_all(excused))


@lru_cache(maxsize=16)
def _squeezed_all(texts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(map(squeezed, texts))
