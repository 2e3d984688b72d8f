"""The author's room: its collaborators, its clock, its application, and who may come in."""

import os
import secrets
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING

from compose.desks import desk_of
from compose.reading import Asked, Wanted
from compose.settings import Settings
from compose.sight import Sight
from compose.submit import Desk, submit
from compose.translate import page_of, translate
from shared.accounts.registry import Person
from shared.accounts.rights import Right
from shared.http.application import Answer, Application
from shared.http.call import Call
from shared.identity.visitor import Visitor
from shared.identity.visitor import visitor as behind
from shared.policy.circumstances import candidate_of, servers_of
from shared.policy.verdict import Candidate, Verdict
from shared.posts.content import Draft
from shared.posts.life import KEPT_IN, Post
from shared.posts.names import PlatformName
from shared.records.accounts import Accounts
from shared.records.errors import NotFoundError
from shared.records.pen import Pen
from shared.records.people import People
from shared.records.publications import Publications
from shared.records.sessions import Sessions
from shared.records.snapshot import Snapshots
from shared.records.tables import Tables, tables
from shared.settings.reading import read

if TYPE_CHECKING:
    from compose.illustrate import Album
    from compose.keep_up import SeriesDesk
    from compose.shown_post import Life
    from shared.pages.views import View
    from shared.policy.everyday import Everyday

FORM = "compose"


@dataclass(frozen=True)
class Room:
    """The collaborators of this room, made once a process."""

    settings: Settings
    kept: Tables
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
    desk = desk_of(kept, pen, settings.publication_arn, settings.appeal_days)
    return Room(
        settings,
        kept,
        pen,
        desk,
        Publications(kept, pen),
        Accounts(kept, pen),
        People(kept, pen),
        Sessions(kept),
        desk.files.snapshots,
    )


@cache
def series() -> "SeriesDesk":
    """What keeping reminders needs; made when the first is asked for."""
    from compose.series_desk import series_desk_of

    here = room()
    return series_desk_of(here.kept, here.pen, here.desk, here.settings.reminder_days)


@cache
def album() -> "Album":
    """Where pictures are looked up; made when the first is asked for."""
    from compose.illustrate import Album
    from shared.records.consents import Consents
    from shared.records.pictures import Pictures

    here = room()
    return Album(Pictures(here.kept, here.pen), Consents(here.kept, here.pen))


def now() -> datetime:
    """The clock of this room."""
    return datetime.now(UTC)


app = Application("compose", translate, lambda p: page_of(p, room().settings.sign_in_url))


def visitor(call: Call, right: Right = Right.LOOK) -> Visitor:
    """The visitor behind a request, if they have this right."""
    return behind(call, right, room().sessions, room().people, now())


def verdict_on(candidate: Candidate) -> Verdict:
    """What the policy says about this now."""
    return room().desk.verdict(candidate, now())


def kind_of(candidate: Candidate) -> "Everyday | None":
    """What kind of everyday post it is, if it is one."""
    from shared.policy.everyday import everyday

    return everyday(candidate, room().desk.pack(now().date()))


def candidate_for(wanted: Wanted, person: Person) -> Candidate:
    """What the check reads if this person sends this draft now; InvalidDraftError."""
    draft = shown_in(wanted)
    about = room().snapshots.read(accounts=[draft.account], board=True)
    account = about.account(draft.account)
    incident = about.board.silencing(account, draft.platforms, now())
    return candidate_of(draft, person, account, critical_incident=incident is not None)


def shown_in(wanted: Wanted) -> Draft:
    """The draft with its pictures; InvalidDraftError for what cannot be shown."""
    if not wanted.pictures:
        return wanted.draft
    from compose.illustrate import illustrated

    account = room().snapshots.read(accounts=[wanted.draft.account]).account(wanted.draft.account)
    told = room().desk.told(servers_of(account, wanted.draft.platforms))
    return illustrated(wanted.draft, wanted.pictures, album(), now().date(), told)


def in_place(asked: Asked, person: Person) -> Candidate:
    """What the check reads if this person asks: as the account they name, if they name one they
    may read, whatever else they say about it; NotFoundError."""
    candidate = asked.candidate
    if asked.account is None:
        return candidate
    account = sight_of(person).account(asked.account)
    platforms = tuple(map(PlatformName, candidate.platforms))
    incident = room().snapshots.read(board=True).board.silencing(account, platforms, now())
    return replace(
        candidate,
        author_role=person.role.value,
        account_level=account.level.value,
        critical_incident=candidate.critical_incident or incident is not None,
        servers=servers_of(account, platforms),
    )


def sight_of(person: Person) -> Sight:
    """Posts and accounts as this person may see them."""
    return Sight(person, room().accounts, room().desk.posts, room().snapshots, _missing)


def _missing(post_id: str) -> NotFoundError:
    """Why there is no such post; that it was disposed of is looked up only then."""
    from compose.sight import no_post
    from shared.records.gone import disposed_of

    return disposed_of(room().kept, room().pen, "post", post_id) or no_post(post_id)


def life_of(post_id: str, person: Person) -> "Life":
    """One post as it is on record, if this person may see it; NotFoundError."""
    from compose.shown_post import Life, people_of

    here, versions = room(), sight_of(person).versions(post_id)
    newest = versions[-1]
    standing = here.desk.files.standing(newest.post_id, newest.version)
    about = here.snapshots.read(
        accounts=[newest.draft.account], people=people_of(versions, standing)
    )
    return Life(
        (*versions[:-1], standing.post),
        standing,
        about.account(newest.draft.account),
        about.people,
        here.publications.of(newest.post_id, newest.version),
        _corrections(newest),
    )


def _corrections(post: Post) -> tuple[Post, ...]:
    """The newest versions of what puts it right; only what is out can be."""
    if post.state in KEPT_IN:
        return ()
    from shared.records.corrections import corrections_of

    found = dict(corrections_of(room().kept, post.post_id, post.version))
    read = room().snapshots.read(posts=found.items()).posts
    return tuple(read[each] for each in found.items() if each in read)


def submitted(wanted: Wanted, person: Person) -> Post:
    """The post as it stands on record after the one deed of this room."""
    here, at = room(), now()
    wanted = replace(wanted, draft=shown_in(wanted), pictures=())
    if wanted.note_of:
        from compose.note import check_note  # few posts are notes
        from shared.records.deletions import Deletions

        check_note(wanted.note_of, wanted.draft.account, Deletions(here.kept, here.pen))
    about = here.snapshots.read(accounts=[wanted.draft.account], board=True)
    return submit(
        wanted,
        person,
        about.account(wanted.draft.account),
        here.desk,
        post_id=here.pen.new_post_id(at),
        now=at,
        board=about.board,
    )


def page(name: str, view: "View", guest: Visitor) -> Answer:
    """A page with its form token, as this visitor sees it."""
    from shared.pages.render import render  # pages are read in by whoever shows one
    from shared.pages.viewer import viewer_of

    seen_by = viewer_of(guest.person, guest.leave_token())
    return Answer(render(name, view, csrf=guest.form_token(FORM), viewer=seen_by))
