"""Cases of impostors: each kept once, what it shows sealed in its first leaf, each step with its
own leaf."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from shared.impostors.case import Case
from shared.impostors.evidence import Evidence, opened
from shared.posts.names import LeafId
from shared.recordlog.leaf import Act
from shared.records.errors import AlreadyExistsError, ChangedError, NotFoundError
from shared.records.impostor_entries import case_of, case_row
from shared.records.impostor_rows import LISTED_CASES, OPEN_CASES
from shared.records.listing import Listing
from shared.records.log import recording, recording_leaf
from shared.records.newest_first import newest_first, several
from shared.records.pen import Pen
from shared.records.reading import Key, fetch, one
from shared.records.tables import Tables
from shared.records.transaction import Write, commit, setting

MOST_OPEN = 500
"""Open cases that a job looks at; a force with more of them has another problem."""


class Impostors:
    """Where cases are kept."""

    def __init__(self, tables: Tables, pen: Pen) -> None:
        self._tables = tables
        self._pen = pen

    def find(self, case: Case, act: Act) -> bool:
        """On record, with the leaf that seals what was seen; False if it was before."""
        leaf, table = self._pen.leaf(act), self._tables.impostors
        row = case_row(self._tables, replace(case, leaf=LeafId(leaf.leaf_id)))
        taken = AlreadyExistsError("impostor", case.case_id)
        put = Write(row, table.case_id.does_not_exist(), lambda _: taken)
        try:
            commit(self._tables.connection, [put, *recording_leaf(self._tables, leaf)])
        except AlreadyExistsError:
            return False
        return True

    def get(self, case_id: str) -> Case:
        """The case, or NotFoundError."""
        row = one(self._tables.impostors, case_id)
        if row.listed is None:  # how far searching is, or a name that is kept
            raise NotFoundError("impostors", case_id)
        return case_of(row)

    def several(self, case_ids: Sequence[str]) -> tuple[Case, ...]:
        """Those there are of these, in this order."""
        return several(self._tables.connection, self._tables.impostors, case_ids, case_of)

    def open(self, limit: int = MOST_OPEN) -> tuple[Case, ...]:
        """The cases in which somebody has still to do something, longest first."""
        keys = self._tables.impostors.by_open.query(OPEN_CASES, limit=limit)
        found = self.several([row.case_id for row in keys])
        return tuple(case for case in found if case.is_open)  # the index may lag behind

    def waiting(self, cursor: str | None = None, limit: int = 20) -> Listing[Case]:
        """A part of the same; InvalidCursorError."""
        table = self._tables.impostors
        part = newest_first(
            self._tables.connection,
            table,
            table.by_open,
            OPEN_CASES,
            case_of,
            cursor=cursor,
            limit=limit,
            oldest=True,
        )
        return Listing(tuple(each for each in part.entries if each.is_open), part.cursor)

    def listed(self, cursor: str | None = None, limit: int = 20) -> Listing[Case]:
        """A part of all cases, newest first; InvalidCursorError."""
        table = self._tables.impostors
        return newest_first(
            self._tables.connection,
            table,
            table.in_order,
            LISTED_CASES,
            case_of,
            cursor=cursor,
            limit=limit,
        )

    def advance(self, before: Case, after: Case, acts: Iterable[Act] = ()) -> None:
        """A step further, or another look; ChangedError if it is not as it was read."""
        table = self._tables.impostors
        row, was = case_row(self._tables, after), case_row(self._tables, before)
        changed = ChangedError("impostor", before.case_id, "was changed by somebody else")
        columns = setting(row, "entry", "open", "waits_from")
        write = Write(row, table.entry == was.entry, lambda _: changed, columns)
        leaves = [each for act in acts for each in recording(self._tables, self._pen, act)]
        commit(self._tables.connection, [write, *leaves])

    def evidence(self, cases: Iterable[Case]) -> dict[str, Evidence]:
        """What was seen, opened, by the cases' ids: in two calls for a hundred. What was erased is
        not among it."""
        from shared.recordlog.sealed import unseal  # the list alone needs none of it

        leaves = {case.case_id: case.leaf for case in cases}
        payloads = {each: Key(self._tables.payloads, (leaf,)) for each, leaf in leaves.items()}
        keys = {each: Key(self._tables.record_keys, (leaf,)) for each, leaf in leaves.items()}
        found = fetch(self._tables.connection, [*payloads.values(), *keys.values()])
        return {
            each: opened(unseal(found[payloads[each]].payload, found[keys[each]].key, leaf))
            for each, leaf in leaves.items()
            if payloads[each] in found and keys[each] in found and found[keys[each]].key
        }
