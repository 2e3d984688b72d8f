"""Names that pass for ours are found, and our own are not."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.accounts.registry import Handle
from shared.followers.likeness import (
    OurNames,
    core,
    distance,
    is_near,
    our_names,
    skeleton,
    without,
)
from shared.followers.someone import Someone
from shared.posts.names import PlatformName
from tests.builders import an_account

MASTODON, BLUESKY = PlatformName("mastodon"), PlatformName("bluesky")
HANDLES = (
    Handle(MASTODON, "leekpolice", "https://social.example"),
    Handle(BLUESKY, "leekpolice.bsky.example", "https://pds.example"),
)
OURS = OurNames(our_names([an_account(title="Leek Neighbourhood Team", handles=HANDLES)]))
WORDS = st.text("abcdefghilmnorvw01", max_size=14)


@pytest.mark.parametrize(
    ("handle", "why"),
    [
        ("leekpoIice", "a capital i for an l"),
        ("1eekpolice", "a one for an l"),
        ("leеkpolice", "a Cyrillic e"),
        ("leek_police", "something between"),
        ("leekpolise", "another letter"),
        ("leekpolicee", "one too many"),
        ("lekpolice", "one too few"),
        ("leekpolice_official", "ours and more"),
        ("real.leekpolice@elsewhere.example", "ours, on another server"),
        ("leekpolice@elsewhere.example", "the same on another server"),
        ("ｌｅｅｋｐｏｌｉｃｅ", "wide letters"),
    ],
)
def test_a_name_that_passes_for_ours_is_found(handle, why):
    assert OURS.alike(MASTODON, Someone("1", handle)) is not None, why


@pytest.mark.parametrize(
    "handle", ["leekpolice", "LeekPolice", "leekpolice@social.example", "@leekpolice"]
)
def test_our_own_name_is_nobodys_lookalike(handle):
    assert OURS.alike(MASTODON, Someone("1", handle)) is None


@pytest.mark.parametrize("handle", ["leek", "policy", "stoke_bakers", "leeks.bsky.example", ""])
def test_other_names_are_let_be(handle):
    assert OURS.alike(BLUESKY, Someone("1", handle)) is None


def test_whoever_calls_themselves_by_our_title_is_found():
    found = OURS.alike(MASTODON, Someone("1", "pat", name="LEEK neighbourhood  Team"))

    assert found is not None
    assert found.title == "Leek Neighbourhood Team"


def test_the_server_is_no_part_of_a_name():
    assert [*map(core, ("pat@social.example", "pat.bsky.example", "pat.example", "@pat"))] == [
        "pat"
    ] * 4


@given(st.text(max_size=40))
def test_taking_a_skeleton_twice_changes_nothing(name):
    assert skeleton(skeleton(name)) == skeleton(name)


@given(WORDS, WORDS)
def test_distance_is_the_same_both_ways_and_nothing_only_to_itself(one, other):
    assert distance(one, other) == distance(other, one)
    assert (distance(one, other) == 0) == (one == other)
    assert abs(len(one) - len(other)) <= distance(one, other) <= max(len(one), len(other))


@given(WORDS, WORDS, WORDS)
def test_a_way_round_is_never_shorter(one, middle, other):
    assert distance(one, other) <= distance(one, middle) + distance(middle, other)


@given(WORDS.filter(lambda word: len(word) >= 6), WORDS, st.integers(0, 2))
def test_whoever_is_near_shares_what_is_left_of_both(one, other, most):
    if distance(one, other) <= most:
        assert without(one, most) & without(other, most)


@given(WORDS, st.integers(0, 2), st.integers(3, 12), st.data())
def test_beginnings_of_words_that_are_near_share_what_is_left_of_them(one, most, length, data):
    other = one
    for _ in range(most):
        at = data.draw(st.integers(0, len(other)))
        behind = at + data.draw(st.integers(0, 1))
        other = other[:at] + data.draw(st.text("abco", max_size=1)) + other[behind:]

    assert without(one[:length], most) & without(other[:length], most)


@given(st.text("abmnrvwI01!|. _@", max_size=20))
def test_a_plain_name_is_taken_for_the_same_when_signs_of_other_scripts_stand_around_it(name):
    assert skeleton(name) == skeleton(f"{name}\N{EM DASH}") == skeleton(f"\N{EM DASH}{name}")


@given(WORDS, WORDS, WORDS)
def test_what_two_words_begin_with_makes_no_difference_between_them(begins, one, other):
    assert distance(begins + one, begins + other) == distance(one, other)


@given(WORDS, st.integers(0, 3))
def test_what_is_left_of_a_word_is_all_of_it_but_any_few_letters(word, most):
    kept = range(max(0, len(word) - most), len(word) + 1)

    assert without(word, most) == {
        "".join(letters) for size in kept for letters in combinations(word, size)
    }


@given(st.text("abcs", max_size=8), st.text("abcs", max_size=8))
def test_wherever_ours_stands_in_a_name_it_is_found(before, after):
    assert OURS.alike(MASTODON, Someone("1", f"{before}_leekpolice_{after}")) is not None


@given(st.sampled_from(("leekpolice", "moorsideteam")), st.data())
def test_no_near_name_is_missed(ours, data):
    at = data.draw(st.integers(0, len(ours) - 1))
    letter = data.draw(st.sampled_from("abdgkpqxz"))
    typed = data.draw(
        st.sampled_from([ours[:at] + letter + ours[at + 1 :], ours[:at] + ours[at + 1 :]])
    )
    known = OurNames(
        our_names([an_account(title="T", handles=(Handle(MASTODON, ours, "https://s.example"),))])
    )

    if typed != ours and is_near(skeleton(ours), skeleton(typed)):
        assert known.alike(MASTODON, Someone("1", typed)) is not None


@given(st.text(max_size=200), st.text(max_size=200))
def test_whatever_a_stranger_is_called_is_looked_at(handle, name):
    OURS.alike(MASTODON, Someone("1", handle, name=name))


NEAR_OURS = ("leekpolice", "moorsideteam", "stafford", "police")


@given(st.sampled_from(NEAR_OURS), st.lists(st.tuples(st.integers(0, 12), WORDS), max_size=3))
def test_the_quick_look_at_pieces_keeps_nobody_from_being_compared(ours, edits):
    theirs = ours
    for at, letters in edits:
        theirs = theirs[:at] + letters[:2] + theirs[at + 1 :]
    handles = tuple(Handle(MASTODON, each, "https://s.example") for each in NEAR_OURS)
    known = OurNames(our_names([an_account(title="T", handles=handles)]))
    read = skeleton(theirs)

    found = known.alike(MASTODON, Someone("1", read))

    near = any(is_near(skeleton(each), read) for each in NEAR_OURS)
    assert found is not None or not near or read in NEAR_OURS
