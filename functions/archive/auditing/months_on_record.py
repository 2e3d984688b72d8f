"""Which months are sealed, by the record; which are missing, and since when; which can be asked."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from archive.questions.columns import EDITION
from archive.questions.copy_months import note_of
from archive.sealing.months_due import PATIENCE
from shared.months.month import Month
from shared.months.note import Sealed
from shared.records.listing import LONGEST_LISTING
from shared.records.months import Months, SealedMonth

Read = Callable[[str], bytes | None]
"""An object of the bucket of the copy, or None."""


@dataclass(frozen=True)
class MissingMonth:
    """A month that is over and not sealed; `late` once it is time to look why."""

    month: Month
    since: datetime
    late: bool


@dataclass(frozen=True)
class CopiedFile:
    """One file of a month's copy, as the note beside it says: where it lies, and its bytes."""

    month: Month
    path: str
    octets: int


def all_months(months: Months, origin: str) -> tuple[SealedMonth, ...]:
    """Every sealed month of the log, oldest first."""
    found: list[SealedMonth] = []
    cursor: str | None = None
    while True:
        part = months.all(origin, cursor, LONGEST_LISTING)
        found += part.entries
        if part.cursor is None:
            return tuple(reversed(found))
        cursor = part.cursor


def missing_months(sealed: Sequence[Month], now: datetime) -> tuple[MissingMonth, ...]:
    """The months that are over and should be among these, oldest first. Before the first there are
    none: when the log began, its first month says."""
    return tuple(
        MissingMonth(month, month.ends, now >= month.ends + PATIENCE)
        for month in _over_since(sealed, now)
        if month not in set(sealed)
    )


def copied_files(sealed: Sealed, read: Read) -> tuple[CopiedFile, ...] | None:
    """The files of a month's copy; None unless it was made of this bag, in today's edition."""
    note = read(note_of(sealed.month))
    said = json.loads(note) if note else {}
    if (said.get("bag"), said.get("edition")) != (sealed.bag, EDITION):
        return None
    return tuple(CopiedFile(sealed.month, each["path"], each["octets"]) for each in said["files"])


def _over_since(sealed: Sequence[Month], now: datetime) -> Iterator[Month]:
    month = min(sealed, default=None)
    while month is not None and month.ends <= now:
        yield month
        month = month.next
