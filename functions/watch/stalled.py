"""Finds work that a crash left behind and sends it on its way again (P3).

A post whose execution was never started is started: executions are named, so one that runs is not
started twice. A decision or a review that never reached its state machine is delivered, at the
next sweep: whoever makes one delivers it in the same breath, so one that is found here was left
behind, and one that is delivered twice does no harm, because a token works once. If nobody waits
for it and the machine has ended, it was heard, and only the note of that was lost. A post whose
execution has ended without writing an ending is stuck, and an alarm is raised by name.
"""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from shared.conductor.executions import (
    ExecutionOverError,
    Executions,
    NoAnswerError,
    NobodyWaitsError,
)
from shared.posts.life import TAKEN_BACK, State
from shared.posts.names import PostId
from shared.records.approvals import Approvals
from shared.records.errors import ChangedError
from shared.records.holds import Holds
from shared.records.posts import Posts

PATIENCE = timedelta(seconds=30)
"""A crash is assumed after this long; what is merely slow is harmlessly asked again."""

MOVING = frozenset({State.SUBMITTED, State.CLEARED, State.RELEASED})
"""States that an execution leaves by itself. What waits for an approval or a review waits for
people, and what is uncertain raised its alarm when its execution ended."""


class StuckError(Exception):
    """Posts whose execution ended without an ending; raising it rings the alarm."""


@dataclass(frozen=True)
class Resumed:
    """How many publications were started and answers delivered."""

    started: int
    delivered: int


@dataclass(frozen=True)
class Desk:
    """What the sweep looks through, and the conductor it sends things on by."""

    posts: Posts
    approvals: Approvals
    holds: Holds
    executions: Executions


def resume_stalled(desk: Desk, now: datetime) -> Resumed:
    """Send on what stalled; StuckError names what cannot be sent on."""
    started, stuck = 0, []
    for post in desk.posts.stalled(now - PATIENCE):
        if post.state not in MOVING:
            continue
        try:
            desk.executions.start(post.post_id, post.version)
            started += 1
        except ExecutionOverError:
            found = desk.posts.get(post.post_id, post.version)
            if found.state is post.state:  # not ended meanwhile
                stuck.append(f"{post.post_id} v{post.version}")
        except NoAnswerError:
            continue  # the next sweep is a minute away
    delivered = sum(_deliver(answer, desk.executions) for answer in _undelivered(desk, now))
    if stuck:
        raise StuckError("These posts ended without an ending: " + ", ".join(stuck))
    return Resumed(started, delivered)


@dataclass(frozen=True)
class Answer:
    """What somebody said about a version, the token that waits for it, and how to note that it was
    heard; the last thing to be said about a post is not handed over by a later round."""

    post_id: PostId
    version: int
    token: str
    told: str
    heard: Callable[[], object]
    is_last: bool = False


def _undelivered(desk: Desk, now: datetime) -> Iterator[Answer]:
    for approval in desk.approvals.undelivered(now):
        if approval.told is not None:
            noted = partial(desk.approvals.delivered, approval)
            is_last = approval.taken_back is not None
            about = approval.post_id, approval.version
            yield Answer(*about, approval.task_token, approval.told, noted, is_last)
    for hold in desk.holds.undelivered(now):
        if hold.ruling is not None:
            told, heard = hold.ruling.decision.value, partial(desk.holds.delivered, hold)
            about = hold.post_id, hold.version
            yield Answer(*about, hold.task_token, told, heard, told in TAKEN_BACK)


def _deliver(answer: Answer, executions: Executions) -> bool:
    try:
        executions.decided(answer.token, answer.told)
        answer.heard()
    except NobodyWaitsError:
        # Whoever asks once more reads how the post stands; a machine that is over asks no more.
        if answer.is_last or _is_over(answer, executions):
            with suppress(ChangedError):
                answer.heard()
        return False
    except (NoAnswerError, ChangedError):
        return False  # a later round hands it over, or the next sweep does
    return True


def _is_over(answer: Answer, executions: Executions) -> bool:
    """Whether its machine has ended; one that runs is not started twice."""
    try:
        executions.start(answer.post_id, answer.version)
    except ExecutionOverError:
        return True
    except NoAnswerError:
        return False
    return False
