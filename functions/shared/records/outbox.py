"""Leaves that wait for their place in the log; `log.recording` puts them there."""

from collections.abc import Iterable
from dataclasses import dataclass

from pynamodb.exceptions import PutError

from shared.posts.names import LeafId
from shared.records.errors import BusyError, NotFoundError
from shared.records.log import SHARD
from shared.records.reading import one
from shared.records.tables import Tables


@dataclass(frozen=True)
class Pending:
    """A leaf that has no place yet; `envelope` is the entry, to the byte."""

    leaf_id: LeafId
    envelope: bytes


class Outbox:
    """What the sequencer takes from and clears away."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def pending(self, limit: int) -> tuple[Pending, ...]:
        """The oldest `limit` leaves, in the order of their ids."""
        rows = self._tables.outbox.query(SHARD, consistent_read=True, limit=limit)
        return tuple(Pending(LeafId(row.leaf_id), row.envelope) for row in rows)

    def has(self, leaf_id: LeafId) -> bool:
        """Whether this leaf waits."""
        try:
            one(self._tables.outbox, SHARD, leaf_id)
        except NotFoundError:
            return False
        return True

    def drop(self, leaf_ids: Iterable[LeafId]) -> None:
        """Forget leaves that have their place in a signed head; those gone already are no fault.
        Twenty-five a call. BusyError if the database takes no more: drop again, it is harmless.
        """
        try:
            with self._tables.outbox.batch_write() as batch:
                for leaf_id in dict.fromkeys(leaf_ids):
                    batch.delete(self._tables.outbox(shard=SHARD, leaf_id=leaf_id))
        except PutError as error:
            raise BusyError("BatchWriteItem") from error
