"""How long people may take: never past what is due, never too short to answer in."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from moderate.rounds import MARGIN, SHORTEST, STANDARD, rounds
from tests.builders import NOW

moments = st.integers(-86_400, 400 * 86_400).map(lambda seconds: NOW + timedelta(seconds=seconds))
near = st.integers(0, 12_000_000).map(lambda ms: NOW + timedelta(milliseconds=ms))


@settings(max_examples=200)
@given(due=moments | near)
def test_all_rounds_together_end_in_time_and_each_is_worth_asking(due):
    *lasting, last = rounds(NOW, due)

    assert last == 0
    assert all(isinstance(seconds, int) and seconds >= SHORTEST for seconds in lasting)
    assert len(lasting) <= len(STANDARD)
    room = (due - MARGIN - NOW).total_seconds()
    assert sum(lasting) <= max(room, 0)


@settings(max_examples=100)
@given(near, near)
def test_more_room_never_means_less_time_to_decide(one, other):
    soon, late = sorted([one, other])

    assert sum(rounds(NOW, soon)) <= sum(rounds(NOW, late))


MINUTES = 60
EXAMPLES = [
    ("without a time of its own", None, (3600, 1800, 1800, 1800, 0)),
    ("exactly room enough", timedelta(minutes=155), (3600, 1800, 1800, 1800, 0)),
    ("a day ahead, the first round waits", timedelta(days=1), (80_700, 1800, 1800, 1800, 0)),
    ("half the room, all shrink alike", timedelta(minutes=80), (1800, 900, 900, 900, 0)),
    ("so little that one is left", timedelta(minutes=8), (72, 0)),
    ("too little for anybody", timedelta(minutes=7), (0,)),
    ("due now", timedelta(0), (0,)),
    ("due long ago", -timedelta(days=1), (0,)),
]


@pytest.mark.parametrize(("why", "ahead", "expected"), EXAMPLES, ids=[row[0] for row in EXAMPLES])
def test_the_rounds_of_some_posts(why, ahead, expected):
    assert rounds(NOW, None if ahead is None else NOW + ahead) == expected
