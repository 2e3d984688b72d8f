"""Reviews of followers on both engines: each step with its leaf, and nobody left when it ends."""

from dataclasses import replace
from datetime import timedelta

import pytest

from shared.followers.acts import Reviewed
from shared.followers.flags import Flag, Sign
from shared.followers.review import (
    Decision,
    Flagged,
    Part,
    Place,
    Review,
    Ruling,
    Seen,
    Signature,
    decide,
    ready,
    sign,
    with_list,
)
from shared.followers.snapshot import marks
from shared.followers.someone import Side, Someone
from shared.posts.names import AccountId, PersonId, PlatformName
from shared.records.errors import ChangedError, NotFoundError
from shared.records.follower_lists import (
    FollowerList,
    FollowerLists,
    Good,
    Reading,
    ended,
)
from shared.records.review_acts import (
    act_of_list,
    act_of_ruling,
    act_of_signature,
    act_on_review,
)
from shared.records.reviews import Reviews, Step
from tests.builders import NOW, a_pen

LEEK = AccountId("leek-npt")
PLACE = Place(PlatformName("sandbox"), Side.FOLLOWER)
THEM = Someone("u-7", "pat-invented", "Pat Invented", "https://sandbox.example/pat")
FLAGGED = Flagged(0, PLACE, THEM, (Flag(Sign.SERIAL, "It follows 3,000 others.", "F01"),))
SALT = b"s" * 16


@pytest.fixture
def reviews(store):
    return Reviews(store, a_pen())


@pytest.fixture
def lists(store):
    return FollowerLists(store)


def begun(account=LEEK, month="2026-11"):
    return Review(account, month, NOW)


def act(review):
    return act_on_review(review, Reviewed.BEGUN, NOW)


def begin(reviews, *some):
    return reviews.begin_each((each, act(each)) for each in some or (begun(),))


def opened(reviews):
    [before] = begin(reviews)
    seen = Seen(PLACE, NOW, 30, 4, 1, good_at=NOW)
    after = ready(with_list(before, seen, (FLAGGED,), 0), NOW)
    return reviews.advance(before, after, [act_of_list(before, seen, (FLAGGED,), 0)])


def list_of(lists, salt=SALT):
    return lists.several([(LEEK, PLACE)], lambda: salt)[LEEK, PLACE]


def test_a_review_comes_back_as_it_was_kept(reviews):
    review = opened(reviews)
    ruling = Ruling(Decision.BLOCK, "Spam.", PersonId("pc-1"), NOW)
    after = decide(review, 1, ruling)
    reviews.advance(review, after, [act_of_ruling(review, review.flagged[0], ruling)])

    assert reviews.get(review.review_id) == after


def test_it_is_begun_once(reviews):
    review = opened(reviews)

    assert begin(reviews) == (review,)


def test_several_are_begun_together_and_whoever_was_before_comes_back_as_it_is(reviews, store):
    review, other = opened(reviews), begun(AccountId("stoke"))
    leaves = len(list(store.outbox.scan()))

    assert begin(reviews, other, begun()) == (other, review)

    assert len(list(store.outbox.scan())) == leaves + 1


def test_of_two_who_change_it_one_counts(reviews):
    review = opened(reviews)
    ruling = Ruling(Decision.KEEP, "", PersonId("pc-1"), NOW)
    reviews.advance(review, decide(review, 1, ruling), [])

    with pytest.raises(ChangedError):
        reviews.advance(review, decide(review, 1, replace(ruling, why="x")), [])


def test_of_several_that_go_on_together_one_that_was_changed_keeps_none_back(reviews):
    ours, theirs = begin(reviews, begun(), begun(AccountId("cheadle")))
    gone = reviews.advance(theirs, ready(theirs, NOW), [])
    steps = [
        Step(each, ready(each, NOW + timedelta(hours=1)), [act(each)]) for each in (theirs, ours)
    ]

    refused, written = reviews.advance_each(steps)

    assert isinstance(refused, ChangedError)
    assert written is None
    kept = reviews.several([ours.review_id, theirs.review_id])
    assert kept == (steps[1].after, gone)


def test_with_the_second_signature_nobody_is_named_any_more(reviews, store):
    review = opened(reviews)
    ruling = Ruling(Decision.KEEP, "", PersonId("pc-1"), NOW)
    signed = sign(decide(review, 1, ruling), Part.OWNER, Signature(PersonId("pc-1"), NOW))
    after = sign(signed, Part.COMMS, Signature(PersonId("comms-1"), NOW))

    reviews.advance(review, after, [act_of_signature(after, Part.COMMS)])

    assert reviews.get(review.review_id) == after
    assert "pat-invented" not in repr([row.entry for row in store.reviews.scan()])


def test_whoever_is_blocked_is_sealed_and_whoever_stays_is_in_no_leaf(reviews):
    review = opened(reviews)
    kept = Ruling(Decision.KEEP, "", PersonId("pc-1"), NOW)
    blocked = replace(kept, decision=Decision.BLOCK, why="Spam.")

    assert not act_of_ruling(review, review.flagged[0], kept).personal
    act = act_of_ruling(review, review.flagged[0], blocked)
    assert act.personal == {"platform_id": "u-7", "handle": "pat-invented"}
    assert "pat-invented" not in repr(act)


def test_reviews_are_listed_by_month_and_newest_first(reviews):
    wanted = [begun(LEEK, "2026-11"), begun(AccountId("stoke"), "2026-11"), begun(LEEK, "2026-10")]
    begin(reviews, *wanted)

    assert {r.review_id for r in reviews.of_month("2026-11")} == {
        "2026-11-leek-npt",
        "2026-11-stoke",
    }
    first = reviews.listed(limit=2)
    second = reviews.listed(first.cursor, limit=2)
    ids = [r.review_id for r in (*first.entries, *second.entries)]
    assert ids == ["2026-11-stoke", "2026-11-leek-npt", "2026-10-leek-npt"]
    with pytest.raises(NotFoundError):
        reviews.get("2026-11-nobody")


def test_a_list_goes_on_where_it_was_and_its_marks_are_there(lists):
    empty = list_of(lists)
    one, other = (frozenset(marks([name], SALT)) for name in ("u-1", "u-2"))
    first = replace(empty, reading=Reading("2026-11", "20", 1, 1, (FLAGGED,), told=2))
    lists.keep(empty, first, NOW, one)
    second = replace(first, reading=replace(first.reading, cursor=None, parts=2, at_end=True))
    lists.keep(first, second, NOW, other)

    found = list_of(lists, b"another salt")

    assert found == second
    assert lists.marks(found, "2026-11", 2) == one | other
    with pytest.raises(ChangedError):
        lists.keep(empty, first, NOW, one)


def test_lists_are_read_together_and_each_has_a_salt_of_its_own(lists):
    other, salts = (AccountId("stoke"), replace(PLACE, side=Side.FOLLOWED)), [b"1" * 16, b"2" * 16]

    found = lists.several([(LEEK, PLACE), other], lambda: salts.pop(0))

    assert {named: each.salt for named, each in found.items()} == {
        (LEEK, PLACE): b"1" * 16,
        other: b"2" * 16,
    }


def test_a_list_takes_the_place_of_the_last_good_one_with_its_review(lists, reviews):
    [review] = begin(reviews)
    empty = list_of(lists)
    read = replace(empty, reading=Reading("2026-11", count=1, parts=1, at_end=True))
    lists.keep(empty, read, NOW, frozenset(marks(["u-1"], SALT)))
    seen = Seen(PLACE, NOW, 1)
    good = ended(read, NOW)

    reviews.advance(review, with_list(review, seen, (), 0), [], [lists.keeping(read, good, NOW)])

    assert list_of(lists).good == Good("2026-11", NOW, 1, 1)
    with pytest.raises(ChangedError):  # a second reader comes too late, and writes nothing
        reviews.advance(review, with_list(review, seen, (), 0), [], [])


def test_what_was_read_goes_by_itself(lists, store):
    empty = list_of(lists)
    lists.keep(empty, replace(empty, reading=Reading("2026-11", parts=1)), NOW, frozenset())

    ends = {row.ttl for row in store.follower_lists.scan()}
    assert all(NOW + timedelta(days=60) < end < NOW + timedelta(days=80) for end in ends)
    assert FollowerList(LEEK, PLACE, SALT).name == "leek-npt/sandbox/follower"
