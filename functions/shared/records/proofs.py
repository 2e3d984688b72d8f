"""Orders of proofs: asked for, month after month verified, over; asking and ending are acts."""

from shared.months.proof_order import Order, proof_act
from shared.posts.names import ProofId
from shared.records.errors import AlreadyExistsError, ChangedError
from shared.records.listing import Listing
from shared.records.log import recording
from shared.records.newest_first import newest_first
from shared.records.pen import Pen
from shared.records.proof_rows import LISTED, entry_of, order_of, proof_row
from shared.records.reading import one
from shared.records.tables import Tables
from shared.records.transaction import Write, commit


class Proofs:
    """Where orders are kept."""

    def __init__(self, tables: Tables, pen: Pen) -> None:
        self._tables = tables
        self._pen = pen

    def ask(self, order: Order) -> None:
        """It was asked for, and that is on record; AlreadyExistsError."""
        taken = AlreadyExistsError("proof", order.proof_id)
        free = self._tables.proofs.proof_id.does_not_exist()
        self._commit(Write(proof_row(self._tables, order), free, lambda _: taken), order)

    def note(self, before: Order, after: Order) -> None:
        """How far it is, which is no act; ChangedError if somebody else was first."""
        commit(self._tables.connection, [self._changing(before, after)])

    def end(self, before: Order, after: Order) -> None:
        """It is over, and that is on record; ChangedError if somebody else was first."""
        self._commit(self._changing(before, after), after)

    def get(self, proof_id: ProofId) -> Order:
        """The order, or NotFoundError."""
        return order_of(one(self._tables.proofs, proof_id))

    def all(self, cursor: str | None = None, limit: int = 20) -> Listing[Order]:
        """A part of all orders, newest first; InvalidCursorError."""
        table = self._tables.proofs
        return newest_first(
            self._tables.connection,
            table,
            table.in_order,
            LISTED,
            order_of,
            cursor=cursor,
            limit=limit,
        )

    def _changing(self, before: Order, after: Order) -> Write:
        same = self._tables.proofs.entry == entry_of(before)
        changed = ChangedError("proof", before.proof_id, "was carried on meanwhile")
        return Write(proof_row(self._tables, after), same, lambda _: changed)

    def _commit(self, write: Write, order: Order) -> None:
        act = proof_act(order)
        commit(self._tables.connection, [write, *recording(self._tables, self._pen, act)])
