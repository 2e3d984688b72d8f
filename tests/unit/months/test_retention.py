"""How long records are kept: the longest class decides, and nothing once promised is shortened."""

import re
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.months.month import Month, read_month
from shared.months.retention import (
    FOR_EVER,
    MOST_YEARS,
    RULES,
    USUAL,
    BadScheduleError,
    NoClassError,
    RecordClass,
    Schedule,
    class_of,
    longest,
    read_schedule,
    read_schedules,
    until,
)

OCTOBER = read_month("2026-10")
MONTHS = st.builds(Month, st.integers(2001, 2090), st.integers(1, 12))
CLASSES = st.sampled_from(RecordClass)
YEARS = st.none() | st.integers(1, MOST_YEARS)
MOMENTS = st.datetimes(datetime(2001, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
SCHEDULES = st.builds(Schedule, MOMENTS, st.fixed_dictionaries(dict.fromkeys(RecordClass, YEARS)))
HISTORIES = st.lists(SCHEDULES, max_size=4).map(lambda some: [USUAL, *some])


def on(text):
    return datetime.fromisoformat(f"{text}T00:00:00+00:00")


def test_no_noun_is_in_two_classes_and_each_class_says_whose_rule_it_is():
    nouns = [noun for rule in RULES.values() for noun in rule.nouns]

    assert len(nouns) == len(set(nouns))
    assert set(RULES) == set(RecordClass)
    assert all(re.match(r"[A-Z]\d\d\b", rule.source) for rule in RULES.values())


def test_a_type_that_nobody_classed_is_told_by_its_noun():
    with pytest.raises(NoClassError, match="“horse”") as raised:
        class_of("horse.fed")

    assert raised.value.noun == "horse"


@pytest.mark.parametrize(
    ("month", "kept", "moment"),
    [
        ("2026-10", "posts", "2033-11-01"),
        ("2026-12", "posts", "2034-01-01"),
        ("2026-10", "consents", "2029-11-01"),
        ("2024-01", "consents", "2027-02-01"),
        ("2096-02", "posts", "2103-03-01"),
    ],
)
def test_years_are_counted_from_the_end_of_the_month(month, kept, moment):
    assert until(RecordClass(kept), read_month(month), [USUAL]) == on(moment)


def test_the_class_that_is_kept_the_longest_decides_for_the_whole_month():
    some = [RecordClass.CONSENTS, RecordClass.POSTS]

    assert longest(some, OCTOBER, [USUAL]) == (RecordClass.POSTS, on("2033-11-01"))
    assert longest(some[:1], OCTOBER, [USUAL]) == (RecordClass.CONSENTS, on("2029-11-01"))
    ever = read_schedule("consents=forever")
    assert longest(some, OCTOBER, [ever]) == (RecordClass.CONSENTS, None)


def test_a_month_in_which_nothing_happened_is_the_systems_record_of_that():
    system = read_schedule("posts=9,system=2")

    assert longest([], OCTOBER, [system]) == (RecordClass.SYSTEM, on("2028-11-01"))


def test_a_longer_rule_counts_for_old_months_and_a_shorter_one_only_for_new_ones():
    longer = read_schedule("posts=10", on("2027-01-01"))
    shorter = read_schedule("posts=1", on("2028-01-01"))
    history = [shorter, USUAL, longer]

    def years(month):
        return until(RecordClass.POSTS, read_month(month), history).year - int(month[:4])

    assert [years(each) for each in ("2026-10", "2027-10", "2028-10")] == [10, 10, 1]
    # A rule that ended in the very moment in which the month did is not about it any more.
    assert years("2027-12") == 1 + 1
    assert years("2027-11") == 10


@given(CLASSES, MONTHS, HISTORIES, SCHEDULES)
def test_no_later_schedule_makes_anything_go_sooner(kept, month, history, later):
    last = max(each.since for each in history)
    before = until(kept, month, history)
    if later.since <= max(last, month.ends):
        return  # it counts from before this month was over
    after = until(kept, month, [*history, later])

    assert after is None or (before is not None and before <= after)


@given(st.sets(CLASSES, min_size=1), MONTHS, HISTORIES)
def test_no_class_in_a_month_is_kept_longer_than_the_month(classes, month, history):
    by, last = longest(classes, month, history)
    each = [until(kept, month, history) for kept in classes]

    assert by in classes
    assert last is None if None in each else last == max(each)


@given(st.dictionaries(CLASSES, YEARS))
def test_a_schedule_is_read_as_it_is_written(years):
    text = ",".join(f"{kept}={said or FOR_EVER}" for kept, said in years.items())

    assert read_schedule(text).years == {**USUAL.years, **years}


BAD = [
    *("posts", "posts=", "posts=0", "posts=-1", "posts=101", "posts=7.5", "posts=seven"),
    *("horses=7", "posts=7,posts=8", "=7", "posts=٣", "posts==7", "posts=7;consents=3"),
]


@pytest.mark.parametrize("text", BAD)
def test_what_is_no_schedule_is_refused_with_an_example(text):
    with pytest.raises(BadScheduleError, match=r"Write it as posts=7,consents=3\."):
        read_schedule(text)


def test_a_schedule_may_have_spaces_and_nothing_means_the_usual():
    assert read_schedule(" posts = 8 , consents=4,").years[RecordClass.POSTS] == 8
    assert read_schedule("") == USUAL


def test_without_any_schedule_nobody_says_that_something_may_go():
    with pytest.raises(BadScheduleError, match="there is none"):
        until(RecordClass.POSTS, OCTOBER, [])


def test_several_schedules_stand_in_one_text_each_since_its_moment():
    first, later = read_schedules(" posts=5 ; 2030-01-01T00:00Z posts=10,consents=forever;")

    assert (first.since, first.years[RecordClass.POSTS]) == (USUAL.since, 5)
    assert later.since == datetime(2030, 1, 1, tzinfo=UTC)
    assert (later.years[RecordClass.POSTS], later.years[RecordClass.CONSENTS]) == (10, None)
    assert read_schedules(" ; ") == ()


@pytest.mark.parametrize(
    "text", ["soon posts=7", "2030-01-01T00:00 posts=7", "posts=7; posts", "2030-13-01T00:00Z a=1"]
)
def test_a_text_with_one_that_is_no_schedule_is_none(text):
    with pytest.raises(BadScheduleError):
        read_schedules(text)
