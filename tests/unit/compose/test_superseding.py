"""A newer version takes the place of one that waits: one of the two goes out, whatever breaks."""

from dataclasses import replace
from datetime import timedelta

import pytest

from compose.errors import MayNotChangeError, NotReplaceableError
from compose.reading import Wanted
from compose.submit import TRIES, submit
from shared.conductor.executions import NoAnswerError, NobodyWaitsError
from shared.posts.life import State
from shared.records.approval import Approval, ApprovalState, Decision, Ruling, TakenBack, Way
from shared.records.errors import (
    AlreadyExistsError,
    ApprovalClosedError,
    KeyReusedError,
    PostMovedError,
)
from shared.records.hold import HoldRuling, Review, Why, new_hold
from tests.builders import (
    NOW,
    a_draft,
    a_person,
    a_post,
    a_post_id,
    an_account,
    an_approval,
    an_approver,
)
from tests.unit.compose.desks import a_desk

AUTHOR, ACCOUNT = a_person(), an_account()
BEFORE = NOW - timedelta(minutes=20)
BACK = TakenBack(State.SUPERSEDED, AUTHOR.person_id, NOW)
TOO_MANY = "Open again! #a #b #c #d #e #f"


def send(desk, old, text="Mended.", *, by=AUTHOR, **wanted):
    asked = Wanted(a_draft(text), (old.post_id, old.version), **wanted)
    return submit(asked, by, ACCOUNT, desk, post_id=a_post_id(), now=NOW)


def waiting(**changes):
    old = a_post(**{"state": State.AWAITING_APPROVAL, "submitted_at": BEFORE, **changes})
    return old, an_approval(old)


def approved(*, delivered=True):
    old, approval = waiting(state=State.CLEARED)
    ruling = Ruling(Decision.APPROVE, an_approver().person_id, BEFORE, Way.LINK)
    decided = {"state": ApprovalState.DECIDED, "ruling": ruling, "delivered": delivered}
    return old, replace(approval, **decided)


def approval_of(ledger, old):
    return ledger.rows[Approval, old.post_id, old.version]


@pytest.mark.parametrize("state", [State.SUBMITTED, State.CLEARED])
def test_what_waits_for_nobody_makes_way_for_the_newer_version(state):
    old = a_post(state=state)
    ledger, conductor, desk = a_desk(old)

    post = send(desk, old)

    assert (post.post_id, post.version, post.state) == (old.post_id, 2, State.SUBMITTED)
    assert ledger.posts.get(old.post_id, 1).state is State.SUPERSEDED
    assert ledger.happened == ["post.submitted", "post.superseded"]
    assert ledger.acts[1].subject == f"post:{old.post_id}@v1"
    assert ledger.acts[1].payload["state_before"] == state.value
    assert ledger.acts[1].payload["replaced_by"] == 2
    assert (conductor.started, conductor.delivered) == ([(old.post_id, 2)], [])


def test_what_was_asked_about_it_is_void_and_whoever_waits_is_told():
    old, approval = waiting()
    ledger, conductor, desk = a_desk(old, approval)

    send(desk, old)

    assert ledger.posts.get(old.post_id, 1).state is State.SUPERSEDED
    kept = approval_of(ledger, old)
    assert (kept.state, kept.taken_back, kept.delivered) == (ApprovalState.VOID, BACK, True)
    assert ledger.happened == ["post.submitted", "post.superseded", "approval.voided"]
    assert ledger.acts[2].actor == AUTHOR.person_id
    assert conductor.delivered == [("token-1", "superseded")]


def test_an_approval_that_was_given_is_void_too_and_stays_on_record():
    old, approval = approved()
    ledger, conductor, desk = a_desk(old, approval)

    send(desk, old)

    kept = approval_of(ledger, old)
    assert (kept.state, kept.taken_back) == (ApprovalState.VOID, BACK)
    assert kept.ruling == approval.ruling
    assert ledger.acts[2].payload["decided_by"] == "comms-ray"
    assert conductor.delivered == [], "the machine waits for a time, not for an answer"


def test_a_machine_that_has_not_heard_of_the_approval_hears_that_it_is_void():
    old, approval = approved(delivered=False)
    _, conductor, desk = a_desk(old, approval)

    send(desk, old)

    assert conductor.delivered == [("token-1", "superseded")]


def test_whoever_cannot_be_told_is_left_to_the_sweep():
    old, approval = waiting()
    ledger, _, desk = a_desk(old, approval, fault=NoAnswerError("No answer."))

    assert send(desk, old).state is State.SUBMITTED

    (left,) = ledger.approvals.undelivered(NOW + timedelta(seconds=1))
    assert (left.told, left.task_token) == ("superseded", "token-1")


def test_nobody_is_told_twice_where_nobody_waits():
    old, approval = waiting()
    ledger, _, desk = a_desk(old, approval, fault=NobodyWaitsError("Nobody waits."))
    desk.executions.start = lambda *_: None

    send(desk, old)

    assert ledger.approvals.undelivered(NOW + timedelta(seconds=1)) == ()


def test_a_newer_version_that_policy_blocks_stops_the_older_one_all_the_same():
    old, approval = waiting()
    ledger, conductor, desk = a_desk(old, approval)

    post = send(desk, old, TOO_MANY)

    assert post.state is State.BLOCKED
    assert ledger.posts.get(old.post_id, 1).state is State.SUPERSEDED
    assert conductor.started == []


@pytest.mark.parametrize("state", [State.RELEASED, State.UNCERTAIN, State.PUBLISHED])
def test_what_is_going_out_is_not_replaced_any_more(state):
    old = a_post(state=state)
    ledger, _, desk = a_desk(old)

    with pytest.raises(NotReplaceableError, match=state.value):
        send(desk, old)
    assert ledger.acts == []


def test_a_colleague_does_not_stop_somebody_elses_post():
    old, approval = waiting(author="pc-else")
    ledger, _, desk = a_desk(old, approval)

    with pytest.raises(MayNotChangeError):
        send(desk, old)
    assert ledger.posts.get(old.post_id).state is State.AWAITING_APPROVAL


def test_the_centre_may_and_the_words_stay_their_authors():
    old, approval = waiting()
    ledger, _, desk = a_desk(old, approval, AUTHOR)

    post = send(desk, old, by=an_approver())

    assert (post.author, post.editor) == (AUTHOR.person_id, "comms-ray")
    assert approval_of(ledger, old).taken_back.by == "comms-ray"


# ── what is held ─────────────────────────────────────────────────────────────


def held(**changes):
    old = a_post(state=State.HELD)
    hold = new_hold(old, Why.LATE, at=BEFORE, ends_at=NOW + timedelta(days=9), task_token="held")
    return old, replace(hold, **changes)


def test_what_is_held_makes_way_and_the_machine_that_waits_for_a_review_is_told():
    old, hold = held()
    ledger, conductor, desk = a_desk(old, hold)

    post = send(desk, old)

    assert (post.version, ledger.posts.get(old.post_id, 1).state) == (2, State.SUPERSEDED)
    kept = ledger.holds.get(old.post_id, 1)
    assert kept.ruling == HoldRuling(Review.SUPERSEDED, AUTHOR.person_id, NOW)
    assert kept.delivered
    assert conductor.delivered == [("held", "superseded")]


def test_an_approval_that_was_given_before_it_was_held_is_void_too():
    old, hold = held()
    _, given = approved()
    given = replace(given, post_id=old.post_id, content_hash=old.content_hash)
    ledger, conductor, desk = a_desk(old, hold, given)

    send(desk, old)

    assert approval_of(ledger, old).state is ApprovalState.VOID
    assert ledger.happened == ["post.submitted", "post.superseded", "approval.voided"]
    assert conductor.delivered == [("held", "superseded")]


def test_what_is_partly_out_already_is_communications_to_deal_with():
    old, hold = held(partly=True)
    ledger, _, desk = a_desk(old, hold)

    with pytest.raises(NotReplaceableError, match="Ring communications"):
        send(desk, old)
    assert ledger.acts == []


def test_a_review_in_the_same_moment_is_looked_at_again():
    old, hold = held()
    ledger, _, desk = a_desk(old, hold)
    let_go = HoldRuling(Review.RELEASE, an_approver().person_id, NOW)
    reviewed = replace(hold, ruling=let_go)
    review = lambda: ledger.keep(replace(old, state=State.CLEARED), reviewed)  # noqa: E731

    send(overtaken_by(ledger, desk, review), old)

    assert ledger.acts[1].payload["state_before"] == "cleared"
    assert ledger.holds.get(old.post_id, 1).ruling == let_go


# ── two at once, and the same again ──────────────────────────────────────────


def test_two_clicks_replace_once_and_give_the_same_version():
    old, approval = waiting()
    ledger, conductor, desk = a_desk(old, approval)

    first, second = send(desk, old, key="once"), send(desk, old, key="once")

    assert first == second
    assert ledger.happened.count("post.superseded") == 1
    assert set(conductor.started) == {(old.post_id, 2)}


def test_a_key_that_replaced_once_is_for_those_words_alone():
    old, approval = waiting()
    _, _, desk = a_desk(old, approval)
    send(desk, old, key="once")

    with pytest.raises(KeyReusedError):
        send(desk, old, "Something else.", key="once")


def test_of_two_newer_versions_one_wins_and_the_other_is_told():
    old, approval = waiting()
    ledger, _, desk = a_desk(old, approval)
    send(desk, old, "First.")

    with pytest.raises(AlreadyExistsError):
        send(desk, old, "Second.")
    assert [post.draft.text for post in ledger.posts.history(old.post_id)][1:] == ["First."]


def overtaken_by(ledger, desk, *meanwhile):
    """A desk at which, the first time, something else happens between reading and writing."""
    happenings = iter(meanwhile)
    supersede = ledger.replacing.supersede

    def later(*arguments, **named):
        if happening := next(happenings, None):
            happening()
        return supersede(*arguments, **named)

    ledger.replacing.supersede = later
    return desk


def test_a_decision_in_the_same_moment_is_looked_at_again_and_voided():
    old, approval = waiting()
    ledger, _, desk = a_desk(old, approval)
    _, given = approved()
    given = replace(given, post_id=old.post_id, content_hash=old.content_hash)
    decide = lambda: ledger.keep(replace(old, state=State.CLEARED), given)  # noqa: E731

    post = send(overtaken_by(ledger, desk, decide), old)

    assert post.version == 2
    assert approval_of(ledger, old).ruling == given.ruling
    assert ledger.acts[1].payload["state_before"] == "cleared"


def test_what_went_out_in_the_same_moment_is_out():
    old, approval = waiting(state=State.CLEARED)
    ledger, _, desk = a_desk(old, approval)
    release = lambda: ledger.keep(replace(old, state=State.RELEASED))  # noqa: E731

    with pytest.raises(NotReplaceableError, match="released"):
        send(overtaken_by(ledger, desk, release), old)
    assert ledger.posts.history(old.post_id) == (replace(old, state=State.RELEASED),)


CLOSED = ApprovalClosedError("01J v1", ApprovalState.EXPIRED)


@pytest.mark.parametrize("error", [PostMovedError(a_post()), CLOSED])
def test_who_is_overtaken_again_and_again_is_asked_to_look(error):
    old, approval = waiting()
    ledger, _, desk = a_desk(old, approval)
    tried = []

    def moved(*_, **__):
        tried.append(1)
        raise error

    ledger.replacing.supersede = moved

    with pytest.raises(NotReplaceableError, match="Look at it again"):
        send(desk, old)
    assert len(tried) == TRIES
