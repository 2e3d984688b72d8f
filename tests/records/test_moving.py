"""Posts move only from where they were read, and nothing waits unseen."""

from dataclasses import replace
from datetime import timedelta

import pytest

from shared.posts.errors import ContentChangedError, UnlawfulStepError
from shared.posts.life import ENDINGS, State
from shared.posts.names import ContentHash
from shared.records.errors import (
    NotFoundError,
    PostMovedError,
    TooLargeError,
    UnstorableError,
)
from shared.records.outbox import Outbox
from shared.records.posts import Posts, post_row
from shared.records.spelling import written
from tests.builders import NOW, a_pen, a_post, an_act

FINDING = {
    "rule": "too-many-hashtags",
    "severity": "review",
    "start": 0,
    "end": 4,
    "message": "Five hashtags.",
    "suggestion": "Keep two.",
    "source": "G12",
}


@pytest.fixture
def posts(store):
    return Posts(store, a_pen())


class TestMoving:
    def test_a_move_keeps_state_findings_policy_and_reason(self, posts):
        post = posts.submit(a_post(), an_act())

        moved = posts.move(
            post,
            State.BLOCKED,
            an_act("post.blocked"),
            findings=[FINDING],
            policy_version="2026-12-01",
            reason="Names a suspect.",
        )

        assert posts.get(post.post_id) == moved
        assert moved.findings == (FINDING,)
        assert moved.policy_version == "2026-12-01"
        assert moved.reason == "Names a suspect."

    def test_what_a_check_found_is_noted_with_a_leaf_and_the_post_stays_where_it_is(
        self, posts, store, calls
    ):
        post = posts.submit(a_post(), an_act())
        found = {"findings": (FINDING,), "policy_version": "2026-12-01", "second_reader": "tiny 7"}
        calls.clear()

        noted = posts.note(post, replace(post, **found), an_act("post.checked"))

        assert calls == ["TransactWriteItems"]
        assert posts.get(post.post_id) == noted
        assert (noted.state, noted.second_reader) == (State.SUBMITTED, "tiny 7")

    def test_what_a_check_found_is_not_noted_on_a_post_that_has_moved(self, posts):
        post = posts.submit(a_post(), an_act())
        posts.move(post, State.CLEARED, an_act("post.cleared"))

        with pytest.raises(PostMovedError):
            posts.note(post, replace(post, second_reader="tiny 7"), an_act("post.checked"))

    def test_a_move_and_its_leaf_are_one_call(self, posts, store, calls):
        post = posts.submit(a_post(), an_act())

        posts.move(post, State.CLEARED, an_act("post.cleared"))

        assert calls == ["TransactWriteItems"] * 2
        assert len(Outbox(store).pending(10)) == 2

    def test_a_post_that_moved_meanwhile_stays_and_is_shown(self, posts, store):
        post = posts.submit(a_post(), an_act())
        posts.move(post, State.BLOCKED, an_act("post.blocked"))

        with pytest.raises(PostMovedError) as refused:
            posts.move(post, State.CLEARED, an_act("post.cleared"))

        assert refused.value.found.state is State.BLOCKED
        assert posts.get(post.post_id).state is State.BLOCKED
        assert len(Outbox(store).pending(10)) == 2

    def test_a_post_with_other_bytes_is_not_moved(self, posts):
        post = posts.submit(a_post(), an_act())

        with pytest.raises(ContentChangedError):
            posts.move(replace(post, content_hash=ContentHash("0" * 64)), State.CLEARED, an_act())

        assert posts.get(post.post_id).state is State.SUBMITTED

    def test_a_post_that_was_never_kept_is_not_moved(self, posts):
        with pytest.raises(NotFoundError):
            posts.move(a_post(), State.CLEARED, an_act())

    @pytest.mark.parametrize("ending", sorted(ENDINGS))
    def test_nothing_follows_an_ending(self, posts, calls, ending):
        with pytest.raises(UnlawfulStepError):
            posts.move(a_post(state=ending), State.RELEASED, an_act())

        assert calls == []

    def test_findings_that_grow_beyond_400_kb_are_refused_and_nothing_moves(self, posts):
        post = posts.submit(a_post(), an_act())
        flood = [{**FINDING, "message": "x" * 1000}] * 410

        with pytest.raises(TooLargeError):
            posts.move(post, State.BLOCKED, an_act(), findings=flood)

        assert posts.get(post.post_id) == post

    @pytest.mark.parametrize("value", [float("nan"), {1, 2}, ("a", "tuple"), {1: "number"}])
    def test_findings_that_would_come_back_changed_are_refused(self, posts, value):
        post = posts.submit(a_post(), an_act())

        with pytest.raises(UnstorableError):
            posts.move(post, State.BLOCKED, an_act(), findings=[{"message": value}])


class TestStalling:
    def test_posts_that_wait_are_found_longest_first(self, posts):
        late = posts.submit(a_post(submitted_at=NOW - timedelta(minutes=5)), an_act())
        later = posts.submit(a_post(submitted_at=NOW - timedelta(minutes=9)), an_act())
        posts.submit(a_post(submitted_at=NOW), an_act())

        stalled = posts.stalled(before=NOW - timedelta(minutes=1))

        assert stalled == (later, late)

    def test_an_ended_post_never_stalls(self, posts):
        post = posts.submit(a_post(), an_act())
        posts.move(post, State.FAILED, an_act("post.failed"))

        assert posts.stalled(before=NOW + timedelta(days=99)) == ()

    def test_a_post_that_ended_while_its_index_lags_is_not_stalled(self, posts, store):
        row = post_row(store, a_post(state=State.PUBLISHED))
        row.open, row.waits_from = "open", written(NOW)
        row.save()

        assert posts.stalled(before=NOW + timedelta(days=99)) == ()

    def test_waiting_starts_anew_with_every_move(self, posts):
        post = posts.submit(a_post(), an_act())
        moved = posts.move(post, State.AWAITING_APPROVAL, an_act(at=NOW + timedelta(minutes=10)))

        assert posts.stalled(before=NOW + timedelta(minutes=10)) == ()
        assert posts.stalled(before=NOW + timedelta(minutes=11)) == (moved,)

    def test_a_cleared_post_is_not_late_before_its_time(self, posts):
        post = posts.submit(a_post(not_before=NOW + timedelta(days=7)), an_act())
        cleared = posts.move(post, State.CLEARED, an_act("post.cleared"))

        assert posts.stalled(before=NOW + timedelta(days=7)) == ()
        assert posts.stalled(before=NOW + timedelta(days=8)) == (cleared,)

    def test_a_hundred_posts_that_wait_for_people_hide_none_behind_them(self, posts, store):
        waiting = (
            a_post(state=State.AWAITING_APPROVAL, submitted_at=NOW - timedelta(days=1))
            for _ in range(100)
        )
        with store.posts.batch_write() as batch:
            for post in waiting:
                batch.save(post_row(store, post))
        crashed = posts.submit(a_post(), an_act())

        assert crashed in posts.stalled(before=NOW + timedelta(minutes=1))
