"""A reminder in the fields that `reminder_reading` reads, and as `openapi.json` describes it."""

from collections.abc import Iterable
from datetime import time
from typing import Any

from compose.reminder_reading import BY_DAY, BY_WEEKDAY, NTHS, WEEKDAYS, WEEKLY
from shared.http.shapes import stamp
from shared.posts.names import PostId
from shared.posts.reminders import (
    HoursBefore,
    MonthlyByDay,
    Moved,
    Occurrence,
    Pattern,
    Rule,
    Weekly,
)
from shared.posts.series import Reminder

NTH_NAMES = {number: name for name, number in NTHS.items()}


def said_fields(reminder: Reminder) -> dict[str, Any]:
    """What it says; read again it is the same."""
    return {
        "account": reminder.account,
        "title": reminder.title,
        "text": reminder.text,
        "place": reminder.place,
        "platforms": list(reminder.platforms),
        **_rule_fields(reminder.rule),
    }


def reminder_shape(reminder: Reminder, dates: Iterable[Occurrence]) -> dict[str, Any]:
    """The series, where it stands, and its next dates with the posts that were sent in."""
    standing = reminder.standing
    return {
        "reminder_id": reminder.reminder_id,
        "revision": reminder.revision,
        "author": reminder.author,
        "editor": reminder.editor,
        "created_at": stamp(reminder.created_at),
        "status": standing.status.value,
        "since": stamp(standing.since),
        "by": standing.by,
        "why": standing.why,
        **said_fields(reminder),
        "dates": [_date_shape(each, _post_of(reminder, each)) for each in dates],
    }


def clock_text(clock: time | None) -> str | None:
    """Such as 18:00, or null."""
    return f"{clock:%H:%M}" if clock else None


def move_text(move: Moved) -> str:
    """One move as it is typed: from, to, and a time if it has one of its own."""
    words = [move.day.isoformat(), move.to.isoformat(), clock_text(move.starts)]
    return " ".join(word for word in words if word)


def _rule_fields(rule: Rule) -> dict[str, Any]:
    hours = rule.due.hours if isinstance(rule.due, HoursBefore) else None
    days = None if isinstance(rule.due, HoursBefore) else rule.due
    return {
        **_pattern_fields(rule.pattern),
        "first_day": rule.first_day.isoformat(),
        "last_day": rule.last_day.isoformat(),
        "starts": clock_text(rule.starts),
        "ends": clock_text(rule.ends),
        "due_days": days.days if days else None,
        "due_at": clock_text(days.at) if days else None,
        "due_hours": hours,
        "skipped": sorted(day.isoformat() for day in rule.skipped),
        "moved": [move_text(each) for each in rule.moved],
        "not_on_bank_holidays": rule.not_on_bank_holidays,
    }


def _pattern_fields(pattern: Pattern) -> dict[str, Any]:
    none: dict[str, Any] = {"weekdays": [], "nth": None, "day_of_month": None}
    if isinstance(pattern, Weekly):
        days = [WEEKDAYS[day] for day in sorted(pattern.weekdays)]
        return {"pattern": WEEKLY, "every": pattern.every, **none, "weekdays": days}
    if isinstance(pattern, MonthlyByDay):
        return {"pattern": BY_DAY, "every": pattern.every, **none, "day_of_month": pattern.day}
    return {
        "pattern": BY_WEEKDAY,
        "every": pattern.every,
        **none,
        "weekdays": [WEEKDAYS[pattern.weekday]],
        "nth": NTH_NAMES[pattern.nth],
    }


def _post_of(reminder: Reminder, occurrence: Occurrence) -> PostId | None:
    sent = reminder.sent_on(occurrence.day)
    return sent.post_id if sent else None


def _date_shape(occurrence: Occurrence, post: PostId | None) -> dict[str, Any]:
    return {
        "day": occurrence.day.isoformat(),
        "starts_at": stamp(occurrence.starts_at),
        "ends_at": stamp(occurrence.ends_at),
        "due_at": stamp(occurrence.due_at),
        "post": post,
    }
