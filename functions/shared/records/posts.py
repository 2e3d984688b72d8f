"""Posts: each version its own row; its words never change, its state moves with a leaf."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from shared.posts.errors import ContentChangedError
from shared.posts.life import ENDINGS, Post, State, step
from shared.posts.names import AccountId, ContentHash, PersonId, PostId
from shared.recordlog.leaf import Act
from shared.records.drafts import draft_of, draft_text
from shared.records.errors import (
    AlreadyExistsError,
    KeyReusedError,
    NotFoundError,
    PostMovedError,
    RecordsError,
)
from shared.records.log import recording
from shared.records.paging import LONGEST_PAGE, Page, cursor_after, post_key, start_after
from shared.records.pen import Pen
from shared.records.reading import Key, fetch, one, possible
from shared.records.rows import IdempotencyRow, PostRow
from shared.records.spelling import as_json, at_rest, from_json, moment, written
from shared.records.tables import Tables
from shared.records.transaction import Raw, Write, commit, setting

OPEN = "open"
KEY_LIFE = timedelta(hours=24)
"""How long a repeated Idempotency-Key still finds the post it made."""


class Posts:
    """Where posts are kept."""

    def __init__(self, tables: Tables, pen: Pen) -> None:
        self._tables = tables
        self._pen = pen

    def submit(self, post: Post, act: Act, idempotency_key: str | None = None) -> Post:
        """Keep a new version. The same key and words again give the post kept before;
        KeyReusedError for other words, AlreadyExistsError if the version is taken.
        """
        row = post_row(self._tables, post)
        taken = AlreadyExistsError("post", f"{post.post_id} v{post.version}")
        writes = [Write(row, self._tables.posts.post_id.does_not_exist(), lambda _: taken)]
        if idempotency_key is not None:
            writes.insert(0, self._first_time(post, idempotency_key, act.at))
        try:
            commit(self._tables.connection, writes + recording(self._tables, self._pen, act))
        except _HeardBeforeError as before:
            return self.get(before.post_id, before.version)
        return post

    def get(self, post_id: PostId, version: int | None = None) -> Post:
        """This version, or the latest; NotFoundError."""
        if version is not None:
            return post_of(one(self._tables.posts, post_id, version))
        latest = self._versions(post_id, limit=1, forward=False)
        if not latest:
            raise NotFoundError("post", post_id)
        return latest[0]

    def history(self, post_id: PostId) -> tuple[Post, ...]:
        """All versions, first to last; empty if there is no such post."""
        return self._versions(post_id, limit=None, forward=True)

    def by_author(self, person: PersonId, cursor: str | None = None, limit: int = 20) -> Page:
        """A page of what a person wrote, newest first; `limit` up to 99. InvalidCursorError."""
        return self._page("by-author", "author", person, cursor, limit)

    def by_account(self, account: AccountId, cursor: str | None = None, limit: int = 20) -> Page:
        """A page of an account's posts, newest first; `limit` up to 99. InvalidCursorError."""
        return self._page("by-account", "account", account, cursor, limit)

    def move(
        self,
        post: Post,
        to: State,
        act: Act,
        *,
        reason: str | None = None,
        findings: Sequence[Mapping[str, object]] | None = None,
        policy_version: str | None = None,
        second_reader: str | None = None,
        also: Sequence[Write] = (),
    ) -> Post:
        """The post in its next state, with the leaf of the act. UnlawfulStepError if the life of
        a post forbids it, PostMovedError or ContentChangedError if the row is not this post.
        """
        moved = replace(
            post,
            state=step(post.state, to),
            reason=post.reason if reason is None else reason,
            findings=post.findings if findings is None else tuple(map(dict, findings)),
            policy_version=policy_version or post.policy_version,
            second_reader=second_reader or post.second_reader,
        )
        writes = [moving(self._tables, post, moved, act.at), *also]
        commit(self._tables.connection, writes + recording(self._tables, self._pen, act))
        return moved

    def note(self, post: Post, checked: Post, act: Act) -> Post:
        """Keep what the check at the door found in a post that a person will decide about; it
        stays where it stands. PostMovedError or ContentChangedError if the row is not this post.
        """
        writes = [moving(self._tables, post, replace(checked, state=post.state), act.at)]
        commit(self._tables.connection, writes + recording(self._tables, self._pen, act))
        return checked

    def stalled(self, before: datetime) -> tuple[Post, ...]:
        """Posts without an ending that have waited since before `before`, longest first. A cleared
        post waits from its `not_before`: until then nothing is late.
        """
        # All of them: those that wait for people for weeks must not hide one that a crash left.
        index = self._tables.posts.by_open_state
        waiting = index.query(OPEN, self._tables.posts.waits_from < written(before))
        return tuple(post for post in self._fetch(waiting) if post.state not in ENDINGS)

    def _versions(self, post_id: PostId, limit: int | None, *, forward: bool) -> tuple[Post, ...]:
        if not possible(post_id):
            return ()
        versions = self._tables.posts.query(
            post_id, consistent_read=True, scan_index_forward=forward, limit=limit
        )
        return tuple(map(post_of, versions))

    def _page(self, index: str, name: str, whose: str, cursor: str | None, limit: int) -> Page:
        limit = max(1, min(limit, LONGEST_PAGE))
        start: dict[str, dict[str, Any]] | None = None
        if cursor is not None:
            key, post_id, version = start_after(cursor)
            start = {
                name: {"S": whose},
                "post_key": {"S": key},
                "post_id": {"S": post_id},
                "version": {"N": str(version)},
            }
        if not possible(whose):
            return Page((), None)
        keys = list(
            self._tables.posts.query(
                whose,
                index_name=index,
                scan_index_forward=False,
                limit=limit + 1,
                last_evaluated_key=start,
            )
        )
        more = cursor_after(keys[limit - 1].post_key) if len(keys) > limit else None
        return Page(self._fetch(keys[:limit]), more)

    def _fetch(self, keys: Iterable[PostRow]) -> tuple[Post, ...]:
        wanted = [Key(self._tables.posts, (row.post_id, int(row.version))) for row in keys]
        rows = fetch(self._tables.connection, wanted)
        return tuple(post_of(rows[key]) for key in wanted if key in rows)

    def _first_time(self, post: Post, idempotency_key: str, now: datetime) -> Write:
        table = self._tables.idempotency
        row = table(
            key=f"{post.author}#{at_rest(idempotency_key)}",
            body_hash=post.content_hash,
            post_id=post.post_id,
            version=post.version,
            ttl=now + KEY_LIFE,
        )

        def refusal(raw: Raw | None) -> RecordsError:
            before: IdempotencyRow = table.from_raw_data(raw) if raw else one(table, row.key)
            if before.body_hash != post.content_hash:
                return KeyReusedError(idempotency_key)
            return _HeardBeforeError(PostId(before.post_id), int(before.version))

        # The database deletes a row hours after its time; until then it counts as gone already.
        return Write(row, table.key.does_not_exist() | (table.ttl < now), refusal)


class _HeardBeforeError(RecordsError):
    """This submission was kept before; never leaves `submit`."""

    def __init__(self, post_id: PostId, version: int) -> None:
        super().__init__(post_id)
        self.post_id = post_id
        self.version = version


def moving(tables: Tables, post: Post, moved: Post, at: datetime) -> Write:
    """The write that takes `post` to `moved`, if the row is still `post` to state and words."""
    table = tables.posts
    row = post_row(tables, moved, at)
    waits = ("state", "open", "waits_from")
    found = ("findings", "policy_version", "second_reader", "reason")

    def refusal(raw: Raw | None) -> Exception:
        found = post_of(table.from_raw_data(raw) if raw else one(table, post.post_id, post.version))
        if found.content_hash != post.content_hash:
            return ContentChangedError(post.content_hash, found.content_hash)
        return PostMovedError(found)

    unchanged = (table.state == post.state.value) & (table.content_hash == post.content_hash)
    return Write(row, unchanged, refusal, setting(row, *waits, *found))


def post_row(tables: Tables, post: Post, since: datetime | None = None) -> PostRow:
    """The row of a post that stands where it stands `since` then (submission, if not said)."""
    since = since or post.submitted_at
    ended = post.state in ENDINGS
    if post.state is State.CLEARED and post.draft.not_before is not None:
        since = max(since, post.draft.not_before)
    return tables.posts(
        post_id=post.post_id,
        version=post.version,
        post_key=post_key(post.post_id, post.version),
        author=post.author,
        account=post.draft.account,
        state=post.state.value,
        open=None if ended else OPEN,
        waits_from=None if ended else written(since),
        submitted_at=written(post.submitted_at),
        content_hash=post.content_hash,
        policy_version=post.policy_version,
        draft=draft_text(post.draft),
        findings=as_json(list(post.findings)),
        second_reader=post.second_reader,
        reason=post.reason,
    )


def post_of(row: PostRow) -> Post:
    """The post a row holds."""
    return Post(
        post_id=PostId(row.post_id),
        version=int(row.version),
        draft=draft_of(row.draft),
        content_hash=ContentHash(row.content_hash),
        author=PersonId(row.author),
        submitted_at=moment(row.submitted_at),
        state=State(row.state),
        policy_version=row.policy_version,
        findings=tuple(from_json(row.findings)),
        reason=row.reason,
        second_reader=row.second_reader,
    )
