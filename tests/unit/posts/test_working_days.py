"""Working time in England and Wales: weekends, bank holidays, and the nights the clocks change."""

import subprocess
import sys
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.posts.localtime import LONDON
from shared.posts.working_days import (
    after_working_time,
    before_working_time,
    is_working,
    is_working_day,
    next_working_day,
)

BANK_HOLIDAYS = """
2020-01-01 2020-04-10 2020-04-13 2020-05-08 2020-05-25 2020-08-31 2020-12-25 2020-12-28
2021-01-01 2021-04-02 2021-04-05 2021-05-03 2021-05-31 2021-08-30 2021-12-27 2021-12-28
2022-01-03 2022-04-15 2022-04-18 2022-05-02 2022-06-02 2022-06-03 2022-08-29 2022-09-19
2022-12-26 2022-12-27
2023-01-02 2023-04-07 2023-04-10 2023-05-01 2023-05-08 2023-05-29 2023-08-28 2023-12-25
2023-12-26
2024-01-01 2024-03-29 2024-04-01 2024-05-06 2024-05-27 2024-08-26 2024-12-25 2024-12-26
2025-01-01 2025-04-18 2025-04-21 2025-05-05 2025-05-26 2025-08-25 2025-12-25 2025-12-26
2026-01-01 2026-04-03 2026-04-06 2026-05-04 2026-05-25 2026-08-31 2026-12-25 2026-12-28
2027-01-01 2027-03-26 2027-03-29 2027-05-03 2027-05-31 2027-08-30 2027-12-27 2027-12-28
2028-01-03 2028-04-14 2028-04-17 2028-05-01 2028-05-29 2028-08-28 2028-12-25 2028-12-26
"""
"""As GOV.UK lists them for England and Wales: moved, substitute and one-off days included."""

SCOTLANDS_OWN = [date(2026, 1, 2), date(2026, 8, 3), date(2026, 11, 30)]
NORTHERN_IRELANDS_OWN = [date(2026, 3, 17), date(2026, 7, 13)]
EVERY_DAY = [date(2020, 1, 1) + timedelta(days=n) for n in range(9 * 365 + 3)]


def at(typed: str) -> datetime:
    """A moment on London's clock, second coming of a double one."""
    return datetime.fromisoformat(typed).replace(tzinfo=LONDON, fold=1).astimezone(UTC)


def test_every_weekday_of_nine_years_is_a_working_day_but_the_bank_holidays():
    idle = {day for day in EVERY_DAY if day.weekday() < 5 and not is_working_day(day)}

    assert EVERY_DAY[-1] == date(2028, 12, 31)
    assert idle == set(map(date.fromisoformat, BANK_HOLIDAYS.split()))


def test_weekends_are_free_and_other_nations_holidays_are_not():
    assert not any(is_working_day(day) for day in EVERY_DAY if day.weekday() >= 5)
    assert all(map(is_working_day, SCOTLANDS_OWN + NORTHERN_IRELANDS_OWN))


NEXT = [
    # why, a day, the next working day
    ("an ordinary Thursday", "2026-11-19", "2026-11-20"),
    ("Friday", "2026-11-20", "2026-11-23"),
    ("Sunday", "2026-11-22", "2026-11-23"),
    ("before Easter", "2026-04-02", "2026-04-07"),
    ("Boxing Day on a Saturday", "2026-12-24", "2026-12-29"),
    ("Christmas on a weekend", "2027-12-24", "2027-12-29"),
    ("New Year's Day on a Saturday", "2027-12-31", "2028-01-04"),
    ("the year changes", "2026-12-31", "2027-01-04"),
    ("before a leap day", "2028-02-28", "2028-02-29"),
    ("a leap day", "2028-02-29", "2028-03-01"),
    ("a state funeral, on a day of its own", "2022-09-16", "2022-09-20"),
    ("two jubilee days", "2022-06-01", "2022-06-06"),
]


@pytest.mark.parametrize(("why", "day", "following"), NEXT, ids=[row[0] for row in NEXT])
def test_the_next_working_day(why, day, following):
    assert next_working_day(date.fromisoformat(day)) == date.fromisoformat(following)


@pytest.mark.parametrize(
    ("moment", "working"),
    [
        ("2026-11-20T08:59:59", False),
        ("2026-11-20T09:00", True),
        ("2026-11-20T16:59:59", True),
        ("2026-11-20T17:00", False),
        ("2026-11-21T12:00", False),
        ("2026-07-01T09:00", True),
        ("2026-12-25T12:00", False),
        ("2028-02-29T12:00", True),
    ],
)
def test_people_are_at_work_from_nine_to_five_on_the_london_clock(moment, working):
    assert is_working(at(moment)) is working


HOUR = timedelta(hours=1)
AFTER = [
    # why, from when, how long, until when
    ("within a day", "2026-11-20T10:00", 2 * HOUR, "2026-11-20T12:00"),
    ("to the end of a day", "2026-11-20T16:00", HOUR, "2026-11-20T17:00"),
    ("over a weekend", "2026-11-20T16:30", HOUR, "2026-11-23T09:30"),
    ("from the middle of a weekend", "2026-11-21T12:00", HOUR, "2026-11-23T10:00"),
    ("from before work", "2026-11-20T06:00", HOUR, "2026-11-20T10:00"),
    ("over the night the clocks go forward", "2026-03-27T16:00", 2 * HOUR, "2026-03-30T10:00"),
    ("over the night they go back", "2026-10-23T16:00", 2 * HOUR, "2026-10-26T10:00"),
    ("from the hour that comes twice", "2026-10-25T01:30", HOUR, "2026-10-26T10:00"),
    ("over Easter", "2026-04-02T16:00", 2 * HOUR, "2026-04-07T10:00"),
    ("over Christmas", "2026-12-24T16:00", 2 * HOUR, "2026-12-29T10:00"),
    ("over the year's end", "2026-12-31T16:00", 2 * HOUR, "2027-01-04T10:00"),
    ("into a leap day", "2028-02-28T16:00", 2 * HOUR, "2028-02-29T10:00"),
    ("a working week", "2026-11-19T09:00", 40 * HOUR, "2026-11-25T17:00"),
    ("no time at all", "2026-11-21T12:00", timedelta(), "2026-11-21T12:00"),
]


@pytest.mark.parametrize(("why", "start", "lasting", "end"), AFTER, ids=[row[0] for row in AFTER])
def test_working_time_passes_only_while_people_are_at_work(why, start, lasting, end):
    assert after_working_time(at(start), lasting) == at(end)


BEFORE = [
    ("within a day", "2026-11-20T12:00", 2 * HOUR, "2026-11-20T10:00"),
    ("back over a weekend", "2026-11-23T09:30", HOUR, "2026-11-20T16:30"),
    ("from the middle of a weekend", "2026-11-21T12:00", HOUR, "2026-11-20T16:00"),
    ("back over both clock changes' Sundays", "2026-03-30T09:30", HOUR, "2026-03-27T16:30"),
    ("from the hour that comes twice", "2026-10-25T01:30", HOUR, "2026-10-23T16:00"),
    ("back over Easter", "2026-04-07T10:00", 2 * HOUR, "2026-04-02T16:00"),
    ("back into a leap day", "2028-03-01T10:00", 2 * HOUR, "2028-02-29T16:00"),
    ("no time at all", "2026-11-21T12:00", timedelta(), "2026-11-21T12:00"),
]


@pytest.mark.parametrize(("why", "end", "lasting", "start"), BEFORE, ids=[r[0] for r in BEFORE])
def test_working_time_is_laid_back_from_a_moment(why, end, lasting, start):
    assert before_working_time(at(end), lasting) == at(start)


moments = st.integers(0, 3 * 366 * 86_400).map(
    lambda seconds: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
)
spans = st.integers(1, 50 * 3600).map(lambda seconds: timedelta(seconds=seconds))


@settings(max_examples=100)
@given(moments, spans, spans)
def test_two_spans_of_working_time_are_as_long_as_both_together(start, one, other):
    assert after_working_time(after_working_time(start, one), other) == after_working_time(
        start, one + other
    )


@settings(max_examples=100)
@given(moments, spans)
def test_going_forward_and_back_loses_no_working_time(start, lasting):
    end = after_working_time(start, lasting)
    back = before_working_time(end, lasting)

    assert back >= start
    assert after_working_time(back, lasting) == end
    assert back == start or not is_working(start)


@settings(max_examples=100)
@given(moments, spans)
def test_a_moment_in_another_zone_is_the_same_moment(start, lasting):
    here = start.astimezone(LONDON)

    assert after_working_time(here, lasting) == after_working_time(start, lasting)
    assert before_working_time(here, lasting) == before_working_time(start, lasting)


def test_the_calendar_is_loaded_only_when_somebody_asks_for_a_day():
    seen = "import sys, shared.posts.working_days; print('holidays' in sys.modules)"

    told = subprocess.run([sys.executable, "-c", seen], capture_output=True, text=True, check=True)

    assert told.stdout.strip() == "False"
