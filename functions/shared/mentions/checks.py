"""The daily check: somebody looks through what was said to an account (policy D01, D03).

Who has looked says so, and that is on record, once for an account and day. Where nobody did, the
owner hears of it the next morning; where nobody did on two days, so does whoever looks after the
account above it (policy A21). Each is told once: more letters would not make more people look.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from shared.accounts.registry import Account, AccountStatus
from shared.posts.localtime import local
from shared.posts.names import AccountId, PersonId

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Check:
    """Somebody looked through what was said to an account, on a day of London's."""

    account: AccountId
    day: date
    by: PersonId
    at: datetime


class Whom(StrEnum):
    """Who is told that nobody looked."""

    OWNER = "owner"
    SUPERVISOR = "supervisor"


@dataclass(frozen=True)
class Missed:
    """Nobody looked through an account on `day`, the day before this one."""

    account: Account
    day: date
    whom: Whom


def days_asked(now: datetime) -> tuple[date, ...]:
    """The days of which it is known whether somebody looked, the last one first."""
    today = local(now).date()
    return tuple(today - number * DAY for number in (1, 2, 3))


def missed(
    accounts: Iterable[Account],
    done: Collection[tuple[AccountId, date]],
    days: tuple[date, ...],
) -> tuple[Missed, ...]:
    """Who is told of what was missed on the first of these days, in the order of the accounts."""
    found: list[Missed] = []
    for account in _asked(accounts, days):
        silent = [day for day in days if (account.account_id, day) not in done]
        if silent[:1] != [days[0]]:
            continue
        if silent[:2] != list(days[:2]):
            found.append(Missed(account, days[0], Whom.OWNER))
        elif silent != list(days):  # two days, and not yet three: of those it was told before
            found.append(Missed(account, days[0], Whom.SUPERVISOR))
    return tuple(found)


def _asked(accounts: Iterable[Account], days: tuple[date, ...]) -> Iterable[Account]:
    """Those that could be looked through on all of these days."""
    for account in accounts:
        begun = max((change.at for change in account.history), default=None)
        is_new = begun is not None and local(begun).date() >= days[-1]
        if account.status is AccountStatus.ACTIVE and not is_new:
            yield account
