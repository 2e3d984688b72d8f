"""Searches for impostors that a person makes, where no program can: who searched which platform for
which account, and on which day (policy F07). Each has its turn again a quarter of a year later.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from shared.accounts.registry import Account, AccountStatus
from shared.impostors.places import PLACES, Searched
from shared.posts.names import AccountId, PersonId, PlatformName

EVERY = timedelta(days=90)
"""Between two searches of one account on one platform."""

QUARTER = 3
"""Months, in each of which somebody is asked once where nobody ever said that they searched."""

NOT_IN_USE = frozenset({AccountStatus.REQUESTED, AccountStatus.APPROVED, AccountStatus.CLOSED})


@dataclass(frozen=True)
class HandSearch:
    """One account's on one platform: the day somebody last searched there, and who; both None where
    nobody has said so yet."""

    account: AccountId
    platform: PlatformName
    searched_on: date | None = None
    by: PersonId | None = None

    @property
    def due(self) -> date | None:
        """From which day on somebody has to search again; None: now."""
        return self.searched_on + EVERY if self.searched_on else None

    def is_due(self, today: date) -> bool:
        """Whether somebody has to search there."""
        return self.due is None or self.due <= today


@dataclass(frozen=True)
class Asking:
    """What somebody is asked once about an account: `name` tells it from other times, `platforms`
    are where they have to search."""

    name: str
    platforms: tuple[PlatformName, ...]


def platforms_by_hand(account: Account) -> tuple[PlatformName, ...]:
    """Where only a person can search for those who pretend to be this account: where no program may
    search, or none of ours does, for the account has no voice there."""
    return tuple(
        platform
        for platform, place in PLACES.items()
        if place.searched is Searched.BY_HAND
        or (account.handle(platform) is None and "{1}" not in place.search)
    )


def is_searched_for(account: Account) -> bool:
    """Whether anybody is asked to search for it: the public knows it, and it is in use."""
    return account.status not in NOT_IN_USE


def asking(searches: Iterable[HandSearch], today: date) -> Asking | None:
    """What somebody has to hear by now about one account; None where it is nothing."""
    due = [each for each in searches if each.is_due(today)]
    if not due:
        return None
    since = max((each.due for each in due if each.due), default=None)
    if since is None:
        name = f"never/{today.year}/{(today.month - 1) // QUARTER}"
    else:
        name = f"{since.isoformat()}/{(today - since) // EVERY}"
    return Asking(name, tuple(each.platform for each in due))
