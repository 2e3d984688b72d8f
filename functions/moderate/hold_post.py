"""The machine begins to wait for the review of a post that the last look held.

The hold is on record before the author's letter leaves, with the token that wakes the machine. A
repeated task finds the hold there and waits with its own token, or with the answer that came
meanwhile; a post that was taken back meanwhile is not held any more.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from moderate.tell_author import Desk as Letters
from moderate.tell_author import write_to_author
from shared.conductor.executions import Executions, NobodyWaitsError
from shared.mail.letters import Event
from shared.posts.acts import Happened
from shared.posts.life import ENDINGS, Post, State
from shared.posts.names import PostId
from shared.recordlog.canonical import JSON
from shared.recordlog.leaf import Act
from shared.records.acts import act_on
from shared.records.errors import AlreadyExistsError, PostMovedError
from shared.records.hold import Hold, Why, new_hold
from shared.records.holds import Holds

LONGEST = timedelta(days=30)
"""The machine's own time-out: nobody sends out by then what waited so long."""


@dataclass(frozen=True)
class Order:
    """What the last look found, and the token that the machine waits with."""

    why: Why
    reason: str
    incident: str | None
    partly: bool
    token: str = field(repr=False)


@dataclass(frozen=True)
class Desk:
    """What holding needs."""

    holds: Holds
    executions: Executions
    letters: Letters


def hold_post(post_id: PostId, version: int, order: Order, desk: Desk, now: datetime) -> None:
    """Hold it; or answer at once, where there is nothing to wait for any more."""
    post = desk.letters.posts.get(post_id, version)
    before = desk.holds.find(post_id, version)
    if before and (post.state is State.HELD or (before.ruling and not before.delivered)):
        return _go_on(desk.holds.renew(before, order.token), desk)
    if post.state in ENDINGS:
        return _wake(order.token, post.state.value, desk)
    hold = new_hold(
        post,
        order.why,
        at=now,
        ends_at=now + LONGEST,
        task_token=order.token,
        incident=order.incident,
        partly=order.partly,
    )
    try:
        held = desk.holds.open(post, hold, _act(post, hold, order.reason, now))
    except (PostMovedError, AlreadyExistsError):  # taken back, or held, this very moment
        return hold_post(post_id, version, order, desk, now)
    return write_to_author(held, Event.HELD, desk.letters, now)


def _go_on(hold: Hold, desk: Desk) -> None:
    """Wait for the review; or deliver it, if it was made before this task began."""
    if hold.ruling is not None:
        _wake(hold.task_token, hold.ruling.decision.value, desk)
        desk.holds.delivered(hold)


def _wake(token: str, decision: str, desk: Desk) -> None:
    try:
        desk.executions.decided(token, decision)
    except NobodyWaitsError:
        return  # a later task waits by now, and comes here itself


def _act(post: Post, hold: Hold, reason: str, now: datetime) -> Act:
    payload: dict[str, JSON] = {
        "incident": hold.incident,
        "partly_out": hold.partly,
        "state_before": post.state.value,
        "why": hold.why.value,
    }
    return act_on(post, Happened.HELD, now, payload, reason=reason)
