"""What changed between two texts, word by word.

Myers' shortest edit script over words and the spaces between them. Its work is bounded, because
posts may be hostile: what begins and ends alike is set aside first, and where the rest differs too
much to be compared in time, it is told as taken out and put in whole.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

MOST_STEPS = 100_000
"""Comparisons before two texts count as different throughout: a tenth of a second."""

_WORDS = re.compile(r"\s+|\S+")

Reach = dict[int, int]
"""How far into the old words each diagonal (old minus new position) has come."""


class Kind(StrEnum):
    """What became of a stretch of text."""

    SAME = "same"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True)
class Change:
    """A stretch that stayed, went or came; the stayed and gone are the old text, the stayed and
    new the new one.
    """

    kind: Kind
    text: str


Step = tuple[Kind, str]


def changes(before: str, after: str) -> tuple[Change, ...]:
    """The way from one text to the other, in order; neighbours of one kind are one change."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    head = _alike(old, new)
    tail = _alike(old[head:][::-1], new[head:][::-1])
    middle = _between(old[head : len(old) - tail], new[head : len(new) - tail])
    steps = [
        *((Kind.SAME, word) for word in old[:head]),
        *middle,
        *((Kind.SAME, word) for word in old[len(old) - tail :]),
    ]
    return tuple(
        Change(kind, "".join(word for _, word in same))
        for kind, same in groupby(steps, key=lambda step: step[0])
    )


def _alike(old: Sequence[str], new: Sequence[str]) -> int:
    """How many words both begin with."""
    count = 0
    for one, other in zip(old, new, strict=False):
        if one != other:
            break
        count += 1
    return count


def _between(old: Sequence[str], new: Sequence[str]) -> Iterator[Step]:
    """The steps from old to new words; what goes before what comes where both are in one place."""
    trails = _trails(old, new)
    if trails is None:
        yield from ((Kind.GONE, word) for word in old)
        yield from ((Kind.NEW, word) for word in new)
        return
    steps = list(_backwards(old, new, trails))[::-1]
    for same, group in groupby(steps, key=lambda step: step[0] is Kind.SAME):
        together = list(group)
        yield from together if same else sorted(together, key=lambda step: step[0] is Kind.NEW)


def _trails(old: Sequence[str], new: Sequence[str]) -> list[Reach] | None:
    """For every number of edits how far each diagonal reached before it; None if it would take too
    much work to know.
    """
    reach: Reach = {1: 0}
    trails: list[Reach] = []
    work = 0
    for edits in range(len(old) + len(new) + 1):
        trails.append(dict(reach))
        for diagonal in range(-edits, edits + 1, 2):
            at = start = _entered(reach, diagonal, edits)
            while at < len(old) and at - diagonal < len(new) and old[at] == new[at - diagonal]:
                at += 1
            reach[diagonal] = at
            if at >= len(old) and at - diagonal >= len(new):
                return trails
            work += 2 + at - start
            if work > MOST_STEPS:
                return None
    return trails


def _comes_down(reach: Reach, diagonal: int, edits: int) -> bool:
    """Whether a diagonal is entered by a new word, and not past an old one."""
    leftmost, rightmost = diagonal == -edits, diagonal == edits
    return leftmost or (not rightmost and reach[diagonal - 1] < reach[diagonal + 1])


def _entered(reach: Reach, diagonal: int, edits: int) -> int:
    if _comes_down(reach, diagonal, edits):
        return reach[diagonal + 1]
    return reach[diagonal - 1] + 1


def _backwards(old: Sequence[str], new: Sequence[str], trails: list[Reach]) -> Iterator[Step]:
    """The steps from the end to the beginning."""
    at, other = len(old), len(new)
    for edits in range(len(trails) - 1, -1, -1):
        reach, diagonal = trails[edits], at - other
        down = _comes_down(reach, diagonal, edits)
        came_from = reach[diagonal + 1] if down else reach[diagonal - 1]
        entered = came_from if down else came_from + 1
        while at > entered:
            at, other = at - 1, other - 1
            yield Kind.SAME, old[at]
        if edits and down:
            other -= 1
            yield Kind.NEW, new[other]
        elif edits:
            at -= 1
            yield Kind.GONE, old[at]
