"""What a crash left behind is sent on its way again, and what cannot be is told by name."""

from dataclasses import replace
from datetime import timedelta

import pytest

from shared.conductor.executions import ExecutionOverError, NoAnswerError, NobodyWaitsError
from shared.posts.life import ENDINGS, TAKEN_BACK, State
from shared.posts.names import PersonId
from shared.records.approval import ApprovalState, Decision, Ruling, TakenBack, Way
from shared.records.hold import HoldRuling, Review
from tests.builders import NOW, a_hold, a_post, an_approval
from tests.unit.fakes import Conductor, Ledger
from watch.stalled import PATIENCE, Desk, Resumed, StuckError, resume_stalled

A_SECOND = timedelta(seconds=1)
LATE = NOW + PATIENCE + A_SECOND


class Executions(Conductor):
    """A conductor to whom some executions are over, and some tokens nobody's."""

    def __init__(self, over=(), silent=(), unwanted=()):
        super().__init__()
        self.over, self.silent, self.unwanted = over, silent, unwanted

    def start(self, post_id, version):
        if post_id in self.silent:
            raise NoAnswerError("No answer.")
        if post_id in self.over:
            raise ExecutionOverError("It is over.")
        super().start(post_id, version)

    def decided(self, task_token, decision):
        if task_token in self.unwanted:
            raise NobodyWaitsError("Nobody waits.")
        super().decided(task_token, decision)


def a_ruled(post, decision=Decision.APPROVE, token="token-1", at=NOW):
    ruling = Ruling(decision, PersonId("comms-ray"), at, Way.LINK)
    return replace(an_approval(post), state=ApprovalState.DECIDED, ruling=ruling, task_token=token)


def sweep(ledger, executions, now=LATE):
    desk = Desk(ledger.posts, ledger.approvals, ledger.holds, executions)
    return resume_stalled(desk, now)


@pytest.mark.parametrize("state", [State.SUBMITTED, State.CLEARED, State.RELEASED])
def test_a_post_whose_execution_never_started_is_started(state):
    post, executions = a_post(state=state), Executions()

    resumed = sweep(Ledger().keep(post), executions)

    assert resumed == Resumed(started=1, delivered=0)
    assert executions.started == [(post.post_id, 1)]


@pytest.mark.parametrize(
    "state", [State.AWAITING_APPROVAL, State.HELD, State.UNCERTAIN, *sorted(ENDINGS)], ids=str
)
def test_a_post_that_waits_for_people_or_has_ended_is_left_alone(state):
    executions = Executions()

    assert sweep(Ledger().keep(a_post(state=state)), executions).started == 0
    assert executions.started == []


def test_what_is_merely_slow_is_given_time():
    executions = Executions()

    sweep(Ledger().keep(a_post()), executions, NOW + PATIENCE)

    assert executions.started == []


def test_a_cleared_post_is_not_late_before_it_is_due():
    due = NOW + timedelta(days=3)
    ledger = Ledger().keep(a_post(state=State.CLEARED, not_before=due))

    assert sweep(ledger, Executions()).started == 0
    assert sweep(ledger, Executions(), due + PATIENCE + A_SECOND).started == 1


@pytest.mark.parametrize("state", [State.SUBMITTED, State.CLEARED, State.RELEASED])
def test_a_post_whose_execution_ended_without_an_ending_raises_an_alarm_by_name(state):
    stuck, other = a_post(state=state), a_post()
    executions = Executions(over=[stuck.post_id])

    with pytest.raises(StuckError, match=f"{stuck.post_id} v1") as caught:
        sweep(Ledger().keep(stuck, other), executions)
    assert other.post_id not in str(caught.value)
    assert executions.started == [(other.post_id, 1)]


def test_a_post_that_ended_while_the_sweep_was_looking_is_not_stuck():
    post = a_post()
    ledger = Ledger().keep(post)

    class EndsMeanwhile(Executions):
        def start(self, post_id, version):
            ledger.keep(replace(post, state=State.BLOCKED))
            super().start(post_id, version)

    assert sweep(ledger, EndsMeanwhile(over=[post.post_id])).started == 0


def test_a_conductor_without_an_answer_is_asked_again_next_minute():
    silent, other = a_post(), a_post()

    resumed = sweep(Ledger().keep(silent, other), Executions(silent=[silent.post_id]))

    assert resumed.started == 1


@pytest.mark.parametrize("decision", Decision)
def test_a_ruling_that_never_arrived_is_delivered_and_not_a_second_time(decision):
    post = a_post(state=State.RETURNED)
    ledger, executions = Ledger().keep(post, a_ruled(post, decision)), Executions()

    assert sweep(ledger, executions).delivered == 1
    assert sweep(ledger, executions).delivered == 0
    assert executions.delivered == [("token-1", decision.told)]


@pytest.mark.parametrize("ending", sorted(TAKEN_BACK))
def test_a_machine_that_was_not_told_what_was_taken_back_is_told(ending):
    post = a_post(state=ending)
    back = TakenBack(ending, post.author, NOW)
    void = replace(an_approval(post), state=ApprovalState.VOID, taken_back=back)
    ledger, executions = Ledger().keep(post, void), Executions()

    assert sweep(ledger, executions).delivered == 1
    assert executions.delivered == [("token-1", ending.value)]


def test_what_was_taken_back_and_nobody_waits_to_hear_is_not_told_for_ever():
    post = a_post(state=State.WITHDRAWN)
    back = TakenBack(State.WITHDRAWN, post.author, NOW)
    void = replace(an_approval(post), state=ApprovalState.VOID, taken_back=back)
    ledger = Ledger().keep(post, void)

    assert sweep(ledger, Executions(unwanted=["token-1"])).delivered == 0
    assert ledger.approvals.undelivered(LATE) == ()


@pytest.mark.parametrize("decision", Review)
def test_a_review_that_never_arrived_is_delivered_and_not_a_second_time(decision):
    post = a_post(state=State.CLEARED)
    ruling = HoldRuling(decision, PersonId("comms-ray"), NOW)
    ledger, executions = Ledger().keep(post, replace(a_hold(post), ruling=ruling)), Executions()

    assert sweep(ledger, executions).delivered == 1
    assert sweep(ledger, executions).delivered == 0
    assert executions.delivered == [("token-1", decision.value)]


def test_a_hold_that_nobody_reviewed_yet_waits():
    post = a_post(state=State.HELD)

    assert sweep(Ledger().keep(post, a_hold(post)), Executions()).delivered == 0


def test_a_ruling_is_delivered_by_the_next_sweep_and_not_before_it_was_made():
    post = a_post(state=State.RETURNED)
    ledger = Ledger().keep(post, a_ruled(post))

    assert sweep(ledger, Executions(), NOW).delivered == 0
    assert sweep(ledger, Executions(), NOW + A_SECOND).delivered == 1


def test_a_ruling_nobody_waits_for_does_not_keep_others_from_being_delivered():
    posts = [a_post(state=State.RETURNED) for _ in range(2)]
    ledger = Ledger().keep(
        *posts, a_ruled(posts[0], token="forgotten"), a_ruled(posts[1], token="wanted")
    )
    executions = Executions(unwanted=["forgotten"])

    assert sweep(ledger, executions).delivered == 1
    assert executions.delivered == [("wanted", "approve")]
    assert not ledger.approvals.get(posts[0].post_id, 1).delivered


@pytest.mark.parametrize("kind", ["ruling", "review"])
def test_what_a_machine_heard_before_it_ended_is_not_handed_over_for_ever(kind):
    post = a_post(state=State.RETURNED)
    review = HoldRuling(Review.RETURN, PersonId("comms-ray"), NOW)
    heard = a_ruled(post) if kind == "ruling" else replace(a_hold(post), ruling=review)
    ledger = Ledger().keep(post, heard)

    assert sweep(ledger, Executions(unwanted=["token-1"], over=[post.post_id])).delivered == 0
    assert ledger.approvals.undelivered(LATE) == ()
    assert ledger.holds.undelivered(LATE) == ()


def test_a_ruling_whose_machine_asked_again_meanwhile_stays_undelivered():
    post = a_post(state=State.RETURNED)
    ledger = Ledger().keep(post, a_ruled(post))

    class AsksAgain(Executions):
        def decided(self, task_token, decision):
            super().decided(task_token, decision)
            ledger.keep(replace(ledger.approvals.get(post.post_id, 1), task_token="token-2"))

    assert sweep(ledger, AsksAgain()).delivered == 0
    assert sweep(ledger, Executions()).delivered == 1


def test_an_alarm_does_not_keep_a_ruling_from_being_delivered():
    stuck, decided = a_post(), a_post(state=State.RETURNED)
    ledger = Ledger().keep(stuck, decided, a_ruled(decided))
    executions = Executions(over=[stuck.post_id])

    with pytest.raises(StuckError):
        sweep(ledger, executions)
    assert len(executions.delivered) == 1
