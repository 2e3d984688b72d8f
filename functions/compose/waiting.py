"""What waits and has not gone out: how it stands, and telling whoever waits for an answer about it
that there is none to come."""

from contextlib import suppress
from dataclasses import dataclass

from compose.errors import NotReplaceableError
from shared.conductor.executions import Executions, NoAnswerError, NobodyWaitsError
from shared.posts.life import State
from shared.posts.names import PostId
from shared.records.approvals import Approvals
from shared.records.errors import RecordsError
from shared.records.holds import Holds
from shared.records.replacing import Standing
from shared.records.snapshot import Snapshots

WAITS = frozenset({State.SUBMITTED, State.AWAITING_APPROVAL, State.CLEARED, State.HELD})
"""States from which a post can still be replaced or taken back."""


@dataclass(frozen=True)
class Files:
    """What is on record about what waits."""

    snapshots: Snapshots
    approvals: Approvals
    holds: Holds

    def standing(self, post_id: PostId, version: int) -> Standing:
        """How a version stands, with what is asked about it; NotFoundError."""
        key = (post_id, version)
        found = self.snapshots.read(posts=[key], approvals=[key])
        post, approval = found.post(*key), found.approvals.get(key)
        hold = self.holds.find(*key) if post.state is State.HELD else None
        return Standing(post, approval, hold)


def check_waits(standing: Standing, wanted: str) -> None:
    """NotReplaceableError unless nothing of it went out, and nothing will before it is looked at
    again; `wanted` is what cannot be done with it."""
    post, hold = standing.post, standing.hold
    if post.state not in WAITS:
        raise NotReplaceableError(f"Version {post.version} is {post.state.value}; it {wanted}.")
    if hold and hold.partly:
        raise NotReplaceableError(
            "Some of it went out before it was held. Ring communications about the rest."
        )


def tell(taken: Standing, executions: Executions, files: Files) -> None:
    """Wake the state machine that waits for an answer; what fails here is found by the sweep."""
    approval, hold = taken.approval, taken.hold
    if hold and hold.ruling:
        with suppress(NoAnswerError, RecordsError):
            with suppress(NobodyWaitsError):  # its time was over just now
                executions.decided(hold.task_token, hold.ruling.decision.value)
            files.holds.delivered(hold)
    elif approval and approval.told and not approval.delivered:
        with suppress(NoAnswerError, RecordsError):
            with suppress(NobodyWaitsError):  # it asks again, and learns then how the post stands
                executions.decided(approval.task_token, approval.told)
            files.approvals.delivered(approval)
