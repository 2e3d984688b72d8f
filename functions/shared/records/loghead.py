"""The head of a log, for its one writer: read consistently, moved by compare-and-swap."""

from dataclasses import dataclass

from pynamodb.exceptions import PutError

from shared.records.errors import HeadMovedError, NotFoundError
from shared.records.log_rows import LogHeadRow
from shared.records.reading import one
from shared.records.tables import Tables
from shared.records.transaction import measure


@dataclass(frozen=True)
class Head:
    """Where a log stands: tree size, root hash (32 bytes), the signed note that says so, and the
    key of the staged object from which its tiles can be written again.
    """

    origin: str
    size: int
    root: bytes
    note: str
    staging: str


class LogHeads:
    """Where the heads of logs are kept."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def get(self, origin: str) -> Head | None:
        """The head of this log; None before its first leaf."""
        try:
            return head_of(one(self._tables.loghead, origin))
        except NotFoundError:
            return None

    def swap(self, old: Head | None, new: Head) -> None:
        """Put `new` where `old` stands (None: nothing); HeadMovedError if that is not so."""
        table = self._tables.loghead
        row = head_row(self._tables, new)
        unchanged = table.origin.does_not_exist()
        if old is not None:
            unchanged = (table.size == old.size) & (table.root == old.root)
        measure(row)
        try:
            row.save(unchanged)
        except PutError as error:
            found = self.get(new.origin)
            # An answer lost on its way makes the client repeat a put that had succeeded.
            if found != new:
                raise HeadMovedError(new.origin, found) from error


def head_row(tables: Tables, head: Head) -> LogHeadRow:
    """The row of a head."""
    return tables.loghead(
        origin=head.origin, size=head.size, root=head.root, note=head.note, staging=head.staging
    )


def head_of(row: LogHeadRow) -> Head:
    """The head a row holds."""
    return Head(row.origin, int(row.size), row.root, row.note, row.staging)
