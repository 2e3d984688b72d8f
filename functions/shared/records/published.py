"""What was published in a stretch of time: found by account, read a hundred posts at a time."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain, islice
from typing import TypeVar

from shared.posts.content import SEPARATED
from shared.posts.life import Outcome, Post
from shared.posts.names import AccountId, PlatformName, PostId
from shared.posts.threads import parts_on, places, spelled
from shared.records.publication import Publication
from shared.records.snapshot import Snapshots, Version
from shared.records.tables import Tables

LONGEST_WAY = timedelta(days=60)
"""From sending a post in to its publication; what took longer is not found."""

AT_ONCE = 100
"""Posts that one call reads; a large force's weeks would not fit into memory."""

_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


T = TypeVar("T")


@dataclass(frozen=True)
class Published:
    """A post that stands somewhere, and where: each target proved, part by part, none of them taken
    back."""

    post: Post
    targets: tuple[Publication, ...]

    @property
    def at(self) -> datetime:
        """When it first stood."""
        return min(target.settled_at or target.claimed_at for target in self.targets)

    def words_on(self, platform: PlatformName) -> str:
        """What stands there, as one text: of a thread that was cut off, only the parts that do."""
        standing = {each.part for each in self.targets if each.platform == platform}
        said = enumerate(parts_on(self.post.draft, platform), 1)
        return SEPARATED.join(each.text for part, each in said if part in standing)


def published(
    tables: Tables,
    accounts: Iterable[AccountId],
    since: datetime,
    until: datetime,
    *,
    besides: frozenset[PlatformName],
) -> tuple[Published, ...]:
    """Posts that first stood in that time, oldest first; platforms `besides` do not count, and a
    post that was taken back from any of the others is not there."""
    sent_in = chain.from_iterable(_sent_in(tables, each, since, until) for each in accounts)
    found = [
        each
        for part in in_parts(sent_in, AT_ONCE)
        for each in _standing(tables, part, besides)
        if since <= each.at < until
    ]
    return tuple(sorted(found, key=lambda each: each.at))


def _sent_in(
    tables: Tables, account: AccountId, since: datetime, until: datetime
) -> Iterator[Version]:
    """Post ids are ULIDs: they begin with the moment they were made."""
    key = tables.posts.post_key.between(earliest(since - LONGEST_WAY), earliest(until))
    for row in tables.posts.by_account.query(account, key):
        yield PostId(row.post_id), int(row.version)


def _standing(
    tables: Tables, part: list[Version], besides: frozenset[PlatformName]
) -> Iterator[Published]:
    """Those of these posts that stand somewhere and were taken back nowhere."""
    snapshots = Snapshots(tables)
    posts = snapshots.read(posts=part).posts.values()
    wanted = [(p.post_id, p.version, spelled(*each)) for p in posts for each in places(p.draft)]
    targets = snapshots.read(publications=wanted).publications
    for post in posts:
        named = [spelled(*each) for each in places(post.draft) if each[0] not in besides]
        of_post = [targets.get((post.post_id, post.version, place)) for place in named]
        standing = [t for t in of_post if t and t.state is Outcome.SENT]
        taken = any(t and t.state is Outcome.WITHDRAWN for t in of_post)
        if standing and not taken:
            yield Published(post, tuple(standing))


def earliest(at: datetime) -> str:
    """The beginning of every ULID of that moment."""
    milliseconds = int(at.timestamp() * 1000)
    return "".join(_CROCKFORD[milliseconds >> shift & 31] for shift in range(45, -1, -5))


def in_parts(of: Iterable[T], size: int) -> Iterator[list[T]]:
    """The same in the same order, so many at a time."""
    rest = iter(of)
    while part := list(islice(rest, size)):
        yield part
