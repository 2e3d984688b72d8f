"""Who may decide and sign, and what goes on record of it."""

from dataclasses import replace

import pytest

from shared.accounts.registry import Handle, Role
from shared.followers.errors import (
    NoSuchPersonError,
    NotOpenError,
    NotYourSideError,
    UndecidedError,
)
from shared.followers.flags import Flag, Sign
from shared.followers.review import (
    Decision,
    Flagged,
    Part,
    Place,
    Review,
    Seen,
    ready,
    with_list,
)
from shared.followers.someone import Side, Someone
from shared.posts.names import PlatformName
from tests.builders import NOW, a_person, an_account
from watch.following.decide_review import Case, Wish, decide_review, sign_review

PLACE = Place(PlatformName("sandbox"), Side.FOLLOWER)
FLAGS = (Flag(Sign.SPAM, "It says nothing about itself.", "F04"),)
OWNER, COMMS = a_person("pc-ash"), a_person("comms-1", role=Role.COMMS)
MEMBER, AUDITOR = a_person("pc-elm"), a_person("aud-1", role=Role.AUDITOR)
ACCOUNT = an_account(
    "leek",
    owner=OWNER.person_id,
    members=frozenset({MEMBER.person_id}),
    handles=(Handle(PLACE.platform, "leek", "http://sandbox.example"),),
)
BEGUN = Review(ACCOUNT.account_id, "2026-11", NOW)
FOUND = tuple(Flagged(0, PLACE, Someone(f"u-{n}", f"pat-{n}"), FLAGS) for n in range(3))
OPEN = ready(with_list(BEGUN, Seen(PLACE, NOW, 3), FOUND, 0), NOW)
BLOCK_TWO = Wish((1, 3, 1), Decision.BLOCK, "  Spam.  ")


class Kept:
    """Where the review is kept."""

    def __init__(self):
        self.acts = []

    def advance(self, _before, after, acts):
        self.acts += acts
        return after


@pytest.fixture
def kept():
    return Kept()


def decided(kept, review=OPEN, wish=BLOCK_TWO, by=COMMS):
    return decide_review(Case(review, ACCOUNT), wish, by, reviews=kept, now=NOW)


def signed(kept, review, part, by):
    return sign_review(Case(review, ACCOUNT), part, by, reviews=kept, now=NOW)


def test_several_are_decided_about_at_once_and_each_is_a_leaf(kept):
    after = decided(kept)

    assert [each.number for each in after.undecided] == [2]
    assert [act.payload["number"] for act in kept.acts] == [1, 3]
    assert {act.reason for act in kept.acts} == {"block"}
    assert after.flagged[0].ruling.why == "Spam."


@pytest.mark.parametrize("by", [MEMBER, AUDITOR])
def test_whoever_speaks_for_neither_side_decides_nothing(kept, by):
    with pytest.raises(NotYourSideError):
        decided(kept, by=by)
    assert kept.acts == []


def test_nobody_signs_for_the_other_side(kept):
    for part, by in ((Part.OWNER, COMMS), (Part.COMMS, OWNER)):
        with pytest.raises(NotYourSideError):
            signed(kept, OPEN, part, by)


def test_a_review_that_is_still_read_says_so_whoever_is_named(kept):
    with pytest.raises(NotOpenError):
        decided(kept, BEGUN)


def test_one_who_is_not_there_keeps_all_from_being_decided_about(kept):
    with pytest.raises(NoSuchPersonError):
        decided(kept, wish=replace(BLOCK_TWO, people=(1, 9)))
    assert kept.acts == []


def test_both_sides_sign_and_the_last_leaf_says_that_it_ended(kept):
    with pytest.raises(UndecidedError):
        signed(kept, OPEN, Part.OWNER, OWNER)
    review = decided(kept, wish=Wish((1, 2, 3), Decision.KEEP, ""))
    kept.acts.clear()

    review = signed(kept, review, Part.OWNER, OWNER)
    review = signed(kept, review, Part.COMMS, COMMS)

    assert [act.payload["ended"] for act in kept.acts] == [False, True]
    assert kept.acts[1].payload["decisions"] == {"keep": 3}
    assert all(each.someone is None for each in review.flagged)
