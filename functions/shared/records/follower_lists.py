"""How far reading a list of followers is, and who was in it when it was read to the end last.

A list is read in steps: each keeps the marks of its people in a part of its own and says where the
next goes on, so that whoever is stopped, or told to wait, loses nothing. Only a list that was read
to the end and is believed takes the place of the last good one. All of it goes after a while.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from shared.followers.review import Flagged, Place
from shared.followers.snapshot import joined, parted
from shared.posts.names import AccountId
from shared.records.errors import ChangedError
from shared.records.reading import Key, fetch
from shared.records.review_entries import flagged_entry, flagged_of
from shared.records.review_rows import FollowerListRow
from shared.records.spelling import as_json, from_json, moment, written
from shared.records.tables import Tables
from shared.records.transaction import Write, commit

Named = tuple[AccountId, Place]
"""What a list is called by: whose it is, and which."""

HEAD = "head"
KEPT_FOR = timedelta(days=70)
"""Two months and a few days: last month's list is there to be compared with, and nothing older."""


@dataclass(frozen=True)
class Good:
    """A list that was read to the end: in which month, when, how many, in how many parts."""

    month: str
    at: datetime
    count: int
    parts: int


@dataclass(frozen=True)
class Reading:
    """A list that is being read: where it goes on, how many people in how many parts so far, who
    stands out, and how many `more` of those found no room; `told` is how many the platform itself
    counts. `tries` failed one after the other, and nobody asks before `waits_until`. Once it is
    `at_end`, only somebody has to say whether it is believed."""

    month: str
    cursor: str | None = None
    count: int = 0
    parts: int = 0
    flagged: tuple[Flagged, ...] = ()
    more: int = 0
    told: int | None = None
    tries: int = 0
    waits_until: datetime | None = None
    at_end: bool = False


@dataclass(frozen=True)
class FollowerList:
    """One list of one account; the salt hides who its marks stand for."""

    account: AccountId
    place: Place
    salt: bytes
    good: Good | None = None
    reading: Reading | None = None

    @property
    def name(self) -> str:
        """What it is called."""
        return f"{self.account}/{self.place.name}"


class FollowerLists:
    """Where they are kept."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def several(
        self, lists: Iterable[Named], salt: Callable[[], bytes]
    ) -> dict[Named, FollowerList]:
        """These lists as far as they were read, together; one that nobody began is empty and gets a
        salt of its own."""
        empty = {named: FollowerList(*named, salt()) for named in lists}
        table = self._tables.follower_lists
        keys = {named: Key(table, (each.name, HEAD)) for named, each in empty.items()}
        rows = fetch(self._tables.connection, keys.values())
        known = {named: rows[key] for named, key in keys.items() if key in rows}
        return {
            named: _list_of(each, from_json(known[named].entry or "{}")) if named in known else each
            for named, each in empty.items()
        }

    def marks(self, of: FollowerList, month: str, parts: int) -> frozenset[bytes]:
        """The marks that were kept in that month."""
        table = self._tables.follower_lists
        keys = [Key(table, (of.name, _part(month, number))) for number in range(parts)]
        rows = fetch(self._tables.connection, keys).values()
        return frozenset(each for row in rows for each in parted(row.marks or b""))

    def keep(
        self,
        before: FollowerList,
        after: FollowerList,
        now: datetime,
        marks: frozenset[bytes] | None = None,
    ) -> FollowerList:
        """How far it is now, with the marks of its last part if that is new; ChangedError if
        another was here."""
        writes = [self.keeping(before, after, now)]
        if marks is not None:
            writes.append(self.keeping_part(after, marks, now))
        commit(self._tables.connection, writes)
        return after

    def keeping_part(self, of: FollowerList, marks: frozenset[bytes], now: datetime) -> Write:
        """The write of the last part of a list that is being read."""
        assert of.reading is not None  # noqa: S101 - only what is being read has a last part
        part = self._row(of, _part(of.reading.month, of.reading.parts - 1), now)
        part.marks = joined(marks)
        anew = ChangedError("part", of.name, "cannot be written")
        # What a try that was given up has left under this name is written over.
        free = self._tables.follower_lists.item.does_not_exist()
        again = self._tables.follower_lists.item == part.item
        return Write(part, free | again, lambda _: anew)

    def keeping(self, before: FollowerList, after: FollowerList, now: datetime) -> Write:
        """The write of how far it is."""
        table = self._tables.follower_lists
        row = self._row(after, HEAD, now)
        row.entry = _entry(after)
        begun = before.good is not None or before.reading is not None
        same = table.entry == _entry(before) if begun else table.item.does_not_exist()
        changed = ChangedError("follower list", after.name, "was gone on with by somebody else")
        return Write(row, same, lambda _: changed)

    def _row(self, of: FollowerList, item: str, now: datetime) -> FollowerListRow:
        return self._tables.follower_lists(place=of.name, item=item, ttl=now + KEPT_FOR)


def ended(of: FollowerList, at: datetime | None) -> FollowerList:
    """Read to the end and believed `at` that moment; or given up (None): what was good stays."""
    reading = of.reading
    if at is None or reading is None:
        return replace(of, reading=None)
    good = Good(reading.month, at, reading.count, reading.parts)
    return replace(of, good=good, reading=None)


def _part(month: str, number: int) -> str:
    return f"{month}/{number:05}"


def _entry(of: FollowerList) -> str:
    good, reading = of.good, of.reading
    return as_json(
        {
            "salt": of.salt.hex(),
            "good": good and [good.month, written(good.at), good.count, good.parts],
            "reading": reading and _reading(reading),
        }
    )


def _reading(reading: Reading) -> dict[str, Any]:
    waits = reading.waits_until
    return {
        "month": reading.month,
        "cursor": reading.cursor,
        "count": reading.count,
        "parts": reading.parts,
        "flagged": [flagged_entry(each) for each in reading.flagged],
        "more": reading.more,
        "told": reading.told,
        "at_end": reading.at_end,
        "tries": reading.tries,
        "waits_until": written(waits) if waits else None,
    }


def _list_of(empty: FollowerList, held: dict[str, Any]) -> FollowerList:
    good, reading = held["good"], held["reading"]
    return replace(
        empty,
        salt=bytes.fromhex(held["salt"]),
        good=good and Good(good[0], moment(good[1]), good[2], good[3]),
        reading=reading and _reading_of(reading),
    )


def _reading_of(held: dict[str, Any]) -> Reading:
    waits = held["waits_until"]
    return Reading(
        **held
        | {
            "flagged": tuple(map(flagged_of, held["flagged"])),
            "waits_until": moment(waits) if waits else None,
        }
    )
