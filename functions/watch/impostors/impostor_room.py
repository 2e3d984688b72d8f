"""The room in which people follow impostors: beside the reviews of followers, in one function. It
reaches no platform and none of its keys (P7)."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache

from shared.accounts.registry import Account, Person
from shared.accounts.rights import Right, may, may_read
from shared.impostors.case import Case
from shared.impostors.evidence import Evidence
from shared.posts.names import AccountId, PersonId
from shared.records.accounts import Accounts
from shared.records.errors import NotFoundError
from shared.records.hand_searches import HandSearches
from shared.records.impostors import Impostors
from shared.records.kept_names import KeptNames
from shared.records.pen import Pen
from shared.records.searches import Searches
from shared.records.tables import tables
from watch.following.room import accounts_of, names_of, room


@dataclass(frozen=True)
class Desk:
    """The collaborators of this room."""

    accounts: Accounts
    impostors: Impostors
    searches: Searches
    names: KeptNames
    hand: HandSearches


@dataclass(frozen=True)
class Shown:
    """A case with the account that it could be taken for, what was seen (None: erased), and what
    the people are called who said something of it."""

    case: Case
    account: Account
    evidence: Evidence | None
    names: dict[PersonId, str] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """What it calls itself there."""
        return f"@{self.evidence.handle}" if self.evidence else "Erased"

    def name(self, person: PersonId | None) -> str:
        """What somebody is called; the clock is Bluelamp's."""
        return self.names.get(person, person) if person else "Bluelamp"


@cache
def desk() -> Desk:
    """Compose it from the environment."""
    kept, pen = tables(room().settings.table_prefix), Pen(secrets.token_bytes)
    return Desk(
        Accounts(kept, pen),
        Impostors(kept, pen),
        Searches(kept),
        KeptNames(kept, pen),
        HandSearches(kept, pen),
    )


def shown_cases(cases: Iterable[Case], reader: Person) -> tuple[Shown, ...]:
    """Those of these that somebody may read, with what was seen: all of them for whoever reads
    everything, their own accounts' for a team, and what they told of themselves."""
    found = tuple(cases)
    accounts = accounts_of(each.account for each in found)
    known = [case for case in found if case.account in accounts]
    mine = [
        case
        for case in known
        if case.found_by == reader.person_id or may_read(reader, accounts[case.account])
    ]
    seen = desk().impostors.evidence(mine)
    return tuple(Shown(c, accounts[c.account], seen.get(c.case_id)) for c in mine)


def shown_case(case_id: str, reader: Person) -> Shown:
    """One case with who said what; NotFoundError where there is none for this reader."""
    case = desk().impostors.get(case_id)
    found = shown_cases([case], reader)
    if not found:
        raise NotFoundError("impostors", case_id)
    people = {*(step.by for step in case.steps), case.found_by} - {None}
    named = names_of(each for each in people if each)
    return Shown(case, found[0].account, found[0].evidence, named)


def account_for(account_id: str, reader: Person) -> Account:
    """An account that somebody may read; NotFoundError."""
    account = accounts_of([AccountId(account_id)]).get(AccountId(account_id))
    if account is None or not may_read(reader, account):
        raise NotFoundError("accounts", account_id)
    return account


def known_account(account_id: str) -> Account | None:
    """An account of ours by its short name; whoever tells of an impostor may not be of its team."""
    name = AccountId(account_id)
    return accounts_of([name]).get(name) if account_id else None


def may_follow(reader: Person) -> bool:
    """Whether somebody may say what becomes of a case."""
    return may(reader, Right.FOLLOW_IMPOSTORS).allowed
