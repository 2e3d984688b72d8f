"""Held posts: held with the machine's token, reviewed once, delivered; and the queue of them."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from shared.posts.errors import ContentChangedError, UnlawfulStepError
from shared.posts.life import State
from shared.posts.names import ContentHash, PersonId, PostId
from shared.records.errors import (
    AlreadyExistsError,
    AlreadyReviewedError,
    ChangedError,
    InvalidCursorError,
    NotFoundError,
    PostMovedError,
)
from shared.records.hold import LEADS_TO, HoldRuling, Review, Why
from shared.records.holds import Holds, closing
from shared.records.outbox import Outbox
from shared.records.posts import Posts
from shared.records.transaction import commit
from tests.builders import NOW, a_hold, a_pen, a_post, an_act
from tests.records.test_contention import at_once

LATER = NOW + timedelta(minutes=10)
AFTER = LATER + timedelta(seconds=1)
FOR_EVER = NOW + timedelta(days=999)
INCIDENT = "01INCIDENT"


@pytest.fixture
def posts(store):
    return Posts(store, a_pen())


@pytest.fixture
def holds(store):
    return Holds(store, a_pen())


@pytest.fixture
def held(posts, holds):
    """A post that is held, and its hold."""

    def held(why=Why.LATE, state=State.CLEARED, at=NOW, **changes):
        post = posts.submit(a_post(state=state), an_act())
        hold = a_hold(post, why, at=at, **changes)
        return holds.open(post, hold, an_act("post.held", at=at, reason="Not now.")), hold

    return held


def a_ruling(decision=Review.RELEASE, at=LATER, reason="Because."):
    return HoldRuling(decision, PersonId("comms-ray"), at, reason)


def reviewed_act():
    return an_act("post.reviewed", at=LATER)


class TestHolding:
    @pytest.mark.parametrize("state", [State.CLEARED, State.RELEASED])
    def test_a_held_post_says_why_and_for_which_incident(self, posts, holds, held, state):
        post, hold = held(Why.INCIDENT, state, incident=INCIDENT, partly=True)

        kept = posts.get(post.post_id)
        assert (kept.state, kept.reason, kept.incident) == (State.HELD, "Not now.", INCIDENT)
        assert holds.get(post.post_id, 1) == hold

    def test_it_is_one_transaction_with_one_leaf(self, posts, holds, calls):
        post = posts.submit(a_post(state=State.CLEARED), an_act())
        calls.clear()

        holds.open(post, a_hold(post), an_act("post.held"))

        assert calls == ["TransactWriteItems"]

    @pytest.mark.parametrize("state", [State.SUBMITTED, State.WITHDRAWN, State.PUBLISHED])
    def test_only_what_was_cleared_can_be_held(self, posts, holds, state):
        post = posts.submit(a_post(state=state), an_act())

        with pytest.raises(UnlawfulStepError):
            holds.open(post, a_hold(post), an_act())
        assert holds.find(post.post_id, 1) is None

    def test_what_moved_meanwhile_is_not_held(self, posts, holds):
        post = posts.submit(a_post(state=State.CLEARED), an_act())
        posts.move(post, State.FAILED, an_act())

        with pytest.raises(PostMovedError):
            holds.open(post, a_hold(post), an_act())
        assert holds.find(post.post_id, 1) is None

    def test_what_waits_for_its_review_is_not_held_again(self, holds, held):
        post, _ = held()
        again = replace(post, state=State.CLEARED)

        with pytest.raises(AlreadyExistsError):
            holds.open(again, a_hold(post, at=LATER), an_act())

    def test_what_was_let_go_can_be_held_anew(self, posts, holds, held):
        post, hold = held()
        holds.review(post, hold, a_ruling(), reviewed_act())
        anew = a_hold(post, Why.INCIDENT, at=AFTER, incident=INCIDENT, task_token="token-2")

        holds.open(posts.get(post.post_id), anew, an_act("post.held", at=AFTER))

        assert holds.get(post.post_id, 1) == anew

    def test_nobody_is_no_hold(self, holds):
        assert holds.find(PostId("nobody"), 1) is None
        with pytest.raises(NotFoundError):
            holds.get(PostId("nobody"), 1)

    def test_the_token_is_in_no_representation(self, held):
        assert "token-1" not in repr(held()[1])


class TestReviewing:
    @pytest.mark.parametrize("why", Why)
    def test_what_is_let_go_is_cleared_and_says_when(self, posts, holds, held, why):
        post, hold = held(why)

        reviewed = holds.review(post, hold, a_ruling(), reviewed_act())

        kept = posts.get(post.post_id)
        assert (kept.state, kept.reviewed_at) == (State.CLEARED, LATER)
        assert kept.incident_reviewed_at == (LATER if why is Why.INCIDENT else None)
        assert holds.get(post.post_id, 1) == reviewed
        assert reviewed.ruling == a_ruling()
        assert not reviewed.delivered

    def test_what_is_confirmed_as_late_does_not_answer_for_an_incident_before(
        self, posts, holds, held
    ):
        post, hold = held(Why.INCIDENT)
        holds.review(post, hold, a_ruling(), reviewed_act())
        late = a_hold(post, at=AFTER)
        again = holds.open(posts.get(post.post_id), late, an_act(at=AFTER))

        holds.review(again, late, a_ruling(at=FOR_EVER), an_act("post.reviewed", at=FOR_EVER))

        kept = posts.get(post.post_id)
        assert (kept.reviewed_at, kept.incident_reviewed_at) == (FOR_EVER, LATER)

    def test_what_is_given_back_goes_to_its_author_with_the_reason(self, posts, holds, held):
        post, hold = held()

        holds.review(post, hold, a_ruling(Review.RETURN), reviewed_act())

        kept = posts.get(post.post_id)
        assert (kept.state, kept.reason) == (State.RETURNED, "Because.")

    def test_what_is_partly_out_stays_held_until_it_is_counted(self, posts, holds, held):
        post, hold = held(partly=True)

        holds.review(post, hold, a_ruling(Review.RETURN), reviewed_act())

        kept = posts.get(post.post_id)
        assert (kept.state, kept.reason) == (State.HELD, "Because.")
        assert not holds.get(post.post_id, 1).waits

    @pytest.mark.parametrize("second", [Review.RELEASE, Review.RETURN])
    def test_the_second_reviewer_is_told_who_was_first(self, posts, holds, held, second):
        post, hold = held()
        holds.review(post, hold, a_ruling(), reviewed_act())

        with pytest.raises(AlreadyReviewedError) as refused:
            holds.review(post, hold, a_ruling(second, AFTER), reviewed_act())

        assert refused.value.ruling == a_ruling()
        assert refused.value.hold.post_id == post.post_id
        assert posts.get(post.post_id).state is State.CLEARED

    def test_of_many_reviewers_at_once_one_is_first(self, holds, held):
        post, hold = held()

        won, refused = at_once(
            lambda n: holds.review(post, hold, a_ruling(reason=f"Number {n}."), reviewed_act())
        )

        assert len(won) == 1
        assert {type(error) for error in refused} <= {AlreadyReviewedError, PostMovedError}

    def test_a_review_is_about_exactly_these_words(self, holds, held):
        post, hold = held()
        other = replace(hold, content_hash=ContentHash("0" * 64))

        with pytest.raises(ContentChangedError):
            holds.review(post, other, a_ruling(), reviewed_act())

    def test_a_review_of_an_older_hold_decides_nothing(self, posts, holds, held):
        post, old = held()
        holds.review(post, old, a_ruling(), reviewed_act())
        anew = a_hold(post, at=AFTER)
        again = holds.open(posts.get(post.post_id), anew, an_act(at=AFTER))

        with pytest.raises(ChangedError):
            holds.review(again, old, a_ruling(at=AFTER), reviewed_act())
        assert holds.get(post.post_id, 1).waits


class TestEnding:
    def test_what_nobody_reviews_expires(self, posts, holds, held):
        post, hold = held()

        holds.expire(post, hold, an_act("post.expired", reason="In time."))

        kept = posts.get(post.post_id)
        assert (kept.state, kept.reason) == (State.EXPIRED, "In time.")
        assert holds.get(post.post_id, 1).over

    def test_what_expires_partly_out_stays_until_it_is_counted(self, posts, holds, held):
        post, hold = held(partly=True)

        assert holds.expire(post, hold, an_act("post.expired")).state is State.HELD
        assert posts.get(post.post_id).state is State.HELD
        assert holds.get(post.post_id, 1).over

    @pytest.mark.parametrize("to", [State.FAILED, State.UNCERTAIN])
    def test_what_breaks_ends_as_it_is_told(self, posts, holds, held, to):
        post, hold = held(partly=True)

        holds.expire(post, hold, an_act("post.broken"), to)

        assert posts.get(post.post_id).state is to

    def test_what_was_reviewed_does_not_expire(self, posts, holds, held):
        post, hold = held()
        holds.review(post, hold, a_ruling(), reviewed_act())

        with pytest.raises(AlreadyReviewedError):
            holds.expire(post, hold, an_act("post.expired"))
        assert posts.get(post.post_id).state is State.CLEARED

    def test_what_is_over_cannot_be_reviewed(self, holds, held):
        post, hold = held(partly=True)
        over = holds.expire(post, hold, an_act("post.expired"))

        with pytest.raises(ChangedError):
            holds.review(over, hold, a_ruling(), reviewed_act())

    @pytest.mark.parametrize("told", [Review.SUPERSEDED, Review.WITHDRAWN])
    def test_somebody_elses_transaction_can_end_it_once(self, store, holds, held, told):
        hold = held()[1]
        taken = replace(hold, ruling=a_ruling(told))

        commit(store.connection, [closing(store, taken)])

        assert holds.undelivered(AFTER) == (taken,)
        with pytest.raises(AlreadyReviewedError):
            commit(store.connection, [closing(store, taken)])

    def test_every_answer_leads_somewhere(self):
        assert LEADS_TO.keys() == set(Review)


class TestDelivering:
    def test_a_review_is_undelivered_until_it_is_delivered(self, holds, held):
        post, hold = held()
        assert holds.undelivered(FOR_EVER) == ()

        reviewed = holds.review(post, hold, a_ruling(), reviewed_act())

        assert holds.undelivered(LATER) == ()
        assert holds.undelivered(AFTER) == (reviewed,)
        assert holds.delivered(reviewed) == holds.get(post.post_id, 1)
        assert holds.undelivered(FOR_EVER) == ()

    def test_a_repeated_task_waits_with_its_own_token(self, holds, held):
        post, hold = held()

        renewed = holds.renew(hold, "token-2")

        assert renewed == replace(hold, task_token="token-2") == holds.get(post.post_id, 1)
        assert renewed.waits

    def test_a_repeated_task_is_handed_the_review_that_came_meanwhile(self, holds, held):
        post, hold = held()
        reviewed = holds.review(post, hold, a_ruling(), reviewed_act())
        holds.delivered(reviewed)

        renewed = holds.renew(hold, "token-2")

        assert renewed == replace(reviewed, task_token="token-2")
        assert holds.undelivered(AFTER) == (renewed,)

    def test_an_old_token_does_not_deliver_what_waits_for_a_new_one(self, holds, held):
        post, hold = held()
        reviewed = holds.review(post, hold, a_ruling(), reviewed_act())
        holds.renew(hold, "token-2")

        with pytest.raises(ChangedError):
            holds.delivered(reviewed)
        assert len(holds.undelivered(AFTER)) == 1

    def test_an_older_hold_cannot_be_renewed(self, posts, holds, held):
        post, hold = held()
        holds.review(post, hold, a_ruling(), reviewed_act())
        holds.open(posts.get(post.post_id), a_hold(post, at=AFTER), an_act(at=AFTER))

        with pytest.raises(ChangedError):
            holds.renew(hold, "token-2")


class TestQueue:
    def test_the_queue_is_what_waits_longest_first_with_its_posts(self, holds, held):
        made = [held(at=NOW + timedelta(minutes=minutes))[0] for minutes in (5, 1, 3)]

        listing = holds.queue()

        assert [each.post for each in listing.entries] == [made[1], made[2], made[0]]
        assert [each.hold.post_id for each in listing.entries] == [
            each.post.post_id for each in listing.entries
        ]
        assert listing.cursor is None

    def test_it_pages_by_cursor_and_every_hold_is_on_one_page(self, holds, held):
        made = {held(at=NOW + timedelta(minutes=n))[0].post_id for n in range(5)}

        seen, cursor, pages = [], None, 0
        while pages == 0 or cursor:
            listing = holds.queue(cursor, limit=2)
            seen += [each.post.post_id for each in listing.entries]
            cursor, pages = listing.cursor, pages + 1

        assert (len(seen), set(seen), pages) == (5, made, 3)

    @pytest.mark.parametrize("cursor", ["", "nonsense", "YQ", "x" * 500])
    def test_a_cursor_that_is_not_ours_is_refused(self, holds, cursor):
        if cursor:
            with pytest.raises(InvalidCursorError):
                holds.queue(cursor)

    def test_what_was_reviewed_or_is_over_has_left_the_queue(self, holds, held):
        post, hold = held()
        holds.review(post, hold, a_ruling(), reviewed_act())
        holds.expire(*held(), an_act("post.expired"))

        assert holds.queue().entries == ()

    def test_it_is_read_in_two_calls(self, holds, held, calls):
        held()
        calls.clear()

        holds.queue()

        assert calls == ["Query", "BatchGetItem"]


class TestStalled:
    def test_a_held_post_is_not_among_those_that_a_crash_may_have_left(self, posts, held):
        post, _ = held()

        assert post.post_id not in {each.post_id for each in posts.stalled(FOR_EVER)}

    def test_once_it_is_let_go_it_is(self, posts, holds, held):
        post, hold = held()
        holds.review(post, hold, a_ruling(), reviewed_act())

        assert [each.post_id for each in posts.stalled(AFTER)] == [post.post_id]


def test_each_step_has_its_leaf(store, posts, holds, held):
    post, hold = held()
    holds.review(post, hold, a_ruling(), reviewed_act())
    holds.open(posts.get(post.post_id), a_hold(post, at=AFTER), an_act("post.held", at=AFTER))

    types = [json.loads(leaf.envelope)["type"] for leaf in Outbox(store).pending(10)]

    assert sorted(types) == ["post.held", "post.held", "post.reviewed", "post.submitted"]
