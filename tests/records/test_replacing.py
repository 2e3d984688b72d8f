"""What waits is replaced or taken back: post, approval, hold and leaves in one transaction."""

from dataclasses import replace
from datetime import timedelta

import pytest

from shared.posts.errors import ContentChangedError, UnlawfulStepError
from shared.posts.life import State
from shared.posts.names import PersonId
from shared.records.approval import ApprovalState, Decision, Ruling, TakenBack, Way
from shared.records.approvals import Approvals
from shared.records.errors import (
    AlreadyDecidedError,
    AlreadyExistsError,
    AlreadyReviewedError,
    ApprovalClosedError,
    KeyReusedError,
    PostMovedError,
)
from shared.records.hold import HoldRuling, Review, Why, new_hold
from shared.records.holds import Holds
from shared.records.outbox import Outbox
from shared.records.posts import Posts
from shared.records.queue import Queue
from shared.records.replacing import Replacing, Standing
from tests.builders import NOW, a_pen, a_post, a_round, an_act
from tests.records.test_contention import at_once

LATER = NOW + timedelta(minutes=10)
AFTER = LATER + timedelta(seconds=1)
BACK = TakenBack(State.SUPERSEDED, PersonId("pc-okafor"), LATER)
AWAY = replace(BACK, ending=State.WITHDRAWN)
ACTS = [an_act("post.submitted"), an_act("post.superseded")]


@pytest.fixture
def posts(store):
    return Posts(store, a_pen())


@pytest.fixture
def approvals(store):
    return Approvals(store, a_pen())


@pytest.fixture
def holds(store):
    return Holds(store, a_pen())


@pytest.fixture
def replacing(store):
    return Replacing(store, a_pen())


def newer(post, text="Mended.", **changes):
    return a_post(text, post_id=post.post_id, version=post.version + 1, **changes)


@pytest.fixture
def asked(posts, approvals):
    """A post that waits for an approval."""
    post = posts.submit(a_post(), an_act())
    approval = approvals.open(post, a_round(), an_act())
    return Standing(posts.get(post.post_id), approval)


def decided(standing, approvals, posts, *, delivered):
    ruling = Ruling(Decision.APPROVE, PersonId("comms-ray"), NOW, Way.LINK)
    approval = approvals.decide(standing.post, standing.approval, ruling, an_act())
    if delivered:
        approval = approvals.delivered(approval)
    return Standing(posts.get(standing.post.post_id), approval)


class TestSuperseding:
    def test_the_newer_version_is_there_and_the_older_one_made_way(
        self, replacing, posts, approvals, asked, store
    ):
        post, after = replacing.supersede(asked, newer(asked.post), BACK, ACTS)

        old = posts.get(asked.post.post_id, 1)
        assert posts.get(asked.post.post_id) == post
        assert old == after.post == replace(asked.post, state=State.SUPERSEDED)
        assert approvals.get(old.post_id, 1) == after.approval
        assert (after.approval.state, after.approval.taken_back) == (ApprovalState.VOID, BACK)
        assert len(Outbox(store).pending(10)) == 4

    def test_it_is_one_call(self, replacing, asked, calls):
        replacing.supersede(asked, newer(asked.post), BACK, ACTS)

        assert calls == ["TransactWriteItems"]

    def test_whoever_waits_for_an_answer_is_told_by_the_sweep_until_they_have_heard(
        self, replacing, approvals, asked, store
    ):
        _, after = replacing.supersede(asked, newer(asked.post), BACK, ACTS)

        (left,) = approvals.undelivered(AFTER)
        assert (left, left.told) == (after.approval, "superseded")
        approvals.delivered(left)
        assert approvals.undelivered(AFTER) == ()
        assert approvals.get(left.post_id, 1) == replace(left, delivered=True)
        assert Queue(store).waiting().entries == ()

    @pytest.mark.parametrize("delivered", [True, False])
    def test_an_approval_that_was_given_is_void_and_keeps_its_ruling(
        self, replacing, approvals, posts, asked, delivered
    ):
        given = decided(asked, approvals, posts, delivered=delivered)

        _, after = replacing.supersede(given, newer(asked.post), BACK, ACTS)

        found = approvals.get(asked.post.post_id, 1)
        assert found == after.approval
        assert found.ruling == given.approval.ruling
        assert len(approvals.undelivered(AFTER)) == (0 if delivered else 1)

    def test_a_void_approval_is_neither_decided_nor_asked_again(
        self, replacing, approvals, posts, asked
    ):
        given = decided(asked, approvals, posts, delivered=True)
        replacing.supersede(given, newer(asked.post), BACK, ACTS)

        with pytest.raises(ApprovalClosedError):
            approvals.decide(asked.post, asked.approval, given.approval.ruling, an_act())
        with pytest.raises(ApprovalClosedError):
            approvals.renew(asked.approval, a_round(2), an_act())

    def test_of_eight_newer_versions_one_is_kept(self, replacing, posts, asked, store):
        version = {n: newer(asked.post, f"Mended {n}.") for n in range(8)}

        won, refused = at_once(lambda n: replacing.supersede(asked, version[n], BACK, ACTS))

        assert len(won) == 1
        assert {type(error) for error in refused} == {AlreadyExistsError}
        assert [p.version for p in posts.history(asked.post.post_id)] == [1, 2]
        assert len(Outbox(store).pending(10)) == 4

    def test_a_newer_version_or_a_decision_never_both(self, replacing, approvals, posts, asked):
        ruling = Ruling(Decision.APPROVE, PersonId("comms-ray"), NOW, Way.LINK)

        def act(number):
            if number % 2:
                return approvals.decide(asked.post, asked.approval, ruling, an_act())
            version = newer(asked.post, f"Mended {number}.")
            return replacing.supersede(asked, version, BACK, ACTS)

        won, refused = at_once(act)

        assert len(won) == 1
        assert {type(error) for error in refused} <= {
            AlreadyExistsError,
            AlreadyDecidedError,
            ApprovalClosedError,
            PostMovedError,
        }
        state = posts.get(asked.post.post_id, 1).state
        assert state in {State.SUPERSEDED, State.CLEARED}
        assert len(posts.history(asked.post.post_id)) == (2 if state is State.SUPERSEDED else 1)

    def test_what_moved_on_is_not_replaced_and_nothing_is_kept(
        self, replacing, posts, asked, store
    ):
        posts.move(asked.post, State.CLEARED, an_act())

        with pytest.raises(PostMovedError) as told:
            replacing.supersede(Standing(asked.post), newer(asked.post), BACK, ACTS)

        assert told.value.found.state is State.CLEARED
        assert len(posts.history(asked.post.post_id)) == 1
        assert len(Outbox(store).pending(10)) == 3

    def test_what_went_out_cannot_be_replaced(self, replacing):
        post = a_post(state=State.RELEASED)

        with pytest.raises(UnlawfulStepError):
            replacing.supersede(Standing(post), newer(post), BACK, ACTS)

    def test_other_words_than_were_read_are_not_replaced(self, replacing, asked):
        other = replace(asked.post, content_hash="0" * 64)

        with pytest.raises(ContentChangedError):
            replacing.supersede(Standing(other), newer(asked.post), BACK, ACTS)


class TestRepeating:
    def test_the_same_key_gives_the_version_it_brought(self, replacing, asked):
        post, _ = replacing.supersede(asked, newer(asked.post), BACK, ACTS, "key")

        again = replacing.supersede(asked, newer(asked.post), BACK, ACTS, "key")

        assert again == (post, None)

    def test_the_same_key_with_other_words_is_refused(self, replacing, asked):
        replacing.supersede(asked, newer(asked.post), BACK, ACTS, "key")

        with pytest.raises(KeyReusedError):
            replacing.supersede(asked, newer(asked.post, "Other."), BACK, ACTS, "key")

    def test_a_key_is_whose_hand_changed_the_words(self, replacing, posts, asked):
        changed = newer(asked.post, editor=PersonId("comms-ray"))
        replacing.supersede(asked, changed, BACK, ACTS, "key")

        other = posts.submit(a_post("By its author."), an_act(), "key")

        assert other.draft.text == "By its author."


class TestTakingBack:
    def test_it_is_over_for_good_and_says_why(self, replacing, posts, approvals, asked, store):
        acts = [an_act("post.withdrawn")]

        after = replacing.withdraw(asked, AWAY, "Called off.", acts)

        found = posts.get(asked.post.post_id)
        assert (found.state, found.reason) == (State.WITHDRAWN, "Called off.")
        assert found == after.post
        assert approvals.get(found.post_id, 1).told == "withdrawn"
        assert len(Outbox(store).pending(10)) == 3

    def test_it_is_taken_back_once(self, replacing, asked):
        replacing.withdraw(asked, AWAY, "Called off.", ACTS)

        with pytest.raises(PostMovedError):
            replacing.withdraw(asked, AWAY, "Called off.", ACTS)


class TestWhatIsHeld:
    @pytest.fixture
    def held(self, posts, holds):
        post = posts.submit(a_post(state=State.CLEARED), an_act())
        hold = new_hold(post, Why.LATE, at=NOW, ends_at=LATER, task_token="token")
        post = holds.open(post, hold, an_act())
        return Standing(post, None, hold)

    @pytest.mark.parametrize("ending", [State.SUPERSEDED, State.WITHDRAWN])
    def test_its_hold_is_over_and_the_machine_is_told(self, replacing, posts, holds, held, ending):
        back = replace(BACK, ending=ending)
        if ending is State.SUPERSEDED:
            _, after = replacing.supersede(held, newer(held.post), back, ACTS)
        else:
            after = replacing.withdraw(held, back, "Called off.", ACTS)

        assert posts.get(held.post.post_id, 1).state is ending
        (left,) = holds.undelivered(AFTER)
        assert left == after.hold == holds.get(held.post.post_id, 1)
        assert left.ruling == HoldRuling(Review(ending.value), back.by, LATER)
        assert holds.queue().entries == ()

    def test_what_was_reviewed_in_the_same_moment_is_not_replaced(
        self, replacing, posts, holds, held
    ):
        ruling = HoldRuling(Review.RELEASE, PersonId("comms-ray"), NOW)
        holds.review(held.post, held.hold, ruling, an_act())

        with pytest.raises((PostMovedError, AlreadyReviewedError)):
            replacing.supersede(held, newer(held.post), BACK, ACTS)
        assert posts.get(held.post.post_id).state is State.CLEARED
