"""The queue as a page: what waits for a decision."""

from moderate import shown
from moderate.cases import cases_of
from moderate.room import app, guest_of, room
from shared.http.application import Answer
from shared.http.call import Call
from shared.pages.render import render

FORM = "decide"
PAGE = 20


@app.on("/approvals")
def queue_page(call: Call) -> Answer:
    """What waits for a decision, longest waiting first."""
    guest = guest_of(call)
    found = room().queue.waiting(call.query.get("cursor"), PAGE)
    view = shown.queue_view(cases_of(found.entries, room().snapshots), guest.person, found.cursor)
    csrf = guest.form_token(FORM)
    return Answer(
        render("approvals", view, csrf=csrf, viewer=shown.viewer(guest.person, guest.leave_token()))
    )
