"""A held post is let go, or given back: by the right person, once nothing keeps it quiet."""

from dataclasses import replace
from datetime import timedelta

import pytest

from moderate.incident_errors import MayNotActError, WrongFieldError
from moderate.review_held import Verdict, held_case, may_let_go, review
from shared.accounts.registry import Role
from shared.conductor.executions import NobodyWaitsError
from shared.posts.errors import ContentChangedError
from shared.posts.life import State
from shared.posts.names import ContentHash, PersonId
from shared.records.errors import AlreadyReviewedError, ChangedError, NotFoundError
from shared.records.hold import HoldRuling, Review, Why, new_hold
from tests.builders import NOW, a_person, a_post, an_act, an_incident
from tests.unit.fakes import Conductor
from tests.unit.moderate.incidents_made import (
    COMMANDER,
    COMMS,
    OFFICER,
    OTHER_COMMS,
    SERGEANT,
    TEAM,
    a_command,
    declared,
    over,
)

LATER = NOW + timedelta(hours=2)
GRAVE = {
    "rule": "operational",
    "severity": "review",
    "start": 0,
    "end": 1,
    "message": "m",
    "suggestion": "s",
    "source": "s",
}
EVERYBODY = (OFFICER, SERGEANT, COMMANDER, COMMS, OTHER_COMMS)


def a_scene(why=Why.INCIDENT, incident=None, **changes):
    """A post on hold; for an incident that is over, unless another is given."""
    incident = incident or over(an_incident())
    post = a_post(state=State.CLEARED, submitted_at=NOW, **changes)
    ledger, command = a_command(post)
    declared(ledger, incident)
    hold = new_hold(
        post,
        why,
        at=NOW,
        ends_at=NOW + timedelta(days=30),
        task_token="token",
        incident=incident.incident_id if why is Why.INCIDENT else None,
    )
    ledger.holds.open(post, hold, an_act("post.held"))
    ledger.acts.clear()
    return ledger, command, ledger.posts.get(post.post_id)


def the_case(ledger, post):
    return held_case(post.post_id, 1, ledger.holds, ledger.snapshots)


def do_review(ledger, post, by, decision=Review.RELEASE, reason=None, conductor=None, **more):
    verdict = Verdict(decision, reason, more.get("words", post.content_hash))
    return review(
        the_case(ledger, post),
        verdict,
        by,
        holds=ledger.holds,
        executions=conductor or Conductor(),
        now=LATER,
    )


class TestLettingGo:
    def test_it_is_cleared_and_its_machine_is_woken(self):
        ledger, _, post = a_scene()
        conductor = Conductor()

        hold = do_review(ledger, post, COMMS, conductor=conductor)

        kept = ledger.posts.get(post.post_id)
        assert (kept.state, kept.reviewed_at) == (State.CLEARED, LATER)
        assert conductor.delivered == [("token", "release")]
        assert hold.delivered
        assert ledger.happened == ["post.reviewed"]
        assert ledger.acts[0].approver == COMMS.person_id

    def test_a_machine_that_does_not_answer_is_left_to_the_sweep(self):
        ledger, _, post = a_scene()
        deaf = Conductor(fault=NobodyWaitsError("Nobody."))

        hold = do_review(ledger, post, COMMS, conductor=deaf)

        assert not hold.delivered
        assert ledger.posts.get(post.post_id).state is State.CLEARED

    def test_what_was_let_go_does_not_wait_for_the_same_incident_again(self):
        ledger, _, post = a_scene()
        do_review(ledger, post, COMMS)

        kept = ledger.posts.get(post.post_id)

        board = ledger.incidents.board()
        assert board.affecting(TEAM, post.draft.platforms, kept.submitted_at) is not None
        assert board.affecting(TEAM, post.draft.platforms, kept.incident_reviewed_at) is None

    def test_it_is_reviewed_once(self):
        ledger, _, post = a_scene()
        case = the_case(ledger, post)
        do_review(ledger, post, COMMS)

        with pytest.raises(AlreadyReviewedError):
            the_case(ledger, post)
        with pytest.raises(AlreadyReviewedError):
            review(
                case,
                Verdict(Review.RETURN, "No.", post.content_hash),
                OTHER_COMMS,
                holds=ledger.holds,
                executions=Conductor(),
                now=LATER,
            )

        assert len(ledger.acts) == 1

    def test_about_these_words(self):
        ledger, _, post = a_scene()

        with pytest.raises(ContentChangedError):
            do_review(ledger, post, COMMS, words=ContentHash("0" * 64))

        assert ledger.acts == []


class TestGivingBack:
    def test_the_author_gets_the_reason(self):
        ledger, _, post = a_scene()
        conductor = Conductor()

        do_review(ledger, post, COMMS, Review.RETURN, " Wrong day now. ", conductor)

        kept = ledger.posts.get(post.post_id)
        assert (kept.state, kept.reason) == (State.RETURNED, "Wrong day now.")
        assert conductor.delivered == [("token", "return")]

    @pytest.mark.parametrize("reason", [None, "", "  \n"])
    def test_it_needs_one(self, reason):
        ledger, _, post = a_scene()

        with pytest.raises(WrongFieldError):
            do_review(ledger, post, COMMS, Review.RETURN, reason)

        assert ledger.acts == []

    def test_it_may_be_given_back_while_the_incident_lasts(self):
        ledger, _, post = a_scene(incident=an_incident())

        do_review(ledger, post, COMMS, Review.RETURN, "Overtaken by events.")

        assert ledger.posts.get(post.post_id).state is State.RETURNED


class TestWhileItLasts:
    def test_nothing_is_let_go(self):
        ledger, _, post = a_scene(incident=an_incident())

        with pytest.raises(MayNotActError) as refused:
            do_review(ledger, post, COMMS)

        assert "stood down" in str(refused.value)
        assert ledger.posts.get(post.post_id).state is State.HELD

    def test_unless_its_account_was_exempted(self):
        ledger, _, post = a_scene(incident=an_incident(exempt=frozenset({TEAM.account_id})))

        do_review(ledger, post, COMMS)

        assert ledger.posts.get(post.post_id).state is State.CLEARED

    def test_another_incident_that_lasts_keeps_it_too(self):
        ledger, _, post = a_scene()
        declared(ledger, an_incident("02SECOND"))

        assert not may_let_go(the_case(ledger, post)).allowed

    def test_what_is_late_may_be_confirmed_and_the_last_look_holds_it_for_the_incident(self):
        ledger, _, post = a_scene(Why.LATE, incident=an_incident())

        do_review(ledger, post, OFFICER)

        kept = ledger.posts.get(post.post_id)
        board = ledger.incidents.board()
        assert kept.incident_reviewed_at is None
        assert board.affecting(TEAM, post.draft.platforms, kept.submitted_at) is not None


MAY = [
    # held for, who, changes of the post, allowed
    (Why.INCIDENT, COMMS, {}, True),
    (Why.INCIDENT, OFFICER, {}, False),
    (Why.INCIDENT, COMMANDER, {}, False),
    (Why.INCIDENT, COMMS, {"author": COMMS.person_id}, False),
    (Why.INCIDENT, COMMS, {"editor": COMMS.person_id}, False),
    (Why.INCIDENT, OTHER_COMMS, {"editor": COMMS.person_id}, True),
    (Why.INCIDENT, COMMS, {"findings": (GRAVE,)}, False),
    (Why.INCIDENT, replace(COMMS, senior=True), {"findings": (GRAVE,)}, True),
    (Why.INCIDENT, a_person("aud", role=Role.AUDITOR), {}, False),
    (Why.LATE, OFFICER, {}, True),
    (Why.LATE, SERGEANT, {}, False),
    (Why.LATE, COMMS, {}, True),
    (Why.LATE, COMMS, {"author": COMMS.person_id}, True),
    (Why.LATE, a_person("aud", role=Role.AUDITOR), {"author": PersonId("aud")}, False),
]


@pytest.mark.parametrize(("why", "by", "changes", "allowed"), MAY)
def test_who_reviews_what(why, by, changes, allowed):
    ledger, _, post = a_scene(why, **changes)
    ledger.keep(*EVERYBODY, by)

    if allowed:
        do_review(ledger, post, by)
        assert ledger.posts.get(post.post_id).state is State.CLEARED
        return
    with pytest.raises(MayNotActError) as refused:
        do_review(ledger, post, by)
    assert str(refused.value).endswith(".")
    assert ledger.acts == []


def test_a_post_that_never_was_on_hold_is_not_found():
    ledger, _, _ = a_scene()
    post = a_post()
    ledger.keep(post)

    with pytest.raises(NotFoundError):
        the_case(ledger, post)


def test_a_hold_that_is_over_without_a_review_is_over():
    ledger, _, post = a_scene()
    hold = ledger.holds.get(post.post_id, 1)
    ledger.holds.expire(post, hold, an_act("post.expired"))

    with pytest.raises(ChangedError):
        the_case(ledger, post)


def test_a_ruling_says_what_by_whom_and_when():
    ledger, _, post = a_scene()

    hold = do_review(ledger, post, COMMS)

    assert hold.ruling == HoldRuling(Review.RELEASE, COMMS.person_id, LATER, None)
