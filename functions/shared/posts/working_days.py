"""Working time: Monday to Friday, 09:00 to 17:00 on London's clock, without the bank holidays of
England and Wales (substitute days and one-off days among them).

The clocks change at night, so that every working day has eight hours.
"""

from collections.abc import Container, Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import count

from shared.posts.localtime import LONDON, local

OPENS, CLOSES = time(9), time(17)
SATURDAY = 5
DAY = timedelta(days=1)
NOTHING = timedelta()


def is_working_day(day: date) -> bool:
    """Whether people are at work on this day."""
    return day.weekday() < SATURDAY and day not in _bank_holidays()


def is_bank_holiday(day: date) -> bool:
    """Whether this day is a bank holiday, or stands in for one that falls on a weekend."""
    return day in _bank_holidays()


def next_working_day(day: date) -> date:
    """The first working day after this one."""
    return next(later for later in _days(day + DAY, DAY) if is_working_day(later))


def is_working(at: datetime) -> bool:
    """Whether people are at work at this moment."""
    here = local(at)
    return OPENS <= here.time() < CLOSES and is_working_day(here.date())


def after_working_time(start: datetime, lasting: timedelta) -> datetime:
    """The first moment with so much working time between it and the start; in UTC."""
    start, left = start.astimezone(UTC), lasting
    for day in _days(local(start).date(), DAY):
        if left <= NOTHING:
            break
        opens, closes = _hours(day)
        opens = max(opens, start)
        if closes - opens >= left:
            return opens + left
        left -= max(closes - opens, NOTHING)
    return start


def before_working_time(end: datetime, lasting: timedelta) -> datetime:
    """The last moment with so much working time between it and the end; in UTC."""
    end, left = end.astimezone(UTC), lasting
    for day in _days(local(end).date(), -DAY):
        if left <= NOTHING:
            break
        opens, closes = _hours(day)
        closes = min(closes, end)
        if closes - opens >= left:
            return closes - left
        left -= max(closes - opens, NOTHING)
    return end


def _days(first: date, step: timedelta) -> Iterator[date]:
    return (first + step * number for number in count())


def _hours(day: date) -> tuple[datetime, datetime]:
    """From when until when people are at work; from opening to opening on a day off."""
    opens, closes = (datetime.combine(day, at, LONDON).astimezone(UTC) for at in (OPENS, CLOSES))
    return (opens, closes) if is_working_day(day) else (opens, opens)


@cache
def _bank_holidays() -> Container[date]:
    """Every year is worked out when it is first asked about; Wales has England's days."""
    from holidays import country_holidays  # half a second, and most posts never ask

    return country_holidays("GB", subdiv="ENG")
