"""Only what a platform tells both times is compared, and an empty answer is none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.drift.drift import Kind
from shared.drift.profile import FIELDS, as_words, differences, learnt, tells_nothing

KNOWN = {
    Kind.ACCOUNT: "7",
    Kind.HANDLE: "riverside",
    Kind.NAME: "Riverside Police",
    Kind.ABOUT: "We do not take reports here.\nRing 101.",
}
profiles = st.dictionaries(st.sampled_from(FIELDS), st.text(max_size=12))


def test_each_change_is_told_with_what_stood_there_before():
    shown = {**KNOWN, Kind.NAME: "Free coins", Kind.ABOUT: ""}

    told = [(each.kind, each.before, each.after) for each in differences(KNOWN, shown)]

    assert told == [
        (Kind.NAME, "Riverside Police", "Free coins"),
        (Kind.ABOUT, KNOWN[Kind.ABOUT], ""),
    ]


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (Kind.HANDLE, "@Riverside"),
        (Kind.NAME, " Riverside Police "),
        (Kind.ABOUT, "We do not take reports here.\r\nRing 101.\n"),
    ],
)
def test_what_platforms_do_to_words_is_no_change(kind, value):
    assert differences(KNOWN, {**KNOWN, kind: value}) == ()


def test_letters_put_together_are_the_letters_they_are():
    assert differences({Kind.NAME: "Café"}, {Kind.NAME: "Cafe\u0301"}) == ()


def test_what_a_platform_does_not_tell_is_no_change_and_what_it_tells_anew_is_learnt():
    assert differences(KNOWN, {Kind.ACCOUNT: "7", Kind.PICTURE: "p"}) == ()
    assert learnt(KNOWN, {Kind.NAME: "x", Kind.PICTURE: "p"}) == {**KNOWN, Kind.PICTURE: "p"}


@pytest.mark.parametrize(
    "shown", [{}, {Kind.ACCOUNT: "7"}, {Kind.NAME: "", Kind.HANDLE: "", Kind.ABOUT: ""}]
)
def test_an_answer_without_any_of_what_was_known_is_none(shown):
    assert tells_nothing(KNOWN, shown)


def test_an_account_that_lost_its_words_only_has_changed():
    assert not tells_nothing(KNOWN, {**KNOWN, Kind.NAME: "", Kind.ABOUT: ""})
    assert not tells_nothing({}, {})


@given(profiles)
def test_what_is_known_never_differs_from_itself(profile):
    assert differences(profile, profile) == ()


@given(profiles, profiles)
def test_a_difference_is_of_something_both_tell_and_is_one_both_ways(known, shown):
    there, back = differences(known, shown), differences(shown, known)

    assert [(d.kind, d.before, d.after) for d in there] == [
        (d.kind, d.after, d.before) for d in back
    ]
    assert all(known[d.kind] == d.before and shown[d.kind] == d.after for d in there)


@given(profiles, profiles)
def test_what_is_known_stays_known_whatever_is_shown(known, shown):
    now = learnt(known, shown)

    assert known.items() <= now.items()
    assert set(now) == set(known) | set(shown)


def test_a_profile_is_read_line_by_line():
    assert as_words({Kind.NAME: "Riverside", Kind.HANDLE: "river"}) == (
        "Handle: river\nName: Riverside"
    )
