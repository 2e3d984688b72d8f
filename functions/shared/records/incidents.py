"""Critical incidents: each its own row, and the board of those that last, in one transaction.

The board has a generation, and so have eight gates. A claim of a target holds, in its own
transaction, the check that its gate still has the generation of the board the post was judged by
(`gate_check`). Every change of the board moves all gates with it, so that no claim can follow a
declaration it was not judged by, whatever happens in between. Eight, because one row that all
claims check would be one that all claims meet on.
"""

import time
from collections.abc import Callable
from dataclasses import replace
from zlib import crc32

from pynamodb.exceptions import UpdateError

from shared.accounts.incident import Board, Incident, Telling
from shared.posts.names import IncidentId, PostId
from shared.recordlog.leaf import Act
from shared.records.errors import (
    AlreadyDeclaredError,
    AlreadyExistsError,
    BoardMovedError,
    BusyError,
    ChangedError,
    NotFoundError,
)
from shared.records.incident_entries import (
    board_entry,
    board_of,
    entry_of,
    incident_of,
    tellings_text,
)
from shared.records.incident_rows import IncidentRow
from shared.records.listing import Listing
from shared.records.log import recording
from shared.records.newest_first import newest_first
from shared.records.pen import Pen
from shared.records.reading import Key, fetch, one
from shared.records.tables import Tables
from shared.records.transaction import Write, commit, setting

BOARD = "board"
GATES = 8
LISTED = "incidents"

PATIENCE = (0.05, 0.1, 0.2, 0.4, 0.8, 1.6)
"""Pauses before a change of the board that met claims, or another change, is made again: it is
what must not fail, and each try has the transaction's own patience besides."""


def board_key(tables: Tables) -> Key:
    """Where the board lies."""
    return Key(tables.incidents, (BOARD,))


def gate_check(tables: Tables, post_id: PostId, generation: int) -> Write:
    """The condition that no incident was declared, changed or stood down since the board of this
    `generation`; BoardMovedError refuses the transaction it is part of."""
    table = tables.incidents
    same = table.generation == generation
    if generation == 0:  # before the first incident there are no gates
        same |= table.incident_id.does_not_exist()
    moved = BoardMovedError(generation)
    row = table(incident_id=_gate(crc32(post_id.encode()) % GATES))
    return Write(row, same, lambda _: moved, check=True)


class Incidents:
    """Where incidents are kept."""

    def __init__(
        self, tables: Tables, pen: Pen, pause: Callable[[float], None] = time.sleep
    ) -> None:
        self._tables = tables
        self._pen = pen
        self._pause = pause

    def board(self) -> Board:
        """The board as it is now."""
        key = board_key(self._tables)
        return board_of(fetch(self._tables.connection, [key]).get(key))

    def get(self, incident_id: IncidentId) -> Incident:
        """The incident, or NotFoundError."""
        row = one(self._tables.incidents, incident_id)
        if row.listed is None:
            raise NotFoundError("incidents", incident_id)
        return incident_of(row)

    def all(self, cursor: str | None = None, limit: int = 20) -> Listing[Incident]:
        """A part of all incidents, newest first; InvalidCursorError."""
        table = self._tables.incidents
        return newest_first(
            self._tables.connection,
            table,
            table.in_order,
            LISTED,
            incident_of,
            cursor=cursor,
            limit=limit,
        )

    def declare(self, incident: Incident, act: Act) -> Incident:
        """On the board from now on; AlreadyDeclaredError if one of the same reach lasts."""
        taken = AlreadyExistsError("incident", incident.incident_id)
        table = self._tables.incidents
        put = Write(self._row(incident), table.incident_id.does_not_exist(), lambda _: taken)
        self._change(incident, put, act, once=True)
        return incident

    def stand_down(self, before: Incident, after: Incident, act: Act) -> Incident:
        """Over from now on; ChangedError if the incident is not as it was read."""
        self._change(after, self._same(before, after), act)
        return after

    def exempt(self, before: Incident, after: Incident, act: Act) -> Incident:
        """Other accounts go on speaking from now on; ChangedError as `stand_down`."""
        self._change(after, self._same(before, after), act)
        return after

    def told(self, incident: Incident, telling: Telling, act: Act) -> Incident:
        """Everybody was told; ChangedError if that was on record, or something else, before."""
        table = self._tables.incidents
        after = replace(incident, tellings=(*incident.tellings, telling))
        row = table(incident_id=incident.incident_id, tellings=tellings_text(after.tellings))
        known = tellings_text(incident.tellings) if incident.tellings else None
        same = table.tellings == known if known else table.tellings.does_not_exist()
        changed = ChangedError("incident", incident.incident_id, "was told of by somebody else")
        write = Write(row, same, lambda _: changed, setting(row, "tellings"))
        writes = [write, *recording(self._tables, self._pen, act)]
        commit(self._tables.connection, writes, self._pause)
        return after

    def progress(self, key: str) -> str | None:
        """How far somebody's work under this name has come, None if it has not begun."""
        wanted = Key(self._tables.incidents, (key,))
        found = fetch(self._tables.connection, [wanted]).get(wanted)
        return found.entry if found else None

    def go_on(self, key: str, before: str | None, after: str) -> None:
        """Keep how far work has come; ChangedError if another worker was faster."""
        table = self._tables.incidents
        same = table.entry == before if before else table.incident_id.does_not_exist()
        row = table(incident_id=key, entry=after)
        try:
            row.update(list(setting(row, "entry")), same)
        except UpdateError as error:
            raise ChangedError("work", key, "was gone on with by another worker") from error

    def _change(self, incident: Incident, write: Write, act: Act, *, once: bool = False) -> None:
        """The row and the board with its gates, by the board as it is when they are written;
        `once` where nothing of the same reach may last."""
        for seconds in (*PATIENCE, None):
            board = self.board()
            if once and (standing := board.same_reach(incident)):
                raise AlreadyDeclaredError(standing)
            writes = [
                write,
                *self._moving(board, board.with_incident(incident, act.at)),
                *recording(self._tables, self._pen, act),
            ]
            try:
                return commit(self._tables.connection, writes, self._pause)
            except (BoardMovedError, BusyError):
                if seconds is None:
                    raise
                self._pause(seconds)
        return None

    def _moving(self, before: Board, after: Board) -> list[Write]:
        table, generation = self._tables.incidents, after.generation
        moved = BoardMovedError(before.generation)
        first = table.incident_id.does_not_exist()
        same = table.generation == before.generation if before.generation else first
        board = table(incident_id=BOARD, entry=board_entry(after), generation=generation)
        gates = [table(incident_id=_gate(n), generation=generation) for n in range(GATES)]
        behind_us = first | (table.generation < generation)
        return [
            Write(board, same, lambda _: moved),
            *(Write(gate, behind_us, lambda _: moved) for gate in gates),
        ]

    def _same(self, before: Incident, after: Incident) -> Write:
        """The incident's new entry; whom it was told to stays as it is."""
        row = self._row(after)
        changed = ChangedError("incident", before.incident_id, "was changed by somebody else")
        same = self._tables.incidents.entry == entry_of(before)
        return Write(row, same, lambda _: changed, setting(row, "entry"))

    def _row(self, incident: Incident) -> IncidentRow:
        return self._tables.incidents(
            incident_id=incident.incident_id, listed=LISTED, entry=entry_of(incident)
        )


def _gate(number: int) -> str:
    return f"gate#{number}"
