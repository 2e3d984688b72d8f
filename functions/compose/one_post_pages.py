"""The page of one post, and taking it back from there. GET shows, POST acts."""

from dataclasses import replace

from compose.errors import ReasonMissingError
from compose.reading import reason_from_json, version_typed
from compose.room import FORM, app, life_of, now, page, room, visitor
from compose.shown_post import post_view
from compose.translate import faults_of
from compose.withdraw import withdraw
from shared.accounts.rights import Right
from shared.http.application import Answer, see_other
from shared.http.call import Call
from shared.http.problems import InvalidFieldsError
from shared.pages.forms import withdraw_form


@app.on("/posts/{post_id}")
def post_page(call: Call, post_id: str) -> Answer:
    """One post's life."""
    guest = visitor(call)
    return page("post", post_view(life_of(post_id, guest.person), guest.person), guest)


@app.on("/posts/{post_id}", "POST")
def post_taken_back(call: Call, post_id: str) -> Answer:
    """Take a post back before it goes out."""
    guest, form = visitor(call, Right.WRITE), withdraw_form(call.form())
    guest.check_form(FORM, form.csrf)
    life, person, desk = life_of(post_id, guest.person), guest.person, room().desk
    version = version_typed(form.version)
    try:
        reason = reason_from_json({"reason": form.reason})
        withdraw(life.post.post_id, version, reason, person=person, desk=desk, now=now())
    except (InvalidFieldsError, ReasonMissingError) as error:
        view = post_view(life, person, errors=faults_of(error), written_reason=form.reason)
        return replace(page("post", view, guest), status=422)
    return see_other(f"/posts/{life.post.post_id}")
