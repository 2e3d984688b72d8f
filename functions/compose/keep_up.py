"""Brings the posts of a series in line with what the series says now.

The story: what is not to go out any more is taken back; what is to be sent in is sent in, and what
was sent in with other words is replaced. Each step is on record before the next, so that a crash
in between loses nothing and doubles nothing.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from compose import reminder_told as told
from compose.date_posts import (
    UnpostableError,
    Voice,
    send_in,
    take_back,
    words_on_record,
)
from compose.submit import Desk
from shared.accounts.registry import AccountStatus
from shared.posts.acts import SYSTEM
from shared.posts.life import State
from shared.posts.names import ContentHash
from shared.posts.reminders import Occurrence
from shared.posts.series import (
    Happened,
    Reminder,
    Sent,
    Standing,
    Status,
    to_send,
    to_take_back,
)
from shared.records.reminders import Reminders

NOTHING_SAID = ContentHash("")


@dataclass(frozen=True)
class SeriesDesk:
    """What keeping series needs: where they are kept, and what submitting needs."""

    reminders: Reminders
    desk: Desk


class _StoppedError(Exception):
    """The series cannot go on as it now stands; never leaves this module."""

    def __init__(self, reminder: Reminder, sentence: str, code: str) -> None:
        super().__init__(sentence)
        self.reminder = reminder
        self.code = code


def keep_up(reminder: Reminder, desk: SeriesDesk, now: datetime) -> Reminder:
    """The series as it then stands: paused if no post can be made of it. ChangedError if somebody
    changed it meanwhile.
    """
    for sent in to_take_back(reminder, now):
        reminder = _taken_back(reminder, sent, desk, now)
    coming = to_send(reminder, now, desk.reminders.ahead)
    if not coming:
        return reminder
    try:
        voice = _voice(reminder, desk.desk)
        if voice.board.silencing(voice.account, reminder.platforms, now):
            return reminder  # nobody speaks now; the clock comes again
        for each in coming:
            reminder = _sent_in(reminder, each, voice, desk, now)
    except UnpostableError as why:
        return _paused(reminder, str(why), why.code, desk, now)
    except _StoppedError as why:
        return _paused(why.reminder, str(why), why.code, desk, now)
    return reminder


def _voice(reminder: Reminder, desk: Desk) -> Voice:
    people, accounts = [reminder.author], [reminder.account]
    about = desk.files.snapshots.read(accounts=accounts, people=people, board=True)
    person, account = about.people.get(reminder.author), about.accounts.get(reminder.account)
    if account is None or account.status is not AccountStatus.ACTIVE:
        name = account.title if account else reminder.account
        raise UnpostableError(f"{name} cannot post now.", "account")
    if person is None:
        raise UnpostableError("Its author is not in the registry any more.", "author")
    return Voice(person, account, about.board)


def _sent_in(
    reminder: Reminder, occurrence: Occurrence, voice: Voice, desk: SeriesDesk, now: datetime
) -> Reminder:
    before = reminder.sent_on(occurrence.day)
    post = send_in(reminder, occurrence, before, voice, desk=desk.desk, now=now)
    if post is None:
        return _closed(reminder, before, desk, now) if before else reminder
    blocked = post.state is State.BLOCKED
    words = NOTHING_SAID if blocked else words_on_record(reminder, occurrence, post, now)
    sent = Sent(occurrence.day, post.post_id, post.version, words)
    after = reminder.with_sent(sent)
    payload = told.about(sent, state=post.state.value)
    act = told.act_on(after, Happened.SUBMITTED, now, payload)
    desk.reminders.change(reminder, after, act)
    if blocked:
        found = " ".join(str(finding["message"]) for finding in post.findings)
        raise _StoppedError(after, f"The policy check blocks its words. {found}", "blocked")
    return after


def _taken_back(reminder: Reminder, sent: Sent, desk: SeriesDesk, now: datetime) -> Reminder:
    by = SYSTEM if reminder.status is Status.ACTIVE else reminder.standing.by
    if not take_back(sent, by, desk.desk, now):
        return _closed(reminder, sent, desk, now)
    after = reminder.with_sent(replace(sent, words=NOTHING_SAID))
    act = told.act_on(after, Happened.TAKEN_BACK, now, told.about(sent))
    desk.reminders.change(reminder, after, act)
    return after


def _closed(reminder: Reminder, sent: Sent, desk: SeriesDesk, now: datetime) -> Reminder:
    """The series whose post of this date changes no more: it went out, or is about to."""
    after = reminder.with_sent(replace(sent, final=True))
    act = told.act_on(after, Happened.DATE_CLOSED, now, told.about(sent))
    desk.reminders.change(reminder, after, act)
    return after


def _paused(reminder: Reminder, why: str, code: str, desk: SeriesDesk, now: datetime) -> Reminder:
    after = replace(reminder, standing=Standing(Status.PAUSED, now, SYSTEM, why, told=False))
    act = told.act_on(after, Happened.PAUSED, now, {"why": why}, reason=code)
    desk.reminders.change(reminder, after, act)
    return after
