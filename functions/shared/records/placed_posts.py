"""Posts as a list tells of them: when each was sent in, and where it is said. No more is read.

Whoever goes through the posts of hundreds of accounts needs their places and not their findings,
and most of what reading a row costs is what it holds.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from shared.posts.names import AccountId, PlatformName, PostId
from shared.posts.threads import places
from shared.records.drafts import draft_of
from shared.records.paging import cursor_after, post_key
from shared.records.post_pages import listed
from shared.records.reading import Key, fetch
from shared.records.rows import PostRow
from shared.records.spelling import moment
from shared.records.tables import Tables

READ = ("post_id", "version", "submitted_at", "draft")

Start = tuple[AccountId, str | None]
"""Whose posts, and from which cursor on."""


@dataclass(frozen=True)
class Placed:
    """One version of a post; `places` are its parts on their platforms."""

    post_id: PostId
    version: int
    submitted_at: datetime
    places: tuple[tuple[PlatformName, int], ...]

    @property
    def cursor(self) -> str:
        """Where a list goes on behind it."""
        return cursor_after(post_key(self.post_id, self.version))


@dataclass(frozen=True)
class PlacedPage:
    """Part of a list; `cursor` leads to the next part, None at the end."""

    posts: tuple[Placed, ...]
    cursor: str | None


class PlacedPosts:
    """Lists of many accounts."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def by_accounts(self, asked: Iterable[Start], limit: int) -> dict[Start, PlacedPage]:
        """A page of each account's posts, newest first, from its cursor on; `limit` up to 99. The
        posts of all of them are read together. InvalidCursorError."""
        table = self._tables.posts
        pages = {each: listed(table, "account", *each, limit) for each in dict.fromkeys(asked)}
        keys = {
            start: [Key(table, (row.post_id, int(row.version))) for row in rows]
            for start, (rows, _) in pages.items()
        }
        wanted = (key for listed_there in keys.values() for key in listed_there)
        rows = fetch(self._tables.connection, wanted, only=READ)
        found = {key: _placed(row) for key, row in rows.items()}
        return {
            start: PlacedPage(tuple(found[key] for key in keys[start] if key in found), more)
            for start, (_, more) in pages.items()
        }


def _placed(row: PostRow) -> Placed:
    where = places(draft_of(row.draft))
    return Placed(PostId(row.post_id), int(row.version), moment(row.submitted_at), where)
