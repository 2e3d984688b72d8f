"""The room of deletions: its collaborators, its clock, its application, and who may come in.

A function of its own, behind sign-in: it can have a post taken away, which the page that strangers
reach by their links cannot, and it reaches no platform's key (P7).
"""

import os
import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache, partial
from typing import TYPE_CHECKING

from moderate.ask_deletion import Desk, may_ask
from moderate.deletion_translate import translate
from moderate.doors import post_named
from moderate.settings import DeletionSettings
from moderate.signed_in import page_for
from moderate.translate import page_of
from shared.accounts.registry import Account, Person
from shared.accounts.rights import Right, may
from shared.conductor.executions import Executions, step_functions
from shared.http.application import Answer, Application
from shared.http.call import Call
from shared.identity.visitor import Visitor
from shared.identity.visitor import visitor as behind
from shared.posts.deletion import Deletion, DeletionTarget, Version
from shared.posts.exception_found import PostException
from shared.posts.life import Post
from shared.posts.names import AccountId, PersonId, PostId
from shared.records.corrections import notes_of
from shared.records.deletions import Deletions, Whole
from shared.records.errors import NotFoundError
from shared.records.exceptions import Exceptions
from shared.records.pen import Pen
from shared.records.people import People
from shared.records.publications import Publications
from shared.records.rounds import Rounds
from shared.records.sessions import Sessions
from shared.records.snapshot import Snapshots
from shared.records.tables import tables
from shared.settings.reading import read

if TYPE_CHECKING:
    from shared.pages.views import View

FORM = "deletions"


@dataclass(frozen=True)
class Room:
    """The collaborators of this room, made once a process."""

    settings: DeletionSettings
    people: People
    sessions: Sessions
    desk: Desk
    exceptions: Exceptions
    rounds: Rounds
    notes_of: Callable[[str], tuple[tuple[PostId, int], ...]]


@dataclass(frozen=True)
class Case:
    """A deletion with all that is shown of it."""

    whole: Whole
    posts: tuple[Post, ...]
    accounts: Mapping[AccountId, Account]
    people: Mapping[PersonId, Person]
    notes: tuple[Post, ...] = ()
    """What was sent in to tell the public of it, oldest first."""

    @property
    def deletion(self) -> Deletion:
        """The deletion itself."""
        return self.whole.deletion

    @property
    def writers(self) -> frozenset[PersonId]:
        """Whoever wrote or changed any of it."""
        return frozenset(who for post in self.posts for who in (post.author, post.editor) if who)

    def post_of(self, target: DeletionTarget) -> Post | None:
        """The post that a target is of."""
        return self.post_named(target.post_id, target.version)

    def post_named(self, post_id: PostId, version: int) -> Post | None:
        """One of its posts."""
        wanted = (post_id, version)
        return next((each for each in self.posts if (each.post_id, each.version) == wanted), None)

    def title(self, account: AccountId) -> str:
        """What an account is called."""
        return self.accounts[account].title if account in self.accounts else str(account)

    def name(self, person: PersonId) -> str:
        """What a person is called."""
        return self.people[person].name if person in self.people else str(person)


@cache
def room() -> Room:
    """Compose the room from the environment."""
    settings = read(DeletionSettings, os.environ)
    kept, pen = tables(settings.table_prefix), Pen(secrets.token_bytes)
    executions = Executions(step_functions, settings.deletion_arn)
    snapshots = Snapshots(kept)
    publications = Publications(kept, pen)
    desk = Desk(Deletions(kept, pen), publications, snapshots, executions, pen)
    exceptions, rounds = Exceptions(kept, pen), Rounds(kept)
    notes = partial(notes_of, kept)
    return Room(settings, People(kept, pen), Sessions(kept), desk, exceptions, rounds, notes)


def now() -> datetime:
    """The clock of this room."""
    return datetime.now(UTC)


def guest_of(call: Call, right: Right) -> Visitor:
    """Who is signed in, if they have this right."""
    return behind(call, right, room().sessions, room().people, now())


def page(name: str, view: "View", guest: Visitor, status: int = 200) -> Answer:
    """A page for somebody who is signed in."""
    return page_for(name, view, guest, FORM, status)


def case_of(deletion_id: str, reader: Person) -> Case:
    """The deletion, for those who read everything, who asked, and whoever posts for the account;
    NotFoundError for everybody else."""
    case = _case(_whole(deletion_id))
    own = reader.person_id == case.deletion.asked.by
    team = any(may_ask(reader, account).allowed for account in case.accounts.values())
    if not own and not team and not may(reader, Right.READ_ALL).allowed:
        raise NotFoundError("deletion", deletion_id)
    return case


def _whole(deletion_id: str) -> Whole:
    """The deletion; NotFoundError, which says so where its month was disposed of."""
    try:
        return room().desk.deletions.whole(deletion_id)
    except NotFoundError as error:
        from shared.records.gone import disposed_of  # few look for what is not there

        kept, pen = tables(room().settings.table_prefix), Pen(secrets.token_bytes)
        raise disposed_of(kept, pen, "deletion", deletion_id) or error from error


def exception_for(exception_id: str, reader: Person) -> tuple[PostException, Account]:
    """The exception and its account, for those who read everything, and whoever posts for the
    account; NotFoundError for everybody else."""
    found = room().exceptions.get(exception_id)
    account = room().desk.snapshots.read(accounts=[found.account]).account(found.account)
    if not may_ask(reader, account).allowed and not may(reader, Right.READ_ALL).allowed:
        raise NotFoundError("exceptions", exception_id)
    return found, account


def versions_named(names: Iterable[str]) -> tuple[Version, ...]:
    """Versions by their names, such as `01J…-1`; NoSuchDoorError."""
    return tuple(Version(*post_named(name)) for name in names)


def titles(found: Iterable[Deletion]) -> Mapping[AccountId, Account]:
    """The accounts of these deletions."""
    return (
        room().desk.snapshots.read(accounts={a for each in found for a in each.accounts}).accounts
    )


def _case(whole: Whole) -> Case:
    deletion = whole.deletion
    snapshots = room().desk.snapshots
    versions = [(each.post_id, each.version) for each in deletion.posts]
    found = snapshots.read(posts=versions, accounts=deletion.accounts)
    posts = tuple(found.posts[each] for each in versions if each in found.posts)
    said = [said.by for said in (deletion.ruling, deletion.review) if said]
    hands = [target.by for target in whole.targets if target.by]
    named = {deletion.asked.by, *said, *hands, *(post.author for post in posts)}
    people = snapshots.read(people=named).people
    return Case(whole, posts, found.accounts, people, _notes(deletion))


def _notes(deletion: Deletion) -> tuple[Post, ...]:
    """The newest versions of its public notes; there are none before it is over."""
    if deletion.ended_at is None:
        return ()
    found = dict(room().notes_of(deletion.deletion_id))
    read = room().desk.snapshots.read(posts=found.items()).posts
    return tuple(read[each] for each in found.items() if each in read)


app = Application("deletions", translate, lambda p: page_of(p, room().settings.sign_in_url))
