"""The record log's way in: the rows that every act adds to the transaction it happens in."""

from shared.recordlog.leaf import Act, Leaf
from shared.records.errors import AlreadyExistsError
from shared.records.pen import Pen
from shared.records.tables import Tables
from shared.records.transaction import Write

SHARD = "0"
"""One partition takes 1,000 writes a second, thirty times the busiest hour we know of; more shards
would cost the sequencer a query each."""


def recording(tables: Tables, pen: Pen, act: Act) -> list[Write]:
    """What records the act: its envelope waits in the outbox, its payload and salt lie apart, and
    so does the key to what is sealed in it, if anything is.
    """
    return recording_leaf(tables, pen.leaf(act))


def recording_leaf(tables: Tables, leaf: Leaf) -> list[Write]:
    """The same for a leaf whose name stands in another row of the transaction."""
    taken = AlreadyExistsError("leaf", leaf.leaf_id)
    writes = [
        Write(
            tables.outbox(shard=SHARD, leaf_id=leaf.leaf_id, envelope=leaf.envelope),
            tables.outbox.leaf_id.does_not_exist(),
            lambda _: taken,
        ),
        Write(
            tables.payloads(leaf_id=leaf.leaf_id, salt=leaf.salt, payload=leaf.payload),
            tables.payloads.leaf_id.does_not_exist(),
            lambda _: taken,
        ),
    ]
    if leaf.key is not None:
        from shared.recordlog.subjects import subjects_of  # few leaves have anything sealed

        about = subjects_of(leaf)
        row = tables.record_keys(leaf_id=leaf.leaf_id, key=leaf.key, about=about)
        writes.append(Write(row, tables.record_keys.leaf_id.does_not_exist(), lambda _: taken))
    return writes
