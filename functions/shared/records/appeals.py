"""Appeals: opened in the transaction that keeps their post, changed with a leaf each time.

Beside them lie the marks of posts (`shared.posts.appeal_marks`): of every post that was sent in,
because what shares an appeal need not look like one.
"""

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from shared.posts.appeal import Appeal
from shared.posts.names import PostId
from shared.recordlog.leaf import Act
from shared.records.appeal_entries import appeal_of, appeal_row
from shared.records.appeal_rows import HEAD, OPEN
from shared.records.errors import ChangedError, InvalidCursorError, NotFoundError
from shared.records.listing import LONGEST_LISTING, Listing, behind, cursor_behind
from shared.records.log import recording
from shared.records.paging import post_key
from shared.records.pen import Pen, ulid
from shared.records.reading import Key, fetch, one, possible
from shared.records.tables import Tables
from shared.records.transaction import Write, commit, setting

_PLACE = re.compile(r"(\d{4}-\d\d-\d\d) ([0-9A-Z]{1,64})", re.ASCII)
MOST_SHARING = 30
"""Posts that are shown as sharing one mark, newest first."""


class Appeals:
    """Where appeals are kept."""

    def __init__(self, tables: Tables, pen: Pen) -> None:
        self._tables = tables
        self._pen = pen

    def opening(self, appeal: Appeal) -> Write:
        """The write that opens it, for the transaction that keeps its post; ChangedError refuses
        that if there is one."""
        opened = ChangedError("appeal", appeal.appeal_id, "was opened meanwhile")
        free = self._tables.appeals.appeal_id.does_not_exist()
        return Write(appeal_row(self._tables, appeal), free, lambda _: opened)

    def marking(self, post_id: PostId, version: int, marks: Iterable[str]) -> list[Write]:
        """The writes that make a version found by its marks, for the same transaction."""
        table, key = self._tables.appeals, post_key(post_id, version)
        taken = ChangedError("post", key, "was marked meanwhile")
        free = table.appeal_id.does_not_exist()
        return [
            Write(table(appeal_id=mark, item=key), free, lambda _: taken)
            for mark in dict.fromkeys(marks)
        ]

    def get(self, appeal_id: PostId) -> Appeal:
        """The appeal that this post began, or NotFoundError."""
        if ":" in appeal_id:  # the name of a mark
            raise NotFoundError("appeal", appeal_id)
        return appeal_of(one(self._tables.appeals, appeal_id, HEAD))

    def find(self, appeal_id: PostId) -> Appeal | None:
        """The same, None if this post began none."""
        if not possible(appeal_id):
            return None
        key = Key(self._tables.appeals, (appeal_id, HEAD))
        row = fetch(self._tables.connection, [key]).get(key)
        return appeal_of(row) if row else None

    def lasting(self, cursor: str | None = None, limit: int = LONGEST_LISTING) -> Listing[Appeal]:
        """A part of those that are not closed, whatever ends first before the others;
        InvalidCursorError."""
        table = self._tables.appeals
        start = _start(cursor) if cursor else None
        rows = list(table.by_open.query(OPEN, limit=limit + 1, last_evaluated_key=start))
        keys = [Key(table, (row.appeal_id, HEAD)) for row in rows[:limit]]
        found = fetch(self._tables.connection, keys)
        lasting = tuple(appeal_of(found[key]) for key in keys if key in found)
        if len(rows) <= limit:
            return Listing(lasting, None)
        last = rows[limit - 1]
        return Listing(lasting, cursor_behind(f"{last.ends_on} {last.appeal_id}"))

    def sharing(self, marks: Iterable[str], since: datetime) -> tuple[PostId, ...]:
        """The posts since a moment that have one of these marks, newest first, each once."""
        table = self._tables.appeals
        after = table.item > ulid(since, bytes(10))
        keys = {
            row.item
            for mark in marks
            for row in table.query(mark, after, limit=MOST_SHARING, scan_index_forward=False)
        }
        newest = sorted(keys, reverse=True)
        return tuple(dict.fromkeys(PostId(key.partition("#")[0]) for key in newest))

    def change(self, before: Appeal, after: Appeal, act: Act) -> None:
        """Another in the place of `before`; ChangedError if it is not as it was read."""
        row, was = appeal_row(self._tables, after), appeal_row(self._tables, before)
        changed = ChangedError("appeal", before.appeal_id, "moved on meanwhile")
        same = self._tables.appeals.entry == was.entry
        put = Write(row, same, lambda _: changed, setting(row, "entry", "open", "ends_on"))
        commit(self._tables.connection, [put, *recording(self._tables, self._pen, act)])


def _start(cursor: str) -> dict[str, dict[str, Any]]:
    """Where a list goes on; InvalidCursorError if the cursor is not one of ours."""
    match = _PLACE.fullmatch(behind(cursor))
    if match is None:
        raise InvalidCursorError
    return {
        "open": {"S": OPEN},
        "ends_on": {"S": match[1]},
        "appeal_id": {"S": match[2]},
        "item": {"S": HEAD},
    }
