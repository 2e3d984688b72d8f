"""Posts that did not wait for a second person are found until somebody has looked at them."""

from dataclasses import replace
from datetime import timedelta

import pytest

from shared.posts.errors import ContentChangedError
from shared.posts.life import KEPT_IN, State, UrgentReview
from shared.posts.names import PersonId
from shared.records.errors import LookedAtError
from shared.records.outbox import Outbox
from shared.records.posts import Posts
from shared.records.urgent_posts import UrgentPosts
from tests.builders import NOW, a_pen, a_post, an_act
from tests.records.test_contention import at_once

LATER = NOW + timedelta(hours=20)
REVIEW = UrgentReview(PersonId("comms-ray"), LATER, "Rightly so.")
URGENT = {"urgent_reason": "The bridge is down."}


@pytest.fixture
def posts(store):
    return Posts(store, a_pen())


@pytest.fixture
def urgent(store):
    return UrgentPosts(store, a_pen())


def test_a_submission_that_did_not_wait_leaves_both_its_leaves_in_one_call(posts, store, calls):
    posts.submit(a_post(**URGENT), an_act(), besides=[an_act("post.urgent")])

    assert calls == ["TransactWriteItems"]
    assert len(Outbox(store).pending(10)) == 2


def test_it_is_found_longest_waiting_first_and_nothing_else_is(posts, urgent):
    second = posts.submit(a_post(submitted_at=NOW + timedelta(hours=1), **URGENT), an_act())
    first = posts.submit(a_post(**URGENT), an_act())
    posts.submit(a_post(), an_act())

    assert urgent.waiting() == (first, second)


@pytest.mark.parametrize("state", sorted(set(State) - KEPT_IN - {State.SUBMITTED}))
def test_it_is_found_wherever_it_stands_on_its_way_out(posts, urgent, state):
    post = a_post(state=state, **URGENT)
    posts.submit(post, an_act())

    assert urgent.waiting() == (post,)


@pytest.mark.parametrize("state", [State.BLOCKED, State.WITHDRAWN, State.SUPERSEDED])
def test_what_never_left_the_house_is_not_found(posts, urgent, state):
    post = posts.submit(a_post(**URGENT), an_act())

    posts.move(post, state, an_act())

    assert urgent.waiting() == ()


def test_what_is_blocked_at_once_is_not_found(posts, urgent):
    posts.submit(a_post(state=State.BLOCKED, **URGENT), an_act())

    assert urgent.waiting() == ()


def test_once_somebody_has_looked_it_says_who_and_is_not_found_any_more(posts, urgent, store):
    post = posts.submit(a_post(**URGENT), an_act())

    reviewed = urgent.review(post, REVIEW, an_act("post.urgent_reviewed"))

    assert posts.get(post.post_id) == reviewed == replace(post, urgent_review=REVIEW)
    assert urgent.waiting() == ()
    assert len(Outbox(store).pending(10)) == 2


def test_it_is_looked_at_wherever_it_stands_by_now_and_stays_there(posts, urgent):
    post = posts.submit(a_post(**URGENT), an_act())
    moved = posts.move(post, State.CLEARED, an_act())

    urgent.review(post, REVIEW, an_act())

    assert posts.get(post.post_id) == replace(moved, urgent_review=REVIEW)


def test_a_post_that_goes_on_its_way_meanwhile_stays_looked_at(posts, urgent):
    post = posts.submit(a_post(**URGENT), an_act())
    urgent.review(post, REVIEW, an_act())

    posts.move(post, State.CLEARED, an_act())

    assert posts.get(post.post_id).urgent_review == REVIEW
    assert urgent.waiting() == ()


def test_of_eight_who_look_one_is_first_and_the_others_are_told_who(posts, urgent):
    post = posts.submit(a_post(**URGENT), an_act())
    reviews = [replace(REVIEW, by=PersonId(f"comms-{n}")) for n in range(8)]

    won, refused = at_once(lambda n: urgent.review(post, reviews[n], an_act()))

    assert len(won) == 1
    assert {type(error) for error in refused} == {LookedAtError}
    assert {error.review for error in refused} == {won[0].urgent_review}


def test_other_words_than_were_read_are_not_looked_at(posts, urgent):
    post = posts.submit(a_post(**URGENT), an_act())

    with pytest.raises(ContentChangedError):
        urgent.review(replace(post, content_hash="0" * 64), REVIEW, an_act())
