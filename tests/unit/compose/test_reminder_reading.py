"""What a browser or a program sends becomes a rule, or comes back with everything wrong with it."""

import json
from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compose.reminder_forms import LABELS, form_body, held_form
from compose.reminder_reading import why_from, wished_from
from compose.reminder_shapes import reminder_shape, said_fields
from shared.http.fields import key_from
from shared.http.problems import InvalidFieldsError
from shared.posts.reminders import (
    LAST,
    DaysBefore,
    HoursBefore,
    MonthlyByDay,
    MonthlyByWeekday,
    Moved,
    Weekly,
)
from shared.posts.series import Sent, coming
from tests.builders import a_post_id
from tests.unit.compose.series_made import ACCOUNT, NOW, a_reminder
from tests.unit.posts.test_reminders import rules

GOOD = {
    "account": "riverside",
    "title": "Library surgery",
    "text": "See you on {date}.",
    "platforms": ["sandbox"],
    "pattern": "weekly",
    "weekdays": ["tuesday"],
    "first_day": "2026-11-03",
    "last_day": "2027-03-31",
    "starts": "18:00",
}


def faults(**changes):
    with pytest.raises(InvalidFieldsError) as told:
        wished_from({**GOOD, **changes})
    assert all(fault.sentence.endswith(".") for fault in told.value.faults)
    return [fault.field for fault in told.value.faults]


def rule(**changes):
    return wished_from({**GOOD, **changes}).rule


def test_the_least_that_can_be_said_is_due_the_day_before_at_five():
    wished = wished_from(GOOD)

    assert (wished.account, wished.title, wished.place) == ("riverside", "Library surgery", "")
    assert wished.rule.pattern == Weekly(frozenset({1}), 1)
    assert (wished.rule.starts, wished.rule.ends) == (time(18), None)
    assert wished.rule.due == DaysBefore(1, time(17))
    assert not wished.rule.not_on_bank_holidays


@pytest.mark.parametrize(
    ("said", "pattern"),
    [
        (
            {"weekdays": ["monday", "sunday"], "every": 2},
            Weekly(frozenset({0, 6}), 2),
        ),
        (
            {"pattern": "monthly_by_weekday", "nth": "last"},
            MonthlyByWeekday(LAST, 1),
        ),
        (
            {"pattern": "monthly_by_weekday", "nth": "second", "every": "3"},
            MonthlyByWeekday(2, 1, 3),
        ),
        ({"pattern": "monthly_by_day", "day_of_month": "31", "every": ""}, MonthlyByDay(31)),
    ],
)
def test_every_pattern_is_read(said, pattern):
    assert rule(**said).pattern == pattern


def test_times_and_days_are_read_as_people_type_them():
    read = rule(
        starts="6pm",
        ends="7.30 pm",
        first_day="3/11/2026",
        skipped=["17/11/2026"],
        moved=["2026-12-01 2026-12-02", "15/12/2026 to 16/12/2026 at 10:30"],
        due_days=0,
        due_at="9am",
    )

    assert (read.starts, read.ends, read.first_day) == (time(18), time(19, 30), date(2026, 11, 3))
    assert read.skipped == {date(2026, 11, 17)}
    assert read.moved == (
        Moved(date(2026, 12, 1), date(2026, 12, 2)),
        Moved(date(2026, 12, 15), date(2026, 12, 16), time(10, 30)),
    )
    assert read.due == DaysBefore(0, time(9))
    assert rule(due_hours=2).due == HoursBefore(2)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("account", None),
        ("account", 1),
        ("title", " "),
        ("title", "x" * 101),
        ("text", None),
        ("text", "\ud800"),
        ("place", "x" * 201),
        ("platforms", []),
        ("platforms", ["x", "x"]),
        ("pattern", "daily"),
        ("every", "two"),
        ("every", 13),
        ("weekdays", ["caturday"]),
        ("first_day", None),
        ("first_day", "soon"),
        ("last_day", "2027-02-30"),
        ("starts", ""),
        ("starts", "25:00"),
        ("ends", "later"),
        ("due_days", 15),
        ("due_at", "noon"),
        ("skipped", ["tomorrow"]),
        ("skipped", "2026-11-17"),
        ("skipped", ["2026-11-17"] * 101),
        ("moved", ["2026-11-17"]),
        ("moved", ["2026-11-17 2026-11-18 late"]),
        ("not_on_bank_holidays", "yes"),
        ("colour", "blue"),
    ],
)
def test_a_fault_names_its_field(field, value):
    assert set(faults(**{field: value})) == {field}


def test_all_faults_are_told_at_once():
    assert set(faults(title="", starts="x", first_day="y")) == {"title", "starts", "first_day"}


def test_a_weekday_of_a_month_is_one_weekday():
    for days in ([], ["monday", "tuesday"]):
        said = {"pattern": "monthly_by_weekday", "nth": "first", "weekdays": days}
        assert faults(**said) == ["weekdays"]
    assert faults(pattern="monthly_by_weekday") == ["nth"]


def test_it_is_due_hours_or_days_before_not_both():
    assert faults(due_hours=2, due_days=1) == ["due_hours"]
    assert faults(due_hours=2, due_at="17:00") == ["due_hours"]


def test_why_may_be_empty_and_is_one_line():
    assert why_from({}) == why_from({"why": None}) == why_from({"why": " \n "}) == ""
    assert why_from({"why": "The library\nis closed."}) == "The library is closed."
    with pytest.raises(InvalidFieldsError):
        why_from({"why": "x" * 501})


@pytest.mark.parametrize("key", ["", "x" * 101, "a\nb", "é"])
def test_a_key_that_is_none_is_refused(key):
    with pytest.raises(InvalidFieldsError):
        key_from(key)
    assert key_from(None) is None


@given(rules(), st.booleans())
def test_what_it_says_is_read_again_as_it_was(some_rule, with_place):
    reminder = a_reminder(rule=some_rule, place="Leek Library" if with_place else "")

    said = json.loads(json.dumps(said_fields(reminder)))

    assert wished_from(said).rule == reminder.rule
    assert wished_from(said).place == reminder.place


@given(rules())
def test_what_stands_in_the_form_comes_back_from_it_unchanged(some_rule):
    moves = (Moved(some_rule.first_day, some_rule.last_day, time(10)),)
    reminder = a_reminder(rule=some_rule, text="One line.\nAnother.", moved=moves)
    fields = held_form(reminder)
    # A browser sends the lines of a text area as one text, each with a carriage return.
    sent = {
        name: ["\r\n".join(values)] if name in {"skipped", "moved", "text"} else list(values)
        for name, values in fields.items()
    }

    body = form_body(sent, fixed=ACCOUNT)
    body.pop("revision")

    assert wished_from(body).rule == reminder.rule
    assert wished_from(body).text.replace("\r", "") == reminder.text


def test_every_field_of_the_form_is_a_field_of_the_api():
    assert {*LABELS} == {*said_fields(a_reminder())}


def test_its_shape_has_its_dates_with_the_posts_that_were_sent_in():
    reminder = a_reminder()
    first, second, *_ = coming(reminder, NOW)
    post_id = a_post_id()
    known = reminder.with_sent(Sent(first.day, post_id, 1, "words"))

    shape = reminder_shape(known, (first, second))

    assert [each["post"] for each in shape["dates"]] == [post_id, None]
    assert shape["dates"][0] == {
        "day": "2026-11-03",
        "starts_at": "2026-11-03T18:00:00Z",
        "ends_at": "2026-11-03T19:00:00Z",
        "due_at": "2026-11-02T17:00:00Z",
        "post": post_id,
    }
    assert (shape["status"], shape["revision"], shape["due_hours"]) == ("active", 1, None)
