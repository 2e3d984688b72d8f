"""What changed between two texts, word by word, and in time however hostile they are."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.posts.changes import Change, Kind, changes
from tests.clocks import best_of_three

SAME, GONE, NEW = Kind.SAME, Kind.GONE, Kind.NEW


def told(before, after):
    return [(change.kind, change.text) for change in changes(before, after)]


TOLD = [
    ("", "", []),
    ("Open.", "Open.", [(SAME, "Open.")]),
    ("", "Open.", [(NEW, "Open.")]),
    ("Open.", "", [(GONE, "Open.")]),
    ("It is open.", "It is shut.", [(SAME, "It is "), (GONE, "open."), (NEW, "shut.")]),
    (
        "Road to Leek closed",
        "The road to Leek",
        [
            (GONE, "Road"),
            (NEW, "The"),
            (SAME, " "),
            (NEW, "road "),
            (SAME, "to Leek"),
            (GONE, " closed"),
        ],
    ),
    ("a  b", "a b", [(SAME, "a"), (GONE, "  "), (NEW, " "), (SAME, "b")]),
    ("a\nb", "a b", [(SAME, "a"), (GONE, "\n"), (NEW, " "), (SAME, "b")]),
]


@pytest.mark.parametrize(("before", "after", "expected"), TOLD)
def test_what_went_and_what_came_is_told_word_by_word(before, after, expected):
    assert told(before, after) == expected


words = st.lists(st.sampled_from(["a", "b", "c", "👮🏽‍♀️", "\u200b"]), max_size=12)
spaced = st.builds(lambda parts, gap: gap.join(parts), words, st.sampled_from([" ", "  ", "\n"]))


@given(spaced | st.text(max_size=30), spaced | st.text(max_size=30))
def test_both_texts_are_there_whole_and_neighbours_differ_in_kind(before, after):
    found = changes(before, after)

    assert "".join(c.text for c in found if c.kind is not NEW) == before
    assert "".join(c.text for c in found if c.kind is not GONE) == after
    kinds = [c.kind for c in found]
    assert all(one is not other for one, other in pairwise(kinds))
    assert all(c.text for c in found)


HOSTILE = [
    ("a " * 30_000, "b " * 30_000),
    ("a b " * 15_000, "b a " * 15_000),
    ("a b c " * 10_000, "a c b " * 10_000),
    ("x", "y " * 30_000),
    ("a" * 63_206, "b" * 63_206),
]


@pytest.mark.parametrize(("before", "after"), HOSTILE, ids=["other", "turned", "woven", "1", "one"])
def test_four_times_a_hostile_text_costs_about_four_times_the_work_and_is_told_whole(before, after):
    short = (before[: len(before) // 4], after[: len(after) // 4])
    once, more = (
        best_of_three(lambda each=each: changes(*each)) for each in (short, (before, after))
    )

    assert more < 10 * once + 0.01
    assert "".join(c.text for c in changes(before, after) if c.kind is not GONE) == after


def test_one_word_in_a_long_text_is_found_though_the_rest_is_long():
    long = "word " * 12_000

    assert changes(f"{long}old {long}", f"{long}new {long}") == (
        Change(SAME, long),
        Change(GONE, "old"),
        Change(NEW, "new"),
        Change(SAME, f" {long}"),
    )
