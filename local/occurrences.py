"""When a schedule is due: EventBridge Scheduler's expressions, read and counted out. Pure.

    rate(5 minutes)                 every five minutes, counted from the schedule's start
    cron(0 9 ? * 2#1 *)             minute hour day month weekday (1 = Sunday) year
    at(2026-03-29T09:00:00)         once

Wall-clock times are in the schedule's own time zone. On the night the clocks go forward a time
that does not exist is skipped; on the night they go back a time that comes twice counts once, the
first time (EventBridge Scheduler user guide, "Daylight savings time").

    ScheduleError
    └── ScheduleExpressionError    an expression we cannot keep faithfully, and why
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from cronsim import CronSim, CronSimError

FIRST_YEAR, LAST_YEAR = 1970, 2199
"""The years an AWS cron expression may name."""


class ScheduleError(Exception):
    """A schedule cannot be kept."""


class ScheduleExpressionError(ScheduleError):
    """The `expression` is not one we can keep faithfully."""

    def __init__(self, expression: str, why: str) -> None:
        super().__init__(f"schedule expression {expression!r}: {why}")
        self.expression = expression


@dataclass(frozen=True)
class Rate:
    """Every so often, counted from the schedule's start."""

    every: timedelta

    def between(
        self, after: datetime, until: datetime, _zone: ZoneInfo, start: datetime
    ) -> Iterator[datetime]:
        """The latest occurrence only: what was missed is made good by one call, not by hundreds."""
        latest = start + (until - start) // self.every * self.every
        if latest >= start and after < latest <= until:
            yield latest


@dataclass(frozen=True)
class Once:
    """One wall-clock moment."""

    wall: datetime

    def between(
        self, after: datetime, until: datetime, zone: ZoneInfo, _start: datetime
    ) -> Iterator[datetime]:
        """The moment, if it is in (after, until]."""
        moment = self.wall.replace(tzinfo=zone).astimezone(UTC)
        if after < moment <= until:
            yield moment


@dataclass(frozen=True)
class Cron:
    """Wall-clock moments: a five-field cron expression (0 = Sunday) and the years it counts in."""

    fields: str
    years: frozenset[int]

    def between(
        self, after: datetime, until: datetime, zone: ZoneInfo, _start: datetime
    ) -> Iterator[datetime]:
        """Every moment in (after, until], oldest first."""
        for wall in CronSim(self.fields, after.astimezone(zone).replace(tzinfo=None)):
            moment = wall.replace(tzinfo=zone).astimezone(UTC)
            if moment.astimezone(zone).replace(tzinfo=None) != wall:
                continue  # the hour that is skipped in spring
            if moment > until:
                return
            if moment > after and wall.year in self.years:
                yield moment


Expression = Rate | Once | Cron


def parse(expression: str) -> Expression:
    """Read an expression, or refuse it with the reason."""
    form = re.fullmatch(r"\s*(rate|cron|at)\((.*)\)\s*", expression)
    if form is None:
        raise ScheduleExpressionError(expression, "neither rate(...), cron(...) nor at(...)")
    kind, inner = form.groups()
    if kind == "rate":
        return _rate(expression, inner)
    if kind == "at":
        return _once(expression, inner)
    return _cron(expression, inner.upper().split())


def _rate(expression: str, inner: str) -> Rate:
    form = re.fullmatch(r"([1-9]\d*) +(minute|hour|day)s?", inner.strip())
    if form is None:
        raise ScheduleExpressionError(expression, "a rate is a whole number of minutes|hours|days")
    return Rate(timedelta(**{f"{form[2]}s": int(form[1])}))


def _once(expression: str, inner: str) -> Once:
    try:
        return Once(datetime.strptime(inner.strip(), "%Y-%m-%dT%H:%M:%S"))  # noqa: DTZ007 - a wall
    except ValueError as error:
        raise ScheduleExpressionError(expression, "at() takes yyyy-mm-ddThh:mm:ss") from error


def _cron(expression: str, fields: list[str]) -> Cron:
    if len(fields) != 6:  # noqa: PLR2004 - named in the sentence
        raise ScheduleExpressionError(expression, "cron takes six fields")
    minute, hour, day, month, weekday, year = fields
    if (day == "?") == (weekday == "?"):
        raise ScheduleExpressionError(
            expression, "exactly one of day-of-month and day-of-week must be ?"
        )
    if "W" in day and day != "LW":
        raise ScheduleExpressionError(expression, "the nearest weekday (W) is not kept locally")
    days = day.replace("?", "*"), month, _weekdays(expression, weekday)
    cron = " ".join((minute, hour, *days))
    try:
        CronSim(cron, datetime(FIRST_YEAR, 1, 1))  # noqa: DTZ001 - a wall-clock time
    except CronSimError as error:
        raise ScheduleExpressionError(expression, str(error)) from error
    return Cron(cron, _years(expression, year))


def _weekdays(expression: str, field: str) -> str:
    """AWS counts Sunday as 1, cron as 0; a lone L is Saturday."""
    if field in {"?", "*"}:
        return "*"
    if field == "L":
        return "6"
    if "/" in field:
        raise ScheduleExpressionError(expression, "a day-of-week takes no /")
    return ",".join(_weekday(expression, part) for part in field.split(","))


def _weekday(expression: str, part: str) -> str:
    """One day, range, last day (6L) or nth day (2#1) of a day-of-week field."""
    days, mark, nth = part.partition("#")
    if any(number not in "1234567" for number in re.findall(r"\d+", days)):
        raise ScheduleExpressionError(expression, "a day-of-week is 1 (Sunday) to 7 or SUN to SAT")
    return re.sub(r"\d", lambda digit: str(int(digit[0]) - 1), days) + mark + nth


def _years(expression: str, field: str) -> frozenset[int]:
    return frozenset().union(*(_year_span(expression, part) for part in field.split(",")))


def _year_span(expression: str, part: str) -> range:
    form = re.fullmatch(r"(?:\*|(\d{4})(?:-(\d{4}))?)(?:/([1-9]\d*))?", part)
    if form is None:
        raise ScheduleExpressionError(expression, "a year is *, 2026, 2026-2030 or 2026/2")
    first, last, step = form.groups()
    begin = int(first or FIRST_YEAR)
    end = int(last or (first if first and not step else LAST_YEAR))
    return range(begin, end + 1, int(step or 1))
