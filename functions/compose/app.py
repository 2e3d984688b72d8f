"""The author's pages and API. Parses, calls one deed, renders; GET shows, POST acts."""

import os
import secrets
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache, partial
from typing import Any

from compose import shown
from compose.files import static_answer
from compose.reading import Wanted, candidate_from_json, wanted_from_form, wanted_from_json
from compose.settings import Settings
from compose.shapes import checked_shape, life_shape
from compose.sight import Sight
from compose.submit import MENDABLE, Desk, submit
from compose.translate import blocked, faults_of, page_of, translate
from shared.accounts.registry import Person
from shared.accounts.rights import Right
from shared.conductor.executions import Executions, step_functions
from shared.http.application import Answer, Application, json_answer, see_other
from shared.http.call import Call
from shared.http.description import description
from shared.http.problems import ProblemError
from shared.http.shapes import post_shape
from shared.identity.session import COOKIE
from shared.identity.visitor import Visitor, visitor
from shared.pages.forms import SEND, new_form
from shared.pages.render import render
from shared.pages.views import Typed, View
from shared.policy.circumstances import candidate_of
from shared.policy.everyday import Everyday, everyday
from shared.policy.verdict import Candidate, Verdict
from shared.posts.errors import PostError
from shared.posts.life import Post, State
from shared.records.accounts import Accounts
from shared.records.pen import Pen
from shared.records.people import People
from shared.records.policies import Policies
from shared.records.policy_in_use import PolicyInUse, with_registered
from shared.records.posts import Posts
from shared.records.publications import Publications
from shared.records.sessions import Sessions
from shared.records.snapshot import Snapshots
from shared.records.tables import tables
from shared.settings.reading import read

FORM = "compose"


@dataclass(frozen=True)
class Room:
    """The collaborators of this room, made once a process."""

    settings: Settings
    pen: Pen
    desk: Desk
    publications: Publications
    accounts: Accounts
    people: People
    sessions: Sessions
    snapshots: Snapshots


@cache
def room() -> Room:
    """Compose the room from the environment."""
    settings, pen = read(Settings, os.environ), Pen(secrets.token_bytes)
    kept = tables(settings.table_prefix)
    executions = Executions(step_functions, settings.publication_arn)
    accounts, policy = Accounts(kept, pen), PolicyInUse(Policies(kept, pen))
    registered = partial(with_registered, accounts=accounts)
    return Room(
        settings,
        pen,
        Desk(Posts(kept, pen), executions, policy, registered),
        Publications(kept, pen),
        accounts,
        People(kept, pen),
        Sessions(kept),
        Snapshots(kept),
    )


def now() -> datetime:
    """The clock of this room."""
    return datetime.now(UTC)


app = Application("compose", translate, lambda p: page_of(p, room().settings.sign_in_url))


def _visitor(call: Call, right: Right = Right.LOOK) -> Visitor:
    return visitor(call, right, room().sessions, room().people, now())


def _verdict(candidate: Candidate) -> Verdict:
    return room().desk.verdict(candidate, now())


def _kind(candidate: Candidate) -> Everyday | None:
    return everyday(candidate, room().desk.pack(now().date()))


def _sight(person: Person) -> Sight:
    return Sight(person, room().accounts, room().desk.posts, room().snapshots)


def _submit(wanted: Wanted, person: Person) -> Post:
    here, at = room(), now()
    account = here.accounts.get(wanted.draft.account)
    return submit(wanted, person, account, here.desk, post_id=here.pen.new_post_id(at), now=at)


@app.on("/")
def home(call: Call) -> Answer:
    """The first page: your posts, or the way to sign in."""
    return see_other("/posts" if call.cookie(COOKIE) else room().settings.sign_in_url)


@app.on("/posts")
def posts_page(call: Call) -> Answer:
    """Your posts, newest first."""
    guest = _visitor(call)
    page = room().desk.posts.by_author(guest.person.person_id, call.query.get("cursor"))
    titles = {account.account_id: account.title for account in room().accounts.all()}
    return _page("posts", shown.posts_view(page.posts, titles, page.cursor), guest)


@app.on("/posts/new")
def new_page(call: Call) -> Answer:
    """The post form, empty or with a version that came back."""
    guest, replaces = _visitor(call, Right.WRITE), call.query.get("replaces")
    if not replaces:
        return _form(guest, Typed())
    sight = _sight(guest.person)
    older = sight.versions(replaces.partition("@")[0])[-1]
    return _form(guest, shown.typed(older), returned=sight.why_returned(older))


@app.on("/posts/new", "POST")
def new_sent(call: Call) -> Answer:
    """Check shows what the policy says; Send submits, once however often it is clicked."""
    guest, form = _visitor(call, Right.WRITE), new_form(call.form())
    guest.check_form(FORM, form.csrf)
    try:
        wanted = wanted_from_form(form)
        if form.act != SEND:
            account = room().accounts.get(wanted.draft.account)
            candidate = candidate_of(wanted.draft, guest.person, account)
            said = {"verdict": _verdict(candidate), "kind": _kind(candidate)}
            return _form(guest, form.typed, submission=form.submission, **said)
        post = _submit(wanted, guest.person)
    except (ProblemError, PostError) as error:
        faults = faults_of(error)
        return replace(
            _form(guest, form.typed, submission=form.submission, errors=faults), status=422
        )
    if post.state is State.BLOCKED:
        return replace(_form(guest, shown.typed(post), blocked=post), status=422)
    return see_other(f"/posts/{post.post_id}")


@app.on("/posts/{post_id}")
def post_page(call: Call, post_id: str) -> Answer:
    """One post's life."""
    guest = _visitor(call)
    versions = _sight(guest.person).versions(post_id)
    post = versions[-1]
    view = shown.post_view(
        versions,
        room().accounts.get(post.draft.account),
        room().snapshots.read(people=[version.author for version in versions]).people,
        room().publications.of(post.post_id, post.version),
        may_change=post.state in MENDABLE and post.author == guest.person.person_id,
    )
    return _page("post", view, guest)


@app.on("/static/{name}")
def static_file(call: Call, name: str) -> Answer:
    """A file named by its content, to be kept for ever."""
    return static_answer(name)


@app.on("/openapi.json")
def describe(call: Call) -> Answer:
    """The description of the API."""
    return Answer(description(), content_type="application/json")


@app.on("/v1/checks", "POST")
def check_api(call: Call) -> Answer:
    """What the policy says; nothing is kept."""
    _visitor(call)
    candidate = candidate_from_json(call.json())
    pack = room().desk.pack(now().date())
    counts = shown.counts(candidate.text, candidate.platforms, pack)
    return json_answer(checked_shape(_verdict(candidate), counts, _kind(candidate)))


@app.on("/v1/posts", "POST")
def submit_api(call: Call) -> Answer:
    """Submit a post; a blocked one is answered with its findings."""
    guest = _visitor(call, Right.WRITE)
    wanted = wanted_from_json(call.json(), call.headers.get("idempotency-key"))
    post = _submit(wanted, guest.person)
    if post.state is State.BLOCKED:
        raise blocked(post)
    return json_answer(post_shape(post), 202, Location=f"/v1/posts/{post.post_id}")


@app.on("/v1/posts")
def posts_api(call: Call) -> Answer:
    """Your posts, or one account's."""
    person, cursor = _visitor(call).person, call.query.get("cursor")
    if name := call.query.get("account"):
        page = room().desk.posts.by_account(_sight(person).account(name).account_id, cursor)
    else:
        page = room().desk.posts.by_author(person.person_id, cursor)
    return json_answer({"posts": [post_shape(p) for p in page.posts], "next": page.cursor})


@app.on("/v1/posts/{post_id}")
def post_api(call: Call, post_id: str) -> Answer:
    """The whole life of a post."""
    versions = _sight(_visitor(call).person).versions(post_id)
    targets = room().publications.of(versions[-1].post_id, versions[-1].version)
    return json_answer(life_shape(versions, targets))


def _page(name: str, view: View, guest: Visitor) -> Answer:
    seen_by = shown.viewer(guest.person, guest.leave_token())
    return Answer(render(name, view, csrf=guest.form_token(FORM), viewer=seen_by))


def _form(guest: Visitor, typed: Typed, submission: str = "", **said: Any) -> Answer:
    accounts = _sight(guest.person).own_accounts()
    submission = submission or secrets.token_urlsafe(16)
    pack = room().desk.pack(now().date())
    view = shown.new_view(guest.person, accounts, submission, pack, typed, **said)
    return _page("new", view, guest)
