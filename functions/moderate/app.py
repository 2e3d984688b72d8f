"""The approver's pages and API. GET and HEAD show; only a POST with a choice decides (P6).

/approvals/{link} is two doors in one: behind the secret of an e-mail it asks for the code from the
subject, behind a post's own name (`post-version`) it asks for a signed-in approver.
"""

import os
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any

from moderate import shown
from moderate.decide import (
    Bench,
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
    choice_from_json,
    field_errors,
    guard,
    link_door,
    post_named,
    queue_door,
)
from moderate.refuse_link import refuse_link
from moderate.settings import PageSettings
from moderate.translate import page_of, translate
from shared.accounts.rights import Right
from shared.conductor.executions import Executions, step_functions
from shared.http.application import Answer, Application, json_answer
from shared.http.call import Call
from shared.identity.visitor import Visitor, visitor
from shared.mail.links import is_token
from shared.pages.forms import decision_form
from shared.pages.render import render
from shared.posts.names import PersonId
from shared.records.accounts import Accounts
from shared.records.approval import Way
from shared.records.approvals import Approvals
from shared.records.errors import AlreadyDecidedError
from shared.records.links import Links
from shared.records.pen import Pen
from shared.records.people import People
from shared.records.policies import Policies
from shared.records.policy_in_use import PolicyInUse
from shared.records.sessions import Sessions
from shared.records.snapshot import Snapshot, Snapshots
from shared.records.tables import tables
from shared.settings.reading import read

FORM = "decide"


@dataclass(frozen=True)
class Room:
    """The collaborators of this room, made once a process."""

    settings: PageSettings
    pen: Pen
    accounts: Accounts
    people: People
    sessions: Sessions
    snapshots: Snapshots
    bench: Bench
    policy: PolicyInUse


@cache
def room() -> Room:
    """Compose the room from the environment."""
    settings = read(PageSettings, os.environ)
    kept, pen = tables(settings.table_prefix), Pen(secrets.token_bytes)
    bench = Bench(Approvals(kept, pen), Links(kept), Executions(step_functions))
    accounts, people = Accounts(kept, pen), People(kept, pen)
    policy = PolicyInUse(Policies(kept, pen))
    return Room(settings, pen, accounts, people, Sessions(kept), Snapshots(kept), bench, policy)


def now() -> datetime:
    """The clock of this room."""
    return datetime.now(UTC)


app = Application("moderate", translate, lambda p: page_of(p, room().settings.sign_in_url))


def _visitor(call: Call, right: Right = Right.READ_ALL) -> Visitor:
    return visitor(call, right, room().sessions, room().people, now())


# ── pages ────────────────────────────────────────────────────────────────────


@app.on("/approvals")
def queue_page(call: Call) -> Answer:
    """What waits for a decision, longest waiting first."""
    guest = _visitor(call)
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


# ── API ──────────────────────────────────────────────────────────────────────


@app.on("/v1/approvals")
def queue_api(call: Call) -> Answer:
    """What waits for a decision, longest waiting first."""
    _visitor(call)
    waiting = room().bench.approvals.queue()
    shapes = [shown.approval_shape(w.approval, w.post) for w in waiting]
    return json_answer({"approvals": shapes, "next": None})


@app.on("/v1/approvals/{post_id}/{version}")
def approval_api(call: Call, post_id: str, version: str) -> Answer:
    """One approval and its post."""
    door = queue_door(*post_named(f"{post_id}-{version}"), _visitor(call), room().snapshots)
    return json_answer(shown.approval_shape(door.approval, door.post))


@app.on("/v1/approvals/{post_id}/{version}/decision", "POST")
def decide_api(call: Call, post_id: str, version: str) -> Answer:
    """Decide, once."""
    guest = _visitor(call, Right.APPROVE)
    door = queue_door(*post_named(f"{post_id}-{version}"), guest, room().snapshots)
    choice = choice_from_json(call.json())
    approval = decide(
        door.post,
        door.approval,
        choice,
        by=door.person,
        way=Way.QUEUE,
        bench=room().bench,
        now=now(),
    )
    return json_answer(shown.approval_shape(approval, door.post))


def _door(call: Call, name: str, right: Right = Right.READ_ALL) -> Door:
    if not is_token(name):
        return queue_door(*post_named(name), _visitor(call, right), room().snapshots)
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
