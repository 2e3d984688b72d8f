"""Deletions: asked, decided, carried out target by target, concluded; each step with its leaf.

A post is taken away by one deletion at a time: asking puts a mark beside it, and whoever asks again
is told which deletion stands. From the moment a deletion is approved the mark keeps every claim and
every further attempt of that post back, in their own transactions (`deletion_marks`).

A target's row begins with its evidence. There is no way to mark it removed without one (P4).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from pynamodb.exceptions import UpdateError

from shared.posts.deletion import (
    OVER_FOR_NOTHING,
    Deletion,
    DeletionState,
    DeletionTarget,
    Version,
)
from shared.posts.names import PostId
from shared.recordlog.leaf import Act
from shared.records.deletion_entries import (
    deletion_of,
    head_row,
    item_of,
    target_of,
    target_row,
)
from shared.records.deletion_marks import mark_name
from shared.records.deletion_rows import HEAD, LISTED, MARK, MOVING, REVIEW
from shared.records.errors import (
    AlreadyAskedError,
    AlreadyExistsError,
    ChangedError,
    NotFoundError,
)
from shared.records.listing import LONGEST_LISTING, Listing, behind, cursor_behind
from shared.records.log import recording
from shared.records.pen import Pen
from shared.records.publication import Publication
from shared.records.publication_entries import changing
from shared.records.reading import Key, fetch, one, possible
from shared.records.tables import Tables
from shared.records.transaction import Raw, Write, commit, setting

MOST_POSTS = 40
"""Of one deletion: with its marks and its leaf it is one transaction."""


@dataclass(frozen=True)
class Whole:
    """A deletion with all its targets that evidence was kept of."""

    deletion: Deletion
    targets: tuple[DeletionTarget, ...] = ()
    task_token: str | None = None


class Deletions:
    """Where deletions are kept."""

    def __init__(self, tables: Tables, pen: Pen) -> None:
        self._tables = tables
        self._pen = pen

    def ask(self, deletion: Deletion, act: Act) -> None:
        """On record, with a mark beside each post; AlreadyAskedError carries the one that stands
        for one of them, AlreadyExistsError."""
        taken = AlreadyExistsError("deletion", deletion.deletion_id)
        table = self._tables.deletions
        head = head_row(self._tables, deletion)
        put = Write(head, table.deletion_id.does_not_exist(), lambda _: taken)
        marks = [self._mark(deletion, each) for each in deletion.posts]
        self._commit([put, *marks], act)

    def get(self, deletion_id: str) -> Deletion:
        """The deletion, or NotFoundError."""
        return deletion_of(one(self._tables.deletions, deletion_id, HEAD))

    def whole(self, deletion_id: str) -> Whole:
        """The deletion and its targets, in one query; NotFoundError."""
        if not possible(deletion_id) or deletion_id.startswith("post:"):
            raise NotFoundError("deletion", deletion_id)
        rows = list(self._tables.deletions.query(deletion_id, consistent_read=True))
        heads = [row for row in rows if row.item == HEAD]
        if not heads:
            raise NotFoundError("deletion", deletion_id)
        targets = tuple(target_of(row) for row in rows if row.item != HEAD)
        return Whole(deletion_of(heads[0]), targets, heads[0].task_token)

    def target(
        self, deletion_id: str, post_id: PostId, version: int, place: str
    ) -> DeletionTarget | None:
        """One target, None where no evidence of it was kept yet."""
        key = Key(self._tables.deletions, (deletion_id, item_of(post_id, version, place)))
        row = fetch(self._tables.connection, [key]).get(key)
        return target_of(row) if row else None

    def standing(self, post_id: PostId, version: int) -> str | None:
        """Which deletion is the last that was asked for about this version, if any was."""
        key = Key(self._tables.deletions, (mark_name(post_id, version), MARK))
        row = fetch(self._tables.connection, [key]).get(key)
        return row.entry if row else None

    def moving(self, limit: int = LONGEST_LISTING) -> tuple[Deletion, ...]:
        """What a state machine has to be at, longest first."""
        return self._open(MOVING, limit)

    def unreviewed(self, limit: int = LONGEST_LISTING) -> tuple[Deletion, ...]:
        """What was begun at once, is over, and was not looked at since."""
        return self._open(REVIEW, limit)

    def all(self, cursor: str | None = None, limit: int = 20) -> Listing[Deletion]:
        """A part of all deletions, newest first; InvalidCursorError."""
        table = self._tables.deletions
        limit = max(1, min(limit, LONGEST_LISTING))
        start = table.deletion_id < behind(cursor) if cursor else None
        keys = table.in_order.query(LISTED, start, scan_index_forward=False, limit=limit + 1)
        ids = [row.deletion_id for row in keys]
        shown = self._several(ids[:limit])
        return Listing(shown, cursor_behind(ids[limit - 1]) if len(ids) > limit else None)

    def wait(self, deletion_id: str, task_token: str) -> Deletion:
        """The machine waits for the decision with this token; the deletion as it stands, which may
        be decided by now. NotFoundError."""
        table = self._tables.deletions
        row = table(deletion_id=deletion_id, item=HEAD, entry="", task_token=task_token)
        try:
            row.update(list(setting(row, "task_token")), table.deletion_id.exists())
        except UpdateError as error:
            raise NotFoundError("deletion", deletion_id) from error
        return self.get(deletion_id)

    def change(self, before: Deletion, after: Deletion, act: Act) -> None:
        """Decided, expired, concluded or reviewed, with what that means for each post's mark.
        ChangedError if it is not as it was read."""
        writes = [self._changing(before, after)]
        if after.state is not before.state:
            writes += self._marks(after)
        self._commit(writes, act)

    def keep_evidence(self, target: DeletionTarget, act: Act) -> DeletionTarget:
        """The first thing on record of a target; what is there already comes back."""
        table = self._tables.deletions
        taken = AlreadyExistsError("deletion", target.deletion_id)
        free = table.deletion_id.does_not_exist()
        try:
            self._commit([Write(target_row(self._tables, target), free, lambda _: taken)], act)
        except AlreadyExistsError:
            which = (target.post_id, target.version, target.place)
            return self.target(target.deletion_id, *which) or target
        return target

    def advance(
        self,
        before: DeletionTarget,
        after: DeletionTarget,
        act: Act,
        publication: tuple[Publication, Publication] | None = None,
    ) -> None:
        """A target a step further, with its publication as it was and is; ChangedError,
        PublicationMovedError if either is not as it was read."""
        table = self._tables.deletions
        row, was = target_row(self._tables, after), target_row(self._tables, before)
        changed = ChangedError("deletion", before.deletion_id, "moved on meanwhile")
        same = table.entry == was.entry
        writes = [Write(row, same, lambda _: changed, setting(row, "entry"))]
        if publication is not None:
            writes.append(changing(self._tables, *publication))
        self._commit(writes, act)

    def _mark(self, deletion: Deletion, of: Version) -> Write:
        table = self._tables.deletions
        begun = deletion.state is DeletionState.APPROVED
        row = table(
            deletion_id=mark_name(of.post_id, of.version),
            item=MARK,
            entry=deletion.deletion_id,
            begun=begun,
            open=MARK,
        )
        free = table.deletion_id.does_not_exist() | table.open.does_not_exist()

        def refusal(raw: Raw | None) -> Exception:
            return AlreadyAskedError(raw["entry"]["S"] if raw else "")

        return Write(row, free, refusal)

    def _marks(self, after: Deletion) -> list[Write]:
        """Each post's mark: nothing is sent any more once it has begun, and where nothing came of
        it, it may be asked for again."""
        table = self._tables.deletions
        over = after.state in OVER_FOR_NOTHING
        changed = ChangedError("deletion", after.deletion_id, "stands no more")
        writes = []
        for each in after.posts:
            row = table(
                deletion_id=mark_name(each.post_id, each.version),
                item=MARK,
                entry=after.deletion_id,
                begun=not over,
                open=None if over else MARK,
            )
            ours = table.entry == after.deletion_id
            writes.append(Write(row, ours, lambda _: changed, setting(row, "begun", "open")))
        return writes

    def _changing(self, before: Deletion, after: Deletion) -> Write:
        table = self._tables.deletions
        row, was = head_row(self._tables, after), head_row(self._tables, before)
        changed = ChangedError("deletion", before.deletion_id, "moved on meanwhile")
        same = table.entry == was.entry
        return Write(row, same, lambda _: changed, setting(row, "entry", "open", "asked_at"))

    def _open(self, how: str, limit: int) -> tuple[Deletion, ...]:
        keys = self._tables.deletions.by_open.query(how, limit=limit)
        return self._several([row.deletion_id for row in keys])

    def _several(self, ids: Sequence[str]) -> tuple[Deletion, ...]:
        wanted = [Key(self._tables.deletions, (each, HEAD)) for each in ids]
        found = fetch(self._tables.connection, wanted)
        return tuple(deletion_of(found[key]) for key in wanted if key in found)

    def _commit(self, writes: list[Write], act: Act) -> None:
        commit(self._tables.connection, [*writes, *recording(self._tables, self._pen, act)])
