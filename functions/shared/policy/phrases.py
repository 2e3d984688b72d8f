"""Phrases in running words: how a term list is written, and how it is found.

A phrase is words with single spaces; `a/b` is one word or the other, `...` up to four words of
any kind. Case, accents, punctuation and apostrophes do not count. Phrases are looked up by their
first word, so that a long list costs a post no more than a short one.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_GAP = "..."
_WIDEST_GAP = 4
_MOST_GAPS = 2

Slots = tuple[frozenset[str] | None, ...]
"""What may stand in each place of a phrase; None is a gap."""


class Words:
    """The words of a text in lower case, without apostrophes; where they stand only if asked."""

    def __init__(self, text: str) -> None:
        self._text = text
        found = _WORD.findall(text.lower())
        self.texts = [word.replace("'", "") for word in found] if "'" in text else found

    def span(self, first: int, last: int) -> tuple[int, int]:
        """The offsets from the start of one word to the end of another."""
        matches = list(islice(_WORD.finditer(self._text), first, last + 1))
        return matches[0].start(), matches[-1].end()


@dataclass(frozen=True)
class Found:
    """The words from `first` to `last` (indexes) say `phrase`, as it is written in the list."""

    phrase: str
    first: int
    last: int


@dataclass(frozen=True)
class Phrases:
    """A term list ready to be found: each phrase's slots, by each word it may begin with."""

    by_first: Mapping[str, tuple[tuple[str, Slots], ...]]

    def find(self, words: Words) -> Iterator[Found]:
        """Every place where a phrase stands, in the order of the text."""
        for index, word in enumerate(words.texts):
            for phrase, slots in self.by_first.get(word, ()):
                last = _last_word(words.texts, index + 1, slots[1:])
                if last is not None:
                    yield Found(phrase, index, last)


def phrases(listed: Iterable[str]) -> Phrases:
    """A term list made ready; ValueError if a phrase begins with a gap or has too many."""
    by_first: dict[str, list[tuple[str, Slots]]] = defaultdict(list)
    for phrase in listed:
        slots = tuple(_slot(part) for part in phrase.split())
        if not slots or slots[0] is None or slots[-1] is None:
            raise ValueError(f"holds {phrase!r}, which does not begin and end with a word")
        if slots.count(None) > _MOST_GAPS:
            raise ValueError(f"holds {phrase!r}, which has more than {_MOST_GAPS} gaps")
        for first in slots[0]:
            by_first[first].append((phrase, slots))
    return Phrases({word: tuple(found) for word, found in by_first.items()})


def _slot(part: str) -> frozenset[str] | None:
    return None if part == _GAP else frozenset(part.lower().replace("'", "").split("/"))


def _last_word(texts: list[str], index: int, slots: Slots) -> int | None:
    """Index of the word that completes the slots, read from `index` on, or None."""
    for position, slot in enumerate(slots):
        if slot is None:
            reach = range(index, min(len(texts), index + _WIDEST_GAP + 1))
            later = (_last_word(texts, start, slots[position + 1 :]) for start in reach)
            return next((last for last in later if last is not None), None)
        if index >= len(texts) or texts[index] not in slot:
            return None
        index += 1
    return index - 1
