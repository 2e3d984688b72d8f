"""Record keys are decided by the moment and the key alone, and sort by time."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from shared.platforms.bluesky.tid import ALPHABET, LENGTH, tid

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

moments = st.timedeltas(timedelta(days=1), timedelta(days=80_000)).map(EPOCH.__add__)


def microseconds_in(value: str) -> int:
    number = 0
    for character in value:
        number = number << 5 | ALPHABET.index(character)
    return number >> 10


@given(moments, st.text())
def test_the_same_moment_and_key_always_give_the_same_tid(moment, key):
    first = tid(moment, key)

    assert first == tid(moment, key)
    assert len(first) == LENGTH
    assert first[0] in ALPHABET[:16]  # the top bit of 64 is never set


@given(moments, st.text(), st.text())
def test_a_later_millisecond_sorts_later(moment, key, other):
    assert tid(moment, key) < tid(moment + timedelta(milliseconds=1), other)


@given(moments, st.text())
def test_a_tid_tells_its_millisecond(moment, key):
    told = EPOCH + timedelta(microseconds=microseconds_in(tid(moment, key)))

    assert abs(told - moment) < timedelta(milliseconds=1)


def test_keys_of_one_millisecond_are_kept_apart():
    moment = datetime(2026, 11, 21, 12, tzinfo=UTC)

    assert len({tid(moment, f"key-{n}") for n in range(300)}) == 300
