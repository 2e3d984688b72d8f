"""The force's own clock: what people type and read, against the UTC that everything else speaks.

On the two nights a year when the clocks change, an hour is missing or comes twice: a missing time
is refused with a sentence, a double one means its second coming (never earlier than was meant)
and is shown with its zone's name.
"""

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from shared.posts.errors import InvalidDraftError

LONDON = ZoneInfo("Europe/London")
MORNING, EVENING = time(7), time(21)
"""From the evening to the morning only what cannot wait is told."""

HALF_DAY = 12
THIS_CENTURY = range(2000, 2100)

_DAY_FIRST = re.compile(r"(\d{1,2})[/. -](\d{1,2})[/. -](\d{4})", re.ASCII)
_CLOCK = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?(?::\d{2})? ?([ap]m)?", re.ASCII | re.IGNORECASE)


def local(at: datetime) -> datetime:
    """An aware moment on London's clock."""
    return at.astimezone(LONDON)


def night_ends(at: datetime) -> datetime | None:
    """When the night of this moment is over, None by day; UTC. Neither hour is ever missing."""
    here = local(at)
    if MORNING <= here.time() < EVENING:
        return None
    day = here.date() + timedelta(days=1) if here.time() >= EVENING else here.date()
    return datetime.combine(day, MORNING, LONDON).astimezone(UTC)


def clock_text(at: datetime) -> str:
    """Such as 14:30; with BST or GMT behind it in the hour that comes twice."""
    here = local(at)
    twice = here.replace(fold=0).utcoffset() != here.replace(fold=1).utcoffset()
    return f"{here:%H:%M} {here:%Z}" if twice else f"{here:%H:%M}"


def day_text(at: datetime) -> str:
    """Such as Saturday 21 November 2026."""
    here = local(at)
    return f"{here:%A} {here.day} {here:%B %Y}"


def moment_text(at: datetime) -> str:
    """Such as 14:30 on Saturday 21 November 2026."""
    return f"{clock_text(at)} on {day_text(at)}"


def deadline_text(deadline: datetime, now: datetime) -> str:
    """As short as it can be told apart: 14:30 if that is today, else 14:30 on Sat 21 Nov."""
    here = local(deadline)
    if here.date() == local(now).date():
        return clock_text(deadline)
    return f"{clock_text(deadline)} on {here:%a} {here.day} {here:%b}"


def utc_text(at: datetime) -> str:
    """Such as 2026-11-21 14:30 UTC."""
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def fields_text(at: datetime) -> tuple[str, str]:
    """Date and time as a form's two fields hold them; such as 2026-11-21 and 14:30."""
    here = local(at)
    return f"{here:%Y-%m-%d}", f"{here:%H:%M}"


def moment_typed(day: str, clock: str) -> datetime | None:
    """The UTC moment of a date and time typed on London's clock, None if both are empty.

    Raises InvalidDraftError for the field `date` or `time`, with a sentence for its author.
    """
    if not day.strip() and not clock.strip():
        return None
    return _moment(day_typed(day.strip()), clock_typed(clock.strip()))


def day_typed(typed: str) -> date:
    """The date somebody typed; InvalidDraftError for the field `date`."""
    if not typed:
        raise InvalidDraftError("date", "Enter the date as well, or clear the time.")
    match = _DAY_FIRST.fullmatch(typed)
    iso = f"{match[3]}-{match[2]:0>2}-{match[1]:0>2}" if match else typed
    try:
        day = date.fromisoformat(iso)
    except ValueError:
        raise InvalidDraftError("date", "Enter a real date, like 21/11/2026.") from None
    if day.year not in THIS_CENTURY:
        raise InvalidDraftError("date", "Enter a date in this century, like 21/11/2026.")
    return day


def clock_typed(typed: str) -> time:
    """The time of day somebody typed; InvalidDraftError for the field `time`."""
    if not typed:
        raise InvalidDraftError("time", "Enter the time as well, or clear the date.")
    match = _CLOCK.fullmatch(typed)
    wrong = InvalidDraftError("time", "Enter a time, like 14:30 or 2:30pm.")
    if match is None or (match[2] is None and match[3] is None):
        raise wrong
    try:
        return _half_day(int(match[1]), int(match[2] or 0), (match[3] or "").lower())
    except ValueError:
        raise wrong from None


def _half_day(hour: int, minute: int, half: str) -> time:
    if not half:
        return time(hour, minute)
    if not 1 <= hour <= HALF_DAY:
        raise ValueError(hour)
    return time(hour % HALF_DAY + (HALF_DAY if half == "pm" else 0), minute)


def _moment(day: date, clock: time) -> datetime:
    utc = datetime.combine(day, clock, LONDON).replace(fold=1).astimezone(UTC)
    back = local(utc)
    if (back.date(), back.time()) != (day, clock):
        after = _first_after_gap(day, clock)
        raise InvalidDraftError(
            "time",
            f"There is no {clock:%H:%M} that night: the clocks go forward. "
            f"Enter {after:%H:%M} or later.",
        )
    return utc


def _first_after_gap(day: date, clock: time) -> time:
    """The first time that exists again: the missing time plus the hour that was skipped, on it."""
    skipped = datetime.combine(day, clock, LONDON).replace(fold=0).astimezone(UTC)
    return local(skipped - timedelta(minutes=clock.minute)).time()
