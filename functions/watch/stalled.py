"""Finds work that a crash left behind and sends it on its way again (P3).

A post whose execution was never started is started: executions are named, so one that runs is not
started twice. A ruling that never reached its state machine is delivered. A post whose execution
has ended without writing an ending is stuck, and an alarm is raised by name.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from shared.conductor.executions import (
    ExecutionOverError,
    Executions,
    NoAnswerError,
    NobodyWaitsError,
)
from shared.posts.life import State
from shared.records.approvals import Approvals
from shared.records.errors import ChangedError
from shared.records.posts import Posts

PATIENCE = timedelta(seconds=30)
"""A crash is assumed after this long; what is merely slow is harmlessly asked again."""

MOVING = frozenset({State.SUBMITTED, State.CLEARED, State.RELEASED})
"""States that an execution leaves by itself. Who waits for an approval waits for people, and what
is uncertain raised its alarm when its execution ended."""


class StuckError(Exception):
    """Posts whose execution ended without an ending; raising it rings the alarm."""


@dataclass(frozen=True)
class Resumed:
    """How many publications were started and rulings delivered."""

    started: int
    delivered: int


def resume_stalled(
    posts: Posts, approvals: Approvals, executions: Executions, now: datetime
) -> Resumed:
    """Send on what stalled; StuckError names what cannot be sent on."""
    started, stuck = 0, []
    for post in posts.stalled(now - PATIENCE):
        if post.state not in MOVING:
            continue
        try:
            executions.start(post.post_id, post.version)
            started += 1
        except ExecutionOverError:
            if posts.get(post.post_id, post.version).state is post.state:  # not ended meanwhile
                stuck.append(f"{post.post_id} v{post.version}")
        except NoAnswerError:
            continue  # the next sweep is a minute away
    delivered = sum(_delivered(approvals, executions, now))
    if stuck:
        raise StuckError("These posts ended without an ending: " + ", ".join(stuck))
    return Resumed(started, delivered)


def _delivered(approvals: Approvals, executions: Executions, now: datetime) -> list[bool]:
    results = []
    for approval in approvals.undelivered(now - PATIENCE):
        if approval.ruling is None:
            continue
        try:
            executions.decided(approval.task_token, approval.ruling.decision.value)
            approvals.delivered(approval)
            results.append(True)
        except (NobodyWaitsError, NoAnswerError, ChangedError):
            results.append(False)  # a later round hands the ruling over, or the next sweep does
    return results
