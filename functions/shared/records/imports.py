"""Imports of many accounts: written in parts, seen as a whole.

A transaction takes a hundred rows, an import thousands. So each account of an import carries the
import's name (`part_of`), and readers leave out what belongs to an import that is not finished;
finishing is one write. Once finished, always finished: what was seen so is remembered.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from shared.recordlog.leaf import Act
from shared.records.errors import AlreadyExistsError, ChangedError, NotFoundError
from shared.records.log import recording
from shared.records.pen import Pen
from shared.records.reading import one
from shared.records.registry_rows import ImportRow
from shared.records.spelling import moment, written
from shared.records.tables import Tables
from shared.records.transaction import Write, commit, setting


@dataclass(frozen=True)
class Import:
    """One import: its name (what it holds, hashed), the file it came from, and how far it is."""

    import_id: str
    source: str
    accounts: int
    started_at: datetime
    finished_at: datetime | None = None


class Imports:
    """Where imports are kept."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._finished: set[str] = set()

    def shows(self, part_of: str | None) -> bool:
        """Whether what belongs to this import may be seen; what belongs to none may."""
        if part_of is None or self.remembers(part_of):
            return True
        try:
            row = one(self._tables.imports, part_of)
        except NotFoundError:
            return False
        if row.finished_at:
            self._finished.add(part_of)
        return bool(row.finished_at)

    def remembers(self, part_of: str | None) -> bool:
        """Whether it is known to show without asking the database."""
        return part_of is None or part_of in self._finished

    def all(self) -> tuple[Import, ...]:
        """Every import, the oldest first."""
        found = map(import_of, self._tables.imports.scan(consistent_read=True))
        return tuple(sorted(found, key=lambda each: (each.started_at, each.import_id)))

    def begin(self, begun: Import, pen: Pen, act: Act) -> None:
        """Say that an import begins; AlreadyExistsError if it has begun before."""
        row = import_row(self._tables, begun)
        free = self._tables.imports.import_id.does_not_exist()
        taken = AlreadyExistsError("import", begun.import_id)
        self._commit(Write(row, free, lambda _: taken), pen, act)

    def finish(self, begun: Import, at: datetime, pen: Pen, act: Act) -> None:
        """Let everything of it be seen, in one write; ChangedError if somebody else did."""
        row = import_row(self._tables, replace(begun, finished_at=at))
        table = self._tables.imports
        open_still = table.import_id.exists() & table.finished_at.does_not_exist()
        done = ChangedError("import", begun.import_id, "is finished, or was never begun")
        self._commit(Write(row, open_still, lambda _: done, setting(row, "finished_at")), pen, act)

    def _commit(self, write: Write, pen: Pen, act: Act) -> None:
        commit(self._tables.connection, [write, *recording(self._tables, pen, act)])


def import_row(tables: Tables, each: Import) -> ImportRow:
    """The row of an import."""
    return tables.imports(
        import_id=each.import_id,
        source=each.source,
        accounts=each.accounts,
        started_at=written(each.started_at),
        finished_at=written(each.finished_at) if each.finished_at else None,
    )


def import_of(row: ImportRow) -> Import:
    """The import a row holds."""
    return Import(
        row.import_id,
        row.source,
        int(row.accounts),
        moment(row.started_at),
        moment(row.finished_at) if row.finished_at else None,
    )
