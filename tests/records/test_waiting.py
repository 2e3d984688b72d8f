"""What waits in approvals: rulings for a machine, questions for a person."""

from datetime import timedelta

import pytest

from shared.posts.life import State
from shared.records.approval_rows import approval_row
from shared.records.approvals import Approvals
from shared.records.errors import (
    ChangedError,
)
from shared.records.posts import Posts
from shared.records.spelling import written
from tests.builders import NOW, a_pen, a_post, a_round, an_act, an_approval
from tests.records.test_approvals import LATER, a_ruling


@pytest.fixture
def posts(store):
    return Posts(store, a_pen())


@pytest.fixture
def approvals(store):
    return Approvals(store, a_pen())


@pytest.fixture
def post(posts):
    return posts.submit(a_post(state=State.AWAITING_APPROVAL), an_act())


class TestDelivering:
    def test_a_ruling_is_undelivered_until_it_is_delivered(self, approvals, post):
        opened = approvals.open(post, a_round(), an_act())
        decided = approvals.decide(post, opened, a_ruling(), an_act())

        waiting = approvals.undelivered(before=LATER + timedelta(seconds=1))
        delivered = approvals.delivered(decided)

        assert waiting == (decided,)
        assert approvals.undelivered(before=LATER + timedelta(days=1)) == ()
        assert approvals.get(post.post_id, 1) == delivered

    def test_a_ruling_of_this_moment_is_left_to_who_made_it(self, approvals, post):
        opened = approvals.open(post, a_round(), an_act())
        approvals.decide(post, opened, a_ruling(), an_act())

        assert approvals.undelivered(before=LATER) == ()

    def test_an_old_token_does_not_deliver_what_waits_for_a_new_one(self, approvals, post):
        opened = approvals.open(post, a_round(), an_act())
        decided = approvals.decide(post, opened, a_ruling(), an_act())
        approvals.renew(decided, a_round(2), an_act())

        with pytest.raises(ChangedError):
            approvals.delivered(decided)

        assert len(approvals.undelivered(before=LATER + timedelta(days=1))) == 1


class TestQueue:
    def test_the_queue_is_what_waits_longest_first_with_its_posts(self, approvals, posts):
        waiting = [posts.submit(a_post(state=State.AWAITING_APPROVAL), an_act()) for _ in range(3)]
        for minutes, post in zip((5, 1, 3), waiting, strict=True):
            approvals.open(post, a_round(), an_act(at=NOW + timedelta(minutes=minutes)))

        queue = approvals.queue()

        assert [line.post for line in queue] == [waiting[1], waiting[2], waiting[0]]

    def test_what_is_decided_or_expired_has_left_the_queue(self, approvals, posts, post):
        other = posts.submit(a_post(state=State.AWAITING_APPROVAL), an_act())
        approvals.decide(post, approvals.open(post, a_round(), an_act()), a_ruling(), an_act())
        approvals.expire(other, approvals.open(other, a_round(), an_act()), an_act())

        assert approvals.queue() == ()

    @pytest.mark.usefixtures("post")
    def test_an_index_that_lags_shows_nothing_that_is_over(self, approvals, posts, store):
        for awaited, state in (("pending", "expired"), ("undelivered", "decided")):
            post = posts.submit(a_post(state=State.AWAITING_APPROVAL), an_act())
            row = approval_row(store, an_approval(post))
            row.open, row.waits_from, row.state = awaited, written(NOW), state
            row.save()

        assert approvals.queue() == ()
        assert approvals.undelivered(before=LATER) == ()

    def test_the_queue_is_two_calls(self, approvals, posts, calls):
        for _ in range(3):
            post = posts.submit(a_post(state=State.AWAITING_APPROVAL), an_act())
            approvals.open(post, a_round(), an_act())
        calls.clear()

        approvals.queue()

        assert calls == ["Query", "BatchGetItem"]
