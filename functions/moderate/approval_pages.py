"""The approver's pages. GET and HEAD show; only a POST with a choice decides (P6).

/approvals/{link} is two doors in one: behind the secret of an e-mail it asks for the code from the
subject, behind a post's own name (`post-version`) it asks for a signed-in approver.
"""

import secrets
from typing import Any

from moderate import shown
from moderate.decide import (
    DecideError,
    HolderOutError,
    check_code,
    check_link,
    check_open,
    decide,
)
from moderate.doors import (
    GUARD_COOKIE,
    Door,
    DoorError,
    choice_from_form,
    field_errors,
    guard,
    link_door,
    post_named,
    queue_door,
)
from moderate.refuse_link import refuse_link
from moderate.room import app, guest_of, now, room
from shared.accounts.rights import Right
from shared.http.application import Answer
from shared.http.call import Call
from shared.mail.links import is_token
from shared.pages.forms import decision_form
from shared.pages.render import render
from shared.posts.names import PersonId
from shared.records.approval import Way
from shared.records.errors import AlreadyDecidedError
from shared.records.snapshot import Snapshot

FORM = "decide"


@app.on("/approvals")
def queue_page(call: Call) -> Answer:
    """What waits for a decision, longest waiting first."""
    guest = guest_of(call)
    waiting = room().bench.approvals.queue()
    titles = {account.account_id: account.title for account in room().accounts.all()}
    names = room().snapshots.read(people=[w.post.author for w in waiting]).people
    view = shown.queue_view(
        waiting, titles, {key: person.name for key, person in names.items()}, guest.person
    )
    csrf = guest.form_token(FORM)
    return Answer(
        render("approvals", view, csrf=csrf, viewer=shown.viewer(guest.person, guest.leave_token()))
    )


@app.on("/approvals/{link}")
def approval_page(call: Call, link: str) -> Answer:
    """Exactly what would go out, and the form to decide with; shows, and changes nothing."""
    return _shown(_door(call, link))


@app.on("/approvals/{link}", "POST")
def approval_sent(call: Call, link: str) -> Answer:
    """Decide, once; whoever comes second is told who was first."""
    form = decision_form(call.form())
    try:
        door = _door(call, link, Right.APPROVE)
    except HolderOutError:
        refuse_link(room().bench.links.find(link), room().bench.links, room().pen, now())
        raise
    guard(door, form.csrf)
    if door.approval.ruling:
        return _decided(door, just_now=False)
    try:
        # A robot that sends the form as it stands has chosen nothing, and has not guessed either.
        choice = choice_from_form(form, door.content_hash)
        if door.link:
            check_link(door.link, now())
            check_code(door.link, door.secret, form.code, room().bench.links)
        way = Way.LINK if door.link else Way.QUEUE
        approval = decide(
            door.post,
            door.approval,
            choice,
            by=door.person,
            way=way,
            bench=room().bench,
            now=now(),
        )
    except AlreadyDecidedError:
        return _decided(_door(call, link), just_now=False)
    except (DecideError, DoorError) as error:
        errors, tries_left = field_errors(error)
        return _shown(door, form=form, errors=errors, tries_left=tries_left)
    return _decided(door.with_approval(approval), just_now=True)


def _door(call: Call, name: str, right: Right = Right.READ_ALL) -> Door:
    if not is_token(name):
        return queue_door(*post_named(name), guest_of(call, right), room().snapshots)
    guard_word = call.cookie(GUARD_COOKIE) or secrets.token_urlsafe(32)
    return link_door(name, room().bench.links.find(name), guard_word, room().snapshots)


def _shown(door: Door, **said: Any) -> Answer:
    if door.approval.ruling:
        return _decided(door, just_now=False)
    check_open(door.approval)
    if door.link:
        check_link(door.link, now())
    about = _about(door, door.post.author)
    view = shown.approval_view(
        address=door.address,
        addressee=door.person,
        post=door.post,
        approval=door.approval,
        account=about.account(door.post.draft.account),
        author=about.person(door.post.author),
        pack=room().policy(now().date()),
        asks_code=door.link is not None,
        **said,
    )
    status = 422 if said.get("errors") else 200
    viewer = shown.viewer(door.person, door.leave_token) if not door.link else None
    page = render("approval", view, csrf=door.form_token(), viewer=viewer)
    return Answer(page, status, cookies=door.cookies())


def _decided(door: Door, *, just_now: bool) -> Answer:
    about = _about(door, door.ruling.by)
    view = shown.decided_view(
        door.ruling,
        door.post,
        about.account(door.post.draft.account),
        about.person(door.ruling.by),
        just_now=just_now,
    )
    return Answer(render("decided", view))


def _about(door: Door, person_id: PersonId) -> Snapshot:
    """The account that speaks, and one person; a link brings both along."""
    account = door.post.draft.account
    return room().snapshots.complete(door.about, accounts=[account], people=[person_id])
