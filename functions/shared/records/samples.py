"""Dip samples: drawn once, looked at post by post, followed up; each step with its leaf."""

from collections.abc import Sequence

from shared.recordlog.leaf import Act
from shared.records.errors import AlreadyExistsError, ChangedError
from shared.records.listing import Listing
from shared.records.log import recording
from shared.records.newest_first import newest_first, several
from shared.records.pen import Pen
from shared.records.reading import one
from shared.records.sample_entries import sample_of, sample_row
from shared.records.sample_rows import LISTED_SAMPLES, OPEN_SAMPLES
from shared.records.tables import Tables
from shared.records.transaction import Write, commit, setting
from shared.samples.sample import Sample


class Samples:
    """Where samples are kept."""

    def __init__(self, tables: Tables, pen: Pen) -> None:
        self._tables = tables
        self._pen = pen

    def draw(self, sample: Sample, act: Act) -> bool:
        """It is on record; False if one of this account and month was."""
        taken = AlreadyExistsError("sample", sample.sample_id)
        free = self._tables.samples.sample_id.does_not_exist()
        try:
            self._commit(Write(sample_row(self._tables, sample), free, lambda _: taken), act)
        except AlreadyExistsError:
            return False
        return True

    def get(self, sample_id: str) -> Sample:
        """The sample, or NotFoundError."""
        return sample_of(one(self._tables.samples, sample_id))

    def ids_of_month(self, month: str) -> tuple[str, ...]:
        """What the samples of a month (such as 2026-10) are called, by account."""
        table = self._tables.samples
        begins = table.sample_id.startswith(f"{month}-")
        return tuple(row.sample_id for row in table.in_order.query(LISTED_SAMPLES, begins))

    def of_month(self, month: str) -> tuple[Sample, ...]:
        """Every sample of a month, by account."""
        return self._several(self.ids_of_month(month))

    def of_months(self, first: str, last: str) -> tuple[Sample, ...]:
        """Every sample from one month to another, both within it, the oldest month first."""
        table = self._tables.samples
        # A full stop follows the hyphen that stands behind a month in every id.
        between = table.sample_id.between(f"{first}-", f"{last}.")
        keys = table.in_order.query(LISTED_SAMPLES, between)
        return self._several([row.sample_id for row in keys])

    def open(self) -> tuple[Sample, ...]:
        """Those about which somebody has something to do, of the oldest month first."""
        keys = self._tables.samples.by_open.query(OPEN_SAMPLES)
        return self._several([row.sample_id for row in keys])

    def listed(self, cursor: str | None = None, limit: int = 20) -> Listing[Sample]:
        """A part of all samples, those of the newest month first; InvalidCursorError."""
        table = self._tables.samples
        return newest_first(
            self._tables.connection,
            table,
            table.in_order,
            LISTED_SAMPLES,
            sample_of,
            cursor=cursor,
            limit=limit,
        )

    def advance(self, before: Sample, after: Sample, act: Act) -> Sample:
        """A step further; ChangedError if it is not as it was read."""
        row, was = sample_row(self._tables, after), sample_row(self._tables, before)
        changed = ChangedError("sample", before.sample_id, "was changed by somebody else")
        same = self._tables.samples.entry == was.entry
        self._commit(Write(row, same, lambda _: changed, setting(row, "entry", "open")), act)
        return after

    def _several(self, ids: Sequence[str]) -> tuple[Sample, ...]:
        return several(self._tables.connection, self._tables.samples, ids, sample_of)

    def _commit(self, write: Write, act: Act) -> None:
        commit(self._tables.connection, [write, *recording(self._tables, self._pen, act)])
