"""The API of proofs: something is to be proved or verified, how far that is, and its files."""

from datetime import timedelta

from archive.auditing.errors import FileGoneError
from archive.auditing.order_proof import order_proof
from archive.auditing.proof_desk import proof_desk, proofs, shelf
from archive.auditing.proof_shapes import order_shape
from archive.auditing.proof_wish import proof_wish_in
from archive.auditing.room import app, guest_of, now
from shared.http.application import Answer, json_answer, see_other
from shared.http.call import Call
from shared.months.proof_order import Order
from shared.posts.names import ProofId
from shared.records.errors import NotFoundError

PAGE = 20
FOLDER = "proofs/"
KEPT = timedelta(days=7)
"""As infra/storage.yaml says: after that it is made anew."""


@app.on("/v1/audit/proofs")
def proofs_api(call: Call) -> Answer:
    """What was to be proved, newest first."""
    guest_of(call)
    found = proofs().all(call.query.get("cursor"), PAGE)
    shapes = [order_shape(each) for each in found.entries]
    return json_answer({"proofs": shapes, "next": found.cursor})


@app.on("/v1/audit/proofs", "POST")
def ask_proof_api(call: Call) -> Answer:
    """Have something proved or verified; who wanted what is on record."""
    guest = guest_of(call)
    wish = proof_wish_in(call.json())
    order = order_proof(wish, by=guest.person, desk=proof_desk(), now=now())
    return json_answer(order_shape(order), 202, Location=f"/v1/audit/proofs/{order.proof_id}")


@app.on("/v1/audit/proofs/{proof_id}")
def proof_api(call: Call, proof_id: str) -> Answer:
    """How far it is, and what came of it."""
    guest_of(call)
    return json_answer(order_shape(proofs().get(ProofId(proof_id))))


@app.on("/v1/audit/proofs/{proof_id}/files/{name}")
def proof_file_api(call: Call, proof_id: str, name: str) -> Answer:
    """One file of it, by a link that leads there for a few minutes."""
    guest_of(call)
    order = proofs().get(ProofId(proof_id))
    if order.file(name) is None:
        raise NotFoundError("proof_files", name)
    if not is_kept(order):
        raise FileGoneError
    return see_other(shelf().address(f"{FOLDER}{order.proof_id}/{name}", saved_as=name))


def is_kept(order: Order) -> bool:
    """Whether its files lie there still."""
    return order.over_at is not None and now() < order.over_at + KEPT
