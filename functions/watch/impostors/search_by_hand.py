"""Somebody searched for impostors where no program can, and says where and on which day (F07)."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime

from shared.accounts.registry import Account, Person
from shared.impostors.errors import InvalidCaseError
from shared.impostors.hand_searches import HandSearch, is_searched_for, platforms_by_hand
from shared.posts.localtime import local
from shared.posts.names import AccountId
from shared.records.hand_searches import HandSearches

CHOOSE = "Choose where you searched, of what is searched by hand for this account."
NO_DAY = "Name the day on which you searched: today, or one before, and none before the last time."


def hand_searches(
    accounts: Iterable[Account], searches: HandSearches
) -> Mapping[AccountId, tuple[HandSearch, ...]]:
    """What is searched by hand for each of these accounts that is in use, with the last time."""
    wanted = {
        account.account_id: [(account.account_id, each) for each in platforms_by_hand(account)]
        for account in accounts
        if is_searched_for(account)
    }
    found = searches.several(target for targets in wanted.values() for target in targets)
    return {key: tuple(found[target] for target in targets) for key, targets in wanted.items()}


def search_by_hand(
    account: Account,
    platforms: Collection[str],
    searched_on: date | None,
    by: Person,
    *,
    searches: HandSearches,
    now: datetime,
) -> tuple[HandSearch, ...]:
    """The searches as they are kept; InvalidCaseError, ChangedError."""
    known = hand_searches([account], searches).get(account.account_id, ())
    chosen = [each for each in known if each.platform in platforms]
    if not chosen or len(chosen) != len(platforms):
        raise InvalidCaseError("platforms", CHOOSE)
    if searched_on is None or searched_on > local(now).date() or _is_old(searched_on, chosen):
        raise InvalidCaseError("searched_on", NO_DAY)
    return searches.keep(chosen, searched_on, by.person_id, now)


def _is_old(searched_on: date, before: Iterable[HandSearch]) -> bool:
    return any(each.searched_on and searched_on < each.searched_on for each in before)
