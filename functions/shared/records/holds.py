"""Held posts: held with the token of the machine that waits, reviewed once, delivered.

The story: `open` moves the post to HELD; `review` lets it go or gives it back, and moves it, in one
transaction; the token then wakes the machine, and `delivered` says so. Whatever stays `undelivered`
the sweep delivers. A post that was partly sent before it was held stays HELD when it is given back,
until its targets have been counted.

Months that are kept for a court are another thing: `shared.records.legal_holds`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from pynamodb.exceptions import UpdateError

from shared.posts.errors import ContentChangedError
from shared.posts.life import Post, State, step
from shared.posts.names import PostId
from shared.recordlog.leaf import Act
from shared.records.errors import (
    AlreadyExistsError,
    AlreadyReviewedError,
    ChangedError,
    NotFoundError,
)
from shared.records.hold import LEADS_TO, Hold, HoldRuling, Review, Why
from shared.records.hold_rows import UNDELIVERED, WAITING, hold_of, hold_row
from shared.records.listing import LONGEST_LISTING, Listing, cursor_waiting, start_waiting
from shared.records.log import recording
from shared.records.pen import Pen
from shared.records.posts import moving, post_of
from shared.records.reading import Key, fetch, one
from shared.records.spelling import written
from shared.records.tables import Tables
from shared.records.transaction import Raw, Write, commit, setting


@dataclass(frozen=True)
class Held:
    """One line of the queue: the hold, and the post that is held."""

    hold: Hold
    post: Post


class Holds:
    """Where holds are kept."""

    def __init__(self, tables: Tables, pen: Pen) -> None:
        self._tables = tables
        self._pen = pen

    def open(self, post: Post, hold: Hold, act: Act) -> Post:
        """The post, HELD. AlreadyExistsError if it is held by another task, PostMovedError."""
        table = self._tables.holds
        taken = AlreadyExistsError("hold", hold.name)
        over = table.ruling.exists() | (table.over == True)  # noqa: E712 - a condition, not a truth
        free = table.post_id.does_not_exist() | over
        held = replace(
            post,
            state=step(post.state, State.HELD),
            reason=act.reason or post.reason,
            incident=hold.incident or post.incident,
        )
        put = Write(hold_row(self._tables, hold), free, lambda _: taken)
        self._commit([put, moving(self._tables, post, held, act.at)], act)
        return held

    def renew(self, hold: Hold, task_token: str) -> Hold:
        """The hold with the token of a repeated task; a ruling made meanwhile comes back with it,
        and the caller delivers it at once. NotFoundError."""
        table = self._tables.holds
        renewed = replace(hold, task_token=task_token)
        self._touch(renewed, ("task_token",), table.held_at == written(hold.held_at))
        found = self.get(hold.post_id, hold.version)
        if found.ruling is None:
            return found
        late = replace(found, delivered=False)
        self._touch(late, ("open", "waits_from"), table.task_token == task_token)
        return late

    def get(self, post_id: PostId, version: int) -> Hold:
        """The last hold of this version, or NotFoundError."""
        return hold_of(one(self._tables.holds, post_id, version))

    def find(self, post_id: PostId, version: int) -> Hold | None:
        """The last hold of this version, None if it never was held."""
        try:
            return self.get(post_id, version)
        except NotFoundError:
            return None

    def review(self, post: Post, hold: Hold, ruling: HoldRuling, act: Act) -> Hold:
        """Let it go, or give it back, once. AlreadyReviewedError tells the second reviewer who
        was first; PostMovedError, ContentChangedError."""
        reviewed = replace(hold, ruling=ruling, delivered=False)
        if ruling.decision is Review.RELEASE:
            moved = let_go(post, hold, ruling.at)
        else:
            to = post.state if hold.partly else step(post.state, LEADS_TO[ruling.decision])
            moved = replace(post, state=to, reason=ruling.reason or post.reason)
        writes = [closing(self._tables, reviewed), moving(self._tables, post, moved, act.at)]
        self._commit(writes, act)
        return reviewed

    def expire(self, post: Post, hold: Hold, act: Act, to: State = State.EXPIRED) -> Post:
        """Nobody reviewed it in time, or the machine broke: the post as it ended. One that is
        partly out stays until its targets are counted. AlreadyReviewedError if somebody did."""
        stays = hold.partly and to is State.EXPIRED
        ended = replace(
            post,
            state=post.state if stays else step(post.state, to),
            reason=act.reason or post.reason,
        )
        writes = [
            closing(self._tables, replace(hold, over=True)),
            moving(self._tables, post, ended, act.at),
        ]
        self._commit(writes, act)
        return ended

    def delivered(self, hold: Hold) -> Hold:
        """The ruling has reached the machine by this token. ChangedError if it waits with another
        token meanwhile."""
        done = replace(hold, delivered=True)
        same = self._tables.holds.task_token == hold.task_token
        self._touch(done, ("open", "waits_from"), same)
        return done

    def undelivered(self, before: datetime) -> tuple[Hold, ...]:
        """What was said before `before` and no state machine has heard of yet."""
        table = self._tables.holds
        keys = table.by_state.query(UNDELIVERED, table.waits_from < written(before))
        return tuple(
            hold for hold in self._fetch(keys) if hold.ruling is not None and not hold.delivered
        )

    def queue(self, cursor: str | None = None, limit: int = 20) -> Listing[Held]:
        """A part of what waits for a review, longest first, each with its post; `limit` up to 49.
        InvalidCursorError."""
        table = self._tables.holds
        limit = max(1, min(limit, LONGEST_LISTING // 2))
        keys = list(
            table.by_state.query(
                WAITING,
                limit=limit + 1,
                last_evaluated_key=start_waiting(cursor, WAITING) if cursor else None,
            )
        )
        shown, more = keys[:limit], len(keys) > limit
        posts = [Key(self._tables.posts, (key.post_id, int(key.version))) for key in shown]
        found = fetch(self._tables.connection, [*posts, *map(self._key, shown)])
        held = [
            Held(hold_of(found[self._key(key)]), post_of(found[post]))
            for key, post in zip(shown, posts, strict=True)
            if post in found and self._key(key) in found
        ]
        waiting = tuple(each for each in held if each.hold.waits)
        return Listing(waiting, cursor_waiting(shown[-1]) if more else None)

    def _key(self, row: Any) -> Key:
        return Key(self._tables.holds, (row.post_id, int(row.version)))

    def _fetch(self, keys: Any) -> tuple[Hold, ...]:
        found = fetch(self._tables.connection, [self._key(row) for row in keys])
        return tuple(map(hold_of, found.values()))

    def _touch(self, after: Hold, names: Sequence[str], condition: Any) -> None:
        row = hold_row(self._tables, after)
        try:
            row.update(list(setting(row, *names)), condition)
        except UpdateError as error:
            raise ChangedError("hold", after.name, "was made anew") from error

    def _commit(self, writes: list[Write], act: Act) -> None:
        commit(self._tables.connection, [*writes, *recording(self._tables, self._pen, act)])


def let_go(post: Post, hold: Hold, at: datetime) -> Post:
    """Cleared again. Only a review after an incident answers for incidents until then: whoever
    confirms what was late may not have heard of any."""
    of_incident = at if hold.why is Why.INCIDENT else post.incident_reviewed_at
    cleared = step(post.state, State.CLEARED)
    return replace(post, state=cleared, reviewed_at=at, incident_reviewed_at=of_incident)


def closing(tables: Tables, closed: Hold) -> Write:
    """The write that ends a hold, if it still waits: for whoever supersedes or withdraws the post
    in a transaction of their own, with that as its ruling. AlreadyReviewedError, ChangedError."""
    table = tables.holds
    row = hold_row(tables, closed)
    waits = (table.open == WAITING) & (table.held_at == row.held_at)
    same = waits & (table.content_hash == closed.content_hash)
    names = ("ruling", "over", "open", "waits_from")
    return Write(row, same, lambda raw: _refusal(tables, closed, raw), setting(row, *names))


def _refusal(tables: Tables, wanted: Hold, raw: Raw | None) -> Exception:
    table = tables.holds
    found = hold_of(table.from_raw_data(raw) if raw else one(table, wanted.post_id, wanted.version))
    if found.ruling is not None:
        return AlreadyReviewedError(found, found.ruling)
    if found.content_hash != wanted.content_hash:
        return ContentChangedError(wanted.content_hash, found.content_hash)
    return ChangedError("hold", found.name, "is over, or was made anew")
