"""What happens to posts before they leave: incidents, reviews, and being taken back."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from typing import Any

from local.force import COMMS
from shared.accounts.incident import Event, Incident, Telling
from shared.conductor.executions import Executions
from shared.posts.life import Post, State
from shared.posts.names import PostId
from shared.records.approval import TakenBack
from shared.records.hold import Hold, HoldRuling, Review
from shared.records.holds import Holds
from shared.records.incidents import Incidents
from shared.records.replacing import Replacing, Standing
from tests.builders import an_act, an_incident
from tests.workflows.force import Force, eventually

SEQUENCE = iter(range(1, 1000))


def holds(force: Force) -> Holds:
    """Where holds are kept."""
    return Holds(force.stack.tables, force.pen)


def executions(force: Force) -> Executions:
    """The conductor of the running stack."""
    return Executions(lambda: force.stack.aws.client("stepfunctions"))


def hold_of(force: Force, post_id: PostId) -> Hold:
    """Its hold, once it is held."""
    force.until(post_id, State.HELD)
    return eventually(lambda: holds(force).find(post_id, 1) or False)


@contextmanager
def an_incident_lasting(force: Force, **changes: Any) -> Iterator[Incident]:
    """A critical incident that is stood down at the end, whatever happened."""
    incidents, now = Incidents(force.stack.tables, force.pen), force.stack.clock.now
    incident = an_incident(f"INCIDENT-{next(SEQUENCE)}", declared_at=now(), **changes)
    incidents.declare(incident, an_act("incident.declared", at=now()))
    incident = _told(incidents, incident, Event.DECLARED, now())
    try:
        yield incident
    finally:
        over = replace(
            incident, stood_down_by=COMMS.person_id, stood_down_at=now(), stood_down_why="Over."
        )
        incidents.stand_down(incident, over, an_act("incident.stood_down", at=now()))
        _told(incidents, over, Event.STOOD_DOWN, now())
        force.turn(seconds=2)  # the functions' clocks differ by milliseconds, as in the cloud


def _told(incidents: Incidents, incident: Incident, event: Event, at: datetime) -> Incident:
    """Nobody is told here; without a record of it, the sweep would try."""
    return incidents.told(
        incident, Telling(event, None, None, at, 0), an_act("incident.told", at=at)
    )


def review(force: Force, post_id: PostId, decision: Review, *, wake: bool = True) -> Hold:
    """Say what becomes of a held post; `wake` as long as nobody dies in between."""
    hold, at = hold_of(force, post_id), force.stack.clock.now()
    ruling = HoldRuling(decision, COMMS.person_id, at, "Say where.")
    post, act = force.posts.get(post_id), an_act("post.reviewed", at=at)
    reviewed = holds(force).review(post, hold, ruling, act)
    if wake:
        executions(force).decided(hold.task_token, decision.value)
        holds(force).delivered(reviewed)
    return reviewed


def take_back(force: Force, post_id: PostId, ending: State, *, wake: bool = True) -> None:
    """Withdraw a post, or let a newer version take its place, and wake whoever waits for it."""
    post, at = force.posts.get(post_id), force.stack.clock.now()
    standing = _standing(force, post)
    back, acts = TakenBack(ending, post.author, at), [an_act(f"post.{ending.value}", at=at)]
    replacing = Replacing(force.stack.tables, force.pen)
    if ending is State.WITHDRAWN:
        replacing.withdraw(standing, back, "It is not so.", acts)
    else:
        newer = replace(post, version=post.version + 1, state=State.RETURNED, submitted_at=at)
        replacing.supersede(standing, newer, back, acts)
    waiting = standing.hold or standing.approval
    if wake and waiting is not None:
        executions(force).decided(waiting.task_token, ending.value)


def _standing(force: Force, post: Post) -> Standing:
    key = post.post_id, post.version
    waits = post.state is State.AWAITING_APPROVAL
    approval = force.approvals.get(*key) if waits else None
    hold = holds(force).find(*key) if post.state is State.HELD else None
    return Standing(post, approval, hold)
