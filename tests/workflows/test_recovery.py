"""What dies between its write and the token it should have used is made good within a minute.

Nobody calls the sweep here: it comes by its own schedule, once the clock is a minute on.
"""

from datetime import timedelta

import pytest

from local.force import COMMS
from shared.posts.life import State
from shared.records.approval import Decision, Ruling, Way
from shared.records.hold import Review
from tests.builders import an_act
from tests.workflows.force import WATCHED, a_force, eventually
from tests.workflows.holding import hold_of, holds, review, take_back

A_MINUTE = timedelta(minutes=1)


@pytest.fixture(scope="module")
def force():
    with a_force() as force:
        yield force


@pytest.fixture
def within_a_minute(force):
    """Turn the clock by a minute and wait; what happens then happened by that one minute."""

    def within_a_minute(post_id, *states):
        begun = force.stack.clock.offset
        force.stack.clock.advance(A_MINUTE)
        state = force.until(post_id, *states)
        assert force.stack.clock.offset - begun == A_MINUTE
        return state

    return within_a_minute


def decide_and_die(force, post_id, decision):
    """As if the function died between its write and the use of the task token."""
    at = force.stack.clock.now()
    ruling = Ruling(decision, COMMS.person_id, at, Way.LINK, "Say where.")
    approval = force.approvals.get(post_id, 1)
    return force.approvals.decide(force.posts.get(post_id), approval, ruling, an_act(at=at))


def test_an_approval_whose_approver_s_request_died_goes_out_within_a_minute(force, within_a_minute):
    post_id = force.submit("Approved, and then silence.", WATCHED)
    force.letter(post_id)

    decide_and_die(force, post_id, Decision.APPROVE)

    assert force.state(post_id) is State.CLEARED
    assert within_a_minute(post_id) is State.PUBLISHED
    assert force.published("Approved, and then silence.") == 1
    assert force.ended(post_id)[-1] == "Published"


@pytest.mark.parametrize(
    ("decision", "ending"),
    [(Decision.RETURN, "Returned"), (Decision.REJECT, "Rejected")],
)
def test_what_was_turned_down_in_silence_ends_by_its_name_within_a_minute(
    force, within_a_minute, decision, ending
):
    post_id = force.submit(f"To {decision.value} in silence.", WATCHED)
    force.letter(post_id)

    decided = decide_and_die(force, post_id, decision)
    within_a_minute(post_id)

    assert force.ended(post_id)[-1] == ending
    eventually(lambda: force.approvals.get(post_id, 1).delivered)
    assert force.approvals.get(post_id, 1).ruling == decided.ruling


def test_a_review_of_a_held_post_that_died_lets_it_go_within_a_minute(force, within_a_minute):
    due = force.stack.clock.now() + timedelta(hours=1)
    post_id = force.submit("Held, let go, and then silence.", not_before=due.isoformat())
    force.until(post_id, State.CLEARED)
    force.turn(hours=4)
    hold_of(force, post_id)

    review(force, post_id, Review.RELEASE, wake=False)

    assert within_a_minute(post_id) is State.PUBLISHED
    assert force.ended(post_id)[-1] == "Published"
    assert eventually(lambda: holds(force).get(post_id, 1).delivered)


@pytest.mark.parametrize(
    ("ending", "name"), [(State.WITHDRAWN, "Withdrawn"), (State.SUPERSEDED, "Superseded")]
)
def test_what_is_taken_back_in_silence_lets_its_machine_go_within_a_minute(
    force, within_a_minute, ending, name
):
    post_id = force.submit(f"Asked about and {ending.value} in silence.", WATCHED)
    force.letter(post_id)

    take_back(force, post_id, ending, wake=False)
    within_a_minute(post_id)

    assert force.ended(post_id)[-1] == name
