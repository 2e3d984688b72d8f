"""What stands out about somebody, and what does not."""

import re
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.accounts.registry import Handle
from shared.followers.errors import BadThresholdsError
from shared.followers.flags import Sign, flags_of
from shared.followers.likeness import OurNames, our_names
from shared.followers.someone import Side, Someone
from shared.followers.spam import NUMBERED, SOLD, TAKEN_FOR_I, is_numbered, is_offer
from shared.followers.thresholds import Thresholds, read_thresholds
from shared.posts.names import PlatformName
from tests.builders import an_account

SANDBOX = PlatformName("sandbox")
OURS = OurNames(
    our_names([an_account(title="Leek Team", handles=(Handle(SANDBOX, "leekteam", "http://s"),))])
)
COUNTS = st.none() | st.integers(0, 10**9)


def signs(someone, side=Side.FOLLOWER, limits=None):
    found = flags_of(someone, side, SANDBOX, OURS, limits or Thresholds())
    return [flag.sign for flag in found]


@pytest.mark.parametrize(
    ("someone", "side", "expected", "why"),
    [
        (Someone("1", "pat", "Pat", about="I live here."), Side.FOLLOWER, [], "a neighbour"),
        (Someone("1", "pat"), Side.FOLLOWER, [], "one sign is none"),
        (Someone("1", "pat123456"), Side.FOLLOWER, [Sign.SPAM], "two signs are"),
        (Someone("1", "win", "W", about="Crypto signals! DM for more"), Side.FOLLOWER, [Sign.SPAM],
         "an offer"),
        (Someone("1", "a", "A", follows=2_000, followers=10), Side.FOLLOWER, [Sign.SERIAL], "F01"),
        (Someone("1", "a", "A", follows=1_999, followers=0), Side.FOLLOWER, [], "just below"),
        (Someone("1", "a", "A", follows=5_000, followers=400_000), Side.FOLLOWER, [], "a paper"),
        (Someone("1", "a", "A", follows=None, followers=None), Side.FOLLOWER, [], "not told"),
        (Someone("1", "leekteem", "A"), Side.FOLLOWER, [Sign.LOOKALIKE], "for ours"),
        (Someone("1", "a", "A", followers=100_000), Side.FOLLOWED, [Sign.CELEBRITY], "N24"),
        (Someone("1", "a", "A", followers=100_000), Side.FOLLOWER, [], "may follow us"),
        (Someone("1", "a", "A", about="Candidate for Leek East"), Side.FOLLOWED, [Sign.POLITICAL],
         "B28"),
        (Someone("1", "a", "A", about="Candidate for Leek East"), Side.FOLLOWER, [], "may follow"),
        (Someone("1", "a", "Labour ward news"), Side.FOLLOWED, [], "a hospital"),
    ],
)  # fmt: skip
def test_what_stands_out(someone, side, expected, why):
    assert signs(someone, side) == expected, why


def test_the_force_sets_from_where_on_somebody_stands_out():
    serial = Someone("1", "a", "A", follows=900, followers=1)

    assert signs(serial, limits=read_thresholds("serial=900")) == [Sign.SERIAL]
    assert signs(Someone("1", "pat"), limits=read_thresholds("spam=1")) == [Sign.SPAM]


@pytest.mark.parametrize("text", ["serial", "serial=0", "serial=-1", "other=3", "spam=1,spam=2"])
def test_a_threshold_that_is_none_is_named(text):
    with pytest.raises(BadThresholdsError, match="serial=2000"):
        read_thresholds(text)


def test_no_threshold_is_as_usual():
    assert read_thresholds("") == Thresholds()


@given(
    st.builds(Someone, st.text(), st.text(), st.text(), st.just(""), st.text(), COUNTS, COUNTS),
    st.sampled_from(Side),
)
def test_every_flag_says_why_in_a_sentence_and_whose_rule_it_is(someone, side):
    for flag in flags_of(someone, side, SANDBOX, OURS, Thresholds()):
        assert flag.reason.endswith(".")
        assert re.fullmatch(r"[A-Z]\d\d", flag.source)


@given(COUNTS, COUNTS, st.integers(1, 5_000))
def test_more_people_followed_never_stand_out_less(follows, followers, more):
    before = Someone("1", "a", "A", follows=follows, followers=followers)
    after = Someone("1", "a", "A", follows=(follows or 0) + more, followers=followers)

    assert Sign.SERIAL not in signs(before) or Sign.SERIAL in signs(after)


OFFERS = st.from_regex(SOLD) | st.from_regex(SOLD).map(str.upper)
ODD = st.sampled_from(
    (*TAKEN_FOR_I, "\N{KELVIN SIGN}", "\N{LATIN SMALL LETTER LONG S}", "ß", "\u0345")
)


@given(OFFERS | st.text(), st.lists(st.tuples(st.integers(0, 40), ODD), max_size=3))
def test_the_quick_look_at_words_lets_no_offer_pass(said, odd):
    for at, sign in odd:
        said = said[:at] + sign + said[at + 1 :]

    assert is_offer(said) is (SOLD.search(said) is not None)


def test_a_letter_that_a_pattern_takes_for_another_becomes_it_in_small_letters():
    taken = re.compile(r"[a-z0-9+ ]", re.IGNORECASE)
    for sign in map(chr, range(128, sys.maxunicode + 1)):
        if taken.match(sign) and sign not in TAKEN_FOR_I:
            assert re.match(sign.casefold(), sign, re.IGNORECASE), ascii(sign)
            assert sign.casefold().isascii(), ascii(sign)


@given(st.from_regex(NUMBERED) | st.text("ab1٣\n²", max_size=12))
def test_the_quick_look_at_a_name_lets_no_number_pass(name):
    assert is_numbered(name) is (NUMBERED.search(name) is not None)
