"""The room of other people's comments, and of who is blocked: its collaborators, its clock, its
application, and who may come in.

A function of its own, behind sign-in: it can have a comment taken down, which the page that
strangers reach by their links cannot, and it reaches no platform's key (P7).
"""

import os
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING

from moderate.settings import TakedownSettings
from moderate.signed_in import page_for
from moderate.takedown_case import Case
from moderate.takedown_desk import Desk
from moderate.takedown_translate import translate
from moderate.translate import page_of
from shared.accounts.registry import Account, Person
from shared.accounts.rights import Right, may_for, may_read
from shared.conductor.executions import Executions, step_functions
from shared.http.application import Answer, Application
from shared.http.call import Call
from shared.identity.visitor import Visitor
from shared.identity.visitor import visitor as behind
from shared.posts.names import AccountId, PersonId
from shared.posts.takedown import Takedown
from shared.records.accounts import Accounts
from shared.records.blocks import Blocks
from shared.records.errors import NotFoundError
from shared.records.pen import Pen
from shared.records.people import People
from shared.records.sessions import Sessions
from shared.records.snapshot import Snapshots
from shared.records.tables import tables
from shared.records.takedowns import Takedowns
from shared.settings.reading import read

if TYPE_CHECKING:
    from shared.pages.views import View

FORM = "takedowns"


@dataclass(frozen=True)
class Room:
    """The collaborators of this room, made once a process."""

    settings: TakedownSettings
    people: People
    sessions: Sessions
    accounts: Accounts
    desk: Desk


@cache
def room() -> Room:
    """Compose the room from the environment."""
    settings = read(TakedownSettings, os.environ)
    kept, pen = tables(settings.table_prefix), Pen(secrets.token_bytes)
    executions = Executions(step_functions, settings.takedown_arn)
    desk = Desk(Takedowns(kept, pen), Blocks(kept, pen), Snapshots(kept), executions, pen)
    return Room(settings, People(kept, pen), Sessions(kept), Accounts(kept, pen), desk)


def now() -> datetime:
    """The clock of this room."""
    return datetime.now(UTC)


def guest_of(call: Call, right: Right) -> Visitor:
    """Who is signed in, if they have this right."""
    return behind(call, right, room().sessions, room().people, now())


def page(name: str, view: "View", guest: Visitor, status: int = 200) -> Answer:
    """A page for somebody who is signed in."""
    return page_for(name, view, guest, FORM, status)


def case_of(takedown_id: str, reader: Person) -> Case:
    """The takedown with what was kept, for whoever reads everything and the account's own team;
    NotFoundError for everybody else."""
    takedown = _takedown(takedown_id)
    account = account_of(takedown.account)
    if not may_read(reader, account):
        raise NotFoundError("takedown", takedown_id)
    appeal = takedown.appeal
    return Case(
        takedown,
        account,
        room().desk.takedowns.evidence(takedown),
        room().desk.takedowns.appeal_of(takedown),
        names_of(
            takedown.asked_by,
            appeal.entered_by if appeal else None,
            appeal.decided_by if appeal else None,
        ),
    )


def _takedown(takedown_id: str) -> Takedown:
    """The takedown; NotFoundError, which says so where its month was disposed of."""
    try:
        return room().desk.takedowns.get(takedown_id)
    except NotFoundError as error:
        from shared.records.gone import disposed_of  # few look for what is not there

        kept, pen = tables(room().settings.table_prefix), Pen(secrets.token_bytes)
        raise disposed_of(kept, pen, "takedown", takedown_id) or error from error


def account_of(account: AccountId) -> Account:
    """The account, or NotFoundError."""
    return room().desk.snapshots.read(accounts={account}).account(account)


def accounts_of(wanted: Iterable[AccountId]) -> Mapping[AccountId, Account]:
    """These accounts, as far as they are there."""
    return room().desk.snapshots.read(accounts=set(wanted)).accounts


def names_of(*people: PersonId | None) -> dict[PersonId, str]:
    """What these people are called."""
    found = room().desk.snapshots.read(people={each for each in people if each}).people
    return {person_id: person.name for person_id, person in found.items()}


def own_accounts(person: Person, right: Right) -> tuple[Account, ...]:
    """The accounts about which this person has the right."""
    return tuple(a for a in room().accounts.all() if may_for(person, right, a).allowed)


def team_accounts(person: Person) -> tuple[Account, ...]:
    """The accounts that this person is of the team of."""
    return tuple(a for a in room().accounts.all() if person.person_id in a.team)


app = Application("takedowns", translate, lambda p: page_of(p, room().settings.sign_in_url))
