"""What could not be read back: listed until a person has settled it, settled once.

A settlement is one transaction: the target with the person's word, the condition that no other
target of the post was settled meanwhile, the post's own ending where nothing is unknown any more,
and the leaves. Two people who settle two targets at once meet on that condition, and the second
looks again, so that a post never stays uncertain when all its targets are known.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from shared.posts.life import Post, State
from shared.posts.names import PlatformName, PostId
from shared.posts.threads import places, spelled
from shared.recordlog.leaf import Act
from shared.records.errors import (
    AlreadyClaimedError,
    PostMovedError,
    PublicationMovedError,
)
from shared.records.listing import LONGEST_LISTING, Listing, cursor_waiting, start_waiting
from shared.records.log import recording
from shared.records.paging import post_key
from shared.records.pen import Pen
from shared.records.posts import UNCERTAIN, moving, post_of, post_row
from shared.records.publication import Publication
from shared.records.publication_entries import (
    changing,
    publication_of,
    publication_row,
    publication_there,
    shown_at,
)
from shared.records.reading import Key, fetch, one
from shared.records.tables import Tables
from shared.records.transaction import Raw, Write, commit

MOST = 20
"""Posts of one part of the list: each has several targets, and they are read in few calls."""


@dataclass(frozen=True)
class Unsettled:
    """A post, and what is on record of each target that was ever claimed."""

    post: Post
    targets: tuple[Publication, ...]

    def target(self, platform: PlatformName, part: int = 1) -> Publication | None:
        """One of them, None where nobody claimed it."""
        place = spelled(platform, part)
        return next((each for each in self.targets if each.place == place), None)

    def with_target(self, settled: Publication) -> "Unsettled":
        """The same once one of them is settled."""
        others = [each for each in self.targets if each.place != settled.place]
        return Unsettled(self.post, (*others, settled))


class Uncertain:
    """Where uncertain posts are found, and settled."""

    def __init__(self, tables: Tables, pen: Pen) -> None:
        self._tables = tables
        self._pen = pen

    def queue(self, cursor: str | None = None, limit: int = MOST) -> Listing[Unsettled]:
        """A part of what is uncertain, longest first; InvalidCursorError."""
        table = self._tables.posts
        limit = max(1, min(limit, LONGEST_LISTING))
        start = start_waiting(cursor, UNCERTAIN) if cursor else None
        keys = list(table.by_open_state.query(UNCERTAIN, limit=limit + 1, last_evaluated_key=start))
        shown, more = keys[:limit], len(keys) > limit
        wanted = [Key(table, (key.post_id, int(key.version))) for key in shown]
        found = fetch(self._tables.connection, wanted)
        posts = [post_of(found[key]) for key in wanted if key in found]
        entries = self._whole(post for post in posts if post.state is State.UNCERTAIN)
        return Listing(tuple(entries), cursor_waiting(shown[-1]) if more else None)

    def get(self, post_id: PostId, version: int) -> Unsettled:
        """This version, whatever its state; NotFoundError."""
        [found] = self._whole([post_of(one(self._tables.posts, post_id, version))])
        return found

    def settle(
        self, before: Unsettled, settled: Publication, ended: Post | None, acts: Sequence[Act]
    ) -> Unsettled:
        """One target as a person has settled it, and the post as it `ended` by that, if it has.
        PostMovedError, PublicationMovedError and AlreadyClaimedError if anything of it is not as it
        was read; TakenError for an address that is another publication's."""
        writes = [self._target(before, settled), *self._others(before, settled.place)]
        if settled.receipt is not None:
            writes.append(shown_at(self._tables, settled, settled.receipt.url))
        if ended is None:
            writes.append(self._still(before.post))
        else:
            writes.append(moving(self._tables, before.post, ended, acts[-1].at))
        for act in acts:
            writes += recording(self._tables, self._pen, act)
        commit(self._tables.connection, writes)
        return Unsettled(ended or before.post, before.with_target(settled).targets)

    def _target(self, before: Unsettled, settled: Publication) -> Write:
        known = before.target(settled.platform, settled.part)
        if known is not None:
            return changing(self._tables, known, settled)
        row = publication_row(self._tables, settled)
        free = self._tables.publications.post_key.does_not_exist()
        refusal = lambda raw: AlreadyClaimedError(publication_there(self._tables, row, raw))  # noqa: E731
        return Write(row, free, refusal)

    def _others(self, before: Unsettled, settled: str) -> Iterator[Write]:
        """That the other targets are as they were read."""
        table, post = self._tables.publications, before.post
        for place in places(post.draft):
            if (name := spelled(*place)) == settled:
                continue
            row = table(post_key=post_key(post.post_id, post.version), platform=name)
            known = before.target(*place)
            same = table.post_key.does_not_exist()
            if known is not None:
                same = (table.state == known.state.value) & (table.attempts == known.attempts)

            def refusal(raw: Raw | None, row: Any = row) -> Exception:
                return PublicationMovedError(publication_there(self._tables, row, raw))

            yield Write(row, same, refusal, check=True)

    def _still(self, post: Post) -> Write:
        """That the post stands where it stood."""
        table, row = self._tables.posts, post_row(self._tables, post)
        refusal = lambda _: PostMovedError(self.get(post.post_id, post.version).post)  # noqa: E731
        return Write(row, table.state == post.state.value, refusal, check=True)

    def _whole(self, posts: Iterable[Post]) -> list[Unsettled]:
        wanted, table = list(posts), self._tables.publications
        named = [
            [
                Key(table, (post_key(post.post_id, post.version), spelled(*place)))
                for place in places(post.draft)
            ]
            for post in wanted
        ]
        found = fetch(self._tables.connection, [key for keys in named for key in keys])
        return [
            Unsettled(post, tuple(publication_of(found[key]) for key in keys if key in found))
            for post, keys in zip(wanted, named, strict=True)
        ]
