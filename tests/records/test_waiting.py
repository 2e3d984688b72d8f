"""What waits in approvals: rulings for a machine, questions for a person."""

from datetime import timedelta

import pytest

from shared.posts.life import State
from shared.records.approvals import Approvals
from shared.records.errors import (
    ChangedError,
)
from shared.records.posts import Posts
from tests.builders import a_pen, a_post, a_round, an_act
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
