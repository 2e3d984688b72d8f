"""A post is taken back by its author or the centre, once, while nothing of it is out."""

from datetime import timedelta

import pytest

from compose.errors import MayNotChangeError, NotReplaceableError, ReasonMissingError
from compose.withdraw import withdraw
from shared.accounts.registry import PersonStatus, Role
from shared.conductor.executions import NoAnswerError
from shared.posts.life import State
from shared.records.approval import Approval, ApprovalState
from shared.records.errors import NotFoundError
from shared.records.hold import Review, Why, new_hold
from tests.builders import NOW, a_person, a_post, an_approval, an_approver
from tests.unit.compose.desks import a_desk

AUTHOR, LATER = a_person(), NOW + timedelta(days=9)
WAITING = {State.SUBMITTED, State.AWAITING_APPROVAL, State.CLEARED, State.HELD}


def take_back(desk, post, *, by=AUTHOR, reason="It is called off."):
    return withdraw(post.post_id, post.version, reason, person=by, desk=desk, now=NOW)


@pytest.mark.parametrize("state", [State.SUBMITTED, State.CLEARED])
def test_what_waits_for_nobody_is_taken_back_and_says_why(state):
    post = a_post(state=state)
    ledger, conductor, desk = a_desk(post)

    taken = take_back(desk, post)

    assert (taken.state, taken.reason) == (State.WITHDRAWN, "It is called off.")
    assert ledger.posts.get(post.post_id) == taken
    assert ledger.happened == ["post.withdrawn"]
    assert (ledger.acts[0].actor, ledger.acts[0].reason) == ("pc-okafor", "It is called off.")
    assert conductor.started == conductor.delivered == []


def test_what_was_asked_about_it_is_void_and_whoever_waits_is_told():
    post = a_post(state=State.AWAITING_APPROVAL)
    ledger, conductor, desk = a_desk(post, an_approval(post))

    take_back(desk, post)

    kept = ledger.rows[Approval, post.post_id, 1]
    assert (kept.state, kept.told, kept.delivered) == (ApprovalState.VOID, "withdrawn", True)
    assert ledger.happened == ["post.withdrawn", "approval.voided"]
    assert conductor.delivered == [("token-1", "withdrawn")]


def test_whoever_cannot_be_told_is_left_to_the_sweep():
    post = a_post(state=State.AWAITING_APPROVAL)
    ledger, _, desk = a_desk(post, an_approval(post), fault=NoAnswerError("No answer."))

    take_back(desk, post)

    (left,) = ledger.approvals.undelivered(NOW + timedelta(seconds=1))
    assert left.told == "withdrawn"


def test_what_is_held_is_taken_back_and_the_machine_is_told():
    post = a_post(state=State.HELD)
    hold = new_hold(post, Why.INCIDENT, at=NOW, ends_at=LATER, task_token="held")
    ledger, conductor, desk = a_desk(post, hold)

    assert take_back(desk, post).state is State.WITHDRAWN
    assert ledger.holds.get(post.post_id, 1).ruling.decision is Review.WITHDRAWN
    assert conductor.delivered == [("held", "withdrawn")]


def test_what_is_partly_out_is_not_taken_back_here():
    post = a_post(state=State.HELD)
    hold = new_hold(post, Why.INCIDENT, at=NOW, ends_at=LATER, task_token="held", partly=True)
    ledger, _, desk = a_desk(post, hold)

    with pytest.raises(NotReplaceableError, match="Ring communications"):
        take_back(desk, post)
    assert ledger.acts == []


@pytest.mark.parametrize(
    ("who", "may"),
    [
        (AUTHOR, True),
        (an_approver(), True),
        (an_approver(role=Role.CORPORATE), True),
        (a_person("pc-else"), False),
        (a_person("cmdr", role=Role.LPT_COMMANDER), False),
        (a_person(status=PersonStatus.AWAY), False),
        (an_approver(status=PersonStatus.SUSPENDED), False),
        (a_person("auditor", role=Role.AUDITOR), False),
    ],
)
def test_its_author_and_the_centre_take_a_post_back_and_nobody_else(who, may):
    post = a_post()
    ledger, _, desk = a_desk(post)

    if may:
        assert take_back(desk, post, by=who).state is State.WITHDRAWN
    else:
        with pytest.raises(MayNotChangeError):
            take_back(desk, post, by=who)
        assert ledger.acts == []


@pytest.mark.parametrize("state", sorted(set(State) - WAITING - {State.WITHDRAWN}))
def test_what_is_going_out_or_has_ended_is_not_taken_back(state):
    post = a_post(state=state)
    ledger, _, desk = a_desk(post)

    with pytest.raises(NotReplaceableError, match=state.value):
        take_back(desk, post)
    assert ledger.acts == []


def test_a_second_click_changes_nothing():
    post = a_post()
    ledger, _, desk = a_desk(post)

    first, second = take_back(desk, post), take_back(desk, post, reason="")

    assert first == second
    assert ledger.happened == ["post.withdrawn"]


@pytest.mark.parametrize("reason", ["", " \n "])
def test_nothing_is_taken_back_without_a_reason(reason):
    post = a_post()
    ledger, _, desk = a_desk(post)

    with pytest.raises(ReasonMissingError):
        take_back(desk, post, reason=reason)
    assert ledger.acts == []


def test_a_version_nobody_wrote_is_not_there():
    _, _, desk = a_desk()

    with pytest.raises(NotFoundError):
        take_back(desk, a_post())
