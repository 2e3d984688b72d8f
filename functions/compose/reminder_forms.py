"""The form of a reminder: what is asked, what stands in it, and what comes back from it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from compose.reminder_reading import NTHS, PATTERNS, WEEKDAYS
from compose.reminder_shapes import said_fields
from shared.accounts.registry import Account
from shared.pages.registry_views import FieldView, Option
from shared.pages.words import platform_title
from shared.posts.series import Reminder

Sent = Mapping[str, Sequence[str]]

A_DAY = "Such as 2026-11-24 or 24/11/2026."
LABELS: dict[str, tuple[str, str, str]] = {
    # name: label, kind, hint
    "account": ("Which account speaks?", "choice", ""),
    "platforms": ("Where to?", "checks", ""),
    "title": ("Name of the reminder", "line", "For you and your team, such as Library surgery."),
    "text": (
        "What do you want to say?",
        "lines",
        "Filled for each date: {date}, {day}, {time} and {place}, such as Tuesday 24 November.",
    ),
    "place": ("Where is it?", "line", "What {place} stands for, such as Leek Library."),
    "pattern": ("How often?", "choice", ""),
    "every": ("Every how many weeks or months?", "line", "1 for each, 2 for every second."),
    "weekdays": ("On which days of the week?", "checks", "One of them, if it is once a month."),
    "nth": ("If it is once a month on a day of the week, which one?", "choice", ""),
    "day_of_month": (
        "If it is once a month on the same date, which one?",
        "line",
        "1 to 31; the last day where a month is shorter.",
    ),
    "first_day": ("First day", "day", ""),
    "last_day": ("Last day", "day", "At most a year from today."),
    "starts": ("Begins at", "line", "Such as 18:00 or 6pm."),
    "ends": ("Ends at", "line", "Leave it empty if you do not say."),
    "due_days": ("The post is due how many days before?", "line", "0 is the day itself."),
    "due_at": ("At what time of that day?", "line", "Such as 17:00 or 5pm."),
    "due_hours": (
        "Or how many hours before it begins?",
        "line",
        "Leave days and time empty then.",
    ),
    "skipped": ("Dates it does not take place", "lines", f"One a line. {A_DAY}"),
    "moved": (
        "Dates it moves",
        "lines",
        "One a line: the date, the date it moves to, and a time if that is another.",
    ),
    "not_on_bank_holidays": ("Bank holidays", "checks", ""),
}
HOLIDAYS = "not_on_bank_holidays"
OPTIONS: dict[str, tuple[Option, ...]] = {
    "pattern": tuple(
        Option(name, words)
        for name, words in zip(
            PATTERNS,
            (
                "By the week",
                "By the month, on a day of the week",
                "By the month, on the same date",
            ),
            strict=True,
        )
    ),
    "weekdays": tuple(Option(day, day.capitalize()) for day in WEEKDAYS),
    "nth": tuple(Option(name, name.capitalize()) for name in NTHS),
    HOLIDAYS: (Option("yes", "It does not take place on bank holidays"),),
}
MOST_WAYS = 20
"""Accounts that the list leads to; whoever speaks for more of them asks by address."""

LISTS = frozenset({"skipped", "moved"})
CHECKS = frozenset({"platforms", "weekdays"})


def empty_form(today: date) -> dict[str, Sequence[str]]:
    """What stands in the form at first."""
    return {
        "pattern": (PATTERNS[0],),
        "every": ("1",),
        "first_day": (today.isoformat(),),
        "due_days": ("1",),
        "due_at": ("17:00",),
    }


def held_form(reminder: Reminder) -> dict[str, Sequence[str]]:
    """What stands in the form of a series that is there."""
    return {name: _held(value) for name, value in said_fields(reminder).items()}


def form_fields(
    sent: Sent, accounts: Sequence[Account], *, fixed: Account | None = None
) -> tuple[FieldView, ...]:
    """The fields with what stands in them; the account of a series that is there is `fixed`."""
    speaking = [fixed] if fixed else accounts
    platforms = {handle.platform for each in speaking for handle in each.handles}
    options = {
        **OPTIONS,
        "account": tuple(Option(each.account_id, each.title) for each in accounts),
        "platforms": tuple(Option(name, platform_title(name)) for name in sorted(platforms)),
    }
    names = [name for name in LABELS if name != "account" or fixed is None]
    return tuple(_field(name, sent, options.get(name, ())) for name in names)


def form_body(sent: Sent, *, fixed: Account | None = None) -> dict[str, Any]:
    """What the form holds, in the fields of the API."""
    body = {name: _value(name, sent.get(name, ())) for name in LABELS}
    if fixed:
        body["account"] = fixed.account_id
        body["revision"] = next(iter(sent.get("revision", ())), None)
    return body


def _field(name: str, sent: Sent, options: tuple[Option, ...]) -> FieldView:
    label, kind, hint = LABELS[name]
    return FieldView(name, label, kind, tuple(sent.get(name, ())), hint, options)


def _held(value: object) -> Sequence[str]:
    if isinstance(value, bool):
        return ("yes",) if value else ()
    if isinstance(value, list):
        return value
    return () if value is None else (str(value),)


def _value(name: str, values: Sequence[str]) -> Any:
    if name == HOLIDAYS:
        return "yes" in values
    if name in CHECKS:
        return list(dict.fromkeys(values))
    text = (values[0] if values else "").replace("\r\n", "\n").replace("\r", "\n")
    if name in LISTS:
        return [line.strip() for line in text.split("\n") if line.strip()]
    return text if name == "text" else text.strip() or None
