"""When accounts spoke last: the newest post of each that went out, found without reading them all.

What is known to be new enough is not asked. Else posts are read newest first by when they were
made; one that was made `LONGEST_WAY` before the newest that went out cannot have gone out after it.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from shared.posts.life import Outcome
from shared.posts.names import AccountId, PostId
from shared.posts.threads import places, spelled
from shared.records.known_to_speak import KnownToSpeak
from shared.records.published import LONGEST_WAY, earliest, in_parts
from shared.records.snapshot import Snapshots, Version
from shared.records.tables import Tables

AT_ONCE = 20
"""Posts of an account read in one call behind its newest, which of most accounts is enough."""

ACCOUNTS = 100
"""Accounts whose posts are read together: what is read of them fits into memory."""

WENT_OUT = frozenset({Outcome.SENT, Outcome.WITHDRAWN})

Moments = dict[AccountId, datetime]


@dataclass(frozen=True)
class LastSpoken:
    """Asks the posts of accounts, newest first."""

    tables: Tables

    def several(self, asked: Mapping[AccountId, datetime], now: datetime) -> Moments:
        """When the newest post of each went out; of whom none ever did, nothing. Whatever went out
        after the moment `asked` of is as good as the newest. What was taken away again was said all
        the same."""
        kept = KnownToSpeak(self.tables)
        before = kept.read(len(asked))
        found = {each: at for each, at in before.items() if each in asked and at > asked[each]}
        for part in in_parts(sorted(asked.keys() - found.keys()), ACCOUNTS):
            found |= self._newest({account: asked[account] for account in part})
        if found != before:
            kept.keep(found, now)
        return found

    def _newest(self, asked: Mapping[AccountId, datetime]) -> Moments:
        newest: Moments = {}
        left = {account: self._parts(account) for account in asked}
        while left:
            parts = {account: next(rest, None) for account, rest in left.items()}
            open_still = {
                account: part
                for account, part in parts.items()
                if part and not _is_behind(part, newest.get(account))
            }
            for account, at in self._sent(open_still.values()):
                newest[account] = max(at, newest.get(account, at))
            left = {
                account: left[account]
                for account in open_still
                if account not in newest or newest[account] <= asked[account]
            }
        return newest

    def _sent(self, parts: Iterable[list[Version]]) -> Iterator[tuple[AccountId, datetime]]:
        """When each target of these went out, by the attempt that did it: it never moves again."""
        snapshots = Snapshots(self.tables)
        posts = snapshots.read(posts=[version for part in parts for version in part]).posts
        wanted = [(*key, spelled(*each)) for key, p in posts.items() for each in places(p.draft)]
        for each in snapshots.read(publications=wanted).publications.values():
            if each.state in WENT_OUT:
                post = posts[each.post_id, each.version]
                yield post.draft.account, each.attempted_at

    def _parts(self, account: AccountId) -> Iterator[list[Version]]:
        """Its newest post, and then `AT_ONCE` at a time."""
        rows = self.tables.posts.by_account.query(
            account, scan_index_forward=False, page_size=AT_ONCE + 1
        )
        versions = ((PostId(row.post_id), int(row.version)) for row in rows)
        if newest := next(versions, None):
            yield [newest]
        yield from in_parts(versions, AT_ONCE)


def _is_behind(part: list[Version], newest: datetime | None) -> bool:
    """Whether none of these can have gone out later, for they were made so long before."""
    return newest is not None and part[0][0] < earliest(newest - LONGEST_WAY)
