"""Which status may follow which, for accounts and for people; each step says who, when and why."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from shared.accounts.errors import (
    Fault,
    IncompleteAccountError,
    IncompletePersonError,
    NotReverifiedError,
    UnlawfulAccountStepError,
    UnlawfulPersonStepError,
)
from shared.accounts.faults import opening_faults
from shared.accounts.registry import (
    SHUT_OUT,
    Account,
    AccountStatus,
    Person,
    PersonStatus,
    StatusChange,
)

ACCOUNT_MAY_BECOME: Mapping[AccountStatus, frozenset[AccountStatus]] = {
    AccountStatus.REQUESTED: frozenset({AccountStatus.APPROVED, AccountStatus.CLOSED}),
    AccountStatus.APPROVED: frozenset({AccountStatus.ACTIVE, AccountStatus.CLOSED}),
    AccountStatus.ACTIVE: frozenset({AccountStatus.SUSPENDED, AccountStatus.CLOSED}),
    AccountStatus.SUSPENDED: frozenset({AccountStatus.ACTIVE, AccountStatus.CLOSED}),
    AccountStatus.CLOSED: frozenset(),
}
"""Closed is final: a team that comes back gets a new account, and the old one's record stands."""

PERSON_MAY_BECOME: Mapping[PersonStatus, frozenset[PersonStatus]] = {
    PersonStatus.ACTIVE: frozenset({PersonStatus.AWAY, PersonStatus.SUSPENDED, PersonStatus.LEFT}),
    PersonStatus.AWAY: frozenset({PersonStatus.ACTIVE, PersonStatus.SUSPENDED, PersonStatus.LEFT}),
    PersonStatus.SUSPENDED: frozenset({PersonStatus.ACTIVE, PersonStatus.LEFT}),
    PersonStatus.LEFT: frozenset({PersonStatus.ACTIVE}),
}
"""Nobody who left is suspended, and nobody shut out is merely away."""


def account_becomes(
    account: Account, status: AccountStatus, *, at: datetime, by: str, why: str
) -> Account:
    """The account one step on, the step in its history. UnlawfulAccountStepError, or
    IncompleteAccountError for one that may not speak yet or a step without a reason.
    """
    if status not in ACCOUNT_MAY_BECOME[account.status]:
        raise UnlawfulAccountStepError(account.status.value, status.value)
    if not why.strip():
        raise IncompleteAccountError((Fault("why", "Say why."),))
    if status is AccountStatus.ACTIVE and (faults := opening_faults(account)):
        raise IncompleteAccountError(faults)
    step = StatusChange(status, at, by, why.strip())
    return replace(account, status=status, history=(*account.history, step))


def person_becomes(
    person: Person, status: PersonStatus, *, at: datetime, by: str, why: str
) -> Person:
    """The person one step on, the step in their history. UnlawfulPersonStepError,
    NotReverifiedError, or IncompletePersonError for a step without a reason.
    """
    if status not in PERSON_MAY_BECOME[person.status]:
        raise UnlawfulPersonStepError(person.status.value, status.value)
    if not why.strip():
        raise IncompletePersonError((Fault("why", "Say why."),))
    if person.status in SHUT_OUT and status is PersonStatus.ACTIVE and not _reverified(person):
        raise NotReverifiedError
    step = StatusChange(status, at, by, why.strip())
    return replace(person, status=status, history=(*person.history, step))


def _reverified(person: Person) -> bool:
    """Whether the work e-mail was verified after access was last taken away."""
    lost = [change.at for change in person.history if change.status in SHUT_OUT]
    verified = person.reverified_at
    return verified is not None and all(at < verified for at in lost)
