"""A reminder as JSON text: what is read back is what was written, to the day and minute."""

from datetime import date, datetime, time
from typing import Any

from shared.posts.names import AccountId, ContentHash, PersonId, PlatformName, PostId, ReminderId
from shared.posts.reminders import (
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
from shared.posts.series import Reminder, Sent, Standing, Status
from shared.records.reminder_rows import ReminderRow
from shared.records.spelling import as_json, from_json, moment, written
from shared.records.tables import Tables

OPEN = "open"


def reminder_row(tables: Tables, reminder: Reminder, acts_at: datetime | None) -> ReminderRow:
    """The row of a reminder that the clock looks at next at this moment, None for never."""
    return tables.reminders(
        reminder_id=reminder.reminder_id,
        author=reminder.author,
        account=reminder.account,
        open=OPEN if acts_at else None,
        acts_at=written(acts_at) if acts_at else None,
        entry=as_json(entry_of(reminder)),
    )


def said(reminder: Reminder) -> dict[str, Any]:
    """What a reminder says, and when."""
    return {
        "title": reminder.title,
        "text": reminder.text,
        "place": reminder.place,
        "platforms": list(reminder.platforms),
        "rule": rule_fields(reminder.rule),
    }


def entry_of(reminder: Reminder) -> dict[str, Any]:
    """What a reminder says and where it stands; its ids and people are attributes of the row."""
    standing = reminder.standing
    return {
        **said(reminder),
        "created_at": written(reminder.created_at),
        "standing": {
            "status": standing.status.value,
            "since": written(standing.since),
            "by": standing.by,
            "why": standing.why,
            "told": standing.told,
        },
        "editor": reminder.editor,
        "revision": reminder.revision,
        "ending_told": reminder.ending_told,
        "sent": [
            {
                "day": each.day.isoformat(),
                "post": each.post_id,
                "version": each.version,
                "words": each.words,
                "final": each.final,
            }
            for each in reminder.sent
        ],
    }


def reminder_of(row: ReminderRow) -> Reminder:
    """The reminder a row holds."""
    entry = from_json(row.entry)
    standing = entry["standing"]
    return Reminder(
        reminder_id=ReminderId(row.reminder_id),
        account=AccountId(row.account),
        author=PersonId(row.author),
        title=entry["title"],
        text=entry["text"],
        place=entry["place"],
        platforms=tuple(map(PlatformName, entry["platforms"])),
        rule=_rule(entry["rule"]),
        created_at=moment(entry["created_at"]),
        standing=Standing(
            Status(standing["status"]),
            moment(standing["since"]),
            standing["by"],
            standing["why"],
            standing["told"],
        ),
        editor=PersonId(entry["editor"]) if entry["editor"] else None,
        revision=entry["revision"],
        ending_told=entry["ending_told"],
        sent=tuple(map(_sent, entry["sent"])),
    )


def rule_fields(rule: Rule) -> dict[str, Any]:
    """A rule as JSON values."""
    return {
        "pattern": _pattern_fields(rule.pattern),
        "first_day": rule.first_day.isoformat(),
        "last_day": rule.last_day.isoformat(),
        "starts": _clock(rule.starts),
        "ends": _clock(rule.ends),
        "due": {"hours": rule.due.hours}
        if isinstance(rule.due, HoursBefore)
        else {"days": rule.due.days, "at": _clock(rule.due.at)},
        "skipped": sorted(day.isoformat() for day in rule.skipped),
        "moved": [
            {"day": each.day.isoformat(), "to": each.to.isoformat(), "starts": _clock(each.starts)}
            for each in rule.moved
        ],
        "not_on_bank_holidays": rule.not_on_bank_holidays,
    }


def _pattern_fields(pattern: Pattern) -> dict[str, Any]:
    if isinstance(pattern, Weekly):
        return {"weekdays": sorted(pattern.weekdays), "every": pattern.every}
    if isinstance(pattern, MonthlyByDay):
        return {"day": pattern.day, "every": pattern.every}
    return {"nth": pattern.nth, "weekday": pattern.weekday, "every": pattern.every}


def _rule(fields: dict[str, Any]) -> Rule:
    ends = fields["ends"]
    return Rule(
        pattern=_pattern(fields["pattern"]),
        first_day=date.fromisoformat(fields["first_day"]),
        last_day=date.fromisoformat(fields["last_day"]),
        starts=time.fromisoformat(fields["starts"]),
        due=_due(fields["due"]),
        ends=time.fromisoformat(ends) if ends else None,
        skipped=frozenset(map(date.fromisoformat, fields["skipped"])),
        moved=tuple(map(_moved, fields["moved"])),
        not_on_bank_holidays=fields["not_on_bank_holidays"],
    )


def _pattern(fields: dict[str, Any]) -> Pattern:
    if "weekdays" in fields:
        return Weekly(frozenset(fields["weekdays"]), fields["every"])
    return MonthlyByDay(**fields) if "day" in fields else MonthlyByWeekday(**fields)


def _due(fields: dict[str, Any]) -> Due:
    if "hours" in fields:
        return HoursBefore(fields["hours"])
    return DaysBefore(fields["days"], time.fromisoformat(fields["at"]))


def _moved(fields: dict[str, Any]) -> Moved:
    starts = fields["starts"]
    return Moved(
        date.fromisoformat(fields["day"]),
        date.fromisoformat(fields["to"]),
        time.fromisoformat(starts) if starts else None,
    )


def _sent(fields: dict[str, Any]) -> Sent:
    return Sent(
        day=date.fromisoformat(fields["day"]),
        post_id=PostId(fields["post"]),
        version=fields["version"],
        words=ContentHash(fields["words"]),
        final=fields["final"],
    )


def _clock(clock: time | None) -> str | None:
    return f"{clock:%H:%M}" if clock else None
