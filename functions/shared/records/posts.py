"""Posts: each version its own row; its words never change, its state moves with a leaf."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from shared.posts.errors import ContentChangedError
from shared.posts.life import ENDINGS, KEPT_IN, Post, State, Urgency, step, waits_for_review
from shared.posts.names import AccountId, ContentHash, PersonId, PostId
from shared.recordlog.leaf import Act
from shared.records.corrections import corrected_key, correction_of, correction_text
from shared.records.drafts import draft_of, draft_text
from shared.records.errors import NotFoundError, PostMovedError
from shared.records.first_time import HeardBeforeError, first_time, keeping
from shared.records.log import recording
from shared.records.paging import Page, post_key
from shared.records.pen import Pen
from shared.records.picture_uses import using
from shared.records.post_pages import listed
from shared.records.reading import Key, fetch, one, possible
from shared.records.replies import reply_of, reply_text
from shared.records.rows import PostRow
from shared.records.spelling import as_json, from_json, moment, written
from shared.records.tables import Tables
from shared.records.transaction import Raw, Write, commit, setting
from shared.records.urgent_reviews import URGENT, review_of, review_text

OPEN, HELD, UNCERTAIN = "open", "held", "uncertain"
WAITS_IN = {State.HELD: HELD, State.UNCERTAIN: UNCERTAIN}
"""Where those stand apart, by state, that wait for a person and not for us."""


class Posts:
    """Where posts are kept."""

    def __init__(self, tables: Tables, pen: Pen) -> None:
        self._tables = tables
        self._pen = pen

    def submit(
        self,
        post: Post,
        act: Act,
        idempotency_key: str | None = None,
        *,
        besides: Sequence[Act] = (),
        also: Sequence[Write] = (),
    ) -> Post:
        """Keep a new version, with the leaf of the act and of whatever happened besides. The same
        key and words again give the post kept before; KeyReusedError for other words,
        AlreadyExistsError if the version is taken, StoppedPictureError."""
        writes = [keeping(self._tables, post, post_row(self._tables, post)), *also]
        writes += using(self._tables, post.draft.media, post.post_id)
        if idempotency_key is not None:
            writes.insert(0, first_time(self._tables, post, idempotency_key, act.at))
        for each in (act, *besides):
            writes += recording(self._tables, self._pen, each)
        try:
            commit(self._tables.connection, writes)
        except HeardBeforeError as before:
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
        return self._page("author", person, cursor, limit)

    def by_account(self, account: AccountId, cursor: str | None = None, limit: int = 20) -> Page:
        """A page of an account's posts, newest first; `limit` up to 99. InvalidCursorError."""
        return self._page("account", account, cursor, limit)

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
        incident: str | None = None,
        also: Sequence[Write] = (),
    ) -> Post:
        """The post in its next state, with the leaf of the act. UnlawfulStepError if the life of
        a post forbids it, PostMovedError or ContentChangedError if the row is not this post."""
        moved = replace(
            post,
            state=step(post.state, to),
            reason=post.reason if reason is None else reason,
            findings=post.findings if findings is None else tuple(map(dict, findings)),
            policy_version=policy_version or post.policy_version,
            second_reader=second_reader or post.second_reader,
            incident=incident or post.incident,
        )
        writes = [moving(self._tables, post, moved, act.at), *also]
        commit(self._tables.connection, writes + recording(self._tables, self._pen, act))
        return moved

    def note(self, post: Post, checked: Post, act: Act) -> Post:
        """Keep what the check at the door found in a post that a person will decide about; it
        stays where it stands. PostMovedError or ContentChangedError if the row is not this post."""
        writes = [moving(self._tables, post, replace(checked, state=post.state), act.at)]
        commit(self._tables.connection, writes + recording(self._tables, self._pen, act))
        return checked

    def stalled(self, before: datetime) -> tuple[Post, ...]:
        """Posts without an ending that have waited since before `before`, longest first. A cleared
        post waits from its `not_before`: until then nothing is late. Held and uncertain ones, which
        wait for a person, are not among them."""
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

    def _page(self, by: str, whose: str, cursor: str | None, limit: int) -> Page:
        rows, more = listed(self._tables.posts, by, whose, cursor, limit)
        return Page(self._fetch(rows), more)

    def _fetch(self, keys: Iterable[PostRow]) -> tuple[Post, ...]:
        wanted = [Key(self._tables.posts, (row.post_id, int(row.version))) for row in keys]
        rows = fetch(self._tables.connection, wanted)
        return tuple(post_of(rows[key]) for key in wanted if key in rows)


def moving(tables: Tables, post: Post, moved: Post, at: datetime) -> Write:
    """The write that takes `post` to `moved`, if the row is still `post` to state and words."""
    table = tables.posts
    row = post_row(tables, moved, at)
    waits = ["state", "open", "waits_from"]
    if moved.state in KEPT_IN:  # else somebody may be reviewing it just now
        waits.append("urgent_open")
    found = ("findings", "policy_version", "second_reader", "reason")
    let_go = ("incident", "reviewed_at", "incident_reviewed_at")

    def refusal(raw: Raw | None) -> Exception:
        found = post_of(table.from_raw_data(raw) if raw else one(table, post.post_id, post.version))
        if found.content_hash != post.content_hash:
            return ContentChangedError(post.content_hash, found.content_hash)
        return PostMovedError(found)

    unchanged = (table.state == post.state.value) & (table.content_hash == post.content_hash)
    return Write(row, unchanged, refusal, setting(row, *waits, *found, *let_go))


def post_row(tables: Tables, post: Post, since: datetime | None = None) -> PostRow:
    """The row of a post that stands where it stands `since` then (submission, if not said)."""
    since, let_go = since or post.submitted_at, post.incident_reviewed_at
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
        open=None if ended else WAITS_IN.get(post.state, OPEN),
        waits_from=None if ended else written(since),
        submitted_at=written(post.submitted_at),
        content_hash=post.content_hash,
        policy_version=post.policy_version,
        draft=draft_text(post.draft),
        findings=as_json(list(post.findings)),
        second_reader=post.second_reader,
        reason=post.reason,
        editor=post.editor,
        urgency=post.urgency.value,
        urgent_reason=post.urgent_reason,
        incident=post.incident,
        reviewed_at=written(post.reviewed_at) if post.reviewed_at else None,
        incident_reviewed_at=written(let_go) if let_go else None,
        urgent_open=URGENT if waits_for_review(post) else None,
        urgent_review=review_text(post.urgent_review) if post.urgent_review else None,
        corrects=corrected_key(post),
        correction=correction_text(post.correction) if post.correction else None,
        note_of=post.note_of,
        reply=reply_text(post.reply) if post.reply else None,
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
        editor=PersonId(row.editor) if row.editor else None,
        urgency=Urgency(row.urgency) if row.urgency else Urgency.PROMPT,
        urgent_reason=row.urgent_reason,
        incident=row.incident,
        reviewed_at=moment(row.reviewed_at) if row.reviewed_at else None,
        incident_reviewed_at=moment(let_go) if (let_go := row.incident_reviewed_at) else None,
        urgent_review=review_of(row.urgent_review) if row.urgent_review else None,
        correction=correction_of(row.correction) if row.correction else None,
        note_of=row.note_of,
        reply=reply_of(row.reply) if row.reply else None,
    )
