"""Where a new version goes: the first of a new post, or the next one of a post that is there.

The next one may take the place of a version that came back, or of one that still waits and has
not gone out; that one never will.
"""

from dataclasses import dataclass, replace

from compose.errors import MayNotChangeError, NotReplaceableError
from compose.reading import Wanted
from compose.waiting import Files, check_waits
from shared.accounts.registry import Account, Person
from shared.accounts.rights import Right, may, may_post
from shared.posts.life import Post, State
from shared.posts.names import PersonId, PostId
from shared.records.replacing import Standing
from shared.records.snapshot import Snapshots

MENDABLE = frozenset({State.BLOCKED, State.RETURNED, State.EXPIRED, State.REFUSED, State.WITHDRAWN})
"""Endings after which the author may send a new version of the same post."""


@dataclass(frozen=True)
class Place:
    """Which post and which number; whose words they stay, who changed them if somebody else did,
    and what still waits and has to make way."""

    post_id: PostId
    version: int
    author: Person
    editor: PersonId | None = None
    older: Post | None = None
    waiting: Standing | None = None


def next_place(wanted: Wanted, person: Person, account: Account, files: Files) -> Place:
    """The place behind the version that is replaced; NotReplaceableError, MayNotChangeError."""
    assert wanted.replaces is not None  # noqa: S101 - else it is the first of a new post
    standing = files.standing(*wanted.replaces)
    old = standing.post
    if old.draft.account != wanted.draft.account:
        raise NotReplaceableError("A new version speaks for the same account as the old one.")
    author, editor = wanted.hands or _whose(old, person, account, files.snapshots)
    place = Place(old.post_id, old.version + 1, author, editor, old)
    # What was replaced before is let through: the database knows whether this is a second click.
    if old.state in MENDABLE or old.state is State.SUPERSEDED:
        return place
    check_waits(standing, "cannot change")
    return replace(place, waiting=standing)


def _whose(
    old: Post, person: Person, account: Account, snapshots: Snapshots
) -> tuple[Person, PersonId | None]:
    """Author and editor of the next version. Words that the centre changes stay their author's, so
    that neither of the two decides about them."""
    if person.person_id == old.author:
        return person, None
    if not may(person, Right.WRITE_FOR_ANY).allowed:
        raise MayNotChangeError(
            "Only its author or communications change this post. Write one of your own."
        )
    author = snapshots.read(people=[old.author]).person(old.author)
    if may_post(author, account).allowed:
        return author, person.person_id
    return person, None
