"""Every hour: the posts of each series whose time has come are brought in line with it, its people
are told what they have to know, and what is over ends.

One series that cannot be looked after keeps no other from it; all of those are named at the end.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time

from compose import reminder_told as told
from compose.keep_up import SeriesDesk, keep_up
from shared.accounts.registry import SHUT_OUT, Account, Person
from shared.mail.errors import MailError
from shared.mail.everybody import Send, send_to_all
from shared.mail.letters import Event, Letter, ReminderEnding, ReminderPaused
from shared.policy.errors import PolicyError
from shared.posts.acts import SYSTEM
from shared.posts.localtime import day_text
from shared.posts.names import PersonId, ReminderId
from shared.posts.reminders import moment, over_at
from shared.posts.series import Happened, Reminder, Standing, Status, ends_soon
from shared.records.errors import ChangedError, RecordsError

NOON = time(12)
OVER = "Its last day is over."


class RemindersLeftError(Exception):
    """These could not be looked after; raising it rings the alarm, the next hour tries again."""


@dataclass(frozen=True)
class ClockDesk:
    """What keeping series needs, and how letters leave."""

    series: SeriesDesk
    base_url: str
    sender: str
    send: Send


@dataclass(frozen=True)
class Looked:
    """How many series were looked after, and how many of them were stopped or ended by it."""

    looked: int
    paused: int
    ended: int


def submit_reminders(desk: ClockDesk, now: datetime) -> Looked:
    """Look after every series whose time has come; RemindersLeftError names those left behind."""
    done, left = [], []
    for reminder_id in desk.series.reminders.due(now):
        try:
            done.append(_look_after(reminder_id, desk, now))
        except ChangedError:
            continue  # by somebody, just now; it is still due, and the next hour sees what they did
        except (RecordsError, MailError, PolicyError) as error:
            left.append(f"{reminder_id} ({type(error).__name__})")
    if left:
        raise RemindersLeftError("These reminders were left behind: " + ", ".join(left))
    became = [after.status for before, after in done if after.status is not before.status]
    return Looked(len(done), became.count(Status.PAUSED), became.count(Status.ENDED))


def _look_after(
    reminder_id: ReminderId, desk: ClockDesk, now: datetime
) -> tuple[Reminder, Reminder]:
    """The series before and after."""
    before = desk.series.reminders.get(reminder_id)
    after = keep_up(before, desk.series, now)
    if ends_soon(after, now):
        after = _ending_told(after, desk, now)
    if not after.standing.told:
        after = _pause_told(after, desk, now)
    if after.status is not Status.ENDED and over_at(after.rule) <= now:
        after = _ended(after, desk, now)
    return before, after


def _ending_told(reminder: Reminder, desk: ClockDesk, now: datetime) -> Reminder:
    people, account = _concerned(reminder, desk)
    title, last = _title(reminder, account), day_text(moment(reminder.rule.last_day, NOON))
    author = people.get(reminder.author)
    if author:
        letter = ReminderEnding(author.name, title, reminder.title, last, _link(reminder, desk))
        _tell(Event.REMINDER_ENDING, {author.email: letter}, desk, now)
    return _kept(reminder, replace(reminder, ending_told=True), Happened.ENDING_TOLD, desk, now)


def _pause_told(reminder: Reminder, desk: ClockDesk, now: datetime) -> Reminder:
    """Author and owner know; where neither has access any more, the team's mailbox does."""
    people, account = _concerned(reminder, desk)
    title, link, why = _title(reminder, account), _link(reminder, desk), reminder.standing.why
    names = {person.email: person.name for person in people.values()}
    if not names and account and account.email:
        names = {account.email: account.title}
    letters = {
        email: ReminderPaused(name, title, reminder.title, why, link)
        for email, name in names.items()
    }
    _tell(Event.REMINDER_PAUSED, letters, desk, now)
    standing = replace(reminder.standing, told=True)
    return _kept(reminder, replace(reminder, standing=standing), Happened.PAUSE_TOLD, desk, now)


def _ended(reminder: Reminder, desk: ClockDesk, now: datetime) -> Reminder:
    standing = Standing(Status.ENDED, now, SYSTEM, OVER)
    return _kept(reminder, replace(reminder, standing=standing), Happened.ENDED, desk, now)


def _concerned(
    reminder: Reminder, desk: ClockDesk
) -> tuple[dict[PersonId, Person], Account | None]:
    """Author and owner, as far as they have access, and the account."""
    snapshots = desk.series.desk.files.snapshots
    found = snapshots.read(accounts=[reminder.account], people=[reminder.author])
    account = found.accounts.get(reminder.account)
    found = snapshots.complete(found, people=[account.owner] if account else [])
    people = {key: p for key, p in found.people.items() if p.status not in SHUT_OUT}
    return people, account


def _tell(event: Event, letters: Mapping[str, Letter], desk: ClockDesk, now: datetime) -> None:
    send_to_all(event, letters, sender=desk.sender, send=desk.send, at=now)


def _kept(
    before: Reminder, after: Reminder, happened: Happened, desk: ClockDesk, now: datetime
) -> Reminder:
    desk.series.reminders.change(before, after, told.act_on(after, happened, now, {}))
    return after


def _title(reminder: Reminder, account: Account | None) -> str:
    return account.title if account else reminder.account


def _link(reminder: Reminder, desk: ClockDesk) -> str:
    return f"{desk.base_url}/reminders/{reminder.reminder_id}"
