"""Blocks: asked, in force, looked at again, lifted; each step with its leaf.

A row holds what somebody is called on a platform because that is needed to let them in again; from
then on it does not (`takedown_entries`). For the record it is sealed in the first leaf.
"""

from datetime import date

from shared.posts.block import Block, step_block
from shared.recordlog.leaf import Act
from shared.records.errors import AlreadyExistsError, ChangedError
from shared.records.first_time import HeardBeforeError
from shared.records.listing import LONGEST_LISTING, Listing
from shared.records.log import recording
from shared.records.newest_first import newest_first, several
from shared.records.pen import Pen
from shared.records.reading import one
from shared.records.tables import Tables
from shared.records.takedown_entries import block_of, block_row, blocked_once
from shared.records.takedown_rows import ACTIVE, LISTED_BLOCKS, MOVING
from shared.records.transaction import Write, commit, setting


def asking(tables: Tables, block: Block) -> Write:
    """The write that puts a block on record; AlreadyExistsError."""
    taken = AlreadyExistsError("block", block.block_id)
    free = tables.blocks.block_id.does_not_exist()
    return Write(block_row(tables, block), free, lambda _: taken)


class Blocks:
    """Where blocks are kept."""

    def __init__(self, tables: Tables, pen: Pen) -> None:
        self._tables = tables
        self._pen = pen

    def ask(self, block: Block, act: Act, key: str | None = None) -> Block:
        """On record, or the one that the same key and wish made before; KeyReusedError for another
        wish, AlreadyExistsError."""
        first = [blocked_once(self._tables, block, key)] if key is not None else []
        try:
            self._commit([*first, asking(self._tables, block)], act)
        except HeardBeforeError as before:
            return self.get(before.post_id)
        return block

    def get(self, block_id: str) -> Block:
        """The block, or NotFoundError."""
        return block_of(one(self._tables.blocks, block_id))

    def advance(self, before: Block, after: Block, act: Act) -> None:
        """A step further, or renewed; ChangedError if it is not as it was read,
        UnlawfulStepError."""
        step_block(before.state, after.state)
        table = self._tables.blocks
        row, was = block_row(self._tables, after), block_row(self._tables, before)
        changed = ChangedError("block", before.block_id, "moved on meanwhile")
        actions = setting(row, "entry", "open", "waits_from")
        self._commit([Write(row, table.entry == was.entry, lambda _: changed, actions)], act)

    def moving(self, limit: int = LONGEST_LISTING) -> tuple[Block, ...]:
        """What a state machine has to be at, longest first."""
        keys = self._tables.blocks.by_open.query(MOVING, limit=limit)
        return self._several([row.block_id for row in keys])

    def due(self, on: date) -> tuple[Block, ...]:
        """Those in force that somebody has to look at again by this day, longest due first."""
        table = self._tables.blocks
        keys = table.by_open.query(ACTIVE, table.waits_from <= on.isoformat())
        return self._several([row.block_id for row in keys])

    def listed(self, cursor: str | None = None, limit: int = 20) -> Listing[Block]:
        """A part of all blocks, newest first; InvalidCursorError."""
        table = self._tables.blocks
        return newest_first(
            self._tables.connection,
            table,
            table.in_order,
            LISTED_BLOCKS,
            block_of,
            cursor=cursor,
            limit=limit,
        )

    def _several(self, ids: list[str]) -> tuple[Block, ...]:
        return several(self._tables.connection, self._tables.blocks, ids, block_of)

    def _commit(self, writes: list[Write], act: Act) -> None:
        commit(self._tables.connection, [*writes, *recording(self._tables, self._pen, act)])
