"""Approvals: asked in rounds, decided once, delivered to the machine that waits."""

from dataclasses import replace
from datetime import timedelta

import pytest

from shared.posts.errors import ContentChangedError, UnlawfulStepError
from shared.posts.life import State
from shared.posts.names import ContentHash, PersonId
from shared.records.approval import ApprovalState, Decision, Ruling, Way
from shared.records.approvals import Approvals
from shared.records.errors import (
    AlreadyDecidedError,
    AlreadyExistsError,
    ApprovalClosedError,
    NotFoundError,
    PostMovedError,
    TooLargeError,
)
from shared.records.links import Links
from shared.records.outbox import Outbox
from shared.records.posts import Posts
from tests.builders import NOW, a_link, a_pen, a_post, a_round, an_act

LATER = NOW + timedelta(minutes=10)


def a_ruling(decision=Decision.APPROVE, **changes):
    return Ruling(
        **{
            "decision": decision,
            "by": PersonId("comms-ray"),
            "at": LATER,
            "way": Way.LINK,
            **changes,
        }
    )


@pytest.fixture
def posts(store):
    return Posts(store, a_pen())


@pytest.fixture
def approvals(store):
    return Approvals(store, a_pen())


@pytest.fixture
def post(posts):
    return posts.submit(a_post(state=State.AWAITING_APPROVAL), an_act())


class TestAsking:
    def test_an_opened_approval_is_read_back_as_it_was(self, approvals, post):
        opened = approvals.open(post, a_round(), an_act("approval.asked"))

        assert approvals.get(post.post_id, 1) == opened
        assert opened.state is ApprovalState.PENDING

    def test_asking_three_people_is_one_call(self, approvals, post, calls):
        links = tuple(a_link(post, secret) for secret in ("one", "two", "three"))

        approvals.open(post, a_round(links=links), an_act("approval.asked"))

        assert calls == ["TransactWriteItems"]

    @pytest.mark.parametrize("state", [State.FAILED, State.RETURNED, State.CLEARED])
    def test_a_post_that_is_past_asking_is_not_brought_back(self, approvals, posts, state):
        past = posts.submit(a_post(state=state), an_act())

        with pytest.raises(UnlawfulStepError):
            approvals.open(past, a_round(), an_act("approval.asked"))
        assert posts.get(past.post_id) == past

    def test_links_are_found_by_their_secret(self, approvals, store, post):
        link = a_link(post, "one")

        approvals.open(post, a_round(links=(link,)), an_act("approval.asked"))

        assert Links(store).find("one") == link

    def test_a_second_round_has_its_own_token_people_and_links(self, approvals, store, post):
        opened = approvals.open(post, a_round(links=(a_link(post, "one"),)), an_act())
        second = a_round(2, asked=(PersonId("deputy"),), links=(a_link(post, "two"),))

        renewed = approvals.renew(opened, second, an_act("approval.asked"))

        assert approvals.get(post.post_id, 1) == renewed
        assert (renewed.round, renewed.task_token) == (2, "token-2")
        assert renewed.asked == (PersonId("deputy"),)
        assert [one.asked for one in renewed.askings] == [opened.asked, renewed.asked]
        assert renewed.newest_round(PersonId("deputy")) == 2
        assert renewed.newest_round(opened.asked[0]) == 1
        assert Links(store).find("one").void is Links(store).find("two").void is False

    def test_opening_again_after_a_crash_takes_the_new_token(self, approvals, post):
        approvals.open(post, a_round(), an_act())

        again = approvals.open(post, a_round(task_token="token-of-the-retry"), an_act())

        assert again.task_token == "token-of-the-retry"
        assert approvals.get(post.post_id, 1) == again

    def test_a_link_secret_is_never_used_twice(self, approvals, post):
        twice = (a_link(post, "one"),)
        opened = approvals.open(post, a_round(links=twice), an_act())

        with pytest.raises(AlreadyExistsError):
            approvals.renew(opened, a_round(2, links=twice), an_act())

        assert approvals.get(post.post_id, 1) == opened

    def test_a_ruling_comes_back_as_it_stands_however_old_the_asking_that_was_read(
        self, approvals, post
    ):
        opened = approvals.open(post, a_round(), an_act())
        approvals.renew(opened, a_round(2), an_act())
        decided = approvals.decide(post, opened, a_ruling(), an_act())

        renewed = approvals.renew(decided, a_round(3), an_act())

        assert (renewed.round, renewed.task_token) == (2, "token-3")
        assert approvals.get(post.post_id, 1) == renewed

    def test_a_ruling_made_between_two_rounds_comes_back_with_the_new_token(self, approvals, post):
        opened = approvals.open(post, a_round(), an_act())
        decided = approvals.decide(post, opened, a_ruling(), an_act())
        approvals.delivered(decided)

        renewed = approvals.renew(opened, a_round(2), an_act())

        assert renewed.ruling == decided.ruling
        assert renewed.task_token == "token-2"
        assert approvals.undelivered(before=NOW + timedelta(hours=1)) == (renewed,)

    def test_an_expired_approval_is_not_asked_again(self, approvals, post):
        opened = approvals.open(post, a_round(), an_act())
        expired = approvals.expire(post, opened, an_act("post.expired"))

        for seen in (opened, expired):
            with pytest.raises(ApprovalClosedError):
                approvals.renew(seen, a_round(2), an_act())

    def test_what_was_never_asked_is_not_found(self, approvals, post):
        with pytest.raises(NotFoundError):
            approvals.get(post.post_id, 1)


class TestDeciding:
    @pytest.mark.parametrize(
        ("decision", "state"),
        [
            (Decision.APPROVE, State.CLEARED),
            (Decision.RETURN, State.RETURNED),
            (Decision.REJECT, State.REJECTED),
            (Decision.EDIT, State.SUPERSEDED),
        ],
    )
    def test_a_decision_moves_the_post_and_keeps_the_ruling(
        self, approvals, posts, post, decision, state
    ):
        opened = approvals.open(post, a_round(), an_act())
        ruling = a_ruling(decision, reason="Take the name out.", way=Way.QUEUE)

        decided = approvals.decide(post, opened, ruling, an_act("post.decided"))

        assert approvals.get(post.post_id, 1) == decided
        assert decided.ruling == ruling
        assert posts.get(post.post_id).state is state
        assert posts.get(post.post_id).reason == "Take the name out."

    def test_approval_post_and_leaf_are_one_call(self, approvals, store, post, calls):
        opened = approvals.open(post, a_round(), an_act())
        calls.clear()

        approvals.decide(post, opened, a_ruling(), an_act("post.approved"))

        assert calls == ["TransactWriteItems"]
        assert len(Outbox(store).pending(10)) == 3

    def test_an_edit_is_one_call_and_keeps_the_version_that_takes_its_place(
        self, approvals, posts, store, post, calls
    ):
        opened = approvals.open(post, a_round(), an_act())
        newer = a_post("Other words.", post_id=post.post_id, version=2, author=post.author)
        ruling = a_ruling(Decision.EDIT, reason="Shorter.", shown_at=NOW)
        calls.clear()

        decided = approvals.edit(post, opened, ruling, newer, (an_act(), an_act()))

        assert calls == ["TransactWriteItems"]
        assert approvals.get(post.post_id, 1) == decided
        assert posts.history(post.post_id) == (
            replace(post, state=State.SUPERSEDED, reason="Shorter."),
            newer,
        )
        assert len(Outbox(store).pending(10)) == 4
        assert approvals.undelivered(before=LATER + timedelta(hours=1)) == (decided,)
        assert decided.told == "superseded"

    def test_an_edit_that_comes_second_keeps_nothing(self, approvals, posts, store, post):
        opened = approvals.open(post, a_round(), an_act())
        approvals.decide(post, opened, a_ruling(Decision.REJECT, reason="No."), an_act())
        newer = a_post("Other words.", post_id=post.post_id, version=2, author=post.author)

        with pytest.raises(AlreadyDecidedError):
            approvals.edit(post, opened, a_ruling(Decision.EDIT), newer, (an_act(), an_act()))

        assert [version.version for version in posts.history(post.post_id)] == [1]
        assert len(Outbox(store).pending(10)) == 3

    def test_an_edit_never_takes_the_place_of_a_version_that_is_there(self, approvals, posts, post):
        opened = approvals.open(post, a_round(), an_act())
        newer = a_post("Other words.", post_id=post.post_id, version=2, author=post.author)
        posts.submit(newer, an_act())

        with pytest.raises(AlreadyExistsError):
            approvals.edit(post, opened, a_ruling(Decision.EDIT), newer, (an_act(), an_act()))

        assert approvals.get(post.post_id, 1) == opened
        assert posts.get(post.post_id, 1) == post

    def test_the_second_approver_is_told_who_decided_when_and_what(
        self, approvals, posts, store, post
    ):
        opened = approvals.open(post, a_round(), an_act())
        approvals.decide(post, opened, a_ruling(Decision.REJECT, reason="No."), an_act())

        with pytest.raises(AlreadyDecidedError) as told:
            approvals.decide(post, opened, a_ruling(by=PersonId("comms-sam")), an_act())

        assert told.value.by == "comms-ray"
        assert told.value.at == LATER
        assert told.value.decision is Decision.REJECT
        assert posts.get(post.post_id).state is State.REJECTED
        assert len(Outbox(store).pending(10)) == 3

    def test_a_decision_about_other_words_is_refused(self, approvals, posts, post):
        opened = approvals.open(post, a_round(), an_act())
        other = replace(opened, content_hash=ContentHash("0" * 64))

        with pytest.raises(ContentChangedError):
            approvals.decide(post, other, a_ruling(), an_act())

        assert posts.get(post.post_id) == post

    def test_a_post_that_has_ended_meanwhile_is_not_decided(self, approvals, posts, post):
        opened = approvals.open(post, a_round(), an_act())
        posts.move(post, State.FAILED, an_act("post.failed"))

        with pytest.raises(PostMovedError):
            approvals.decide(post, opened, a_ruling(), an_act())

        assert approvals.get(post.post_id, 1).state is ApprovalState.PENDING

    def test_a_reason_beyond_400_kb_decides_nothing(self, approvals, post):
        opened = approvals.open(post, a_round(), an_act())

        with pytest.raises(TooLargeError):
            approvals.decide(
                post, opened, a_ruling(Decision.RETURN, reason="x" * 500_000), an_act()
            )

        assert approvals.get(post.post_id, 1) == opened


class TestEndingWithoutADecision:
    def test_an_expired_approval_expires_its_post(self, approvals, posts, post):
        opened = approvals.open(post, a_round(), an_act())

        expired = approvals.expire(post, opened, an_act("post.expired", reason="nobody"))

        assert approvals.get(post.post_id, 1) == expired
        assert posts.get(post.post_id).state is State.EXPIRED
        assert posts.get(post.post_id).reason == "nobody"

    def test_a_void_approval_fails_its_post(self, approvals, posts, post):
        opened = approvals.open(post, a_round(), an_act())

        void = approvals.void(post, opened, an_act("post.failed"))

        assert approvals.get(post.post_id, 1) == void
        assert posts.get(post.post_id).state is State.FAILED

    def test_nobody_decides_what_has_expired(self, approvals, post):
        opened = approvals.open(post, a_round(), an_act())
        approvals.expire(post, opened, an_act("post.expired"))

        with pytest.raises(ApprovalClosedError) as refused:
            approvals.decide(post, opened, a_ruling(), an_act())

        assert refused.value.state is ApprovalState.EXPIRED

    def test_nothing_expires_that_was_decided(self, approvals, posts, post):
        opened = approvals.open(post, a_round(), an_act())
        approvals.decide(post, opened, a_ruling(), an_act())

        with pytest.raises(AlreadyDecidedError):
            approvals.expire(post, opened, an_act("post.expired"))

        assert posts.get(post.post_id).state is State.CLEARED


def test_no_token_and_no_code_is_shown_by_what_holds_them():
    post = a_post()
    link = a_link(post, "the-secret")
    shown = repr([a_round(task_token="the-token", links=(link,)), link])

    assert "the-token" not in shown
    assert "the-secret" not in shown
    assert "271828" not in shown
    assert link.link_hash not in shown
