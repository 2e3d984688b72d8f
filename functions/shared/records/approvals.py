"""Approvals: asked in rounds, decided once, delivered to the state machine that waits.

The story: `open` (or `renew`) with a task token and links; `decide` moves approval and post in one
transaction, so that of two decisions one is made and the other told so; the token then wakes the
state machine, and `delivered` says so. Whatever stays `undelivered` is delivered by the sweep.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from pynamodb.exceptions import UpdateError
from pynamodb.expressions.condition import Condition

from shared.posts.errors import ContentChangedError
from shared.posts.life import Post, State, step
from shared.posts.names import PostId
from shared.recordlog.leaf import Act
from shared.records.approval import (
    LEADS_TO,
    Approval,
    ApprovalState,
    Asking,
    Link,
    Round,
    Ruling,
    new_approval,
)
from shared.records.approval_rows import UNDELIVERED, approval_of, approval_row
from shared.records.errors import (
    AlreadyDecidedError,
    AlreadyExistsError,
    ApprovalClosedError,
    ChangedError,
)
from shared.records.first_time import keeping
from shared.records.links import sending
from shared.records.log import recording
from shared.records.pen import Pen
from shared.records.posts import moving, post_row
from shared.records.reading import Key, fetch, one
from shared.records.spelling import written
from shared.records.tables import Tables
from shared.records.transaction import Raw, Write, commit, setting

ROUND = ("round", "asked", "ends_at", "task_token", "askings", "letters", "others")
"""What a further round of asking changes."""


class Approvals:
    """Where approvals are kept."""

    def __init__(self, tables: Tables, pen: Pen) -> None:
        self._tables = tables
        self._pen = pen

    def open(self, post: Post, first: Round, act: Act) -> Approval:
        """Ask for the first time, and let the post wait for it, in one transaction. Where it was
        asked before (a repeated task), as `renew` says. UnlawfulStepError for a post past asking.
        """
        approval = new_approval(post, first, act.at)
        taken = AlreadyExistsError("approval", approval.name)
        row = approval_row(self._tables, approval)
        put = Write(row, self._tables.approvals.post_id.does_not_exist(), lambda _: taken)
        waits = post
        if post.state is not State.AWAITING_APPROVAL:
            waits = replace(post, state=step(post.state, State.AWAITING_APPROVAL))
        try:
            self._commit([put, moving(self._tables, post, waits, act.at)], first.links, act)
        except AlreadyExistsError as error:
            if error is not taken:
                raise
            return self.renew(self.get(post.post_id, post.version), first, act)
        return approval

    def renew(self, approval: Approval, again: Round, act: Act) -> Approval:
        """Ask in a further round. If the ruling was made meanwhile it comes back with the new
        token, and the caller delivers it at once. ApprovalClosedError if it ended otherwise.
        """
        asking = replace(
            approval,
            round=again.number,
            asked=again.asked,
            ends_at=again.ends_at,
            task_token=again.task_token,
            askings=(*approval.askings, Asking(again.number, again.asked, act.at)),
            letters=tuple(link.link_hash for link in again.links),
            others=again.others,
        )
        if approval.state is ApprovalState.PENDING:
            write = self._change(asking, *ROUND)
            try:
                self._commit([write], again.links, act)
            except AlreadyDecidedError:
                pass  # what was decided is on record, and handed over below
            else:
                return asking
        found = self.get(approval.post_id, approval.version)
        if found.ruling is None:
            raise ApprovalClosedError(found.name, found.state)
        return self._hand_over(replace(found, task_token=again.task_token, delivered=False))

    def get(self, post_id: PostId, version: int) -> Approval:
        """What was asked about this version, or NotFoundError."""
        return approval_of(one(self._tables.approvals, post_id, version))

    def decide(self, post: Post, approval: Approval, ruling: Ruling, act: Act) -> Approval:
        """Decide, once: approval, post and leaf in one transaction. AlreadyDecidedError tells the
        second approver who was first; ApprovalClosedError, PostMovedError, ContentChangedError.
        """
        decided = replace(approval, state=ApprovalState.DECIDED, ruling=ruling, delivered=False)
        self._close(post, decided, LEADS_TO[ruling.decision], ruling.reason, act)
        return decided

    def edit(
        self, post: Post, approval: Approval, ruling: Ruling, newer: Post, acts: tuple[Act, Act]
    ) -> Approval:
        """Decide, once, by a version with other words, which takes the place of this one in the
        same transaction; the second of the acts is its submission. As `decide`; AlreadyExistsError
        if it is taken.
        """
        decided = replace(approval, state=ApprovalState.DECIDED, ruling=ruling, delivered=False)
        also = [keeping(self._tables, newer, post_row(self._tables, newer))]
        also += recording(self._tables, self._pen, acts[1])
        self._close(post, decided, LEADS_TO[ruling.decision], ruling.reason, acts[0], also=also)
        return decided

    def expire(self, post: Post, approval: Approval, act: Act) -> Approval:
        """Nobody decided in time. AlreadyDecidedError if somebody did after all."""
        expired = replace(approval, state=ApprovalState.EXPIRED)
        self._close(post, expired, State.EXPIRED, act.reason, act)
        return expired

    def void(self, post: Post, approval: Approval, act: Act) -> Approval:
        """The publication broke while it waited. AlreadyDecidedError if somebody decided."""
        void = replace(approval, state=ApprovalState.VOID)
        self._close(post, void, State.FAILED, act.reason, act)
        return void

    def delivered(self, approval: Approval) -> Approval:
        """The ruling has reached the state machine by this token. ChangedError if the machine has
        asked again since, and waits with another token.
        """
        table = self._tables.approvals
        done = replace(approval, delivered=True)
        same = table.task_token == approval.task_token
        self._touch(done, ("open", "waits_from"), same)
        return done

    def undelivered(self, before: datetime) -> tuple[Approval, ...]:
        """What was decided or taken back before `before`, and no state machine has heard of."""
        table = self._tables.approvals
        keys = table.by_state.query(UNDELIVERED, table.waits_from < written(before))
        found = fetch(
            self._tables.connection, [Key(table, (row.post_id, int(row.version))) for row in keys]
        )
        approvals = map(approval_of, found.values())
        return tuple(a for a in approvals if a.told is not None and not a.delivered)

    def _close(
        self,
        post: Post,
        closed: Approval,
        to: State,
        reason: str | None,
        act: Act,
        *,
        also: Sequence[Write] = (),
    ) -> None:
        moved = replace(post, state=step(post.state, to), reason=reason or post.reason)
        writes = [
            self._change(closed, "state", "ruling", "open", "waits_from"),
            moving(self._tables, post, moved, act.at),
            *also,
        ]
        self._commit(writes, (), act)

    def _change(self, after: Approval, *names: str) -> Write:
        """The write of these attributes, while the approval is pending and about these words."""
        table = self._tables.approvals
        row = approval_row(self._tables, after)
        pending = table.state == ApprovalState.PENDING.value
        free = pending & (table.content_hash == after.content_hash)
        return Write(row, free, lambda raw: self._refusal(after, raw), setting(row, *names))

    def _refusal(self, wanted: Approval, raw: Raw | None) -> Exception:
        table = self._tables.approvals
        row = table.from_raw_data(raw) if raw else one(table, wanted.post_id, wanted.version)
        found = approval_of(row)
        if found.ruling is not None and found.taken_back is None:
            ruling = found.ruling
            return AlreadyDecidedError(found.name, ruling.by, ruling.at, ruling.decision)
        if found.content_hash != wanted.content_hash:
            return ContentChangedError(wanted.content_hash, found.content_hash)
        return ApprovalClosedError(found.name, found.state)

    def _hand_over(self, late: Approval) -> Approval:
        """Give a ruling that was made between two rounds the token of the later one."""
        table = self._tables.approvals
        decided = table.state == ApprovalState.DECIDED.value
        self._touch(late, ("task_token", "open", "waits_from"), decided)
        return late

    def _touch(self, after: Approval, names: tuple[str, ...], condition: Condition) -> None:
        row = approval_row(self._tables, after)
        try:
            row.update(list(setting(row, *names)), condition)
        except UpdateError as error:
            raise ChangedError("approval", after.name, "was asked again") from error

    def _commit(self, writes: list[Write], links: tuple[Link, ...], act: Act) -> None:
        writes += sending(self._tables, links)
        writes += recording(self._tables, self._pen, act)
        commit(self._tables.connection, writes)
