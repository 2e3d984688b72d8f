from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.months.errors import BadMonthError, MonthError
from shared.months.month import Month, month_of, read_month

MONTHS = st.builds(Month, st.integers(2001, 2098), st.integers(1, 12))


@given(MONTHS)
def test_a_month_is_read_as_it_is_written(month):
    assert read_month(str(month)) == month


@given(MONTHS)
def test_a_month_ends_when_the_next_begins(month):
    assert month.ends == month.next.begins
    assert month.next.previous == month
    assert month < month.next
    assert month_of(month.begins) == month
    assert month_of(month.ends - timedelta(milliseconds=1)) == month
    assert month_of(month.ends) == month.next


@given(st.lists(MONTHS))
def test_months_sort_as_their_names_do(months):
    assert sorted(map(str, months)) == [str(month) for month in sorted(months)]


def test_a_year_ends_with_december():
    assert str(read_month("2026-12").next) == "2027-01"
    assert str(read_month("2027-01").previous) == "2026-12"


def test_a_month_is_one_by_utc_whatever_the_clock_on_the_wall_says():
    summer = timezone(timedelta(hours=1))

    assert str(month_of(datetime(2026, 9, 1, 0, 30, tzinfo=summer))) == "2026-08"
    assert str(month_of(datetime(2026, 9, 1, 0, 30, tzinfo=UTC))) == "2026-09"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026",
        "2026-1",
        "2026-13",
        "2026-00",
        "1999-12",
        "2026-10-01",
        "2026-10\n",
        " 2026-10",
        "2026/10",
        "２026-10",
        "2026-1\u0660",
        "../2026-10",
    ],
)
def test_what_is_no_month_is_refused(text):
    with pytest.raises(BadMonthError, match="is no month") as caught:
        read_month(text)
    assert caught.value.text == text
    assert isinstance(caught.value, MonthError)
