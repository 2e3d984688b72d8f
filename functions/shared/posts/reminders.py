"""When a regular event takes place, and when the post that reminds of it is due (U19).

The story: a pattern names days, `occurrences` takes out what is skipped, puts what is moved where
it belongs, and sets each on London's clock. A time that the night in spring skips is one hour
later; one that the night in autumn has twice is its second coming, as everywhere in Bluelamp.
"""

from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from shared.posts.localtime import LONDON, local
from shared.posts.working_days import is_bank_holiday

LAST = -1
"""The n-th weekday of a month that is its last."""

WEEK = 7
MONTHS = 12


@dataclass(frozen=True)
class Weekly:
    """On these weekdays (Monday is 0) of every n-th week, counted from the week it begins in."""

    weekdays: frozenset[int]
    every: int = 1


@dataclass(frozen=True)
class MonthlyByWeekday:
    """On the first to fourth or LAST such weekday of every n-th month."""

    nth: int
    weekday: int
    every: int = 1


@dataclass(frozen=True)
class MonthlyByDay:
    """On this day of every n-th month; a month that is shorter has it on its last day."""

    day: int
    every: int = 1


Pattern = Weekly | MonthlyByWeekday | MonthlyByDay


@dataclass(frozen=True)
class DaysBefore:
    """So many days before the event, at this time; 0 is the day itself."""

    days: int
    at: time


@dataclass(frozen=True)
class HoursBefore:
    """So many hours before the event begins, whatever the clocks do meanwhile."""

    hours: int


Due = DaysBefore | HoursBefore


@dataclass(frozen=True)
class Moved:
    """One date that takes place on another day, at the usual time if no other is said. It lasts
    as long as usual.
    """

    day: date
    to: date
    starts: time | None = None


@dataclass(frozen=True)
class Rule:
    """A regular event: its days, first and last included, its times, and when its post is due."""

    pattern: Pattern
    first_day: date
    last_day: date
    starts: time
    due: Due
    ends: time | None = None
    skipped: frozenset[date] = frozenset()
    moved: tuple[Moved, ...] = ()
    not_on_bank_holidays: bool = False


@dataclass(frozen=True, order=True)
class Occurrence:
    """One event, in UTC; `day` is the day the pattern names, the same wherever it moves."""

    starts_at: datetime
    ends_at: datetime | None
    due_at: datetime
    day: date


def occurrences(
    rule: Rule,
    first: date,
    last: date,
    is_holiday: Callable[[date], bool] = is_bank_holiday,
) -> tuple[Occurrence, ...]:
    """What takes place from the first to the last of these days, in order."""
    moved = {each.day: each for each in rule.moved}
    found = []
    for day in days_of(rule):
        move = moved.get(day)
        on = move.to if move else day
        off = day in rule.skipped or (rule.not_on_bank_holidays and not move and is_holiday(day))
        if first <= on <= last and not off:
            starts = move.starts if move and move.starts else rule.starts
            found.append(_occurrence(rule, day, on, starts))
    return tuple(sorted(found))


def days_of(rule: Rule) -> Iterator[date]:
    """The days the pattern names, in order, whether anything takes place on them or not."""
    named = _weekly if isinstance(rule.pattern, Weekly) else _monthly
    return (day for day in named(rule) if rule.first_day <= day <= rule.last_day)


def over_at(rule: Rule) -> datetime:
    """The midnight after the last day on which anything can take place; in UTC."""
    last = max([rule.last_day, *(each.to for each in rule.moved)])
    return moment(last + timedelta(days=1), time(0))


def moment(day: date, clock: time) -> datetime:
    """A day and time on London's clock, in UTC."""
    wall = datetime.combine(day, clock, LONDON)
    later = wall.replace(fold=1).astimezone(UTC)
    if local(later).replace(tzinfo=None) == wall.replace(tzinfo=None):
        return later
    return wall.replace(fold=0).astimezone(
        UTC
    )  # a skipped hour, counted on as if the night had not skipped it


def _occurrence(rule: Rule, day: date, on: date, starts: time) -> Occurrence:
    starts_at = moment(on, starts)
    return Occurrence(starts_at, _end(rule, on, starts), _due(rule.due, on, starts_at), day)


def _end(rule: Rule, on: date, starts: time) -> datetime | None:
    if rule.ends is None:
        return None
    lasts = datetime.combine(on, rule.ends) - datetime.combine(on, rule.starts)
    ends = datetime.combine(on, starts) + lasts
    return moment(ends.date(), ends.time())


def _due(due: Due, on: date, starts_at: datetime) -> datetime:
    if isinstance(due, HoursBefore):
        return starts_at - timedelta(hours=due.hours)
    return moment(on - timedelta(days=due.days), due.at)


def _weekly(rule: Rule) -> Iterator[date]:
    assert isinstance(rule.pattern, Weekly)  # noqa: S101 - by `days_of`
    monday = rule.first_day - timedelta(days=rule.first_day.weekday())
    while monday <= rule.last_day:
        for weekday in sorted(rule.pattern.weekdays):
            yield monday + timedelta(days=weekday)
        monday += timedelta(weeks=rule.pattern.every)


def _monthly(rule: Rule) -> Iterator[date]:
    assert not isinstance(rule.pattern, Weekly)  # noqa: S101 - by `days_of`
    last = _month(rule.last_day)
    for number in range(_month(rule.first_day), last + 1, rule.pattern.every):
        year, month = divmod(number, MONTHS)
        yield _day_of_month(rule.pattern, year, month + 1)


def _month(day: date) -> int:
    return day.year * MONTHS + day.month - 1


def _day_of_month(pattern: MonthlyByWeekday | MonthlyByDay, year: int, month: int) -> date:
    first, length = monthrange(year, month)
    if isinstance(pattern, MonthlyByDay):
        return date(year, month, min(pattern.day, length))
    offset = (pattern.weekday - first) % WEEK
    weeks = (length - 1 - offset) // WEEK if pattern.nth == LAST else pattern.nth - 1
    return date(year, month, 1 + offset + weeks * WEEK)
