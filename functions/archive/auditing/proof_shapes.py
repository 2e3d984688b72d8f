"""The JSON shape of an order of a proof: what is wanted, how far it is, and what came of it."""

from typing import Any

from shared.http.shapes import stamp
from shared.months.proof_order import Order


def order_shape(order: Order) -> dict[str, Any]:
    """One order; each file has an address that leads to it for a few minutes at a time."""
    producer = order.producer
    return {
        "proof_id": order.proof_id,
        "kind": order.kind.value,
        "about": order.about,
        "from": str(order.first),
        "to": str(order.last),
        "leaves": [*order.leaves],
        "label": producer.label if producer else None,
        "number": producer.number if producer else None,
        "role": producer.role if producer else None,
        "asked_by": order.asked_by,
        "asked_at": stamp(order.asked_at),
        "state": order.state.value,
        "months": [{"month": str(each.month), "bag": each.bag} for each in order.needed],
        "verified": [{"month": str(each.month), "said": each.said} for each in order.checked],
        "sentence": order.sentence,
        "files": [
            {
                "name": each.name,
                "octets": each.octets,
                "sha256": each.sha256,
                "address": file_address(order, each.name),
            }
            for each in order.files
        ],
        "over_at": stamp(order.over_at) if order.over_at else None,
    }


def file_address(order: Order, name: str) -> str:
    """Where a file of an order is fetched."""
    return f"/v1/audit/proofs/{order.proof_id}/files/{name}"
