"""AWS's schedule expressions, kept to the minute, through both nights the clocks change."""

from datetime import UTC, datetime, timedelta
from itertools import chain, pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from local.occurrences import ScheduleExpressionError, parse

LONDON = ZoneInfo("Europe/London")
NEW_YEAR = datetime(2026, 1, 1, tzinfo=UTC)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def due(expression: str, after: datetime, until: datetime, start=NEW_YEAR) -> list[datetime]:
    return list(parse(expression).between(after, until, LONDON, start))


def moments(expression: str, after: str, until: str, start=NEW_YEAR) -> list[str]:
    """When it is due, as wall-clock times with their offset."""
    found = due(expression, utc(after), utc(until), start)
    return [moment.astimezone(LONDON).strftime("%a %d %b %Y %H:%M%z") for moment in found]


# ── expressions ───────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("expression", "first_three"),
    [
        ("cron(0 9 ? * 2 *)", ["Mon 05 Jan 2026", "Mon 12 Jan 2026", "Mon 19 Jan 2026"]),
        ("cron(0 9 ? * MON *)", ["Mon 05 Jan 2026", "Mon 12 Jan 2026", "Mon 19 Jan 2026"]),
        ("cron(0 9 ? * 1 *)", ["Sun 04 Jan 2026", "Sun 11 Jan 2026", "Sun 18 Jan 2026"]),
        ("cron(0 9 ? * 2-6 *)", ["Thu 01 Jan 2026", "Fri 02 Jan 2026", "Mon 05 Jan 2026"]),
        ("cron(0 9 ? * 1,7 *)", ["Sat 03 Jan 2026", "Sun 04 Jan 2026", "Sat 10 Jan 2026"]),
        ("cron(0 9 ? * L *)", ["Sat 03 Jan 2026", "Sat 10 Jan 2026", "Sat 17 Jan 2026"]),
        ("cron(0 9 ? * 6L *)", ["Fri 30 Jan 2026", "Fri 27 Feb 2026", "Fri 27 Mar 2026"]),
        ("cron(0 9 ? * 2#1 *)", ["Mon 05 Jan 2026", "Mon 02 Feb 2026", "Mon 02 Mar 2026"]),
        ("cron(0 9 ? * TUE#3 *)", ["Tue 20 Jan 2026", "Tue 17 Feb 2026", "Tue 17 Mar 2026"]),
        ("cron(0 9 1 * ? *)", ["Thu 01 Jan 2026", "Sun 01 Feb 2026", "Sun 01 Mar 2026"]),
        ("cron(0 9 L 1,2,12 ? *)", ["Sat 31 Jan 2026", "Sat 28 Feb 2026", "Thu 31 Dec 2026"]),
        ("cron(0 9 LW 1,2,12 ? *)", ["Fri 30 Jan 2026", "Fri 27 Feb 2026", "Thu 31 Dec 2026"]),
        ("cron(0 9 1 JAN ? *)", ["Thu 01 Jan 2026", "Fri 01 Jan 2027", "Sat 01 Jan 2028"]),
        ("cron(0 9 1 1 ? 2027-2029)", ["Fri 01 Jan 2027", "Sat 01 Jan 2028", "Mon 01 Jan 2029"]),
        ("cron(0 9 1 1 ? 2026/2)", ["Thu 01 Jan 2026", "Sat 01 Jan 2028", "Tue 01 Jan 2030"]),
        ("cron(0 9 1 1 ? 2026,2031)", ["Thu 01 Jan 2026", "Wed 01 Jan 2031"]),
        ("cron(0 9 1 1 ? 2027)", ["Fri 01 Jan 2027"]),
        ("cron(0 9 1 1 ? 1999)", []),
        ("at(2026-02-03T09:00:00)", ["Tue 03 Feb 2026"]),
    ],
)
def test_an_expression_falls_on_its_days(expression, first_three):
    found = moments(expression, "2025-12-31T12:00:00", "2031-12-31T12:00:00")

    assert found[:3] == [f"{day} 09:00+0000" for day in first_three]


def test_steps_in_the_minutes_count_from_their_start():
    found = moments("cron(5/20 8-9 * * ? *)", "2026-01-01T00:00:00", "2026-01-02T00:00:00")

    assert [moment[-10:-5] for moment in found] == [
        "08:05", "08:25", "08:45", "09:05", "09:25", "09:45",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("expression", "why"),
    [
        ("cron(0 9 15W * ? *)", "nearest weekday"),
        ("cron(0 9 W * ? *)", "nearest weekday"),
        ("cron(0 9 * * * *)", "exactly one of"),
        ("cron(0 9 ? * ? *)", "exactly one of"),
        ("cron(0 9 1 * 2 *)", "exactly one of"),
        ("cron(0 9 * * ?)", "six fields"),
        ("cron(0 9 ? * 0 *)", "1 \\(Sunday\\) to 7"),
        ("cron(0 9 ? * 8 *)", "1 \\(Sunday\\) to 7"),
        ("cron(0 9 ? * 2/2 *)", "takes no /"),
        ("cron(0 9 ? * 6-2 *)", "Bad day-of-week"),
        ("cron(61 9 * * ? *)", "Bad minute"),
        ("cron(0 9 31 2 ? *)", "Bad day-of-month"),
        ("cron(0 9 * * ? 26)", "a year is"),
        ("rate(0 minutes)", "whole number"),
        ("rate(1.5 hours)", "whole number"),
        ("rate(1 week)", "whole number"),
        ("rate(-1 minutes)", "whole number"),
        ("at(2026-02-30T09:00:00)", "yyyy-mm-dd"),
        ("at(2026-02-03T09:00:00Z)", "yyyy-mm-dd"),
        ("every 5 minutes", "neither rate"),
        ("", "neither rate"),
    ],
)
def test_an_expression_that_cannot_be_kept_is_refused_with_the_reason(expression, why):
    with pytest.raises(ScheduleExpressionError, match=why) as refusal:
        parse(expression)

    assert refusal.value.expression == expression


# ── the nights the clocks change ──────────────────────────────────────────────


def test_a_time_that_does_not_exist_in_spring_is_skipped():
    found = moments("cron(30 1 * * ? *)", "2026-03-27T12:00:00", "2026-03-30T12:00:00")

    assert found == ["Sat 28 Mar 2026 01:30+0000", "Mon 30 Mar 2026 01:30+0100"]


def test_a_time_that_comes_twice_in_autumn_counts_once_the_first_time():
    found = moments("cron(30 1 * * ? *)", "2026-10-24T12:00:00", "2026-10-26T12:00:00")

    assert found == ["Sun 25 Oct 2026 01:30+0100", "Mon 26 Oct 2026 01:30+0000"]


def test_nine_in_the_morning_stays_nine_in_the_morning_all_year():
    spring = moments("cron(0 9 * * ? *)", "2026-03-28T00:00:00", "2026-03-30T00:00:00")
    autumn = moments("cron(0 9 * * ? *)", "2026-10-24T00:00:00", "2026-10-26T00:00:00")

    assert [moment[-10:] for moment in spring + autumn] == [
        "09:00+0000", "09:00+0100", "09:00+0100", "09:00+0000",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("first", "end", "hours"),
    [("2026-03-29T00:00:00", "2026-03-29T23:00:00", 23), ("2026-10-24T23:00:00", "2026-10-26", 24)],
    ids=["spring", "autumn"],
)
def test_an_hourly_schedule_runs_once_for_every_hour_the_wall_clock_names(first, end, hours):
    before = (utc(first) - timedelta(minutes=30)).isoformat()[:19]
    until = (utc(end) - timedelta(minutes=1)).isoformat()[:19]

    assert len(moments("cron(0 * * * ? *)", before, until)) == hours


@pytest.mark.parametrize("minute", range(0, 60, 7))
def test_looking_often_across_a_changing_night_finds_what_looking_once_finds(minute):
    begin, end = utc("2026-10-24T22:00:00"), utc("2026-10-25T06:00:00")
    expression = f"cron({minute}/11 * * * ? *)"
    looks = [begin + timedelta(minutes=step) for step in range(0, 481, 3)]

    often = [due(expression, after, until) for after, until in pairwise(looks)]

    assert list(chain(*often)) == due(expression, begin, end)


@given(
    start=st.datetimes(
        datetime(2026, 1, 1),  # noqa: DTZ001 - hypothesis adds the zone
        datetime(2026, 12, 31),  # noqa: DTZ001
        timezones=st.just(UTC),
    ),
    cuts=st.lists(st.integers(0, 4320), min_size=1, max_size=6).map(sorted),
)
def test_no_occurrence_is_lost_or_repeated_wherever_the_looks_are_cut(start, cuts):
    edges = [start + timedelta(minutes=cut) for cut in cuts]

    pieces = [due("cron(17 */3 * * ? *)", *edge) for edge in pairwise(edges)]

    assert list(chain(*pieces)) == due("cron(17 */3 * * ? *)", edges[0], edges[-1])


# ── rates ─────────────────────────────────────────────────────────────────────


def test_a_rate_of_a_day_is_24_hours_whatever_the_clocks_do():
    nine = utc("2026-03-01T09:00:00")

    found = moments("rate(1 day)", "2026-03-28T12:00:00", "2026-03-29T12:00:00", nine)

    assert found == ["Sun 29 Mar 2026 10:00+0100"]


def test_a_rate_missed_many_times_is_due_once():
    found = due("rate(1 minute)", utc("2026-01-02T00:00:00"), utc("2026-01-03T01:00:30"))

    assert found == [utc("2026-01-03T01:00:00")]


def test_a_rate_counts_from_its_start_and_begins_there():
    start = utc("2026-01-01T00:07:00")

    def found(until: str) -> list[datetime]:
        return due("rate(1 hour)", NEW_YEAR, utc(until), start)

    assert found("2026-01-01T00:06:59") == []
    assert found("2026-01-01T00:30:00") == [start]
    assert found("2026-01-01T01:30:00") == [start + timedelta(hours=1)]
