"""What is wrong with a reminder before it is kept, each with its field and a sentence to act on."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from shared.posts.localtime import local
from shared.posts.placeholders import PLACE, placeholders_in, wrong_placeholder
from shared.posts.reminders import (
    HoursBefore,
    MonthlyByDay,
    MonthlyByWeekday,
    Moved,
    Rule,
    Weekly,
    days_of,
    occurrences,
    over_at,
)

Fault = tuple[str, str]

YEAR = timedelta(days=366)
"""How far ahead a series may reach, and how far back it may have begun."""

MOST_EVERY = 12
MOST_DAYS_BEFORE = 14
MOST_HOURS_BEFORE = 72
LONGEST_MONTH = 31


def faults_of(rule: Rule, text: str, place: str, now: datetime) -> tuple[Fault, ...]:
    """Everything wrong with a rule and its words, empty if a series can be made of them."""
    today = local(now).date()
    found = (*_words(text, place), *_days(rule, today), *_pattern(rule), *_times(rule))
    if found:
        return found  # what follows asks for the days of a rule that is right
    exceptions = tuple(_exceptions(rule, today))
    if exceptions or any(
        each.starts_at > now for each in occurrences(rule, today, local(over_at(rule)).date())
    ):
        return exceptions
    return (("last_day", "No date is left from today on. Choose a later last day."),)


def _words(text: str, place: str) -> Iterator[Fault]:
    if not text.strip():
        yield "text", "Write something first; the post is empty."
    if sentence := wrong_placeholder(text):
        yield "text", sentence
    if PLACE in placeholders_in(text) and not place.strip():
        yield "place", "The words have {place} in them. Say where it takes place."


def _days(rule: Rule, today: date) -> Iterator[Fault]:
    if rule.last_day < rule.first_day:
        yield "last_day", "The last day is before the first. Choose a later one."
    if rule.last_day > today + YEAR:
        furthest = _said(today + YEAR)
        yield "last_day", f"Choose a last day within a year, up to {furthest}; then make it anew."
    if rule.first_day < today - YEAR:
        yield "first_day", "Choose a first day within the last year."


def _pattern(rule: Rule) -> Iterator[Fault]:
    pattern = rule.pattern
    if not 1 <= pattern.every <= MOST_EVERY:
        yield "every", f"Enter a number from 1 to {MOST_EVERY}."
    if isinstance(pattern, Weekly) and not pattern.weekdays:
        yield "weekdays", "Choose a day of the week, or several."
    if isinstance(pattern, MonthlyByDay) and not 1 <= pattern.day <= LONGEST_MONTH:
        yield "day_of_month", f"Enter a day of the month from 1 to {LONGEST_MONTH}."
    if isinstance(pattern, MonthlyByWeekday) and pattern.nth not in {-1, 1, 2, 3, 4}:
        yield "nth", "Choose the first to fourth or the last."


def _times(rule: Rule) -> Iterator[Fault]:
    if rule.ends is not None and rule.ends <= rule.starts:
        yield "ends", "It ends before it begins. Enter a later time, or leave it empty."
    if isinstance(rule.due, HoursBefore):
        if not 1 <= rule.due.hours <= MOST_HOURS_BEFORE:
            yield "due_hours", f"Enter a number of hours from 1 to {MOST_HOURS_BEFORE}."
    elif not 0 <= rule.due.days <= MOST_DAYS_BEFORE:
        yield "due_days", f"Enter a number of days from 0 to {MOST_DAYS_BEFORE}."
    elif rule.due.days == 0 and rule.due.at >= min(_starts(rule)):
        yield "due_at", "The post would be due when the event has begun. Choose an earlier time."


def _starts(rule: Rule) -> Iterator[time]:
    yield rule.starts
    yield from (each.starts for each in rule.moved if each.starts)


def _exceptions(rule: Rule, today: date) -> Iterator[Fault]:
    days = set(days_of(rule))
    for day in sorted(rule.skipped - days):
        yield "skipped", f"{_said(day)} is not one of its dates. Leave it out."
    taken = days - rule.skipped - {each.day for each in rule.moved}
    for each in rule.moved:
        if sentence := _move_fault(each, rule, days, taken, today):
            yield "moved", sentence
        taken.add(each.to)
    if len({each.day for each in rule.moved}) < len(rule.moved):
        yield "moved", "A date can move once. Leave one of them out."


def _move_fault(
    move: Moved, rule: Rule, days: set[date], taken: set[date], today: date
) -> str | None:
    if move.day not in days or move.day in rule.skipped:
        return f"{_said(move.day)} is not one of its dates. Leave it out."
    if move.to in taken:
        return f"{_said(move.to)} is one of its dates already. Choose another day."
    if not today - YEAR <= move.to <= today + YEAR:
        return f"{_said(move.to)} is too far away. Choose a day within a year."
    return None


def _said(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
