"""What watching reads from a platform: the second contract, beside base.py's, and without a write.

1. `profile` is the account as the public sees it.
2. `followers` and `following` come page by page; a page's cursor asks for the next one. Who
   somebody is may be read only when they are asked for (`people`).
3. `mentions` are what others said to the account since a moment, replies included, newest first.
4. `post` is one post of the account's own as it stands, None where the platform says that it does
   not: no other answer means that it is gone. `posts` tells the same of several, in as few answers
   as the platform gives.
5. `limits` are those that the server tells itself.

A look that fails says why, in exactly one PlatformError: RateLimitedError (ask again from
`retry_at`), SignInError (the key is no good any more), RefusedError (the account may not see this),
UnsupportedError (the platform cannot, in the words of `shared.posts.capabilities`), and
UnreachableError for all else. Half a list is never taken for the whole: who wants all of it reads
by `all_of`, which also ends where a server would have us turn its pages for ever.

Everything in here was written by strangers. `strangers` has made it safe to keep; it is still to be
escaped where it is shown.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, NoReturn, Protocol, TypeVar

from shared.platforms.actors import Actor
from shared.platforms.base import UnreachableError, UnsupportedError
from shared.posts.capabilities import Can, capabilities
from shared.posts.names import PlatformName
from shared.posts.server_limits import ServerLimits

Item = TypeVar("Item")

MOST_PAGES = 5_000
"""Of any list: at a hundred a page half a million followers, more than any account here has."""


@dataclass(frozen=True)
class Page(Generic[Item]):
    """A page of a list; `next_cursor` asks for the next, and is None on the last."""

    items: Sequence[Item]
    next_cursor: str | None = None


@dataclass(frozen=True)
class Mention:
    """Something said to the account: by whom (None where the platform does not tell), when it
    arrived (aware), which post it answers, and whether only its receiver may see it.
    """

    platform_id: str
    url: str
    author: Actor | None
    text: str
    at: datetime
    answers: str | None = None
    private: bool = False


@dataclass(frozen=True)
class Profile:
    """The account itself; None is a count that the platform does not tell."""

    actor: Actor
    followers: int | None = None
    following: int | None = None
    posts: int | None = None


@dataclass(frozen=True)
class Shown:
    """A post of the account's own as it stands: its words as they were typed, where, and since when
    (aware; None where the platform does not tell)."""

    text: str
    url: str
    at: datetime | None


Sent = tuple[str, str]
"""A post of the account's own: what the platform calls it, and what was sent."""


class Reader(Protocol):
    """One account on one platform, with keys that read."""

    name: PlatformName

    def profile(self) -> Profile:
        """The account as the public sees it."""

    def followers(self, cursor: str | None = None) -> Page[Actor]:
        """Who follows it, a page at a time."""

    def following(self, cursor: str | None = None) -> Page[Actor]:
        """Whom it follows, a page at a time."""

    def mentions(self, since: datetime, cursor: str | None = None) -> Page[Mention]:
        """What others said to it since then, newest first, a page at a time."""

    def post(self, platform_id: str, sent: str, /) -> Shown | None:
        """A post of the account as it stands, None where the platform says that it is not there.
        `sent` is what was sent: what a platform itself adds to such words is left out."""

    def posts(self, posts: Sequence[Sent], /) -> Iterator[Shown | None]:
        """Each of these as `post` tells it, in their order; what fails ends it at the one that is
        not known, and those before it count."""

    def limits(self) -> ServerLimits:
        """What the server tells of its own limits."""


def all_of(
    read: Callable[[str | None], Page[Item]], most_pages: int = MOST_PAGES
) -> Iterator[Item]:
    """Every item of a list; UnreachableError where a page or its cursor comes back, or no end."""
    cursor, cursors, pages = None, set[str](), set[int]()
    for _ in range(most_pages):
        page = read(cursor)
        # Where pages are numbered a cursor never comes back; the page itself does.
        if page.next_cursor in cursors or (page.items and hash(page.items) in pages):
            raise UnreachableError("A platform gives the same page again and again; ask later.")
        yield from page.items
        if page.next_cursor is None:
            return
        cursor = page.next_cursor
        cursors.add(cursor)
        pages.add(hash(page.items))
    raise UnreachableError(f"A platform's list did not end after {most_pages} pages.")


def cannot(platform: PlatformName, what: Can) -> NoReturn:
    """Say that the platform cannot do this, as the pages say it beforehand; UnsupportedError."""
    raise UnsupportedError(capabilities(platform).sentence(what))
