"""Drifts: found, taken on, seen to be gone, closed; each step with its leaf, and each drift once.

What stands on an account that is not ours is sealed in the leaf that records the drift. A drift is
found in one transaction with how far comparing is, so that a second run finds it on record.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from shared.drift.drift import Drift
from shared.posts.names import LeafId
from shared.recordlog.canonical import JSON
from shared.recordlog.leaf import Act
from shared.records.beats import Beat, going_on
from shared.records.drift_entries import DRIFT, drift_of, drift_row
from shared.records.errors import AlreadyExistsError, ChangedError
from shared.records.exception_rows import DRIFT_CLOSED, DRIFT_OPEN
from shared.records.listing import Listing
from shared.records.log import recording, recording_leaf
from shared.records.newest_first import newest_first, several
from shared.records.pen import Pen
from shared.records.reading import Key, fetch, one
from shared.records.spelling import written
from shared.records.tables import Tables
from shared.records.transaction import Write, commit, setting

Words = Mapping[str, JSON]
"""What is sealed of a drift, opened: what stood there `before`, what stands there now (`after`),
and of a post its `url` and `platform_id`."""


class Drifts:
    """Where drifts are kept."""

    def __init__(self, tables: Tables, pen: Pen) -> None:
        self._tables = tables
        self._pen = pen

    def find(self, drift: Drift, act: Act, before: Beat, after: Beat) -> Drift:
        """On record, with the leaf that seals its words; ChangedError if another run was here."""
        leaf, table = self._pen.leaf(act), self._tables.exceptions
        found = replace(drift, leaf=LeafId(leaf.leaf_id))
        taken = AlreadyExistsError("drift", drift.drift_id)
        row = drift_row(self._tables, found)
        put = Write(row, table.exception_id.does_not_exist(), lambda _: taken)
        further = going_on(self._tables, before, after)
        leaves = recording_leaf(self._tables, leaf)
        commit(self._tables.connection, [further, put, *leaves])
        return found

    def accept(self, act: Act, before: Beat, after: Beat) -> None:
        """What stands there counts as right from now on; ChangedError."""
        further = going_on(self._tables, before, after)
        commit(self._tables.connection, [further, *recording(self._tables, self._pen, act)])

    def change(self, before: Drift, after: Drift, act: Act) -> None:
        """What became of it; ChangedError if it is not as it was read."""
        table = self._tables.exceptions
        row, was = drift_row(self._tables, after), drift_row(self._tables, before)
        changed = ChangedError("drift", before.drift_id, "was changed by somebody meanwhile")
        columns = setting(row, "entry", "listed")
        write = Write(row, table.entry == was.entry, lambda _: changed, columns)
        commit(self._tables.connection, [write, *recording(self._tables, self._pen, act)])

    def get(self, drift_id: str) -> Drift:
        """The drift, or NotFoundError."""
        return drift_of(one(self._tables.exceptions, f"{DRIFT}{drift_id}"))

    def several(self, drift_ids: Iterable[str]) -> dict[str, Drift]:
        """Those of these that are on record."""
        table = self._tables.exceptions
        keys = {each: Key(table, (f"{DRIFT}{each}",)) for each in drift_ids}
        found = fetch(self._tables.connection, keys.values())
        return {each: drift_of(found[key]) for each, key in keys.items() if key in found}

    def all(
        self, cursor: str | None = None, limit: int = 20, *, is_open: bool = True
    ) -> Listing[Drift]:
        """A page of those that are open, or of those that are closed, newest first;
        InvalidCursorError."""
        table = self._tables.exceptions
        part = newest_first(
            self._tables.connection,
            table,
            table.in_order,
            DRIFT_OPEN if is_open else DRIFT_CLOSED,
            drift_of,
            cursor=cursor,
            limit=limit,
        )
        # The index may lag behind the row that was read anew.
        return Listing(tuple(each for each in part.entries if each.is_open == is_open), part.cursor)

    def found_since(self, moment: datetime) -> tuple[Drift, ...]:
        """Those that are open and were found after this moment, newest first; nothing else is read,
        however many there are that wait for somebody."""
        table = self._tables.exceptions
        later = table.found_at > written(moment)
        keys = table.in_order.query(DRIFT_OPEN, later, scan_index_forward=False)
        names = [row.exception_id for row in keys]
        found = several(self._tables.connection, table, names, drift_of)
        return tuple(each for each in found if each.is_open)

    def words(self, drift: Drift) -> Words | None:
        """What is sealed of it, opened; None where it was erased."""
        from shared.recordlog.sealed import unseal  # the list alone needs none of it

        payload = Key(self._tables.payloads, (drift.leaf,))
        key = Key(self._tables.record_keys, (drift.leaf,))
        found = fetch(self._tables.connection, [payload, key])
        if payload not in found or key not in found or not found[key].key:
            return None
        return unseal(found[payload].payload, found[key].key, drift.leaf)

    def ours(self, places: Iterable[str]) -> frozenset[str]:
        """Those of these places where a post of ours is on record, whoever put it there."""
        keys = {each: Key(self._tables.platform_posts, (each,)) for each in places}
        found = fetch(self._tables.connection, keys.values())
        return frozenset(each for each, key in keys.items() if key in found)
