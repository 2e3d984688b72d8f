"""What waits is replaced by a newer version, or taken back for good: all of it in one transaction.

With the post goes whatever is asked about it: an approval, asked for or given, is void, and a hold
is over. Whoever waits for an answer is told afterwards; where that fails the sweep tells them.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from shared.posts.life import Post, step
from shared.recordlog.leaf import Act
from shared.records.approval import Approval, ApprovalState, TakenBack
from shared.records.approval_rows import approval_of, approval_row
from shared.records.errors import ApprovalClosedError
from shared.records.first_time import HeardBeforeError, first_time, keeping
from shared.records.hold import Hold, HoldRuling, Review
from shared.records.holds import closing
from shared.records.log import recording
from shared.records.pen import Pen
from shared.records.picture_uses import using
from shared.records.posts import moving, post_of, post_row
from shared.records.publications import nothing_sent
from shared.records.reading import one
from shared.records.tables import Tables
from shared.records.transaction import Raw, Write, commit, setting


@dataclass(frozen=True)
class Standing:
    """A version that has not gone out, the approval it waits for or was given, and the hold it
    waits in."""

    post: Post
    approval: Approval | None = None
    hold: Hold | None = None

    def after(self, back: TakenBack) -> "Standing":
        """The same once it is taken back; what was asked about it is void, and undelivered as long
        as somebody may wait for the answer."""
        post = replace(self.post, state=step(self.post.state, back.ending))
        approval = self.approval
        if approval is not None:
            heard = approval.state is ApprovalState.DECIDED and approval.delivered
            void = ApprovalState.VOID
            approval = replace(approval, state=void, taken_back=back, delivered=heard)
        hold = self.hold
        if hold is not None:
            ruling = HoldRuling(Review(back.ending.value), back.by, back.at)
            hold = replace(hold, ruling=ruling, delivered=False)
        return Standing(post, approval, hold)


class Replacing:
    """Where what waits is replaced or taken back."""

    def __init__(self, tables: Tables, pen: Pen) -> None:
        self._tables = tables
        self._pen = pen

    def supersede(
        self,
        standing: Standing,
        newer: Post,
        back: TakenBack,
        acts: Sequence[Act],
        idempotency_key: str | None = None,
        *,
        also: Sequence[Write] = (),
    ) -> tuple[Post, Standing | None]:
        """The newer version as it is kept, and what it took the place of as that stands now: None
        where the same key had brought it before. AlreadyExistsError if the version is taken,
        KeyReusedError; a ChangedError if it moved on since it was read.
        """
        after = standing.after(back)
        writes = [keeping(self._tables, newer, post_row(self._tables, newer)), *also]
        writes += using(self._tables, newer.draft.media, newer.post_id)
        if idempotency_key is not None:
            writes.insert(0, first_time(self._tables, newer, idempotency_key, back.at))
        try:
            self._commit([*writes, *self._closing(standing, after, back)], acts)
        except HeardBeforeError as before:
            row = one(self._tables.posts, before.post_id, before.version)
            return post_of(row), None
        return newer, after

    def withdraw(
        self, standing: Standing, back: TakenBack, reason: str, acts: Sequence[Act]
    ) -> Standing:
        """It is taken back for good; a ChangedError as `supersede`."""
        after = standing.after(back)
        after = replace(after, post=replace(after.post, reason=reason))
        self._commit(self._closing(standing, after, back), acts)
        return after

    def _closing(self, before: Standing, after: Standing, back: TakenBack) -> list[Write]:
        writes = [moving(self._tables, before.post, after.post, back.at)]
        writes += nothing_sent(self._tables, before.post)
        if before.approval and after.approval:
            writes.append(self._voiding(before.approval, after.approval))
        if after.hold:
            writes.append(closing(self._tables, after.hold))
        return writes

    def _voiding(self, before: Approval, after: Approval) -> Write:
        """The write that voids an approval, unless it was decided, or decided anew, since."""
        table = self._tables.approvals
        row = approval_row(self._tables, after)

        def refusal(raw: Raw | None) -> Exception:
            found = table.from_raw_data(raw) if raw else one(table, before.post_id, before.version)
            return ApprovalClosedError(before.name, approval_of(found).state)

        same = (table.state == before.state.value) & (table.content_hash == before.content_hash)
        return Write(row, same, refusal, setting(row, "state", "taken_back", "open", "waits_from"))

    def _commit(self, writes: list[Write], acts: Sequence[Act]) -> None:
        for act in acts:
            writes += recording(self._tables, self._pen, act)
        commit(self._tables.connection, writes)
