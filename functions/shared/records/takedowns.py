"""Takedowns: asked, evidence kept, done, proved, appealed; each step with its leaf.

Nothing here holds a word of what somebody else wrote, nor their name: both are sealed in a leaf
whose name the row keeps, and an erasure of that leaf takes them away everywhere (ADR 0022). A row
cannot be told that anything was done before there is evidence (P4).
"""

from collections.abc import Mapping
from dataclasses import replace

from shared.posts.block import Block
from shared.posts.errors import NoEvidenceError
from shared.posts.names import AccountId, LeafId
from shared.posts.takedown import Takedown, TakedownState, step
from shared.recordlog.canonical import JSON
from shared.recordlog.leaf import Act
from shared.records.blocks import asking
from shared.records.errors import AlreadyExistsError, ChangedError, NotFoundError
from shared.records.first_time import HeardBeforeError
from shared.records.listing import LONGEST_LISTING, Listing
from shared.records.log import recording, recording_leaf
from shared.records.newest_first import newest_first, several
from shared.records.payloads import ErasedError, Payloads
from shared.records.pen import Pen
from shared.records.reading import one
from shared.records.tables import Tables
from shared.records.takedown_entries import asked_once, takedown_of, takedown_row
from shared.records.takedown_rows import LISTED_TAKEDOWNS, MOVING
from shared.records.transaction import Write, commit, setting


class Takedowns:
    """Where takedowns are kept."""

    def __init__(self, tables: Tables, pen: Pen) -> None:
        self._tables = tables
        self._pen = pen

    def ask(self, takedown: Takedown, act: Act, key: str | None = None) -> Takedown:
        """On record, or the one that the same key and wish made before; KeyReusedError for another
        wish, AlreadyExistsError."""
        taken = AlreadyExistsError("takedown", takedown.takedown_id)
        row = takedown_row(self._tables, takedown)
        put = Write(row, self._tables.takedowns.takedown_id.does_not_exist(), lambda _: taken)
        first = [asked_once(self._tables, takedown, key)] if key is not None else []
        leaf = self._pen.leaf(act)
        try:
            commit(self._tables.connection, [*first, put, *recording_leaf(self._tables, leaf)])
        except HeardBeforeError as before:
            return self.get(before.post_id)
        return takedown

    def get(self, takedown_id: str) -> Takedown:
        """The takedown, or NotFoundError."""
        return takedown_of(one(self._tables.takedowns, takedown_id))

    def advance(
        self, before: Takedown, after: Takedown, act: Act, block: tuple[Block, Act] | None = None
    ) -> Takedown:
        """A step further, as it stands then, with the block that comes with it; what the act seals
        is the evidence, where there is none yet. ChangedError if it is not as it was read,
        NoEvidenceError, UnlawfulStepError, AlreadyExistsError."""
        leaf, after = self._pen.leaf(act), after.forgetful()
        if act.personal and after.evidence_leaf is None:
            after = replace(after, evidence_leaf=LeafId(leaf.leaf_id))
        if after.state is not before.state:
            step(before.state, after.state)
        if after.state is TakedownState.DONE and after.evidence_leaf is None:
            raise NoEvidenceError(before.takedown_id)
        writes = [self._changing(before, after), *recording_leaf(self._tables, leaf)]
        if block is not None:
            asked, its_act = block
            writes += [asking(self._tables, asked), *recording(self._tables, self._pen, its_act)]
        commit(self._tables.connection, writes)
        return after

    def receive_appeal(self, before: Takedown, after: Takedown, act: Act) -> Takedown:
        """`after` has the appeal; who appeals, and in which words, is what the act seals.
        ChangedError."""
        leaf, appeal = self._pen.leaf(act), after.appeal
        if appeal is not None:
            after = replace(after, appeal=replace(appeal, leaf=LeafId(leaf.leaf_id)))
        writes = [self._changing(before, after), *recording_leaf(self._tables, leaf)]
        commit(self._tables.connection, writes)
        return after

    def evidence(self, takedown: Takedown) -> Mapping[str, JSON] | None:
        """What was kept of the comment, opened; None where nothing was, or it was erased."""
        return self._opened(takedown.evidence_leaf)

    def appeal_of(self, takedown: Takedown) -> Mapping[str, JSON] | None:
        """Who appealed and how, opened; None where nobody did, or it was erased."""
        return self._opened(takedown.appeal.leaf if takedown.appeal else None)

    def moving(self, limit: int = LONGEST_LISTING) -> tuple[Takedown, ...]:
        """What a state machine has to be at, longest first."""
        table = self._tables.takedowns
        ids = [row.takedown_id for row in table.by_open.query(MOVING, limit=limit)]
        return several(self._tables.connection, table, ids, takedown_of)

    def listed(self, cursor: str | None = None, limit: int = 20) -> Listing[Takedown]:
        """A part of all takedowns, newest first; InvalidCursorError."""
        table = self._tables.takedowns
        return newest_first(
            self._tables.connection,
            table,
            table.in_order,
            LISTED_TAKEDOWNS,
            takedown_of,
            cursor=cursor,
            limit=limit,
        )

    def of_account(
        self, account: AccountId, cursor: str | None = None, limit: int = 20
    ) -> Listing[Takedown]:
        """A part of an account's, newest first; InvalidCursorError."""
        table = self._tables.takedowns
        return newest_first(
            self._tables.connection,
            table,
            table.by_account,
            account,
            takedown_of,
            cursor=cursor,
            limit=limit,
        )

    def _opened(self, leaf: LeafId | None) -> Mapping[str, JSON] | None:
        if leaf is None:
            return None
        try:
            return Payloads(self._tables).personal(leaf)
        except (ErasedError, NotFoundError):  # not there any more once its month was disposed of
            return None

    def _changing(self, before: Takedown, after: Takedown) -> Write:
        table = self._tables.takedowns
        row, was = takedown_row(self._tables, after), takedown_row(self._tables, before)
        changed = ChangedError("takedown", before.takedown_id, "moved on meanwhile")
        same = table.entry == was.entry
        return Write(row, same, lambda _: changed, setting(row, "entry", "open", "waits_from"))
