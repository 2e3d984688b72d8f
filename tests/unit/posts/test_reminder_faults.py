"""What is wrong with a reminder is told field by field, with what to do."""

from datetime import date, time, timedelta

import pytest
from hypothesis import given

from shared.posts.reminder_faults import faults_of
from shared.posts.reminders import (
    DaysBefore,
    HoursBefore,
    MonthlyByDay,
    MonthlyByWeekday,
    Moved,
    Weekly,
    moment,
    occurrences,
)
from tests.unit.posts.test_reminders import THE_DAY_BEFORE, TUESDAY, a_rule, rules

NOW = moment(date(2026, 11, 2), time(9))
WORDS = "Meet us on {day} {date} at {place}."
TUESDAYS = Weekly(frozenset({TUESDAY}))


def faults(rule, text=WORDS, place="Leek Library", now=NOW):
    return faults_of(rule, text, place, now)


def test_a_good_reminder_has_no_faults():
    assert faults(a_rule(skipped=frozenset({date(2026, 12, 22)}))) == ()


@pytest.mark.parametrize(
    ("field", "rule"),
    [
        ("last_day", a_rule(last=date(2026, 10, 31))),
        ("last_day", a_rule(last=date(2027, 11, 4))),
        ("first_day", a_rule(first=date(2025, 10, 31))),
        ("last_day", a_rule(first=date(2026, 10, 1), last=date(2026, 11, 1))),
        ("every", a_rule(Weekly(frozenset({1}), every=0))),
        ("every", a_rule(Weekly(frozenset({1}), every=13))),
        ("weekdays", a_rule(Weekly(frozenset()))),
        ("day_of_month", a_rule(MonthlyByDay(0))),
        ("day_of_month", a_rule(MonthlyByDay(32))),
        ("nth", a_rule(MonthlyByWeekday(5, TUESDAY))),
        ("ends", a_rule(starts=time(18), ends=time(18))),
        ("due_hours", a_rule(due=HoursBefore(0))),
        ("due_hours", a_rule(due=HoursBefore(73))),
        ("due_days", a_rule(due=DaysBefore(15, time(9)))),
        ("due_at", a_rule(due=DaysBefore(0, time(18)))),
        ("skipped", a_rule(skipped=frozenset({date(2026, 11, 4)}))),
        ("moved", a_rule(moved=(Moved(date(2026, 11, 4), date(2026, 11, 5)),))),
        ("moved", a_rule(moved=(Moved(date(2026, 11, 3), date(2026, 11, 10)),))),
        ("moved", a_rule(moved=(Moved(date(2026, 11, 3), date(2028, 11, 10)),))),
        (
            "due_at",
            a_rule(
                due=DaysBefore(0, time(12)),
                moved=(Moved(date(2026, 11, 3), date(2026, 11, 4), time(10)),),
            ),
        ),
        (
            "moved",
            a_rule(
                moved=(
                    Moved(date(2026, 11, 3), date(2026, 11, 4)),
                    Moved(date(2026, 11, 3), date(2026, 11, 5)),
                )
            ),
        ),
    ],
)
def test_a_fault_names_its_field_and_says_what_to_do(field, rule):
    found = faults(rule)

    assert [name for name, _ in found] == [field]
    assert all(sentence.endswith(".") for _, sentence in found)


@pytest.mark.parametrize(
    ("field", "text", "place"),
    [("text", " \n", ""), ("text", "{when}", ""), ("place", "At {place}.", " ")],
)
def test_words_that_cannot_be_filled_are_refused(field, text, place):
    assert [name for name, _ in faults(a_rule(), text, place)] == [field]


def test_dates_may_change_places():
    swap = (
        Moved(date(2026, 11, 3), date(2026, 11, 10)),
        Moved(date(2026, 11, 10), date(2026, 11, 3)),
    )

    assert faults(a_rule(moved=swap)) == ()


def test_a_date_may_move_to_where_another_was_skipped():
    skipped, moved = frozenset({date(2026, 11, 10)}), Moved(date(2026, 11, 3), date(2026, 11, 10))

    assert faults(a_rule(skipped=skipped, moved=(moved,))) == ()


def test_a_year_ahead_is_as_far_as_it_goes():
    today = date(2026, 11, 2)

    assert faults(a_rule(last=today + timedelta(days=366))) == ()
    assert faults(a_rule(last=today + timedelta(days=367)))[0][0] == "last_day"


def test_a_series_all_of_whose_dates_are_bank_holidays_has_no_date_left():
    christmas = date(2026, 12, 25)
    rule = a_rule(Weekly(frozenset({4})), christmas, christmas, not_on_bank_holidays=True)

    assert [name for name, _ in faults(rule)] == ["last_day"]


@given(rules())
def test_whatever_passes_has_a_date_to_come_and_a_post_that_is_due_before_each(rule):
    now = moment(rule.first_day, time(0))
    if faults(rule, now=now):
        return

    found = occurrences(rule, rule.first_day, rule.last_day)

    assert any(each.starts_at > now for each in found)
    assert all(each.due_at < each.starts_at for each in found)


def test_it_begins_tonight_and_the_post_goes_at_once():
    tonight = date(2026, 11, 3)

    assert (
        faults(a_rule(first=tonight, due=THE_DAY_BEFORE), now=moment(tonight, time(17, 59))) == ()
    )
