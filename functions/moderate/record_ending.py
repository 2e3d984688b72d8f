"""Write down that a post expired undecided or broke on its way, and tell its author.

What broke after its release is uncertain: a platform may have taken it. What somebody said in the
last moment counts: a decision about an approval, a review of a hold, or that it was taken back.
"""

from dataclasses import dataclass
from datetime import datetime

from moderate.tell_author import LETTERS, Desk, write_to_author
from shared.posts.acts import Happened
from shared.posts.life import ENDINGS, TAKEN_BACK, Post, State
from shared.posts.names import PostId
from shared.recordlog.leaf import Act
from shared.records.acts import act_on
from shared.records.approval import Approval, ApprovalState
from shared.records.errors import (
    AlreadyDecidedError,
    AlreadyReviewedError,
    ApprovalClosedError,
    PostMovedError,
)
from shared.records.hold import Hold, Review
from shared.records.holds import Holds

NONE = "none"
"""What the state machine is told where nobody decided."""

WHY = {
    State.EXPIRED: "Nobody decided in time.",
    State.FAILED: "A step broke; the centre was alarmed.",
    State.UNCERTAIN: "A step broke after its release; the platforms show what is out.",
}
NOT_REVIEWED = "Nobody said in time whether it should still go out."

MOVED = (AlreadyDecidedError, AlreadyReviewedError, ApprovalClosedError, PostMovedError)
"""Somebody was first, this very moment; it is looked at again."""


@dataclass(frozen=True)
class Standing:
    """How a post stands, with what was asked about it."""

    post: Post
    approval: Approval | None
    hold: Hold | None

    @property
    def has_ended(self) -> bool:
        """Whether there is nothing to write down any more, or a person has to look already."""
        return self.post.state in ENDINGS or self.post.state is State.UNCERTAIN

    @property
    def may_be_out(self) -> bool:
        """Whether some of it is on a platform, or may be."""
        return self.post.state is State.RELEASED or (self.hold is not None and self.hold.partly)

    @property
    def said(self) -> str | None:
        """What somebody said about it last, as the machine is told; None while they are asked."""
        if self.post.state in TAKEN_BACK:
            return self.post.state.value
        if self.hold is not None:
            return self.hold.ruling.decision.value if self.hold.ruling else None
        return self.approval.told if self.approval else None


def record_ending(
    post_id: PostId, version: int, ending: State, *, desk: Desk, holds: Holds, now: datetime
) -> str:
    """`none`, or what was said in the last moment and still counts."""
    found = desk.snapshots.read(posts=[(post_id, version)], approvals=[(post_id, version)])
    standing = Standing(
        found.post(post_id, version),
        found.approvals.get((post_id, version)),
        holds.find(post_id, version),
    )
    if ending is State.EXPIRED and standing.said:
        return standing.said
    if standing.has_ended:
        return NONE
    try:
        is_over = _close(standing, ending, desk, holds, now)
    except MOVED:
        return record_ending(post_id, version, ending, desk=desk, holds=holds, now=now)
    if not is_over:
        return Review.RETURN.value
    if not standing.may_be_out:
        write_to_author(standing.post, LETTERS[ending], desk, now)
    return NONE


def _close(standing: Standing, ending: State, desk: Desk, holds: Holds, now: datetime) -> bool:
    """Whether the post has its ending; one that expired on hold, and is partly out, has it when
    its targets are counted."""
    post, approval, hold = standing.post, standing.approval, standing.hold
    why = WHY[ending]
    if standing.may_be_out and (ending is State.FAILED or post.state is State.RELEASED):
        ending, why = State.UNCERTAIN, WHY[State.UNCERTAIN]
    elif ending is State.EXPIRED and hold is not None:
        why = NOT_REVIEWED
    act = _act(post, ending, now, why)
    if hold is not None and hold.waits:
        return holds.expire(post, hold, act, ending).state is ending
    if hold is not None and ending is State.EXPIRED:
        return False  # a repeated call; it is partly out
    if approval and approval.state is ApprovalState.PENDING and ending is not State.UNCERTAIN:
        close = desk.approvals.expire if ending is State.EXPIRED else desk.approvals.void
        close(post, approval, act)
    else:
        desk.posts.move(post, ending, act, reason=why)
    return True


def _act(post: Post, ending: State, now: datetime, why: str) -> Act:
    happened = Happened.EXPIRED if ending is State.EXPIRED else Happened.BROKEN
    return act_on(post, happened, now, {"state_before": post.state.value}, reason=why)
