"""Orders of proofs as rows, and back."""

from typing import TYPE_CHECKING, Any

from pynamodb.attributes import UnicodeAttribute
from pynamodb.indexes import KeysOnlyProjection

from shared.months.month import read_month
from shared.months.proof_order import Checked, Kind, MadeFile, Needed, Order, Producer, State
from shared.posts.names import PersonId, ProofId
from shared.records.rows import Index, Row
from shared.records.spelling import as_json, from_json, moment, written

if TYPE_CHECKING:  # the tables are made of these rows
    from shared.records.tables import Tables

LISTED = "proof"
"""What every row stands under, so that they can be listed in order."""


class ProofsInOrder(Index):
    """Every order by id, which sorts by time."""

    class Meta:
        index_name = "proofs-in-order"
        projection = KeysOnlyProjection()

    listed = UnicodeAttribute(hash_key=True)
    proof_id = UnicodeAttribute(range_key=True)


class ProofRow(Row):
    """What somebody wants proved, how far it is, and what came of it."""

    noun = "proofs"
    proof_id = UnicodeAttribute(hash_key=True)
    listed = UnicodeAttribute()
    entry = UnicodeAttribute()
    in_order = ProofsInOrder()


def proof_row(tables: "Tables", order: Order) -> ProofRow:
    """The row of an order."""
    return tables.proofs(proof_id=order.proof_id, listed=LISTED, entry=entry_of(order))


def entry_of(order: Order) -> str:
    """An order as it lies in its row."""
    producer = order.producer
    return as_json(
        {
            "kind": order.kind.value,
            "about": order.about,
            "from": str(order.first),
            "to": str(order.last),
            "needed": [[str(each.month), each.bag] for each in order.needed],
            "asked_by": order.asked_by,
            "asked_at": written(order.asked_at),
            "leaves": [*order.leaves],
            "producer": [producer.name, producer.role, producer.label, producer.number]
            if producer
            else None,
            "state": order.state.value,
            "checked": [[str(each.month), each.said] for each in order.checked],
            "files": [[each.name, each.octets, each.sha256] for each in order.files],
            "sentence": order.sentence,
            "over_at": written(order.over_at) if order.over_at else None,
        }
    )


def order_of(row: ProofRow) -> Order:
    """The order a row holds."""
    held: dict[str, Any] = from_json(row.entry)
    return Order(
        proof_id=ProofId(row.proof_id),
        kind=Kind(held["kind"]),
        about=held["about"],
        first=read_month(held["from"]),
        last=read_month(held["to"]),
        needed=tuple(Needed(read_month(month), bag) for month, bag in held["needed"]),
        asked_by=PersonId(held["asked_by"]),
        asked_at=moment(held["asked_at"]),
        leaves=tuple(held["leaves"]),
        producer=Producer(*held["producer"]) if held["producer"] else None,
        state=State(held["state"]),
        checked=tuple(Checked(read_month(month), said) for month, said in held["checked"]),
        files=tuple(MadeFile(*each) for each in held["files"]),
        sentence=held["sentence"],
        over_at=moment(held["over_at"]) if held["over_at"] else None,
    )
