"""When an account spoke last: its newest post that went out, found without reading them all.

Posts are read newest first by when they were made; one that was made `LONGEST_WAY` before the
newest that went out cannot have gone out after it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from shared.posts.life import Outcome
from shared.posts.names import AccountId, PostId
from shared.posts.threads import places, spelled
from shared.records.published import LONGEST_WAY, earliest
from shared.records.snapshot import Snapshots
from shared.records.tables import Tables

AT_ONCE = 20
"""Posts read in one call; of an account that speaks as it should, one call is all."""

WENT_OUT = frozenset({Outcome.SENT, Outcome.WITHDRAWN})


@dataclass(frozen=True)
class LastSpoken:
    """Asks the posts of an account, newest first."""

    tables: Tables

    def of(self, account: AccountId, enough: datetime) -> datetime | None:
        """When its newest post went out, None if none ever did. Whatever went out at `enough` or
        later is as good as the newest. What was taken away again was said all the same."""
        newest: datetime | None = None
        for part in self._parts(account):
            if newest and part[0][0] < earliest(newest - LONGEST_WAY):
                break
            newest = max([*([newest] if newest else []), *self._sent(part)], default=None)
            if newest and newest >= enough:
                break
        return newest

    def _sent(self, part: list[tuple[PostId, int]]) -> list[datetime]:
        """When each target of these went out, by the attempt that did it: it never moves again."""
        snapshots = Snapshots(self.tables)
        posts = snapshots.read(posts=part).posts.values()
        wanted = [(p.post_id, p.version, spelled(*each)) for p in posts for each in places(p.draft)]
        found = snapshots.read(publications=wanted).publications.values()
        return [each.attempted_at for each in found if each.state in WENT_OUT]

    def _parts(self, account: AccountId) -> Iterator[list[tuple[PostId, int]]]:
        rows = self.tables.posts.by_account.query(
            account, scan_index_forward=False, page_size=AT_ONCE
        )
        part: list[tuple[PostId, int]] = []
        for row in rows:
            part.append((PostId(row.post_id), int(row.version)))
            if len(part) == AT_ONCE:
                yield part
                part = []
        if part:
            yield part
