"""Reminders ready made, and where they are kept in memory: it refuses and raises as
`shared.records.reminders` does."""

from dataclasses import dataclass, field, replace
from datetime import date, time, timedelta

from compose.keep_up import SeriesDesk
from compose.reminder_hands import Keeper
from shared.posts.names import AccountId, PersonId, PlatformName, ReminderId
from shared.posts.reminders import DaysBefore, Rule, Weekly, moment
from shared.posts.series import Reminder, Standing, Status, acts_at
from shared.records.errors import ChangedError, KeyReusedError, NotFoundError
from tests.builders import a_person, an_account
from tests.unit.compose.desks import a_desk

TUESDAY = 1
AHEAD = timedelta(days=7)
AUTHOR = a_person("pc-okafor")
OWNER = a_person("sgt-lind")
ACCOUNT = an_account()
NOW = moment(date(2026, 11, 2), time(9))
WORDS = "Meet us on {day} {date}, {time}, at {place}."
RULE = Rule(
    Weekly(frozenset({TUESDAY}), every=2),
    date(2026, 11, 3),
    date(2027, 3, 31),
    time(18),
    DaysBefore(1, time(17)),
    time(19),
)


def a_reminder(**changes):
    """A surgery every second Tuesday, of the officer's, for the neighbourhood team."""
    at = changes.pop("at", NOW)
    usual = {
        "reminder_id": ReminderId("01J0000000000000000000000R"),
        "account": AccountId("riverside"),
        "author": PersonId("pc-okafor"),
        "title": "Library surgery",
        "text": WORDS,
        "place": "Leek Library",
        "platforms": (PlatformName("sandbox"),),
        "rule": RULE,
        "created_at": at,
        "standing": Standing(Status.ACTIVE, at, "pc-okafor"),
    }
    rule = {name: changes.pop(name) for name in vars(RULE).keys() & changes.keys()}
    return Reminder(**{**usual, "rule": replace(changes.pop("rule", RULE), **rule), **changes})


def at(day, hour=9, minute=0):
    """A moment of the winter this is told in."""
    return moment(date.fromisoformat(day), time(hour, minute))


@dataclass
class Series:
    """Where reminders are kept; `ahead` as the force has set it."""

    ledger: object
    ahead: timedelta = AHEAD
    rows: dict = field(default_factory=dict)
    looks: dict = field(default_factory=dict)
    keys: dict = field(default_factory=dict)

    def enter(self, reminder, act, key=None):
        said = replace(reminder, reminder_id="", created_at=None, standing=None)
        if key is not None and key in self.keys:
            before = self.keys[key]
            if before[0] != said:
                raise KeyReusedError(key)
            return self.rows[before[1]]
        self.keys[key] = (said, reminder.reminder_id)
        return self._keep(reminder, act)

    def change(self, before, after, act):
        if self.rows.get(before.reminder_id) != before:
            raise ChangedError("reminder", before.reminder_id, "was changed by somebody else")
        self._keep(after, act)

    def get(self, reminder_id):
        if reminder_id not in self.rows:
            raise NotFoundError("reminders", reminder_id)
        return self.rows[reminder_id]

    def due(self, now):
        looks = [(at, key) for key, at in self.looks.items() if at is not None and at <= now]
        return tuple(key for _, key in sorted(looks))

    def _keep(self, reminder, act):
        self.ledger.record(act)
        self.rows[reminder.reminder_id] = reminder
        self.looks[reminder.reminder_id] = acts_at(reminder, act.at, self.ahead)
        return reminder


def a_series_desk(*kept, reminder=None, fault=None):
    """A ledger with these entries, and the desk of reminders over it."""
    ledger, conductor, desk = a_desk(*kept, fault=fault)
    series = Series(ledger)
    if reminder:
        series.rows[reminder.reminder_id] = reminder
        series.looks[reminder.reminder_id] = NOW
    return ledger, conductor, SeriesDesk(series, desk)


def a_keeper(desk, person=AUTHOR, account=ACCOUNT, now=NOW):
    """Somebody who keeps a reminder."""
    return Keeper(person, account, desk, now)
