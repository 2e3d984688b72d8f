"""What waits for a decision, part by part, longest first; and what was ruled in a stretch of days.

Both are one index: an approval is listed as what it waits for, and once its ruling has arrived,
under the month in which it was made.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from shared.posts.life import Post
from shared.records.approval import Approval, ApprovalState
from shared.records.approval_rows import PENDING, UNDELIVERED, approval_of, ruled_in
from shared.records.listing import Listing, cursor_waiting, start_waiting
from shared.records.posts import post_of
from shared.records.reading import Key, fetch
from shared.records.rows import ApprovalRow
from shared.records.spelling import written
from shared.records.tables import Tables

LONGEST_PART = 49
"""One BatchGetItem takes a hundred keys: approvals and their posts."""


@dataclass(frozen=True)
class Waiting:
    """One line of the queue: what is asked, and the post it is asked about."""

    approval: Approval
    post: Post


class Queue:
    """The list of approvals."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def waiting(self, cursor: str | None = None, limit: int = 20) -> Listing[Waiting]:
        """A part of what waits for a decision, each with its post; `limit` up to 49.
        InvalidCursorError.
        """
        limit = max(1, min(limit, LONGEST_PART))
        index = self._tables.approvals.by_state
        start = start_waiting(cursor, PENDING) if cursor else None
        keys = list(index.query(PENDING, limit=limit + 1, last_evaluated_key=start))
        shown, more = keys[:limit], len(keys) > limit
        pairs = [(self._key(row), Key(self._tables.posts, _of(row))) for row in shown]
        found = fetch(self._tables.connection, [key for pair in pairs for key in pair])
        lines = (
            Waiting(approval_of(found[approval]), post_of(found[post]))
            for approval, post in pairs
            if approval in found and post in found
        )
        waiting = tuple(w for w in lines if w.approval.state is ApprovalState.PENDING)
        return Listing(waiting, cursor_waiting(shown[-1]) if more else None)

    def ruled(self, since: datetime, until: datetime) -> tuple[Approval, ...]:
        """What was ruled from `since` on and before `until`, oldest first."""
        index, waits_from = self._tables.approvals.by_state, self._tables.approvals.waits_from
        between = waits_from.between(written(since), written(until))
        keys = [
            self._key(row)
            for month in (*_months(since, until), UNDELIVERED)
            for row in index.query(month, between)
        ]
        found = fetch(self._tables.connection, keys)
        approvals = map(approval_of, found.values())
        made = [a for a in approvals if a.ruling and since <= a.ruling.at < until]
        return tuple(sorted(made, key=_when))

    def _key(self, row: ApprovalRow) -> Key:
        return Key(self._tables.approvals, _of(row))


def _when(approval: Approval) -> datetime:
    return approval.ruling.at if approval.ruling else approval.opened_at


def _of(row: ApprovalRow) -> tuple[str, int]:
    return row.post_id, int(row.version)


def _months(since: datetime, until: datetime) -> Iterator[str]:
    """How the months from one moment to another are listed."""
    moment = since.replace(day=1)
    while moment < until:
        yield ruled_in(moment)
        year, month = divmod(moment.year * 12 + moment.month, 12)
        moment = moment.replace(year=year, month=month + 1)
