"""Where the page of a drift leads: to entering the post, suspending the account, an incident.

The forms behind the links have in them already what is known here: the account, and why. What is
grave, such as suspending, or for whom an incident is, nobody finds chosen beforehand.
"""

from collections.abc import Iterator
from urllib.parse import urlencode

from moderate.drift_case import DriftCase
from shared.accounts.registry import AccountStatus, Person
from shared.accounts.rights import Right, may
from shared.drift.drift import Kind
from shared.pages.registry_views import Way
from shared.pages.words import platform_title

ADDRESS = "/drifts"
ALL = Way(ADDRESS, "All of them")
ENTER = "It was posted by hand: enter it"
SUSPEND, ACCOUNT = "Suspend the account", "The account: who has it, and its keys"
INCIDENT = "Declare an incident"
ERASE = Way("/erasures/new", "Ask for the kept words to be erased")


def ways_of(case: DriftCase, reader: Person) -> tuple[Way, ...]:
    """The links for this person."""
    return (*_there(case), *_to_do(case, reader), *_to_erase(case, reader), ALL)


def _there(case: DriftCase) -> Iterator[Way]:
    if url := case.said("url"):
        yield Way(url, "See it there")


def _to_do(case: DriftCase, reader: Person) -> Iterator[Way]:
    """What is left to do about one that is open, and is no first look."""
    drift = case.drift
    if not (drift.is_open and drift.is_alarm):
        return
    if drift.kind is Kind.POST:
        yield _enter(case)
    registered = f"/registry/accounts/{drift.account}"
    is_active = case.account.status is AccountStatus.ACTIVE
    if is_active and may(reader, Right.KEEP_ACCOUNTS).allowed:
        yield _filled(registered, SUSPEND, act="status", why=_why(case))
    if may(reader, Right.READ_ALL).allowed:
        yield Way(registered, ACCOUNT)
    if may(reader, Right.DECLARE_INCIDENT).allowed:
        yield _filled("/incidents/new", INCIDENT, why=_why(case))


def _to_erase(case: DriftCase, reader: Person) -> Iterator[Way]:
    if case.words is not None and may(reader, Right.ERASE).allowed:
        yield ERASE


def _enter(case: DriftCase) -> Way:
    """What was posted by hand becomes a post of ours, and the drift ends by itself."""
    drift = case.drift
    known = {"account": drift.account, "platform": drift.platform, "url": case.said("url")}
    return _filled("/posts/afterwards", ENTER, **known)


def _why(case: DriftCase) -> str:
    """Without a word of what stands there: whoever reads why has no business with that."""
    where = f"{case.account.title} on {platform_title(case.drift.platform)}"
    return f"Something stands on {where} that is not from us: {ADDRESS}/{case.drift.drift_id}"


def _filled(address: str, words: str, **known: str) -> Way:
    return Way(f"{address}?{urlencode(known)}", words)
