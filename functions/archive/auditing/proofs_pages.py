"""The pages of proofs. GET shows how far they are; only a POST has something proved (P6)."""

from archive.auditing.audit_pages import faults
from archive.auditing.errors import AuditError
from archive.auditing.order_proof import order_proof
from archive.auditing.proof_desk import proof_desk, proofs
from archive.auditing.proof_forms import form_sent, form_wished, said_in
from archive.auditing.proof_views import ADDRESS, EMPTY, TITLE, WAYS, row_of, view_of
from archive.auditing.proof_wish import proof_wish_in
from archive.auditing.proofs_api import PAGE, is_kept
from archive.auditing.room import FORM, app, guest_of, name_of, now, page
from archive.questions.errors import QuestionError
from shared.http.application import Answer, see_other
from shared.http.call import Call
from shared.http.problems import InvalidFieldsError
from shared.pages.forms import first
from shared.pages.registry_views import RegistryView
from shared.posts.names import ProofId


@app.on("/audit/proofs")
def proofs_page(call: Call) -> Answer:
    """What was to be proved or verified, newest first."""
    guest = guest_of(call)
    found = proofs().all(call.query.get("cursor"), PAGE)
    rows = tuple(map(row_of, found.entries))
    view = RegistryView(TITLE, ADDRESS, rows, found.cursor, ways=WAYS, empty=EMPTY)
    return page("registry", view, guest)


@app.on("/audit/proofs/new")
def new_proof_page(call: Call) -> Answer:
    """The form for a record, a bundle, or months."""
    guest = guest_of(call)
    return page("form", form_wished(call.query), guest)


@app.on("/audit/proofs/new", "POST")
def proof_sent(call: Call) -> Answer:
    """Have it proved; how far that is has a page of its own."""
    guest = guest_of(call)
    sent = call.form()
    guest.check_form(FORM, first(sent, "csrf"))
    try:
        wish = proof_wish_in(said_in(sent))
        order = order_proof(wish, by=guest.person, desk=proof_desk(), now=now())
    except (AuditError, InvalidFieldsError, QuestionError) as error:
        return page("form", form_sent(sent, faults(error)), guest, 422)
    return see_other(f"{ADDRESS}/{order.proof_id}")


@app.on("/audit/proofs/{proof_id}")
def proof_page(call: Call, proof_id: str) -> Answer:
    """How far it is, and what came of it."""
    guest = guest_of(call)
    order = proofs().get(ProofId(proof_id))
    return page("entry", view_of(order, name_of(order.asked_by), kept=is_kept(order)), guest)
