"""A review ends when two people of two sides have signed the same decisions."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from shared.followers.errors import (
    NoSuchPersonError,
    NotOpenError,
    ReviewError,
    SamePersonError,
    SignedBeforeError,
    UndecidedError,
    WrongRulingError,
)
from shared.followers.flags import Flag, Sign
from shared.followers.review import (
    MOST_FLAGGED,
    Decision,
    Flagged,
    Part,
    Place,
    Review,
    ReviewState,
    Ruling,
    Seen,
    Signature,
    decide,
    ready,
    sign,
    with_list,
)
from shared.followers.someone import Side, Someone
from shared.followers.statement import statement
from shared.posts.names import AccountId, PersonId, PlatformName
from tests.builders import NOW

OWNER, COMMS = PersonId("pc-ash"), PersonId("comms-birch")
FOLLOWERS = Place(PlatformName("sandbox"), Side.FOLLOWER)
FOLLOWED = Place(PlatformName("sandbox"), Side.FOLLOWED)
FLAG = Flag(Sign.SERIAL, "It follows 3,000 others.", "F01")


def flagged(number=0, place=FOLLOWERS):
    return Flagged(number, place, Someone(f"u-{number}", f"person{number}"), (FLAG,))


def begun():
    return Review(AccountId("leek-npt"), "2026-11", NOW)


def opened(people=1, place=FOLLOWERS):
    found = tuple(flagged(each, place) for each in range(people))
    return ready(with_list(begun(), Seen(place, NOW, people), found, 0), NOW)


def ruling(decision=Decision.KEEP, why="", by=OWNER):
    return Ruling(decision, why, by, NOW)


def signature(by):
    return Signature(by, NOW)


def test_two_sides_decide_and_sign_and_nobody_keeps_who_it_was():
    review = decide(opened(), 1, ruling())

    review = sign(review, Part.OWNER, signature(OWNER))
    assert review.state is ReviewState.OPEN
    review = sign(review, Part.COMMS, signature(COMMS))

    assert review.state is ReviewState.SIGNED
    assert review.flagged[0].someone is None
    assert review.flagged[0].ruling == ruling()


def test_a_review_in_which_nobody_stands_out_is_signed_too():
    review = sign(opened(0), Part.COMMS, signature(COMMS))

    assert sign(review, Part.OWNER, signature(OWNER)).state is ReviewState.SIGNED


def test_nobody_signs_for_both_sides():
    review = sign(opened(0), Part.COMMS, signature(COMMS))

    with pytest.raises(SamePersonError):
        sign(review, Part.OWNER, signature(COMMS))


def test_nobody_signs_twice_or_before_everybody_is_decided_about():
    with pytest.raises(UndecidedError, match="one person"):
        sign(opened(), Part.OWNER, signature(OWNER))
    signed = sign(opened(0), Part.OWNER, signature(OWNER))
    with pytest.raises(SignedBeforeError):
        sign(signed, Part.OWNER, signature(COMMS))


def test_another_decision_takes_a_signature_back():
    signed = sign(decide(opened(), 1, ruling()), Part.OWNER, signature(OWNER))

    changed = decide(signed, 1, ruling(Decision.BLOCK, "Spam.", COMMS))

    assert changed.missing == (Part.OWNER, Part.COMMS)


@pytest.mark.parametrize("decision", [Decision.BLOCK, Decision.REPORT])
def test_whatever_is_done_about_somebody_has_a_reason(decision):
    with pytest.raises(WrongRulingError, match="Say why"):
        decide(opened(), 1, ruling(decision, " "))


def test_only_whom_the_account_follows_is_unfollowed():
    with pytest.raises(WrongRulingError, match="does not follow"):
        decide(opened(), 1, ruling(Decision.UNFOLLOW, "Does not suit."))
    decide(opened(place=FOLLOWED), 1, ruling(Decision.UNFOLLOW, "Does not suit."))


def test_nobody_is_decided_about_who_is_not_in_it():
    with pytest.raises(NoSuchPersonError):
        decide(opened(), 2, ruling())


def test_nothing_is_decided_before_the_lists_are_read_or_after_the_end():
    ended = sign(sign(opened(0), Part.OWNER, signature(OWNER)), Part.COMMS, signature(COMMS))

    for review in (begun(), ended):
        with pytest.raises(NotOpenError):
            decide(review, 1, ruling())
        with pytest.raises(NotOpenError):
            sign(review, Part.OWNER, signature(OWNER))
    with pytest.raises(NotOpenError):
        ready(ended, NOW)
    with pytest.raises(NotOpenError):
        with_list(ended, Seen(FOLLOWED, NOW), (), 0)


def test_more_than_anybody_can_look_at_is_counted():
    many = tuple(map(flagged, range(MOST_FLAGGED + 7)))
    review = with_list(begun(), Seen(FOLLOWERS, NOW, len(many)), many, 2)

    assert (len(review.flagged), review.more) == (MOST_FLAGGED, 9)
    assert statement("2026-11", [review]).flagged == MOST_FLAGGED + 9


@given(st.lists(st.integers(0, 3), min_size=1, max_size=4))
def test_numbers_of_people_are_each_used_once_over_all_lists(sizes):
    review = begun()
    for at, size in enumerate(sizes):
        place = replace(FOLLOWERS, platform=PlatformName(f"p{at}"))
        found = tuple(flagged(each, place) for each in range(size))
        review = with_list(review, Seen(place, NOW, size), found, 0)

    assert [each.number for each in review.flagged] == [*range(1, sum(sizes) + 1)]


def test_a_statement_counts_and_names_nobody():
    signed = decide(opened(), 1, ruling(Decision.BLOCK, "Spam."))
    signed = sign(sign(signed, Part.OWNER, signature(OWNER)), Part.COMMS, signature(COMMS))
    unread = with_list(begun(), Seen(FOLLOWED, NOW, fault="It was down."), (), 0)

    told = statement("2026-11", [signed, unread, replace(begun(), month="2026-10")])

    assert (told.reviews, told.signed, told.read, told.not_read) == (2, 1, 1, 1)
    assert (told.signs, told.decisions) == ({"serial": 1}, {"block": 1})
    assert "person" not in repr(told)


class Reviewing(RuleBasedStateMachine):
    """Anybody tries anything, in any order."""

    def __init__(self):
        super().__init__()
        self.review = opened(2)
        self.said = "."

    @rule(number=st.integers(0, 3), decision=st.sampled_from(Decision), why=st.sampled_from("x "))
    def decides(self, number, decision, why):
        self._tries(lambda: decide(self.review, number, ruling(decision, why)))

    @rule(part=st.sampled_from(Part), by=st.sampled_from((OWNER, COMMS)))
    def signs(self, part, by):
        self._tries(lambda: sign(self.review, part, signature(by)))

    def _tries(self, deed):
        try:
            self.review = deed()
        except ReviewError as refusal:
            self.said = str(refusal)

    @invariant()
    def it_ended_only_with_two_people_and_nothing_undecided(self):
        people = {each.by for each in self.review.signed.values()}
        assert len(people) == len(self.review.signed)
        assert (self.review.state is ReviewState.SIGNED) == (len(people) == len(Part))
        if people:
            assert self.review.undecided == ()
        assert self.said.endswith(".")
        named = {each.someone is not None for each in self.review.flagged}
        assert named == {self.review.state is not ReviewState.SIGNED}


TestReviewing = Reviewing.TestCase
