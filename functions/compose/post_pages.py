"""The author's form and list. Each parses, calls one deed, renders; GET shows, POST acts."""

import secrets
from dataclasses import replace
from typing import Any

from compose import shown
from compose.files import static_answer
from compose.reading import Wanted, wanted_from_form
from compose.room import (
    FORM,
    album,
    app,
    candidate_for,
    kind_of,
    now,
    page,
    room,
    sight_of,
    submitted,
    visitor,
)
from compose.translate import faults_of
from compose.waiting import WAITS
from shared.accounts.registry import Person
from shared.accounts.rights import Right
from shared.http.application import Answer, see_other
from shared.http.call import Call
from shared.http.problems import ProblemError
from shared.identity.session import COOKIE
from shared.identity.visitor import Visitor
from shared.pages.forms import SEND, new_form
from shared.pages.incident_views import lasting
from shared.pages.views import Typed
from shared.posts.errors import PostError
from shared.posts.life import State
from shared.posts.shortfalls import shortfalls

OFFERED = 5
"""How many of the author's latest pictures the form offers."""


@app.on("/")
def home(call: Call) -> Answer:
    """The first page: your posts, or the way to sign in."""
    return see_other("/posts" if call.cookie(COOKIE) else room().settings.sign_in_url)


@app.on("/posts")
def posts_page(call: Call) -> Answer:
    """Your posts, newest first."""
    guest = visitor(call)
    mine = room().desk.posts.by_author(guest.person.person_id, call.query.get("cursor"))
    titles = {account.account_id: account.title for account in room().accounts.all()}
    return page("posts", shown.posts_view(mine.posts, titles, mine.cursor), guest)


@app.on("/posts/new")
def new_page(call: Call) -> Answer:
    """The post form, empty or with a version that came back."""
    guest, replaces = visitor(call, Right.WRITE), call.query.get("replaces")
    if not replaces:
        chosen = call.query.get("picture")
        return _form(guest, Typed(pictures=((chosen, ""),) if chosen else ()))
    sight = sight_of(guest.person)
    older = sight.versions(replaces.partition("@")[0])[-1]
    returned, waits = sight.why_returned(older), older.state in WAITS
    return _form(guest, shown.typed(older), returned=returned, replaces_waiting=waits)


@app.on("/posts/new", "POST")
def new_sent(call: Call) -> Answer:
    """Check shows what the policy says; Send submits, once however often it is clicked."""
    guest, form = visitor(call, Right.WRITE), new_form(call.form())
    guest.check_form(FORM, form.csrf)
    try:
        wanted = wanted_from_form(form)
        if form.act != SEND:
            return _form(guest, form.typed, form.submission, **_said_of(wanted, guest.person))
        post = submitted(wanted, guest.person)
    except (ProblemError, PostError) as error:
        faults = faults_of(error)
        return replace(
            _form(guest, form.typed, submission=form.submission, errors=faults), status=422
        )
    if post.state is State.BLOCKED:
        return replace(_form(guest, shown.typed(post), blocked=post), status=422)
    return see_other(f"/posts/{post.post_id}")


@app.on("/static/{name}")
def static_file(call: Call, name: str) -> Answer:
    """A file named by its content, to be kept for ever."""
    return static_answer(name)


def _said_of(wanted: Wanted, person: Person) -> dict[str, Any]:
    """All that is to be said about a draft, as it would be if it were sent now."""
    desk, at, draft = room().desk, now(), wanted.draft
    candidate = candidate_for(wanted, person)
    short = shortfalls(draft, desk.told(candidate.servers))
    return {
        "draft": draft,
        "verdict": desk.verdict(candidate, at, draft),
        "kind": kind_of(candidate),
        "left_out": [each.sentence for each in short],
        "pack": desk.pack_for(candidate, at),
    }


def _form(guest: Visitor, typed: Typed, submission: str = "", **said: Any) -> Answer:
    accounts = sight_of(guest.person).own_accounts()
    board = room().snapshots.read(board=True).board
    submission = submission or secrets.token_urlsafe(16)
    pack = said.pop("pack", None) or room().desk.pack(now().date())
    if typed.pictures:
        said["album"] = album().pictures.by_uploader(guest.person.person_id, limit=OFFERED).entries
    view = shown.new_view(guest.person, accounts, submission, pack, typed, **said)
    return page("new", replace(view, lasting=lasting(board, accounts)), guest)
