"""Several nouns in one call: what a duty needs to know before it acts, read consistently."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

from shared.accounts.incident import NO_INCIDENTS, Board
from shared.accounts.registry import Account, Person
from shared.posts.life import Post
from shared.posts.names import AccountId, PersonId, PictureId, PostId
from shared.records.account_entries import account_of
from shared.records.approval import Approval
from shared.records.approval_rows import approval_of
from shared.records.errors import NotFoundError
from shared.records.imports import Imports
from shared.records.incident_entries import board_of
from shared.records.incidents import board_key
from shared.records.paging import post_key
from shared.records.person_entries import person_of
from shared.records.platform_windows import closed_until
from shared.records.posts import post_of
from shared.records.publication import Publication
from shared.records.publication_entries import publication_of
from shared.records.reading import Key, fetch
from shared.records.rows import Row
from shared.records.tables import Tables

if TYPE_CHECKING:
    from shared.policy.proposal import Proposal
    from shared.posts.pictures import Picture
    from shared.records.picture_rows import PictureRow
    from shared.records.registry_rows import PolicyRow

Version = tuple[PostId, int]
Target = tuple[PostId, int, str]
"""A post, its version, and a place as `shared.posts.threads` spells it."""

T = TypeVar("T")


@dataclass(frozen=True)
class Snapshot:
    """What there was of what was asked for. The methods raise NotFoundError for what was not. The
    `board` of incidents is empty, and the `policy` in use None, where it was not asked for.
    """

    posts: dict[Version, Post]
    approvals: dict[Version, Approval]
    accounts: dict[AccountId, Account]
    people: dict[PersonId, Person]
    publications: dict[Target, Publication]
    board: Board = NO_INCIDENTS
    policy: "Proposal | None" = None
    pictures: dict[PictureId, "Picture"] = field(default_factory=dict)
    closed: dict[str, datetime | None] = field(default_factory=dict)
    """Until when windows are closed, by `platform_windows.window_name`."""

    def post(self, post_id: PostId, version: int) -> Post:
        """This version."""
        return _there(self.posts.get((post_id, version)), "post", f"{post_id} v{version}")

    def approval(self, post_id: PostId, version: int) -> Approval:
        """What was asked about this version."""
        found = self.approvals.get((post_id, version))
        return _there(found, "approval", f"{post_id} v{version}")

    def account(self, account_id: AccountId) -> Account:
        """This account."""
        return _there(self.accounts.get(account_id), "account", account_id)

    def person(self, person_id: PersonId) -> Person:
        """This person."""
        return _there(self.people.get(person_id), "person", person_id)


class Snapshots:
    """Reads whatever is asked for in one BatchGetItem (a hundred rows)."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._imports = Imports(tables)

    def read(
        self,
        *,
        posts: Iterable[Version] = (),
        approvals: Iterable[Version] = (),
        accounts: Iterable[AccountId] = (),
        people: Iterable[PersonId] = (),
        publications: Iterable[Target] = (),
        pictures: Iterable[PictureId] = (),
        windows: Iterable[str] = (),
        board: bool = False,
        policy: bool = False,
    ) -> Snapshot:
        """All of these that there are."""
        tables = self._tables
        keys = [
            *(Key(tables.posts, version) for version in posts),
            *(Key(tables.approvals, version) for version in approvals),
            *(Key(tables.accounts, (account,)) for account in accounts),
            *(Key(tables.people, (person,)) for person in people),
            *(Key(tables.pictures, (picture,)) for picture in pictures),
            *(Key(tables.platform_sessions, (name,)) for name in windows),
            *(Key(tables.publications, (post_key(p, v), place)) for p, v, place in publications),
            *([board_key(tables)] if board else ()),
            *(_policy_keys(tables) if policy else ()),
        ]
        found = fetch(tables.connection, keys)
        for key, row in list(found.items()):
            if key.table is tables.accounts and not self._imports.shows(row.part_of):
                del found[key]
        return self._seen(found)

    def _seen(self, found: dict[Key, Any]) -> Snapshot:
        tables = self._tables

        def among(table: type[Row], shape: Callable[[Any], T]) -> list[T]:
            return [shape(row) for key, row in found.items() if key.table is table]

        return Snapshot(
            {(p.post_id, p.version): p for p in among(tables.posts, post_of)},
            {(a.post_id, a.version): a for a in among(tables.approvals, approval_of)},
            {a.account_id: a for a in among(tables.accounts, account_of)},
            {p.person_id: p for p in among(tables.people, person_of)},
            {
                (p.post_id, p.version, p.place): p
                for p in among(tables.publications, publication_of)
            },
            board_of(found.get(board_key(tables))),
            _policy(among(tables.policies, lambda row: row)),
            _pictures(among(tables.pictures, lambda row: row)),
            dict(among(tables.platform_sessions, lambda row: (row.name, closed_until(row)))),
        )

    def complete(
        self,
        known: Snapshot,
        *,
        accounts: Iterable[AccountId] = (),
        people: Iterable[PersonId] = (),
        publications: Iterable[Target] = (),
        pictures: Iterable[PictureId] = (),
    ) -> Snapshot:
        """What is known, and what of these is not: in one call, or in none."""
        more = self.read(
            accounts=[account for account in accounts if account not in known.accounts],
            people=[person for person in people if person not in known.people],
            publications=[each for each in publications if each not in known.publications],
            pictures=[each for each in pictures if each not in known.pictures],
        )
        return replace(
            known,
            accounts=known.accounts | more.accounts,
            people=known.people | more.people,
            publications=known.publications | more.publications,
            pictures=known.pictures | more.pictures,
        )


def _policy_keys(tables: Tables) -> list[Key]:
    from shared.records.policies import policy_key  # most duties never ask for the policy

    return [policy_key(tables)]


def _policy(rows: "list[PolicyRow]") -> "Proposal | None":
    """The policy in use, where it was asked for."""
    if not rows:
        return None
    from shared.records.policies import proposal_of

    return proposal_of(rows[0].entry)


def _pictures(rows: "list[PictureRow]") -> dict[PictureId, "Picture"]:
    """The pictures these rows hold. Most posts have none, and load nothing that knows of them."""
    if not rows:
        return {}
    from shared.records.pictures import picture_of

    return {PictureId(row.picture_id): picture_of(row) for row in rows}


def _there(found: T | None, noun: str, key: str) -> T:
    if found is None:
        raise NotFoundError(noun, key)
    return found
