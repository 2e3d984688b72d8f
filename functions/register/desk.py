"""What the registrar's deeds need of the records, and how each is put on record."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from shared.accounts.acts import Happened, account_subject, person_subject
from shared.accounts.force import Force
from shared.accounts.registry import Account, Person
from shared.posts.names import AccountId, PersonId
from shared.recordlog.canonical import JSON
from shared.recordlog.leaf import Act
from shared.records.accounts import Accounts
from shared.records.custodies import Custodies
from shared.records.errors import AmbiguousEmailError, NotFoundError
from shared.records.people import People

REFUSE, ALERT = "refuse", "alert"
"""What COVER may say about a leave that leaves an account with nobody."""

Warn = Callable[[tuple[Account, ...]], None]
"""Tells the approvers on duty which accounts nobody is there for."""


@dataclass(frozen=True)
class Desk:
    """Records, the force's own domain, and what to do where cover is missing."""

    accounts: Accounts
    people: People
    custodies: Custodies
    force: Force
    cover: str
    warn: Warn


class Registry:
    """The registry as `hierarchy.link_faults` asks it."""

    def __init__(self, accounts: Accounts, people: People) -> None:
        self._accounts = accounts
        self._people = people

    def account(self, account_id: AccountId) -> Account | None:
        """The account, None if there is none."""
        try:
            return self._accounts.get(account_id)
        except NotFoundError:
            return None

    def person(self, person_id: PersonId) -> Person | None:
        """The person, None if there is none."""
        try:
            return self._people.get(person_id)
        except NotFoundError:
            return None

    def person_with(self, email: str) -> Person | None:
        """Somebody whose own mailbox this is."""
        try:
            return self._people.by_email(email)
        except NotFoundError:
            return None
        except AmbiguousEmailError as error:
            return self._people.get(PersonId(error.people[0]))


def on_account(
    happened: Happened,
    account_id: AccountId,
    by: Person,
    now: datetime,
    *,
    why: str | None = None,
    **payload: JSON,
) -> Act:
    """Something happened to an account."""
    return Act(
        type=happened.value,
        account=account_id,
        subject=account_subject(account_id),
        at=now,
        actor=by.person_id,
        approver=None,
        reason=why,
        payload=payload,
    )


def on_person(
    happened: Happened,
    person_id: PersonId,
    by: Person,
    now: datetime,
    *,
    why: str | None = None,
    **payload: JSON,
) -> Act:
    """Something happened to somebody's entry; never with their name or number."""
    return Act(
        type=happened.value,
        account=None,
        subject=person_subject(person_id),
        at=now,
        actor=by.person_id,
        approver=None,
        reason=why,
        payload=payload,
    )
