"""What was told of a letter: kept with its link, noted with its approval, and a leaf, in one."""

from dataclasses import replace
from datetime import timedelta

import pytest

from shared.posts.life import State
from shared.posts.names import PersonId
from shared.records.approval import ApprovalState, Decision, Ruling, Undelivered, Way
from shared.records.approvals import Approvals
from shared.records.errors import ApprovalClosedError, DeadLinkError, NotFoundError
from shared.records.letters import Letters
from shared.records.links import Links
from shared.records.posts import Posts
from tests.builders import NOW, a_link, a_pen, a_post, a_round, an_act

RAY, SOL = PersonId("comms-ray"), PersonId("comms-sol")
LATER = NOW + timedelta(minutes=1)
FOR_GOOD = sorted(set(Undelivered) - {Undelivered.SILENCE})


@pytest.fixture
def letters(store):
    return Letters(store, a_pen())


@pytest.fixture
def approvals(store):
    return Approvals(store, a_pen())


@pytest.fixture
def asked(store, approvals):
    """An approval that waits for two people, and their links."""
    post = Posts(store, a_pen()).submit(a_post(), an_act())
    links = (a_link(post, "one", person=RAY), a_link(post, "two", person=SOL))
    first = a_round(asked=(RAY, SOL), links=links, others=True)
    return approvals.open(post, first, an_act()), links


def leaves(store):
    return len(list(store.outbox.scan()))


class TestDelivered:
    def test_a_letter_is_marked_once(self, store, letters, asked):
        _, (one, _) = asked

        marked = [letters.delivered(one.link_hash, at) for at in (LATER, NOW)]

        assert marked == [True, False]
        assert Links(store).find("one") == replace(one, delivered_at=LATER)

    def test_a_letter_that_nobody_sent_is_not_made_up(self, store, letters):
        assert not letters.delivered("ab" * 32, NOW)
        with pytest.raises(NotFoundError):
            letters.find("ab" * 32)

    def test_no_leaf_is_written_where_all_is_well(self, store, letters, asked):
        before = leaves(store)

        letters.delivered(asked[1][0].link_hash, NOW)

        assert leaves(store) == before


class TestUndelivered:
    @pytest.mark.parametrize("why", FOR_GOOD)
    def test_the_link_is_void_and_the_person_noted_together_with_the_leaf(
        self, store, letters, approvals, asked, why
    ):
        approval, (one, two) = asked
        before = leaves(store)

        letters.undelivered(one, approval, why, an_act("approval.letter_undelivered"))

        assert letters.of(approval) == (replace(one, void=True, undelivered=why), two)
        assert approvals.get(approval.post_id, 1).unreached == {RAY}
        assert leaves(store) == before + 1

    def test_after_silence_the_link_stays_a_way_in(self, letters, approvals, asked):
        approval, (one, _) = asked

        letters.undelivered(one, approval, Undelivered.SILENCE, an_act())

        kept = letters.find(one.link_hash)
        assert (kept.void, kept.undelivered) == (False, Undelivered.SILENCE)
        assert approvals.get(approval.post_id, 1).unreached == {RAY}

    def test_it_is_noted_once(self, store, letters, asked):
        approval, (one, _) = asked
        letters.undelivered(one, approval, Undelivered.BOUNCE, an_act())
        before = leaves(store)

        for why in Undelivered:
            with pytest.raises(DeadLinkError):
                letters.undelivered(one, approval, why, an_act())
        assert leaves(store) == before

    def test_what_was_silent_may_bounce_after_all(self, letters, asked):
        approval, (one, _) = asked
        letters.undelivered(one, approval, Undelivered.SILENCE, an_act())

        letters.undelivered(one, approval, Undelivered.BOUNCE, an_act())

        assert letters.find(one.link_hash).void

    def test_a_letter_that_was_delivered_is_not_silent(self, letters, approvals, asked):
        approval, (one, _) = asked
        letters.delivered(one.link_hash, NOW)

        with pytest.raises(DeadLinkError):
            letters.undelivered(one, approval, Undelivered.SILENCE, an_act())
        assert approvals.get(approval.post_id, 1).unreached == frozenset()

    def test_a_letter_that_was_delivered_may_be_complained_of(self, letters, asked):
        approval, (one, _) = asked
        letters.delivered(one.link_hash, NOW)

        letters.undelivered(one, approval, Undelivered.COMPLAINT, an_act())

        assert letters.find(one.link_hash).void

    def test_two_people_are_both_noted_however_old_what_is_known_of_them(
        self, letters, approvals, asked
    ):
        approval, links = asked

        for link in links:
            letters.undelivered(link, approval, Undelivered.BOUNCE, an_act())

        assert approvals.get(approval.post_id, 1).unreached == {RAY, SOL}

    def test_after_a_decision_nothing_changes(self, store, letters, approvals, asked):
        approval, (one, _) = asked
        post = Posts(store, a_pen()).get(approval.post_id)
        ruling = Ruling(Decision.RETURN, SOL, NOW, Way.QUEUE, "Say where.")
        decided = approvals.decide(post, approval, ruling, an_act())
        before = leaves(store)

        with pytest.raises(ApprovalClosedError):
            letters.undelivered(one, approval, Undelivered.COMPLAINT, an_act())

        assert letters.find(one.link_hash) == one
        assert approvals.get(approval.post_id, 1) == decided
        assert leaves(store) == before

    def test_a_further_round_keeps_who_was_not_reached_and_has_letters_of_its_own(
        self, store, letters, approvals, asked
    ):
        approval, (one, _) = asked
        letters.undelivered(one, approval, Undelivered.BOUNCE, an_act())
        post = Posts(store, a_pen()).get(approval.post_id)
        three = a_link(post, "three", person=SOL)

        approvals.renew(approval, a_round(2, asked=(SOL,), links=(three,)), an_act())

        kept = approvals.get(approval.post_id, 1)
        assert (kept.round, kept.others, kept.unreached) == (2, False, {RAY})
        assert letters.of(kept) == (three,)


class TestWaiting:
    def test_what_waits_comes_with_its_post_and_its_letters(self, store, letters, asked):
        approval, links = asked
        post = Posts(store, a_pen()).get(approval.post_id)

        [sent] = letters.waiting(LATER)

        assert (sent.approval, sent.post, sent.links) == (approval, post, links)
        assert post.state is State.AWAITING_APPROVAL

    def test_what_was_just_asked_is_left_alone(self, letters, asked):
        assert letters.waiting(NOW) == ()

    def test_what_was_decided_does_not_wait(self, store, letters, approvals, asked):
        approval, _ = asked
        post = Posts(store, a_pen()).get(approval.post_id)
        ruling = Ruling(Decision.APPROVE, RAY, NOW, Way.LINK)
        assert approvals.decide(post, approval, ruling, an_act()).state is ApprovalState.DECIDED

        assert letters.waiting(LATER) == ()

    def test_more_than_a_hundred_wait_together(self, store, letters, approvals):
        posts = Posts(store, a_pen())
        for number in range(55):
            post = posts.submit(a_post(), an_act())
            links = (a_link(post, f"a{number}"), a_link(post, f"b{number}"))
            approvals.open(post, a_round(links=links), an_act())

        waiting = letters.waiting(LATER)

        assert len(waiting) == 55
        assert {len(sent.links) for sent in waiting} == {2}
