"""Which months of a log are sealed, newest first: to be found without looking through the archive.

The record is the note that lies in the archive. A row holds that note as it is, so that whoever
mistrusts the row can open it by the archive's public key.
"""

from dataclasses import dataclass
from datetime import datetime

from shared.months.errors import BadMonthError
from shared.months.month import Month, read_month
from shared.months.note import Sealed, parse_month
from shared.recordlog.leaf import Act
from shared.recordlog.note import parse_note
from shared.records.errors import AlreadyExistsError, ChangedError, InvalidCursorError
from shared.records.listing import LONGEST_LISTING, Listing, behind, cursor_behind
from shared.records.log import recording
from shared.records.log_rows import MonthRow
from shared.records.pen import Pen
from shared.records.reading import one
from shared.records.spelling import as_json, from_json, moment, written
from shared.records.tables import Tables
from shared.records.transaction import Write, commit


@dataclass(frozen=True)
class SealedMonth:
    """A month that is sealed: its signed note as it lies in the archive, and when it was recorded
    that it does.
    """

    note: str
    recorded_at: datetime

    @property
    def sealed(self) -> Sealed:
        """What the note says, proving nothing; BadNoteError, MalformedError if it is none."""
        return parse_month(parse_note(self.note.encode()).text)


class Months:
    """Where they are kept."""

    def __init__(self, tables: Tables, pen: Pen) -> None:
        self._tables = tables
        self._pen = pen

    def record(self, kept: SealedMonth, act: Act) -> bool:
        """The month is sealed; False if that was on record. ChangedError where another note is."""
        sealed, table = kept.sealed, self._tables.months
        taken = AlreadyExistsError("month", str(sealed.month))
        row = month_row(self._tables, kept)
        writes = [Write(row, table.origin.does_not_exist(), lambda _: taken)]
        try:
            commit(self._tables.connection, writes + recording(self._tables, self._pen, act))
        except AlreadyExistsError:
            if self.get(sealed.origin, sealed.month).note != kept.note:
                how = "is on record with another note"
                raise ChangedError("month", str(sealed.month), how) from None
            return False
        return True

    def get(self, origin: str, month: Month) -> SealedMonth:
        """The month, or NotFoundError."""
        return month_of_row(one(self._tables.months, origin, str(month)))

    def latest(self, origin: str) -> SealedMonth | None:
        """The newest of this log; None before the first."""
        newest = self.all(origin, limit=1).entries
        return newest[0] if newest else None

    def all(self, origin: str, cursor: str | None = None, limit: int = 20) -> Listing[SealedMonth]:
        """A part of this log's months, newest first; InvalidCursorError."""
        table = self._tables.months
        limit = max(1, min(limit, LONGEST_LISTING))
        older = table.month < str(_month_behind(cursor)) if cursor else None
        rows = list(
            table.query(
                origin, older, consistent_read=True, scan_index_forward=False, limit=limit + 1
            )
        )
        shown = tuple(map(month_of_row, rows[:limit]))
        return Listing(shown, cursor_behind(rows[limit - 1].month) if len(rows) > limit else None)


def month_row(tables: Tables, kept: SealedMonth) -> MonthRow:
    """The row of a sealed month."""
    sealed = kept.sealed
    entry = as_json([kept.note, written(kept.recorded_at)])
    return tables.months(origin=sealed.origin, month=str(sealed.month), entry=entry)


def month_of_row(row: MonthRow) -> SealedMonth:
    """The month a row holds."""
    note, recorded_at = from_json(row.entry)
    return SealedMonth(note, moment(recorded_at))


def _month_behind(cursor: str) -> Month:
    try:
        return read_month(behind(cursor))
    except BadMonthError as error:
        raise InvalidCursorError from error
