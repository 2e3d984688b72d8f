"""Appeals on both engines: opened with their post, changed with a leaf, shared posts found."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from shared.posts.appeal import Appeal, Appealed, AppealState, Copy, Fate, Said, Settled
from shared.posts.correction import Correction
from shared.posts.names import AccountId, PersonId
from shared.records.appeal_entries import act_on_appeal
from shared.records.appeals import Appeals
from shared.records.corrections import closings_of, corrections_of
from shared.records.errors import (
    AlreadyExistsError,
    ChangedError,
    InvalidCursorError,
    NotFoundError,
)
from shared.records.listing import Listing, cursor_behind
from shared.records.outbox import Outbox
from shared.records.posts import Posts
from shared.records.transaction import commit
from tests.builders import NOW, a_pen, a_post, a_post_id, an_act

OWNER = PersonId("pc-okafor")
MARK, OTHER = "page:" + "a" * 64, "picture:" + "b" * 64


@pytest.fixture
def appeals(store):
    return Appeals(store, a_pen())


def an_appeal(**changes):
    usual = {"owner": OWNER, "opened_at": NOW, "ends_on": date(2026, 12, 18)}
    return Appeal(a_post_id(), AccountId("riverside"), **{**usual, **changes})


def opened(appeals, store, **changes):
    appeal = an_appeal(**changes)
    commit(store.connection, [appeals.opening(appeal)])
    return appeal


def act(appeal, happened=Appealed.EXTENDED):
    return act_on_appeal(appeal, happened, NOW, {"until": "2026-12-24"}, actor=OWNER)


def test_it_comes_back_as_it_was_kept(appeals, store):
    settled = Settled(Fate.STAYS, OWNER, NOW, "A newspaper's own.")
    copy = Copy("https://news.example/1", "The Moorland Post", OWNER, NOW, settled=settled)
    said = Said(OWNER, NOW, "Found, safe and well.")

    full = opened(appeals, store, copies=(copy,), added=(a_post_id(),), found=said, closed=said)

    assert appeals.get(full.appeal_id) == full
    assert appeals.find(full.appeal_id) == full
    assert appeals.find(a_post_id()) is None
    for name in (a_post_id(), MARK):
        with pytest.raises(NotFoundError):
            appeals.get(name)


def test_it_is_opened_once(appeals, store):
    appeal = opened(appeals, store)

    with pytest.raises(ChangedError):
        commit(store.connection, [appeals.opening(appeal)])


def test_those_that_last_are_listed_by_when_they_end(appeals, store):
    late = opened(appeals, store, ends_on=date(2027, 1, 1))
    soon = opened(appeals, store, ends_on=date(2026, 11, 21))
    said = opened(appeals, store, state=AppealState.FOUND)
    over = opened(appeals, store)
    appeals.change(over, replace(over, state=AppealState.CLOSED), act(over, Appealed.CLOSED))

    assert appeals.lasting().entries == (soon, said, late)
    part = appeals.lasting(limit=2)
    assert part.entries == (soon, said)
    assert appeals.lasting(part.cursor) == Listing((late,), None)
    with pytest.raises(InvalidCursorError):
        appeals.lasting(cursor_behind("somewhere else"))


def test_a_change_comes_with_a_leaf_and_only_to_what_was_read(appeals, store):
    before = opened(appeals, store)
    after = replace(before, ends_on=date(2026, 12, 24))

    appeals.change(before, after, act(after))
    with pytest.raises(ChangedError):
        appeals.change(before, replace(before, owner=PersonId("sgt-lind")), act(before))

    assert appeals.get(before.appeal_id) == after
    assert len(Outbox(store).pending(10)) == 1


def test_posts_with_a_mark_in_common_are_found_newest_first_each_once(appeals, store):
    old = a_post_id(NOW - timedelta(days=40))
    first, second = a_post_id(NOW), a_post_id(NOW + timedelta(hours=1))
    for post_id, marks in ((old, [MARK]), (first, [MARK, OTHER]), (second, [OTHER])):
        commit(store.connection, appeals.marking(post_id, 1, marks))
    commit(store.connection, appeals.marking(first, 2, [MARK]))

    assert appeals.sharing([MARK, OTHER], NOW - timedelta(days=28)) == (second, first)
    assert appeals.sharing([MARK], NOW - timedelta(days=50)) == (first, old)
    assert appeals.sharing([], NOW) == ()


def test_no_post_is_kept_without_its_appeal_and_no_appeal_without_its_post(appeals, store):
    posts, post = Posts(store, a_pen()), a_post("Have you seen this man?")
    appeal = replace(an_appeal(), appeal_id=post.post_id)
    writes = [appeals.opening(appeal), *appeals.marking(post.post_id, 1, [MARK])]

    posts.submit(post, an_act(), also=writes)
    with pytest.raises(ChangedError):
        posts.submit(replace(post, version=2), an_act(), also=[appeals.opening(appeal)])
    with pytest.raises(AlreadyExistsError):
        posts.submit(post, an_act(), also=appeals.marking(post.post_id, 2, [OTHER]))

    assert (posts.get(post.post_id), appeals.get(post.post_id)) == (post, appeal)
    assert appeals.sharing([MARK], NOW - timedelta(days=1)) == (post.post_id,)
    assert appeals.sharing([OTHER], NOW - timedelta(days=1)) == ()


def test_what_closes_a_post_is_found_apart_from_what_corrects_it(store):
    posts, wrong = Posts(store, a_pen()), a_post()
    right = Correction(wrong.post_id, 1, "The wrong road.")
    over = Correction(wrong.post_id, 1, "", appeal=wrong.post_id)
    corrects, closes = a_post(correction=right), a_post(correction=over)

    for post in (wrong, corrects, closes):
        posts.submit(post, an_act())

    assert posts.get(closes.post_id).correction == over
    assert corrections_of(store, wrong.post_id, 1) == ((corrects.post_id, 1),)
    assert closings_of(store, wrong.post_id, 1) == ((closes.post_id, 1),)
