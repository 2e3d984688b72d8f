"""Phrases in running words: how a term list is written, and how it is found.

A phrase is words with single spaces; `a/b` is one word or the other, `...` up to four words of
any kind. Case, accents, punctuation and apostrophes do not count. Phrases are looked up by their
first word, so that a long list costs a post no more than a short one.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice, pairwise
from math import prod

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_GAP = "..."
_WIDEST_GAP = 4
_MOST_GAPS = 2
_MOST_TRIED = 200
_MOST_PARTS = 12
_MOST_WAYS = 10_000

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


@dataclass
class Node:
    """What the words so far may be the beginning of: `ends` are phrases that are complete,
    `gapped` those that go on behind a gap, with one of the words `behind`."""

    ends: list[str] = field(default_factory=list)
    gapped: list[tuple[str, Slots]] = field(default_factory=list)
    behind: set[str] = field(default_factory=set)
    following: dict[str, "Node"] = field(default_factory=dict)

    def add(self, phrase: str, slots: Slots) -> None:
        """Make a phrase findable from here; its words up to the first gap become nodes."""
        if not slots:
            self.ends.append(phrase)
        elif slots[0] is None:
            self.gapped.append((phrase, slots[1:]))
            self.behind |= slots[1] or set()
        else:
            for word in slots[0]:
                self.following.setdefault(word, Node()).add(phrase, slots[1:])


class Phrases:
    """A term list ready to be found."""

    def __init__(self, listed: Iterable[str]) -> None:
        """ValueError if a phrase begins or ends with a gap or has too many."""
        self._root = Node()
        for phrase in listed:
            slots = tuple(_slot(part) for part in phrase.split())
            if not slots or slots[0] is None or slots[-1] is None:
                raise ValueError(f"holds {phrase!r}, which does not begin and end with a word")
            if slots.count(None) > _MOST_GAPS or (None, None) in pairwise(slots):
                raise ValueError(f"holds {phrase!r}, which has too many gaps")
            ways = prod(len(slot) for slot in slots if slot)
            if len(slots) > _MOST_PARTS or ways > _MOST_WAYS:
                raise ValueError(f"holds {phrase!r}, which has too many words to choose from")
            self._root.add(phrase, slots)

    def find(self, words: Words) -> Iterator[Found]:
        """Every place where a phrase stands, in the order of the text."""
        texts = words.texts
        beginnings = self._root.following
        for index, word in enumerate(texts):
            if word in beginnings:
                yield from _from(beginnings[word], texts, index)

    def find_apart(self, words: Words) -> Iterator[Found]:
        """The first phrase at each place, none within another's. After as many beginnings as no
        post has, the rest is not read, so that a hostile text costs little."""
        beginnings = self._root.following
        begins = list(map(beginnings.__contains__, words.texts))
        index = last = -1
        for _ in range(min(begins.count(True), _MOST_TRIED)):
            index = begins.index(True, index + 1)
            if index > last:
                found = next(_from(beginnings[words.texts[index]], words.texts, index), None)
                if found:
                    last = found.last
                    yield found


def _from(node: Node | None, texts: list[str], first: int) -> Iterator[Found]:
    """The phrases that begin at `first`, whose word has led to `node`."""
    index = first + 1
    while node:
        for phrase in node.ends:
            yield Found(phrase, first, index - 1)
        reach = texts[index : index + _WIDEST_GAP + 1] if node.behind else []
        if not node.behind.isdisjoint(reach):
            for phrase, slots in node.gapped:
                last = _behind_gap(texts, index, slots)
                if last is not None:
                    yield Found(phrase, first, last)
        node = node.following.get(texts[index]) if index < len(texts) else None
        index += 1


def _slot(part: str) -> frozenset[str] | None:
    """The words one part of a phrase stands for."""
    return None if part == _GAP else frozenset(part.lower().replace("'", "").split("/"))


def _behind_gap(texts: list[str], index: int, slots: Slots) -> int | None:
    """Index of the last word of the slots, which begin after a gap at `index`, or None."""
    for start in range(index, min(len(texts), index + _WIDEST_GAP + 1)):
        last = _last_word(texts, start, slots)
        if last is not None:
            return last
    return None


def _last_word(texts: list[str], index: int, slots: Slots) -> int | None:
    """Index of the last word of the slots, which begin at `index`, or None."""
    for position, slot in enumerate(slots):
        if slot is None:
            return _behind_gap(texts, index, slots[position + 1 :])
        if index >= len(texts) or texts[index] not in slot:
            return None
        index += 1
    return index - 1
