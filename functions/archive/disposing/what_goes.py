"""Which things go with a month: found from its own leaves, and held against all that is kept.

Every kept month is looked through, and what the log has got since the newest was sealed. That is
done only where tables still hold something that the month names; whatever cannot be read keeps the
month.

WhatGoesError
└── NoTimeToLookError    a run is too short for all that is kept; says for which month
"""

from collections.abc import Callable, Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import islice
from typing import Protocol

from archive.reading.sealed_bag import Bag
from shared.months.disposal import NotOutlivedError
from shared.months.lines import leaf_id_of
from shared.months.month import Month
from shared.months.remains import Remains, found_from, going, names_in, why_kept
from shared.records.legal_holds import Standing

LINES_AT_ONCE = 512
"""Of a kept month: one look at many costs half of many looks."""


class WhatGoesError(Exception):
    """Root of what keeps one from saying what goes."""


class NoTimeToLookError(WhatGoesError):
    """A run is too short for all that is kept."""

    def __init__(self, month: Month) -> None:
        super().__init__(
            f"{month}: there was no time to look whether other months still name what is in it. "
            "Give DisposeMonths more memory, and it is quicker."
        )


class Things(Protocol):
    """Tables, as far as looking goes (`shared.records.kept_things`)."""

    def find(self, names: AbstractSet[str]) -> Iterable[Remains]:
        """The things that are called so."""


@dataclass(frozen=True)
class Kept:
    """What stays: the months beside the one that goes, and the envelopes since the last of them."""

    bags: Iterable[Bag]
    since: Iterable[bytes]


@dataclass(frozen=True)
class Leaving:
    """What goes, whatever leads to others before them, and the holds under which that was said."""

    things: tuple[Remains, ...]
    standing: Standing


def what_goes(
    bag: Bag,
    kept: Kept,
    things: Things,
    standing: Standing,
    is_time: Callable[[], bool] = lambda: True,
) -> Leaving:
    """All that may go with this month; NotOutlivedError where some of it has to stay,
    NoTimeToLookError, UntrueBagError."""
    found = found_from(_names_of(bag, is_time), things.find)
    wanted = frozenset(each.name for each in found)
    named = _named(wanted, kept, is_time, bag.month) if wanted else set()
    those = going(found, named)
    held = {each.scope.subject for each in standing.holds if each.scope.subject}
    if why := why_kept(those, held):
        raise NotOutlivedError(bag.month, why)
    return Leaving(those, standing)


def _names_of(bag: Bag, is_time: Callable[[], bool]) -> set[str]:
    names: set[str] = set()
    for file in bag.record_files:
        _require_time(is_time, bag.month)
        for raw in bag.lines(file):
            names |= names_in(raw) - {leaf_id_of(raw)}
    return names


def _named(
    wanted: frozenset[str], kept: Kept, is_time: Callable[[], bool], month: Month
) -> set[str]:
    named: set[str] = set()
    for envelope in kept.since:
        named |= names_in(envelope) & wanted
    for bag in kept.bags:
        for file in bag.record_files:
            _require_time(is_time, month)
            lines = bag.lines(file)
            while several := b"".join(islice(lines, LINES_AT_ONCE)):
                named |= names_in(several) & wanted
    return named


def _require_time(is_time: Callable[[], bool], month: Month) -> None:
    if not is_time():
        raise NoTimeToLookError(month)
