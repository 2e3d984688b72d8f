"""All months that are sealed on a shelf, and those that one answer is read from.

    month=2026-10/…   commit/2026-10.note

A shelf is a bucket or a folder. Which months there are is told by their notes, for a note is
written last; whether each continues the one before is looked at whenever several are read. A note
stays when its month is disposed of: such a month is none of these, and a leaf of a later one says
who let it go.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from archive.reading.as_sealed import (
    BagError,
    BrokenChainError,
    DisposedError,
    NoMonthError,
    Shelf,
    UntrueBagError,
    as_named,
    entries,
    required,
    sentence,
)
from archive.reading.disposed import Told, disposals_told
from archive.reading.known_keys import Keys, read_keys
from archive.reading.sealed_bag import Bag
from shared.months import bag as layout
from shared.months.errors import MonthError
from shared.months.month import Month, read_month
from shared.months.note import Sealed, open_month, parse_month
from shared.recordlog.canonical import JSON
from shared.recordlog.checkpoint import Checkpoint, open_checkpoint
from shared.recordlog.errors import RecordLogError
from shared.recordlog.note import parse_note

NOTES = "commit/"


@dataclass(frozen=True)
class Reading:
    """The months that an answer was read from, oldest first, those that are missing between, and
    those of the time it was asked about that were disposed of."""

    bags: tuple[Bag, ...]
    missing: tuple[Month, ...]
    disposed: tuple[Told, ...] = ()

    def holding(self, index: int) -> Bag:
        """The month that a leaf was logged in; NoMonthError."""
        for each in self.bags:
            if each.holds(index):
                return each
        raise NoMonthError(f"holds leaf {index}")

    def as_json(self) -> dict[str, JSON]:
        """What every answer says of where it comes from."""
        months: list[JSON] = [
            {
                "bag": each.sealed.bag,
                "end": each.sealed.end.size,
                "month": str(each.month),
                "start": each.sealed.start.size,
            }
            for each in self.bags
        ]
        disposed: list[JSON] = [
            {"bag": each.bag, "leaf_index": each.index, "month": str(each.month)}
            for each in self.disposed
        ]
        return {
            "disposed": disposed,
            "keys_given": all(each.vouched for each in self.bags),
            "missing": [str(each) for each in self.missing],
            "months": months,
            "origin": self.bags[0].sealed.origin,
        }


class Bags:
    """All months that are sealed on a shelf. Without `keys` those in the bags are believed, and
    whoever asks has to be told; `opened` hears of each file of lines as it is read."""

    def __init__(
        self,
        shelf: Shelf,
        keys: Keys | None = None,
        opened: Callable[[str], None] = lambda _: None,
    ) -> None:
        self._shelf, self._keys, self._opened = shelf, keys, opened
        self._known: dict[Month, Bag] = {}

    @cached_property
    def months(self) -> tuple[Month, ...]:
        """The months that have a note and were not disposed of, oldest first."""
        return tuple(each for each in self._noted if each not in self.disposed)

    @cached_property
    def disposed(self) -> Mapping[Month, Told]:
        """The months whose bag is gone, and of which a later one says that they were let go."""
        gone = [each for each in self._noted if self._has_no_bag(each)]
        if not gone:
            return {}
        later = (each for each in self._noted if each > gone[0] and each not in gone)
        told: dict[tuple[Month, str], Told] = {}
        for each in disposals_told(map(self._bag, later)):
            told.setdefault((each.month, each.bag), each)
        named = {each: told.get((each, self._note_of(each).bag)) for each in gone if told}
        return {month: each for month, each in named.items() if each}

    def bag(self, month: Month) -> Bag:
        """One month; NoMonthError, DisposedError, UntrueBagError."""
        if month in self.disposed:
            raise DisposedError(month, self.disposed[month].index)
        return self._bag(month)

    def between(self, first: Month | None = None, last: Month | None = None) -> Reading:
        """The months from `first` to `last`, or all; NoMonthError where there is none."""
        asked = [m for m in self._noted if (first or m) <= m <= (last or m)]
        wanted = [m for m in asked if m not in self.disposed]
        if not wanted:
            raise _nothing(asked, self.disposed, first, last)
        bags = tuple(map(self.bag, wanted))
        _require_chain(bags)
        disposed = tuple(self.disposed[m] for m in asked if m in self.disposed)
        return Reading(bags, tuple(_missing(asked)), disposed)

    @cached_property
    def _noted(self) -> tuple[Month, ...]:
        names = (path.removeprefix(NOTES) for path in self._shelf.paths(NOTES))
        return tuple(sorted(_months_in(names)))

    def _bag(self, month: Month) -> Bag:
        if month not in self._known:
            self._known[month] = _open(month, self._shelf, self._keys, self._opened)
        return self._known[month]

    def _has_no_bag(self, month: Month) -> bool:
        return self._shelf.read(layout.folder(month) + layout.TAG_MANIFEST) is None

    def _note_of(self, month: Month) -> Sealed:
        """What the note says of a month whose bag is gone; by the keys of the newest month, where
        none were given. UntrueBagError."""
        keys = self._keys or self._bag(self._noted[-1]).keys
        return _open_note(month, self._shelf, keys)[1]


def _nothing(
    asked: Sequence[Month],
    disposed: Mapping[Month, Told],
    first: Month | None,
    last: Month | None,
) -> BagError:
    """Why there is nothing to read between these months."""
    if asked:
        return DisposedError(asked[-1], disposed[asked[-1]].index)
    return NoMonthError(f"from {first or 'the first'} to {last or 'the last'}")


def _months_in(names: Iterable[str]) -> Iterator[Month]:
    for name in names:
        try:
            yield read_month(name.removesuffix(".note"))
        except MonthError:  # something else lies there; nobody asked for it
            continue


def _missing(months: Sequence[Month]) -> Iterator[Month]:
    month = months[0]
    while month < months[-1]:
        month = month.next
        if month not in months:
            yield month


def _require_chain(bags: Sequence[Bag]) -> None:
    for older, newer in pairwise(bags):
        if older.sealed.origin != newer.sealed.origin:
            raise BrokenChainError(f"{older.month} and {newer.month} are of different logs.")
        if older.month.next != newer.month:
            continue
        continues = older.sealed.end == newer.sealed.start
        if not continues or newer.sealed.previous != older.sealed.bag:
            raise BrokenChainError(f"{newer.month} does not continue {older.month} as it is here.")


def _open(month: Month, shelf: Shelf, known: Keys | None, opened: Callable[[str], None]) -> Bag:
    keys = known or _brought(month, shelf)
    note, sealed = _open_note(month, shelf, keys)
    tags = entries(
        month, layout.TAG_MANIFEST, as_named(shelf, month, layout.TAG_MANIFEST, sealed.bag)
    )
    named = tags.get(layout.MANIFEST, "")
    files = entries(month, layout.MANIFEST, as_named(shelf, month, layout.MANIFEST, named))
    end_note = as_named(shelf, month, layout.END, files.get(layout.END, ""))
    end = _end(sealed, end_note, keys)
    if known is None:  # they were believed before anything vouched for them
        as_named(shelf, month, layout.KEYS, files.get(layout.KEYS, ""))
    vouched = known is not None
    return Bag(sealed, note, end, end_note, keys, vouched, {**files, **tags}, shelf, opened)


def _brought(month: Month, shelf: Shelf) -> Keys:
    """The keys that lie in the bag itself, where it has a note; NoMonthError, UntrueBagError."""
    path = layout.note_path(month)
    if shelf.read(path) is None:
        raise NoMonthError(f"is {month}")
    try:
        return read_keys(required(shelf, month, layout.KEYS).decode("ascii", "replace"))
    except (RecordLogError, MonthError) as error:
        raise UntrueBagError(month, path, sentence(error)) from error


def _open_note(month: Month, shelf: Shelf, keys: Keys) -> tuple[bytes, Sealed]:
    """The note of a month, and what it says by these keys; NoMonthError, UntrueBagError."""
    path = layout.note_path(month)
    note = shelf.read(path)
    if note is None:
        raise NoMonthError(f"is {month}")
    try:
        origin = parse_month(parse_note(note).text).origin
        sealed = open_month(note, keys.of_archive(origin), origin)
    except (RecordLogError, MonthError) as error:
        raise UntrueBagError(month, path, sentence(error)) from error
    if sealed.month != month:
        raise UntrueBagError(month, path, f"it is the note of {sealed.month}")
    return note, sealed


def _end(sealed: Sealed, note: bytes, keys: Keys) -> Checkpoint:
    """The checkpoint that the month ends with; UntrueBagError unless it is the one of its note."""
    try:
        checkpoint = open_checkpoint(note, keys.of_log(sealed.origin), sealed.origin)
    except RecordLogError as error:
        raise UntrueBagError(sealed.month, layout.END, sentence(error)) from error
    if (checkpoint.size, checkpoint.root) != (sealed.end.size, sealed.end.root):
        raise UntrueBagError(sealed.month, layout.END, "the note names another one")
    return checkpoint
