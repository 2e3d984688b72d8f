"""The approver's page. GET and HEAD show; only a POST with a choice decides (P6).

/approvals/{link} is two doors in one: behind the secret of an e-mail it asks for the code from the
subject, behind a post's own name (`post-version`) it asks for a signed-in approver. Where a link is
not enough, the page behind it shows the post and the way to sign in, and takes no form.
"""

import secrets
from http import HTTPStatus
from typing import Any

from moderate.by_link import check_code, check_link
from moderate.choosing import ChoosingError, choice_from_form, field_errors
from moderate.decide import Seat, check_open, decide
from moderate.doors import (
    GUARD_COOKIE,
    Door,
    DoorError,
    check_read,
    link_door,
    post_named,
    queue_door,
    served_at,
)
from moderate.errors import DecideError, HolderOutError, SignInNeededError, TooQuickError
from moderate.refuse_link import refuse_link
from moderate.room import app, guest_of, now, pack_for, room
from moderate.shown import viewer
from moderate.shown_approval import NOTHING_TYPED, approval_view, decided_view
from moderate.story import story
from moderate.translate import sign_in_address
from moderate.whereabouts import device_of, network_of
from shared.accounts.rights import Right
from shared.http.application import Answer, journal
from shared.http.call import Call
from shared.http.problems import InvalidFieldsError, NotSignedInError
from shared.identity.session import UnknownSessionError
from shared.mail.links import is_token
from shared.pages.approval_views import WayIn
from shared.pages.forms import DecisionForm, decision_form
from shared.pages.render import render
from shared.records.approval import Approval, Way
from shared.records.errors import AlreadyDecidedError, ExpiredSessionError


@app.on("/approvals/{link}")
def approval_page(call: Call, link: str) -> Answer:
    """Exactly what would go out, and the form to decide with; shows, and changes nothing."""
    return _shown(door_of(call, link))


@app.on("/approvals/{link}", "POST")
def approval_sent(call: Call, link: str) -> Answer:
    """Decide, once; whoever comes second is told who was first."""
    form = decision_form(call.form())
    try:
        door = door_of(call, link, Right.APPROVE)
    except HolderOutError:
        refuse_link(room().bench.links.find(link), room().bench.links, room().pen, now())
        raise
    try:
        approval = _decide(door, form, call)
    except AlreadyDecidedError:
        return _decided(door_of(call, link), just_now=False)
    except SignInNeededError:
        return _shown(door, status=HTTPStatus.FORBIDDEN)
    except (DecideError, DoorError, ChoosingError, InvalidFieldsError) as error:
        if isinstance(error, TooQuickError):
            _note_suspicious(door, error)
        errors, tries_left = field_errors(error)
        return _shown(door, form=form, errors=errors, tries_left=tries_left)
    return _decided(door.with_approval(approval), just_now=True)


def _decide(door: Door, form: DecisionForm, call: Call) -> Approval:
    """What a person chose on this page, decided; a robot that sends the form as it stands has come
    too soon or chosen nothing, and has not guessed a code either.
    """
    at, shown_at = now(), served_at(door, form.csrf)
    if door.approval.ruling:
        ruling = door.approval.ruling
        raise AlreadyDecidedError(door.approval.name, ruling.by, ruling.at, ruling.decision)
    if door.link and door.case.sign_in_needed:
        raise SignInNeededError(door.case.sign_in_needed)
    check_read(shown_at, at)
    choice = choice_from_form(form, door.post.draft, door.content_hash)
    if door.link:
        check_link(door.link, door.approval, at)
        check_code(door.link, door.secret, form.code, room().bench.links)
    seat = Seat(
        door.person,
        Way.LINK if door.link else Way.QUEUE,
        shown_at,
        network_of(call),
        device_of(call),
    )
    return decide(door.case, choice, seat, room().bench, at)


def door_of(call: Call, name: str, right: Right = Right.READ_ALL) -> Door:
    """Who stands before which approval, by a link or signed in."""
    if not is_token(name):
        version = post_named(name)
        try:
            guest = guest_of(call, right)
        except (UnknownSessionError, ExpiredSessionError) as error:
            raise NotSignedInError(str(error), to=f"/approvals/{name}") from error
        return queue_door(*version, guest, room().snapshots)
    guard_word = call.cookie(GUARD_COOKIE) or secrets.token_urlsafe(32)
    return link_door(name, room().bench.links.find(name), guard_word, room().snapshots)


def _shown(
    door: Door,
    *,
    form: DecisionForm = NOTHING_TYPED,
    status: int = HTTPStatus.OK,
    **said: Any,
) -> Answer:
    if door.approval.ruling:
        return _decided(door, just_now=False)
    check_open(door.approval)
    if door.link:
        check_link(door.link, door.approval, now())
    view = approval_view(
        door.case,
        door.person,
        story(door.post, door.approval, door.about, room().snapshots),
        pack_for(door.case.account, door.post.draft.platforms),
        address=door.address,
        sign_in=_way_in(door),
        asks_code=door.link is not None,
        form=form,
        pictures=door.about.pictures,
        **said,
    )
    # A form that comes back keeps the moment at which it was first read.
    csrf = form.csrf or door.form_token(now())
    seen_by = viewer(door.person, door.leave_token) if not door.link else None
    page = render("approval", view, csrf="" if view.sign_in else csrf, viewer=seen_by)
    if said.get("errors"):
        status = HTTPStatus.UNPROCESSABLE_ENTITY
    return Answer(page, status, cookies=door.cookies())


def _way_in(door: Door) -> WayIn | None:
    """Where a link is not enough: the way to sign in and come back to this post."""
    if door.link is None or not door.case.sign_in_needed:
        return None
    address = sign_in_address(room().settings.sign_in_url, door.signed_in_address)
    return WayIn(door.case.sign_in_needed, address)


def _decided(door: Door, *, just_now: bool) -> Answer:
    about = room().snapshots.complete(door.about, people=[door.ruling.by])
    view = decided_view(
        door.ruling,
        door.post,
        about.account(door.post.draft.account),
        about.person(door.ruling.by),
        just_now=just_now,
    )
    return Answer(render("decided", view))


def _note_suspicious(door: Door, error: TooQuickError) -> None:
    """A form that came back at once is logged: which post, whose link, how soon. Never the link."""
    about = {
        "post": f"{door.post.post_id} v{door.post.version}",
        "person": door.person.person_id,
        "way": Way.LINK.value if door.link else Way.QUEUE.value,
        "seconds": round(error.seconds, 3),
    }
    journal(app.app_name).warning("suspicious decision", extra=about)
