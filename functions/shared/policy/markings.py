"""Protective markings in a text, however they are spelt, apart from the same words in daily use.

SECRET, RESTRICTED, CONFIDENTIAL and PROTECT are also everyday words, so a mark is believed only
where it stands like one: in capitals, alone between the start of a line, a bracket or a dash and
a stop or a caveat; or spelt as nobody spells by accident (letters spaced out, digits or foreign
letters among them).
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from shared.policy.reading import Reading

_ALIKE = {"a": "a4@", "e": "e3", "i": "i1l", "l": "l1i", "o": "o0", "s": "s5$", "t": "t7"}
_READ_AS = {"0": "o", "1": "i", "l": "i", "3": "e", "4": "a", "@": "a", "5": "s", "$": "s", "7": "t"}
_SPACED = r"[\W_]{0,3}"
_GAPS = re.compile(r"(?<=[^\W_])[\W_]*(?=[^\W_])")
_SIGNS = re.compile(r"[0-9@$]")
_NO_OPENING = " \t_,;'…"
_CLOSING = re.compile(r"[ \t]*(?:\Z|[\n\r]|[^\w\s,!?'…])")
_HEADING = re.compile(r"\s*(?::|-{1,2}\s)")
_AROUND = 40
_SHORT_FORM = re.compile(r"O(?<![\w'/.\-]O)\s?(?:-|/{1,2}|\s-)\s?S(?![\w'’]|[-/]\w)")
_SLASH_ALONE = re.compile(r"O\s?/\s?S\Z")


class Mark(NamedTuple):
    """A marking between two offsets; `certain` if it can be nothing else."""

    start: int
    end: int
    certain: bool


class Vocabulary(NamedTuple):
    """The marks; those with no everyday sense (`always`); marks with a word after that makes them
    everyday ones (`excused`); words that may follow a mark (`caveats`). All lower case."""

    marks: tuple[str, ...]
    always: frozenset[str]
    excused: tuple[str, ...]
    caveats: tuple[str, ...]


class _Squeezed(dict[int, str | None]):
    """How each code point reads once case, disguise and everything between letters is gone."""

    def __missing__(self, code: int) -> str | None:
        character = chr(code).lower()
        read = _READ_AS.get(character, character)
        self[code] = value = read if read.isalnum() else None
        if len(self) > 4096:
            self.clear()
        return value


_SQUEEZE = _Squeezed()


def squeezed(text: str) -> str:
    """The letters of a text alone, in lower case, digits and signs read as letters, l as i."""
    return text.translate(_SQUEEZE)


def marks_in(reading: Reading, known: Vocabulary) -> Iterator[Mark]:
    """Every mark in a post, in offsets of its plain text."""
    plain = reading.plain
    letters = squeezed(plain)
    present = tuple(mark for mark in known.marks if squeezed(mark) in letters)
    if present:
        for match in _pattern(present).finditer(plain):
            mark = present[int((match.lastgroup or "m0")[1:])]
            certain = mark in known.always or reading.is_disguised(*match.span())
            certain = certain or _certain(plain, *match.span(), known.caveats)
            following = plain[match.end() : match.end() + _AROUND]
            if certain is not None and not _begins(mark + following, known.excused):
                yield Mark(match.start(), match.end(), certain)
    for match in _SHORT_FORM.finditer(plain):
        if not _SLASH_ALONE.match(match.group()) or _stands_alone(plain, *match.span(), ()):
            yield Mark(match.start(), match.end(), True)


@lru_cache(maxsize=256)
def _pattern(marks: tuple[str, ...]) -> re.Pattern[str]:
    """One group for each mark; its letters may be spaced out and disguised."""
    groups = [f"(?P<m{index}>{_spelt(mark)})" for index, mark in enumerate(marks)]
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(groups)})(?![^\W_])")


def _spelt(mark: str) -> str:
    letters = [_ALIKE.get(letter, letter) for letter in mark.replace(" ", "")]
    return _SPACED.join(f"[{re.escape(alike + alike.upper())}]" for alike in letters)


def _certain(plain: str, start: int, end: int, caveats: tuple[str, ...]) -> bool | None:
    """True for a mark, False for what may be one, None for an everyday word."""
    written = plain[start:end]
    if not written.isalpha():
        gaps = _GAPS.findall(written)
        if (gaps and all(gaps)) or _SIGNS.search(written):
            return True
    if written.isupper() or all(one.isupper() for one in written if one.isalpha() and one not in "lI"):
        return True if _stands_alone(plain, start, end, caveats) else None
    first = start < _AROUND and not plain[:start].strip(" \t\n([{*_\"'")
    return False if first and _HEADING.match(plain, end) else None


def _stands_alone(plain: str, start: int, end: int, caveats: tuple[str, ...]) -> bool:
    """True between the start of a line, a bracket or a dash and a stop or a caveat in capitals."""
    before = plain[max(0, start - _AROUND) : start].rstrip(" \t")[-1:]
    if before and before not in "\n\r" and (before.isalnum() or before in _NO_OPENING):
        return False
    if _CLOSING.match(plain, end):
        return True
    after = plain[end : end + _AROUND]
    return after[1:3].isupper() and _begins(after, caveats)


def _begins(text: str, beginnings: tuple[str, ...]) -> bool:
    return squeezed(text).startswith(_squeezed_all(beginnings))


@lru_cache(maxsize=16)
def _squeezed_all(texts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(map(squeezed, texts))
