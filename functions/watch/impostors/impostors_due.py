"""Cases that wait for somebody, searches to be made by hand, and names that want a sign-in, as
matters of the morning's letter.

Who is told of an impostor is whoever chases it; the account's owner hears when one is found. No
letter says what a stranger calls itself, for no erasure reaches a mailbox.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta

from shared.accounts.registry import Account, Person
from shared.impostors.acts import Chased
from shared.impostors.case import Case, CaseState
from shared.impostors.chasing import chase
from shared.impostors.hand_searches import HandSearch, asking
from shared.impostors.kept_names import KeptName
from shared.impostors.places import place_of
from shared.mail.digest import Matter
from shared.pages.words import platform_title
from shared.posts.localtime import local
from shared.posts.names import AccountId
from shared.records.hand_searches import act_of_asking
from shared.records.impostor_entries import act_on_case, act_on_name
from watch.morning.due import Due
from watch.morning.who import Who

ABOUT, ABOUT_NAMES = "An account that could be taken for ours", "Sign in to a name that we keep"
ABOUT_SEARCHES = "Search by hand for impostors"


def impostors_due(
    who: Who, cases: Iterable[Case], now: datetime, every: timedelta
) -> Iterator[Due]:
    """What somebody has to hear of cases by now, whether or not they heard it before."""
    for case in cases:
        account, found = who.accounts.get(case.account), chase(case, now, every)
        if account is None or found is None:
            continue
        line = f"{account.title} on {platform_title(case.platform)}: {found.words}"
        to = _whom(case, account, who, local(now).date())
        matter = Matter(ABOUT, line, to, f"/impostors/{case.case_id}")
        act = act_on_case(case, Chased.TOLD, now, {"of": found.name})
        yield Due(f"impostor/{case.case_id}/{found.name}", matter, act)


def names_due(who: Who, names: Iterable[KeptName], now: datetime) -> Iterator[Due]:
    """Names that somebody has to sign in to soon: told each week until somebody says they did, and
    once where nobody ever did; the list of accounts goes on saying so."""
    today = local(now).date()
    for kept in names:
        if not kept.is_due(today):
            continue
        account, name = kept.account, kept.name
        since = f"by {kept.due.isoformat()}" if kept.due else "nobody has said when they last did"
        line = f"{account.title}, {name.name} on {platform_title(name.platform)}: {since}"
        to = _each_once((*who.registrars, *who.owners(account, today)))
        matter = Matter(ABOUT_NAMES, line, to, f"/impostors/accounts/{account.account_id}")
        act = act_on_name(kept, Chased.NAME_TOLD, now)
        yield Due(f"kept-name/{kept.key}/{_time(kept, today)}", matter, act)


def hand_searches_due(
    who: Who, searches: Mapping[AccountId, Sequence[HandSearch]], now: datetime
) -> Iterator[Due]:
    """Accounts for which somebody has to search by hand: told to whoever it belongs to, once a
    quarter of a year until somebody says that they did."""
    today = local(now).date()
    for account_id, known in searches.items():
        account, asked = who.accounts[account_id], asking(known, today)
        if asked is None:
            continue
        where = ", ".join(place_of(each).title for each in asked.platforms)
        line, address = f"{account.title}: {where}", f"/impostors/accounts/{account_id}"
        matter = Matter(ABOUT_SEARCHES, line, who.owners(account, today), address)
        act = act_of_asking(account_id, asked, now)
        yield Due(f"search-by-hand/{account_id}/{asked.name}", matter, act)


def _whom(case: Case, account: Account, who: Who, today: date) -> tuple[Person, ...]:
    owners = who.owners(account, today) if case.state is CaseState.FOUND else ()
    return _each_once((*who.centre, *owners))


def _time(kept: KeptName, today: date) -> str:
    return f"{kept.signed_in}/{today:%G-W%V}" if kept.signed_in else "never"


def _each_once(people: tuple[Person, ...]) -> tuple[Person, ...]:
    return tuple({person.person_id: person for person in people}.values())
