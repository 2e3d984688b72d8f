"""Turns what a browser or a program sent into what a reminder shall be; one reader for both."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from shared.http.fields import LONGEST_NAME, Fields
from shared.posts.errors import InvalidDraftError
from shared.posts.localtime import clock_typed, day_typed
from shared.posts.names import AccountId, PlatformName
from shared.posts.reminder_faults import (
    LONGEST_MONTH,
    MOST_DAYS_BEFORE,
    MOST_EVERY,
    MOST_HOURS_BEFORE,
)
from shared.posts.reminders import (
    LAST,
    DaysBefore,
    Due,
    HoursBefore,
    MonthlyByDay,
    MonthlyByWeekday,
    Moved,
    Pattern,
    Rule,
    Weekly,
)

WEEKLY, BY_WEEKDAY, BY_DAY = "weekly", "monthly_by_weekday", "monthly_by_day"
PATTERNS = (WEEKLY, BY_WEEKDAY, BY_DAY)
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
NTHS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": LAST}


LONGEST_TITLE = 100
LONGEST_TEXT = 5_000
LONGEST_PLACE = 200
LONGEST_LINE = 40
LONGEST_WHY = 500
MOST_EXCEPTIONS = 100
USUAL_DUE = (1, time(17))
"""The day before, at the end of working time."""

UNKNOWN = date(2000, 1, 1)
"""Stands where a day cannot be read, until every other fault is found too."""

SENTENCES = {
    "account": "Choose which account speaks.",
    "platforms": "Choose where the posts should go.",
    "title": "Give it a name, such as Surgery at the library.",
    "pattern": "Choose how often it takes place.",
}


@dataclass(frozen=True)
class Wished:
    """What somebody wants a reminder to be."""

    account: AccountId
    title: str
    text: str
    place: str
    platforms: tuple[PlatformName, ...]
    rule: Rule


def wished_from(body: Mapping[str, Any]) -> Wished:
    """Reads the fields of API and form; InvalidFieldsError names every fault."""
    fields = Fields(body, SENTENCES)
    wished = Wished(
        account=AccountId(fields.text("account", longest=LONGEST_NAME)),
        title=_title(fields),
        text=fields.text("text", longest=LONGEST_TEXT),
        place=(fields.maybe_text("place", longest=LONGEST_PLACE) or "").strip(),
        platforms=tuple(PlatformName(name) for name in fields.words("platforms")),
        rule=_rule(fields),
    )
    fields.done()
    return wished


def why_from(body: Mapping[str, Any]) -> str:
    """Reads why it is paused, resumed or ended; may be empty."""
    fields = Fields(body)
    why = fields.maybe_text("why", longest=LONGEST_WHY) or ""
    fields.done()
    return " ".join(why.split())


def _title(fields: Fields) -> str:
    title = " ".join(fields.text("title", longest=LONGEST_TITLE).split())
    if not title:
        fields.wrong("title", SENTENCES["title"])
    return title


def _rule(fields: Fields) -> Rule:
    return Rule(
        pattern=_pattern(fields),
        first_day=_day(fields, "first_day"),
        last_day=_day(fields, "last_day"),
        starts=_clock(fields, "starts") or _missing(fields, "starts"),
        ends=_clock(fields, "ends"),
        due=_due(fields),
        skipped=frozenset(_skipped(fields)),
        moved=tuple(_moves(fields)),
        not_on_bank_holidays=fields.flag("not_on_bank_holidays"),
    )


def _pattern(fields: Fields) -> Pattern:
    """Only what the chosen pattern needs is used; a form sends the rest along."""
    chosen = fields.one_of("pattern", PATTERNS)
    every = fields.maybe_number("every", MOST_EVERY)
    every = 1 if every is None else every
    names = fields.maybe_texts("weekdays", longest=LONGEST_LINE, most=len(WEEKDAYS)) or ()
    nth = fields.maybe_text("nth", longest=LONGEST_LINE) or ""
    day = fields.maybe_number("day_of_month", LONGEST_MONTH)
    if any(name not in WEEKDAYS for name in names):
        fields.wrong("weekdays", "Choose days of the week, such as tuesday.")
        names = ()
    weekdays = frozenset(map(WEEKDAYS.index, names))
    if chosen == WEEKLY:
        return Weekly(weekdays, every)
    if chosen == BY_DAY:
        return MonthlyByDay(day or 0, every)
    if nth not in NTHS:
        fields.wrong("nth", "Choose the first to fourth or the last.")
    if len(weekdays) != 1:
        fields.wrong("weekdays", "Choose one day of the week.")
    return MonthlyByWeekday(NTHS.get(nth, 1), min(weekdays, default=0), every)


def _due(fields: Fields) -> Due:
    hours = fields.maybe_number("due_hours", MOST_HOURS_BEFORE)
    days = fields.maybe_number("due_days", MOST_DAYS_BEFORE)
    at = _clock(fields, "due_at")
    if hours is None:
        return DaysBefore(USUAL_DUE[0] if days is None else days, at or USUAL_DUE[1])
    if days is not None or at is not None:
        sentence = "Enter hours before it begins, or days before and a time, not both."
        fields.wrong("due_hours", sentence)
    return HoursBefore(hours)


def _skipped(fields: Fields) -> list[date]:
    lines = fields.maybe_texts("skipped", longest=LONGEST_LINE, most=MOST_EXCEPTIONS) or ()
    return [_read_day(fields, "skipped", line) for line in lines]


def _moves(fields: Fields) -> list[Moved]:
    lines = fields.maybe_texts("moved", longest=LONGEST_LINE, most=MOST_EXCEPTIONS) or ()
    found = []
    for line in lines:
        words = [word for word in line.split() if word not in {"to", "at"}]
        day, to, *rest = [*words, "", ""]
        clock = "".join(rest)
        starts = _read_clock(fields, "moved", clock) if clock else None
        found.append(Moved(_read_day(fields, "moved", day), _read_day(fields, "moved", to), starts))
    return found


def _day(fields: Fields, name: str) -> date:
    typed = fields.maybe_text(name, longest=LONGEST_LINE)
    return _read_day(fields, name, typed or "")


def _clock(fields: Fields, name: str) -> time | None:
    typed = (fields.maybe_text(name, longest=LONGEST_LINE) or "").strip()
    return _read_clock(fields, name, typed) if typed else None


def _missing(fields: Fields, name: str) -> time:
    fields.wrong(name, "Enter a time, like 14:30 or 2:30pm.")
    return time(0)


def _read_day(fields: Fields, name: str, typed: str) -> date:
    try:
        return day_typed(typed.strip() or "none")
    except InvalidDraftError as error:
        fields.wrong(name, str(error))
        return UNKNOWN


def _read_clock(fields: Fields, name: str, typed: str) -> time:
    try:
        return clock_typed(typed)
    except InvalidDraftError as error:
        fields.wrong(name, str(error))
        return time(0, 1)
