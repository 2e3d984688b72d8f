"""The force's own clock, on the nights when it is strange too."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.posts.errors import InvalidDraftError
from shared.posts.localtime import (
    clock_text,
    day_text,
    deadline_text,
    fields_text,
    moment_text,
    moment_typed,
    night_ends,
    utc_text,
)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("moment", "shown"),
    [
        (at("2026-11-21T14:30"), "14:30 on Saturday 21 November 2026"),
        (at("2026-07-01T14:30"), "15:30 on Wednesday 1 July 2026"),
        (at("2026-07-01T23:30"), "00:30 on Thursday 2 July 2026"),
        (at("2026-03-29T00:59"), "00:59 on Sunday 29 March 2026"),
        (at("2026-03-29T01:00"), "02:00 on Sunday 29 March 2026"),
        (at("2026-10-25T00:30"), "01:30 BST on Sunday 25 October 2026"),
        (at("2026-10-25T01:30"), "01:30 GMT on Sunday 25 October 2026"),
        (at("2026-10-25T02:00"), "02:00 on Sunday 25 October 2026"),
    ],
)
def test_a_moment_is_shown_on_the_london_clock(moment: datetime, shown: str) -> None:
    assert moment_text(moment) == shown


def test_the_parts_of_a_moment_can_be_shown_alone() -> None:
    moment = at("2026-07-01T14:30")

    assert clock_text(moment) == "15:30"
    assert day_text(moment) == "Wednesday 1 July 2026"
    assert utc_text(moment) == "2026-07-01 14:30 UTC"


@pytest.mark.parametrize(
    ("deadline", "shown"),
    [
        (at("2026-11-21T23:59"), "23:59"),
        (at("2026-11-22T00:00"), "00:00 on Sun 22 Nov"),
        (at("2026-11-20T09:00"), "09:00 on Fri 20 Nov"),
    ],
)
def test_a_deadline_names_its_day_unless_it_is_today(deadline: datetime, shown: str) -> None:
    assert deadline_text(deadline, at("2026-11-21T09:00")) == shown


@pytest.mark.parametrize(
    ("day", "clock", "moment"),
    [
        ("", " ", None),
        ("2026-11-21", "14:30", at("2026-11-21T14:30")),
        ("2026-07-01", "14:30", at("2026-07-01T13:30")),
        ("1/7/2026", "2.30pm", at("2026-07-01T13:30")),
        ("01.07.2026", "12am", at("2026-06-30T23:00")),
        ("2026-07-01", "12:00 PM", at("2026-07-01T11:00")),
        ("2026-10-25", "01:30", at("2026-10-25T01:30")),
        ("2026-03-29", "02:00", at("2026-03-29T01:00")),
    ],
)
def test_a_typed_time_is_meant_on_the_london_clock(
    day: str, clock: str, moment: datetime | None
) -> None:
    assert moment_typed(day, clock) == moment


@pytest.mark.parametrize(
    ("day", "clock", "field", "sentence"),
    [
        ("2026-11-21", "", "time", "Enter the time as well"),
        ("", "14:30", "date", "Enter the date as well"),
        ("31/11/2026", "14:30", "date", "Enter a real date"),
        ("tomorrow", "14:30", "date", "Enter a real date"),
        ("2026-11-21", "25:00", "time", "Enter a time"),
        ("2026-11-21", "14", "time", "Enter a time"),
        ("2026-11-21", "0:30pm", "time", "Enter a time"),
        ("2026-11-21", "٣:٣٠", "time", "Enter a time"),
        ("2026-03-29", "01:30", "time", "Enter 02:00 or later"),
        ("2206-01-01", "00:00", "date", "Enter a date in this century"),
    ],
)
def test_a_time_that_is_none_is_refused_with_a_sentence(
    day: str, clock: str, field: str, sentence: str
) -> None:
    with pytest.raises(InvalidDraftError, match=sentence) as refused:
        moment_typed(day, clock)

    assert refused.value.field == field


@given(st.integers(0, 99 * 365 * 24 * 60))
def test_what_is_shown_can_be_typed_again(minutes: int) -> None:
    moment = at("2000-01-02T00:00") + timedelta(minutes=minutes)

    again = moment_typed(*fields_text(moment))

    # The hour that comes twice is read as its second coming, never earlier than was meant.
    assert again in {moment, moment + timedelta(hours=1)}
    assert again == moment or clock_text(moment).endswith("BST")


@pytest.mark.parametrize(
    ("moment", "ends"),
    [
        (at("2026-11-20T20:59"), None),
        (at("2026-11-20T21:00"), at("2026-11-21T07:00")),
        (at("2026-11-21T06:59"), at("2026-11-21T07:00")),
        (at("2026-11-21T07:00"), None),
        (at("2026-07-01T20:00"), at("2026-07-02T06:00")),
        (at("2026-10-24T22:00"), at("2026-10-25T07:00")),  # the night is an hour longer
    ],
)
def test_the_night_is_from_nine_to_seven_by_londons_clock(moment, ends):
    assert night_ends(moment) == ends
