"""What the pages and the API of appeals share: who sees one, and all that is shown of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from compose.find_appeal import Closed, Over, find_appeal
from compose.keep_appeal import Hand, may_keep
from compose.room import now, room, submitted
from compose.sharing import Share, Shelf, shares_of
from shared.accounts.registry import Account, Person
from shared.accounts.rights import may_read
from shared.posts.appeal import Appeal, AppealState
from shared.posts.errors import InvalidDraftError
from shared.posts.names import AccountId, PersonId, PostId
from shared.records.appeals import Appeals
from shared.records.corrections import closings_of
from shared.records.errors import AmbiguousEmailError, NotFoundError

PAGE = 40
WHO = "The registry knows nobody by this address. Write their work e-mail."


@cache
def shelf() -> Shelf:
    """Where appeals and their posts are looked up."""
    here = room()
    return Shelf(
        Appeals(here.kept, here.pen),
        here.desk.posts,
        here.publications,
        here.snapshots,
        lambda post_id, version: closings_of(here.kept, post_id, version),
    )


@dataclass(frozen=True)
class Case:
    """An appeal with everything that is shown of it, to one reader."""

    appeal: Appeal
    shares: tuple[Share, ...]
    accounts: Mapping[AccountId, Account]
    people: Mapping[PersonId, Person]
    reader: Person

    @property
    def may_keep(self) -> bool:
        """Whether the reader looks after it, and there is anything left to do."""
        account = self.accounts[self.appeal.account]
        allowed = may_keep(self.reader, self.appeal, account).allowed
        return allowed and self.appeal.state is not AppealState.CLOSED

    def name(self, person: PersonId | str) -> str:
        """What a person is called."""
        known = self.people.get(PersonId(person))
        return known.name if known else str(person)

    def title(self, account: AccountId) -> str:
        """What an account is called."""
        return self.accounts[account].title if account in self.accounts else str(account)


@dataclass(frozen=True)
class Lasting:
    """Part of the list: the appeals that the reader may see, with their accounts and owners."""

    appeals: tuple[Appeal, ...]
    accounts: Mapping[AccountId, Account]
    people: Mapping[PersonId, Person]
    cursor: str | None


def case_of(appeal_id: str, reader: Person) -> Case:
    """The appeal, for its owner, its account's team and whoever reads everything; NotFoundError for
    everybody else."""
    appeal = shelf().appeals.get(PostId(appeal_id))
    if not _sees(reader, appeal, shelf().account(appeal.account)):
        raise NotFoundError("appeal", appeal_id)
    shares = shares_of(appeal, shelf())
    accounts = {appeal.account, *(share.post.draft.account for share in shares)}
    named = {appeal.owner, *(each.by for each in appeal.copies)}
    named |= {each.settled.by for each in appeal.copies if each.settled}
    named |= {PersonId(said.by) for said in (appeal.found, appeal.closed) if said}
    found = room().snapshots.read(accounts=accounts, people=named)
    return Case(appeal, shares, found.accounts, found.people, reader)


def lasting(reader: Person, cursor: str | None) -> Lasting:
    """The appeals that are not closed, the first to end first; InvalidCursorError."""
    part = shelf().appeals.lasting(cursor, PAGE)
    found = room().snapshots.read(
        accounts={each.account for each in part.entries},
        people={each.owner for each in part.entries},
    )
    seen = tuple(
        each
        for each in part.entries
        if each.account in found.accounts and _sees(reader, each, found.accounts[each.account])
    )
    return Lasting(seen, found.accounts, found.people, part.cursor)


def hand_of(person: Person) -> Hand:
    """Somebody who does something about an appeal, now."""
    return Hand(person, shelf(), now())


def said_over(appeal_id: str, over: Over, person: Person) -> Closed:
    """It is over, and its posts say so."""
    return find_appeal(PostId(appeal_id), over, hand_of(person), submitted)


def person_named(email: str) -> Person:
    """Somebody by their work e-mail; InvalidDraftError for the field `owner`."""
    try:
        return room().people.by_email(email.strip())
    except (NotFoundError, AmbiguousEmailError) as error:
        raise InvalidDraftError("owner", WHO) from error


def _sees(reader: Person, appeal: Appeal, account: Account) -> bool:
    return reader.person_id == appeal.owner or may_read(reader, account)
