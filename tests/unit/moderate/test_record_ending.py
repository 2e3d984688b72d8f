"""What expired or broke is written down and its author told; a decision that was made counts."""

from dataclasses import replace

import pytest

from moderate.record_ending import NOT_REVIEWED, Desk, record_ending
from shared.mail.errors import RefusedMailError
from shared.posts.life import ENDINGS, TAKEN_BACK, State
from shared.posts.names import PersonId
from shared.records.approval import LEADS_TO, ApprovalState, Decision, Ruling, Way
from shared.records.hold import LEADS_TO as REVIEWED_TO
from shared.records.hold import HoldRuling, Review
from tests.builders import (
    NOW,
    a_hold,
    a_person,
    a_post,
    an_account,
    an_act,
    an_approval,
)
from tests.unit.fakes import Ledger

WAITING = State.AWAITING_APPROVAL
RULING = Ruling(Decision.APPROVE, PersonId("comms-ray"), NOW, Way.LINK)


def a_scene(state=WAITING, *, asked=True):
    post = a_post(state=state)
    ledger = Ledger().keep(post, an_account(), a_person())
    if asked:
        ledger.keep(an_approval(post))
    letters = []
    desk = Desk(
        ledger.snapshots,
        ledger.posts,
        ledger.approvals,
        letters.append,
        "no-reply@bluelamp.example",
        "https://bluelamp.example",
    )
    return ledger, post, desk, letters


def end(desk, post, ending):
    holds = desk.posts.ledger.holds
    return record_ending(post.post_id, 1, ending, desk=desk, holds=holds, now=NOW)


@pytest.mark.parametrize(
    ("ending", "act", "closed"),
    [
        (State.EXPIRED, "post.expired", ApprovalState.EXPIRED),
        (State.FAILED, "post.broken", ApprovalState.VOID),
    ],
)
def test_an_ending_closes_post_and_approval_and_tells_the_author_where_to_look(ending, act, closed):
    ledger, post, desk, letters = a_scene()

    assert end(desk, post, ending) == "none"

    kept = ledger.posts.get(post.post_id)
    assert kept.state is ending
    assert kept.reason == ledger.acts[0].reason
    assert ledger.approvals.get(post.post_id, 1).state is closed
    assert ledger.happened == [act]
    assert ledger.acts[0].payload["state_before"] == "awaiting_approval"
    (letter,) = letters
    assert letter["To"] == "pc-okafor@force.example"
    assert f"/posts/{post.post_id}" in letter.get_body(("plain",)).get_content()


@pytest.mark.parametrize("state", [State.SUBMITTED, State.CLEARED])
def test_what_broke_before_anybody_was_asked_has_failed(state):
    ledger, post, desk, letters = a_scene(state, asked=False)

    assert end(desk, post, State.FAILED) == "none"
    assert ledger.posts.get(post.post_id).state is State.FAILED
    assert len(letters) == 1


def test_what_nobody_could_be_asked_about_has_expired():
    ledger, post, desk, _ = a_scene(State.SUBMITTED, asked=False)

    assert end(desk, post, State.EXPIRED) == "none"
    assert ledger.posts.get(post.post_id).state is State.EXPIRED


@pytest.mark.parametrize("asked", [True, False])
def test_what_broke_after_its_release_is_uncertain_because_some_of_it_may_be_out(asked):
    ledger, post, desk, _ = a_scene(State.RELEASED, asked=asked)

    end(desk, post, State.FAILED)

    assert ledger.posts.get(post.post_id).state is State.UNCERTAIN
    assert "platforms" in ledger.posts.get(post.post_id).reason
    assert ledger.happened == ["post.broken"]


def test_what_is_uncertain_already_is_not_said_to_have_failed():
    ledger, post, desk, letters = a_scene(State.UNCERTAIN, asked=False)

    assert end(desk, post, State.FAILED) == "none"
    assert ledger.posts.get(post.post_id).state is State.UNCERTAIN
    assert ledger.acts == letters == []


@pytest.mark.parametrize("state", sorted(ENDINGS - TAKEN_BACK))
@pytest.mark.parametrize("ending", [State.EXPIRED, State.FAILED])
def test_what_has_ended_keeps_its_ending(state, ending):
    ledger, post, desk, letters = a_scene(state)

    assert end(desk, post, ending) == "none"
    assert ledger.posts.get(post.post_id) == post
    assert ledger.acts == letters == []


@pytest.mark.parametrize("ending", [State.EXPIRED, State.FAILED])
def test_a_repeated_call_records_nothing_more_and_writes_no_second_letter(ending):
    ledger, post, desk, letters = a_scene()

    assert end(desk, post, ending) == end(desk, post, ending) == "none"
    assert len(ledger.acts) == len(letters) == 1


@pytest.mark.parametrize("state", sorted(TAKEN_BACK))
def test_what_was_taken_back_is_told_to_the_machine_that_still_asked(state):
    ledger, post, desk, letters = a_scene(state)

    assert end(desk, post, State.EXPIRED) == state.value
    assert end(desk, post, State.FAILED) == "none"
    assert ledger.posts.get(post.post_id) == post
    assert ledger.acts == letters == []


# ── decided in the last moment ───────────────────────────────────────────────


def decide(ledger, post, decision):
    ruling = replace(RULING, decision=decision, reason="Because.")
    approval = ledger.approvals.get(post.post_id, 1)
    ledger.approvals.decide(post, approval, ruling, an_act("approval.decided"))


def meanwhile(ledger, post, decision):
    """Snapshots after which somebody decides, once."""

    class Meanwhile(type(ledger.snapshots)):
        def read(self, **wanted):
            found = super().read(**wanted)
            if ledger.posts.get(post.post_id).state is WAITING:
                decide(ledger, post, decision)
            return found

    return Meanwhile(ledger)


@pytest.mark.parametrize("decision", Decision)
def test_a_decision_made_while_time_ran_out_still_counts(decision):
    ledger, post, desk, letters = a_scene()

    told = end(replace(desk, snapshots=meanwhile(ledger, post, decision)), post, State.EXPIRED)

    assert told == decision.told
    assert ledger.posts.get(post.post_id).state is LEADS_TO[decision]
    assert ledger.happened == ["approval.decided"]
    assert letters == []


def test_an_approval_given_before_time_ran_out_still_counts():
    ledger, post, desk, letters = a_scene()
    decide(ledger, post, Decision.APPROVE)

    assert end(desk, post, State.EXPIRED) == "approve"
    assert ledger.posts.get(post.post_id).state is State.CLEARED
    assert letters == []


@pytest.mark.parametrize("decision", Decision)
def test_what_breaks_in_the_moment_of_its_decision_has_an_ending_all_the_same(decision):
    ledger, post, desk, _ = a_scene()

    told = end(replace(desk, snapshots=meanwhile(ledger, post, decision)), post, State.FAILED)

    assert told == "none"
    expected = {Decision.APPROVE: State.FAILED}.get(decision, LEADS_TO[decision])
    assert ledger.posts.get(post.post_id).state is expected


def test_a_letter_that_cannot_be_sent_does_not_undo_the_ending():
    ledger, post, desk, _ = a_scene()

    def refuse(letter):
        raise RefusedMailError("MessageRejected", "No.")

    assert end(replace(desk, send=refuse), post, State.EXPIRED) == "none"
    assert ledger.posts.get(post.post_id).state is State.EXPIRED


# ── held ─────────────────────────────────────────────────────────────────────


def a_held_scene(*, asked=False, partly=False):
    ledger, post, desk, letters = a_scene(State.HELD, asked=asked)
    hold = a_hold(post, partly=partly)
    ledger.keep(hold)
    return ledger, post, hold, desk, letters


def test_what_nobody_reviewed_in_time_expires_and_its_author_is_told():
    ledger, post, _, desk, letters = a_held_scene()

    assert end(desk, post, State.EXPIRED) == "none"

    kept = ledger.posts.get(post.post_id)
    assert (kept.state, kept.reason) == (State.EXPIRED, NOT_REVIEWED)
    assert not ledger.holds.get(post.post_id, 1).waits
    assert len(letters) == 1


def test_an_approval_given_long_ago_does_not_answer_for_the_review():
    ledger, post, _, desk, _ = a_held_scene()
    ledger.keep(replace(an_approval(post), state=ApprovalState.DECIDED, ruling=RULING))

    assert end(desk, post, State.EXPIRED) == "none"
    assert ledger.posts.get(post.post_id).state is State.EXPIRED


def test_what_expires_partly_out_is_counted_before_it_ends():
    ledger, post, _, desk, letters = a_held_scene(partly=True)

    assert end(desk, post, State.EXPIRED) == "return"

    assert ledger.posts.get(post.post_id).state is State.HELD
    assert end(desk, post, State.EXPIRED) == "return"
    assert letters == []


@pytest.mark.parametrize(("partly", "state"), [(False, State.FAILED), (True, State.UNCERTAIN)])
def test_what_breaks_on_hold_has_failed_unless_some_of_it_is_out(partly, state):
    ledger, post, _, desk, letters = a_held_scene(partly=partly)

    assert end(desk, post, State.FAILED) == "none"

    assert ledger.posts.get(post.post_id).state is state
    assert not ledger.holds.get(post.post_id, 1).waits
    assert ledger.happened == ["post.broken"]
    assert len(letters) == (state is State.FAILED)


def test_what_breaks_after_its_review_is_uncertain_if_some_of_it_was_out():
    ledger, post, hold, desk, _ = a_held_scene(partly=True)
    ledger.holds.review(post, hold, a_review(Review.RELEASE), an_act("post.reviewed"))

    assert end(desk, post, State.FAILED) == "none"
    assert ledger.posts.get(post.post_id).state is State.UNCERTAIN


def a_review(decision):
    return HoldRuling(decision, PersonId("comms-ray"), NOW, "Because.")


@pytest.mark.parametrize("decision", [Review.RELEASE, Review.RETURN])
def test_a_review_made_before_time_ran_out_still_counts(decision):
    ledger, post, hold, desk, letters = a_held_scene()
    ledger.holds.review(post, hold, a_review(decision), an_act("post.reviewed"))

    assert end(desk, post, State.EXPIRED) == decision.value
    assert ledger.posts.get(post.post_id).state is REVIEWED_TO[decision]
    assert letters == []


@pytest.mark.parametrize("decision", [Review.RELEASE, Review.RETURN])
def test_a_review_made_while_time_ran_out_still_counts(decision):
    ledger, post, hold, desk, letters = a_held_scene()
    find_before = ledger.holds.find

    def reviewed_after(*key):
        found = find_before(*key)
        if found.waits:
            ledger.holds.review(post, hold, a_review(decision), an_act("post.reviewed"))
        return found

    ledger.holds.find = reviewed_after

    assert end(desk, post, State.EXPIRED) == decision.value
    assert ledger.posts.get(post.post_id).state is REVIEWED_TO[decision]
    assert ledger.happened == ["post.reviewed"]
    assert letters == []
