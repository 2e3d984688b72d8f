"""When a regular event takes place: on every night of the year, strange ones too."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from dateutil import rrule
from hypothesis import assume, given
from hypothesis import strategies as st

from shared.posts.localtime import LONDON, local
from shared.posts.reminders import (
    LAST,
    DaysBefore,
    HoursBefore,
    MonthlyByDay,
    MonthlyByWeekday,
    Moved,
    Rule,
    Weekly,
    days_of,
    moment,
    occurrences,
    over_at,
)

MONDAY, TUESDAY, SUNDAY = 0, 1, 6
SPRING, AUTUMN = date(2027, 3, 28), date(2026, 10, 25)
DAY = timedelta(days=1)
THE_DAY_BEFORE = DaysBefore(1, time(17))


def a_rule(pattern=None, first=date(2026, 11, 1), last=date(2027, 10, 31), **more):
    usual = {"starts": time(18), "ends": time(19), "due": THE_DAY_BEFORE}
    return Rule(pattern or Weekly(frozenset({TUESDAY})), first, last, **{**usual, **more})


def every(rule):
    return occurrences(rule, rule.first_day - timedelta(days=400), rule.last_day + 400 * DAY)


def wall(at):
    return local(at).replace(tzinfo=None)


def on(text):
    """A time on the wall."""
    return datetime.fromisoformat(text)


def days(rule):
    return [local(each.starts_at).date() for each in every(rule)]


# ── what a person means ──────────────────────────────────────────────────────


def test_a_surgery_every_second_tuesday_is_due_the_day_before():
    rule = a_rule(Weekly(frozenset({TUESDAY}), every=2), first=date(2026, 11, 3))

    first, second, *_ = every(rule)

    assert wall(first.starts_at) == on("2026-11-03T18:00")
    assert wall(first.ends_at) == on("2026-11-03T19:00")
    assert wall(first.due_at) == on("2026-11-02T17:00")
    assert wall(second.starts_at) == on("2026-11-17T18:00")


def test_weeks_are_counted_from_the_week_it_begins_in():
    # It begins on a Thursday; the Monday of that week is past, the next is a fortnight on.
    rule = a_rule(Weekly(frozenset({MONDAY, 3}), every=2), date(2026, 11, 5), date(2026, 11, 30))

    assert days(rule) == [
        date(2026, 11, 5),
        date(2026, 11, 16),
        date(2026, 11, 19),
        date(2026, 11, 30),
    ]


@pytest.mark.parametrize(
    ("nth", "expected"),
    [
        (1, [date(2027, 1, 5), date(2027, 2, 2), date(2027, 3, 2)]),
        (4, [date(2027, 1, 26), date(2027, 2, 23), date(2027, 3, 23)]),
        (LAST, [date(2027, 1, 26), date(2027, 2, 23), date(2027, 3, 30)]),
    ],
)
def test_the_nth_tuesday_of_a_month(nth, expected):
    assert (
        days(a_rule(MonthlyByWeekday(nth, TUESDAY), date(2027, 1, 1), date(2027, 3, 31)))
        == expected
    )


def test_the_31st_is_the_last_day_where_a_month_is_shorter_and_a_leap_day_counts():
    rule = a_rule(MonthlyByDay(31), date(2027, 12, 1), date(2028, 4, 30))

    assert days(rule) == [
        date(2027, 12, 31),
        date(2028, 1, 31),
        date(2028, 2, 29),
        date(2028, 3, 31),
        date(2028, 4, 30),
    ]


def test_a_leap_day_is_an_ordinary_day_of_the_week():
    assert date(2028, 2, 29) in days(a_rule(first=date(2028, 2, 1), last=date(2028, 3, 31)))


def test_every_second_month_counts_over_new_year():
    rule = a_rule(MonthlyByDay(5, every=2), date(2026, 11, 1), date(2027, 3, 31))

    assert days(rule) == [date(2026, 11, 5), date(2027, 1, 5), date(2027, 3, 5)]


def test_a_date_is_skipped_and_another_moved_to_its_own_time():
    rule = a_rule(
        last=date(2026, 11, 30),
        skipped=frozenset({date(2026, 11, 10)}),
        moved=(Moved(date(2026, 11, 17), date(2026, 11, 19), time(10, 30)),),
    )

    first, moved, last = every(rule)

    assert (wall(first.starts_at), wall(last.starts_at)) == (
        on("2026-11-03T18:00"),
        on("2026-11-24T18:00"),
    )
    assert moved.day == date(2026, 11, 17)
    assert wall(moved.starts_at) == on("2026-11-19T10:30")
    assert wall(moved.ends_at) == on("2026-11-19T11:30")
    assert wall(moved.due_at) == on("2026-11-18T17:00")


def test_what_moves_before_or_behind_another_date_takes_its_place_in_the_order():
    rule = a_rule(last=date(2026, 11, 30), moved=(Moved(date(2026, 11, 24), date(2026, 11, 2)),))

    assert days(rule)[0] == date(2026, 11, 2)
    assert over_at(rule) == datetime(2026, 12, 1, tzinfo=UTC)


def test_it_is_over_after_the_last_date_wherever_that_moves():
    rule = a_rule(last=date(2026, 11, 24), moved=(Moved(date(2026, 11, 24), date(2026, 12, 3)),))

    assert over_at(rule) == datetime(2026, 12, 4, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (date(2026, 12, 25), "Christmas Day"),
        (date(2026, 12, 28), "stands in for Boxing Day"),
        (date(2027, 3, 29), "Easter Monday"),
        (date(2027, 5, 3), "the early May bank holiday"),
    ],
)
def test_bank_holidays_are_left_out_where_that_is_wanted(day, why):
    pattern = Weekly(frozenset({day.weekday()}))

    assert day in days(a_rule(pattern)), why
    assert day not in days(a_rule(pattern, not_on_bank_holidays=True)), why
    assert day + timedelta(days=14) in days(a_rule(pattern, not_on_bank_holidays=True))


def test_whoever_moves_a_bank_holiday_by_hand_means_it():
    christmas = date(2026, 12, 25)
    moved = Moved(christmas, date(2026, 12, 28))  # a bank holiday as well
    rule = a_rule(Weekly(frozenset({4})), moved=(moved,), not_on_bank_holidays=True)

    assert date(2026, 12, 28) in days(rule)


# ── the two nights ───────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("day", "clock", "utc"),
    [
        (SPRING, time(0, 59), "2027-03-28T00:59"),
        (SPRING, time(1, 0), "2027-03-28T01:00"),  # there is no 01:00; it is 02:00
        (SPRING, time(1, 30), "2027-03-28T01:30"),  # there is no 01:30; it is 02:30
        (SPRING, time(2, 0), "2027-03-28T01:00"),
        (AUTUMN, time(0, 59), "2026-10-24T23:59"),
        (AUTUMN, time(1, 30), "2026-10-25T01:30"),  # its second coming
        (AUTUMN, time(2, 0), "2026-10-25T02:00"),
    ],
)
def test_a_time_on_the_two_nights_when_the_clocks_change(day, clock, utc):
    assert moment(day, clock) == datetime.fromisoformat(utc).replace(tzinfo=UTC)


@pytest.mark.parametrize("night", [SPRING, AUTUMN])
def test_an_evening_event_keeps_its_time_over_the_night_the_clocks_change(night):
    rule = a_rule(Weekly(frozenset({SUNDAY})), night - 7 * DAY, night + 7 * DAY)

    before, that, after = every(rule)

    assert {wall(each.starts_at).time() for each in (before, that, after)} == {time(18)}
    assert {wall(each.due_at).time() for each in (before, that, after)} == {time(17)}
    assert that.starts_at - before.starts_at != after.starts_at - that.starts_at


@pytest.mark.parametrize(("night", "elapsed"), [(SPRING, 24), (AUTUMN, 24)])
def test_hours_before_are_hours_whatever_the_clocks_do(night, elapsed):
    rule = a_rule(Weekly(frozenset({SUNDAY})), night, night, due=HoursBefore(24))

    [only] = every(rule)

    assert only.starts_at - only.due_at == timedelta(hours=elapsed)
    assert wall(only.due_at).time() != time(18)


# ── whatever the rule ────────────────────────────────────────────────────────

FIRST_DAYS = st.dates(date(2024, 1, 1), date(2029, 1, 1))
CLOCKS = st.times().map(lambda clock: clock.replace(second=0, microsecond=0))
WEEKDAYS = st.integers(0, 6)
EVERY = st.integers(1, 12)
PATTERNS = st.one_of(
    st.builds(Weekly, st.frozensets(WEEKDAYS, min_size=1), EVERY),
    st.builds(MonthlyByWeekday, st.sampled_from([1, 2, 3, 4, LAST]), WEEKDAYS, EVERY),
    st.builds(MonthlyByDay, st.integers(1, 31), EVERY),
)
DUES = st.builds(DaysBefore, st.integers(1, 14), CLOCKS) | st.builds(
    HoursBefore, st.integers(1, 72)
)


@st.composite
def rules(draw):
    first = draw(FIRST_DAYS)
    last = first + timedelta(days=draw(st.integers(0, 366)))
    starts = draw(CLOCKS)
    ends = draw(st.none() | st.just(time(23, 59)))
    plain = Rule(draw(PATTERNS), first, last, starts, draw(DUES), ends if ends != starts else None)
    named = list(days_of(plain))
    skipped = draw(st.frozensets(st.sampled_from(named))) if named else frozenset()
    return Rule(
        plain.pattern,
        first,
        last,
        starts,
        plain.due,
        plain.ends,
        skipped,
        not_on_bank_holidays=draw(st.booleans()),
    )


@given(rules())
def test_occurrences_are_in_order_and_none_comes_twice(rule):
    found = every(rule)

    assert all(before.starts_at < after.starts_at for before, after in pairwise(found))
    assert len({each.day for each in found}) == len(found)


def test_a_skipped_hour_is_counted_on_from_whichever_of_two_hours_a_clock_claims_to_name():
    night, skipped = date(2027, 3, 28), time(1, 0)

    assert moment(night, skipped) == moment(night, skipped.replace(fold=1))


@given(rules())
def test_every_occurrence_is_on_its_day_and_at_its_time_on_the_clock_of_the_station(rule):
    for each in every(rule):
        here = wall(each.starts_at)
        assert rule.first_day <= here.date() <= rule.last_day
        assert here.date() == each.day
        assert is_named(rule.pattern, each.day)
        there_is_no_such_time = not exists(each.day, rule.starts)
        expected = datetime.combine(each.day, rule.starts)
        assert here == expected + timedelta(hours=there_is_no_such_time)


@given(rules())
def test_every_post_is_due_before_its_event_and_at_the_time_that_was_asked_for(rule):
    for each in every(rule):
        assert each.due_at < each.starts_at
        if isinstance(rule.due, HoursBefore):
            assert each.starts_at - each.due_at == timedelta(hours=rule.due.hours)
        elif exists(each.day - rule.due.days * DAY, rule.due.at):
            assert (
                wall(each.due_at) == datetime.combine(each.day, rule.due.at) - rule.due.days * DAY
            )


@given(rules(), st.integers(-30, 400), st.integers(0, 60))
def test_a_part_of_the_calendar_shows_exactly_what_is_in_it(rule, start, length):
    first = rule.first_day + timedelta(days=start)
    last = first + timedelta(days=length)

    assert occurrences(rule, first, last) == tuple(
        each for each in every(rule) if first <= local(each.starts_at).date() <= last
    )


@given(rules(), st.data())
def test_a_moved_date_leaves_all_others_where_they_are(rule, data):
    plain = every(rule)
    assume(plain)
    which = data.draw(st.sampled_from(plain))
    to = data.draw(st.dates(rule.first_day, rule.last_day))
    assume(to not in {each.day for each in plain} - {which.day})
    moved = Rule(**{**vars(rule), "moved": (Moved(which.day, to),)})

    after = every(moved)

    others = [each for each in after if each.day != which.day]
    assert others == [each for each in plain if each.day != which.day]
    [there] = [each for each in after if each.day == which.day]
    assert local(there.starts_at).date() == to
    assert list(after) == sorted(after)


@given(rules())
def test_the_days_are_those_that_rfc_5545_names(rule):
    """An oracle that others wrote; it leaves out the 31st where a month has none, we do not."""
    pattern, weekdays = rule.pattern, [rrule.MO, rrule.TU, rrule.WE, rrule.TH, rrule.FR, rrule.SA]
    weekdays.append(rrule.SU)
    first_of_month = rule.first_day.replace(day=1)
    if isinstance(pattern, Weekly):
        named = {"byweekday": [weekdays[day] for day in pattern.weekdays], "wkst": rrule.MO}
        start, frequency = rule.first_day, rrule.WEEKLY
    elif isinstance(pattern, MonthlyByWeekday):
        named = {"byweekday": weekdays[pattern.weekday](pattern.nth)}
        start, frequency = first_of_month, rrule.MONTHLY
    else:
        named = {"bymonthday": list(range(28, pattern.day + 1)) or pattern.day, "bysetpos": -1}
        named = named if pattern.day > 28 else {"bymonthday": pattern.day}
        start, frequency = first_of_month, rrule.MONTHLY
    oracle = rrule.rrule(
        frequency,
        interval=pattern.every,
        dtstart=datetime.combine(start, time()),
        until=datetime.combine(rule.last_day, time()),
        **named,
    )

    assert list(days_of(rule)) == [d.date() for d in oracle if d.date() >= rule.first_day]


@given(st.dates(date(2000, 1, 1), date(2099, 12, 30)), CLOCKS)
def test_a_moment_is_that_time_wherever_there_is_one(day, clock):
    here = wall(moment(day, clock))

    assert here == datetime.combine(day, clock) or not exists(day, clock)


def exists(day, clock):
    """Whether the clock on the wall ever shows this."""
    at = datetime.combine(day, clock, LONDON)
    return any(
        at.replace(fold=fold).astimezone(UTC).astimezone(LONDON).replace(tzinfo=None)
        == at.replace(tzinfo=None)
        for fold in (0, 1)
    )


def is_named(pattern, day):
    if isinstance(pattern, Weekly):
        return day.weekday() in pattern.weekdays
    tomorrow = day + DAY
    if isinstance(pattern, MonthlyByDay):
        return day.day == pattern.day or (day.day < pattern.day and tomorrow.day == 1)
    in_month = (day.day - 1) // 7 + 1
    last = (day + 7 * DAY).month != day.month
    return day.weekday() == pattern.weekday and (
        last if pattern.nth == LAST else in_month == pattern.nth
    )
