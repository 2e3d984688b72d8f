"""The list of approvals: what waits, part by part, and what was ruled when."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from shared.posts.life import State
from shared.records.approval_rows import approval_row
from shared.records.approvals import Approvals
from shared.records.errors import InvalidCursorError
from shared.records.listing import cursor_behind
from shared.records.posts import Posts
from shared.records.queue import Queue
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
def queue(store):
    return Queue(store)


def asked(posts, approvals, at=NOW):
    post = posts.submit(a_post(state=State.AWAITING_APPROVAL), an_act())
    return post, approvals.open(post, a_round(), an_act(at=at))


class TestWaiting:
    def test_longest_first_each_with_its_post(self, queue, approvals, posts):
        waiting = [
            asked(posts, approvals, NOW + timedelta(minutes=minutes))[0] for minutes in (5, 1, 3)
        ]

        found = queue.waiting()

        assert [line.post for line in found.entries] == [waiting[1], waiting[2], waiting[0]]
        assert found.cursor is None

    def test_a_cursor_goes_on_where_a_part_ended(self, queue, approvals, posts):
        wanted = [
            asked(posts, approvals, NOW + timedelta(minutes=minutes))[0] for minutes in range(5)
        ]

        parts, cursor = [], None
        while True:
            part = queue.waiting(cursor, 2)
            parts.append([line.post for line in part.entries])
            if (cursor := part.cursor) is None:
                break

        assert parts == [wanted[:2], wanted[2:4], wanted[4:]]

    @pytest.mark.parametrize("cursor", ["nonsense", cursor_behind("no place at all"), "é"])
    def test_a_cursor_that_is_not_ours_is_refused(self, queue, cursor):
        with pytest.raises(InvalidCursorError):
            queue.waiting(cursor)

    def test_what_is_decided_or_expired_has_left(self, queue, approvals, posts):
        decided, other = asked(posts, approvals), asked(posts, approvals)
        approvals.decide(*decided, a_ruling(), an_act())
        approvals.expire(*other, an_act())

        assert queue.waiting().entries == ()

    def test_an_index_that_lags_shows_nothing_that_is_over(self, queue, approvals, posts, store):
        for awaited, state in (("pending", "expired"), ("undelivered", "decided")):
            post = posts.submit(a_post(state=State.AWAITING_APPROVAL), an_act())
            row = approval_row(store, an_approval(post))
            row.open, row.waits_from, row.state = awaited, written(NOW), state
            row.save()

        assert queue.waiting().entries == ()
        assert approvals.undelivered(before=LATER) == ()

    def test_a_part_is_two_calls(self, queue, approvals, posts, calls):
        for _ in range(3):
            asked(posts, approvals)
        calls.clear()

        queue.waiting()

        assert calls == ["Query", "BatchGetItem"]


class TestRuled:
    def test_what_was_ruled_in_a_stretch_whether_or_not_it_has_arrived(
        self, queue, approvals, posts
    ):
        arrived = approvals.decide(*asked(posts, approvals), a_ruling(), an_act())
        approvals.delivered(arrived)
        under_way = approvals.decide(*asked(posts, approvals), a_ruling(), an_act())

        found = queue.ruled(LATER - timedelta(days=1), LATER + timedelta(days=1))

        assert {approval.post_id for approval in found} == {arrived.post_id, under_way.post_id}
        assert all(approval.ruling == arrived.ruling for approval in found)

    def test_a_stretch_may_cross_months_and_ends_before_its_end(self, queue, approvals, posts):
        moments = [
            datetime(2026, 11, 30, 23, 59, 59, tzinfo=UTC),
            datetime(2026, 12, 1, tzinfo=UTC),
            datetime(2027, 1, 15, tzinfo=UTC),
        ]
        for moment in moments:
            ruling = replace(a_ruling(), at=moment)
            approvals.delivered(approvals.decide(*asked(posts, approvals), ruling, an_act()))

        def at(since, until):
            return [approval.ruling.at for approval in queue.ruled(since, until)]

        assert at(moments[0], moments[2]) == moments[:2]
        assert at(moments[1], moments[2] + timedelta(seconds=1)) == moments[1:]

    def test_a_ruling_that_has_arrived_is_still_read_as_delivered(self, approvals, posts):
        post, approval = asked(posts, approvals)

        delivered = approvals.delivered(approvals.decide(post, approval, a_ruling(), an_act()))

        assert approvals.get(post.post_id, 1) == delivered
        assert approvals.undelivered(before=LATER + timedelta(days=1)) == ()
