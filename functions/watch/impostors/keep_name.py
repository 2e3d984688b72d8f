"""Somebody signed in to a name that the force keeps, so that the platform does not take it away
(policy A19)."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime

from shared.accounts.registry import Account, Person
from shared.impostors.errors import InvalidCaseError, NoSuchNameError
from shared.impostors.kept_names import KeptName, kept_names
from shared.posts.localtime import local
from shared.posts.names import AccountId
from shared.records.kept_names import KeptNames

NO_DAY = "Name the day on which somebody signed in: today, or one before."


def names_kept(account: Account, names: KeptNames) -> tuple[KeptName, ...]:
    """The names that an account keeps, each with the day somebody last signed in to it."""
    plain = tuple(kept_names([account], {}))
    return tuple(kept_names([account], names.signed_in(each.key for each in plain)))


def names_due_of(
    accounts: Iterable[Account], names: KeptNames, now: datetime
) -> Mapping[AccountId, int]:
    """How many names of each of these accounts want a sign-in by now, where any does."""
    plain = tuple(kept_names(accounts, {}))
    signed_in, today = names.signed_in(each.key for each in plain), local(now).date()
    kept = (KeptName(each.account, each.name, signed_in.get(each.key)) for each in plain)
    return Counter(each.account.account_id for each in kept if each.is_due(today))


def keep_name(
    account: Account,
    key: str,
    signed_in: date | None,
    by: Person,
    *,
    names: KeptNames,
    now: datetime,
) -> KeptName:
    """The name with its day; NoSuchNameError, InvalidCaseError, ChangedError."""
    kept = next((each for each in names_kept(account, names) if each.key == key), None)
    if kept is None:
        raise NoSuchNameError(key)
    too_old = kept.signed_in is not None and signed_in is not None and signed_in < kept.signed_in
    if signed_in is None or too_old or signed_in > local(now).date():
        raise InvalidCaseError("signed_in", NO_DAY)
    return names.keep(kept, signed_in, by.person_id, now)
