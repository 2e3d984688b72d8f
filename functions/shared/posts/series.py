"""A reminder: a series of posts for a regular event, and what is to be done about it when.

Every date becomes an ordinary post of its author. What was sent in is remembered date by date, with
the hash of the words it then had, so that a change of the series is seen and no date is sent in
twice.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from shared.posts.acts import SYSTEM
from shared.posts.content import Draft, content_hash
from shared.posts.localtime import local
from shared.posts.names import AccountId, ContentHash, PersonId, PlatformName, PostId, ReminderId
from shared.posts.placeholders import filled
from shared.posts.reminders import Occurrence, Rule, occurrences, over_at

ENDING_TOLD = timedelta(days=14)
"""How long before its last date an author is told that a series ends."""


class Status(StrEnum):
    """Where a series stands; nothing follows its end."""

    ACTIVE = "active"
    PAUSED = "paused"
    ENDED = "ended"


class Happened(StrEnum):
    """Types of leaves that speak of reminders."""

    CREATED = "reminder.created"
    CHANGED = "reminder.changed"
    SUBMITTED = "reminder.submitted"
    TAKEN_BACK = "reminder.taken_back"
    DATE_CLOSED = "reminder.date_closed"
    PAUSED = "reminder.paused"
    PAUSE_TOLD = "reminder.pause_told"
    RESUMED = "reminder.resumed"
    ENDING_TOLD = "reminder.ending_told"
    ENDED = "reminder.ended"


@dataclass(frozen=True)
class Sent:
    """The post of one date. `words` is the hash of what the series said then, empty where the check
    blocked them or they were taken back; `final` is one that changes no more.
    """

    day: date
    post_id: PostId
    version: int
    words: ContentHash
    final: bool = False


@dataclass(frozen=True)
class Standing:
    """Since when a series stands where it stands, by whom, and why. `told` is false while somebody
    has yet to be told of it.
    """

    status: Status
    since: datetime
    by: str
    why: str = ""
    told: bool = True


@dataclass(frozen=True)
class Reminder:
    """One series. `editor` is who changed it last, if not its author; `revision` counts changes."""

    reminder_id: ReminderId
    account: AccountId
    author: PersonId
    title: str
    text: str
    place: str
    platforms: tuple[PlatformName, ...]
    rule: Rule
    created_at: datetime
    standing: Standing
    editor: PersonId | None = None
    revision: int = 1
    ending_told: bool = False
    sent: tuple[Sent, ...] = ()

    @property
    def status(self) -> Status:
        """Where it stands."""
        return self.standing.status

    def sent_on(self, day: date) -> Sent | None:
        """The post of a date, if it was sent in."""
        return next((each for each in self.sent if each.day == day), None)

    def with_sent(self, sent: Sent) -> "Reminder":
        """The series that remembers this post."""
        others = tuple(each for each in self.sent if each.day != sent.day)
        return replace(self, sent=(*others, sent))


def subject(reminder_id: ReminderId) -> str:
    """How leaves name a reminder."""
    return f"reminder:{reminder_id}"


def draft_for(reminder: Reminder, occurrence: Occurrence, now: datetime) -> Draft:
    """What is said about one date: when its post is due, or at once where that is past."""
    return Draft(
        text=filled(reminder.text, occurrence, reminder.place),
        account=reminder.account,
        platforms=reminder.platforms,
        not_before=occurrence.due_at if occurrence.due_at > now else None,
    )


def words_of(reminder: Reminder, occurrence: Occurrence) -> ContentHash:
    """The hash of what the series says about one date, whenever that is asked."""
    return content_hash(draft_for(reminder, occurrence, reminder.created_at))


def coming(reminder: Reminder, now: datetime) -> tuple[Occurrence, ...]:
    """Every date that has not begun, in order."""
    found = occurrences(reminder.rule, local(now).date(), local(over_at(reminder.rule)).date())
    return tuple(each for each in found if each.starts_at > now)


def to_send(reminder: Reminder, now: datetime, ahead: timedelta) -> tuple[Occurrence, ...]:
    """The dates whose post is to be sent in now, or again because the series says otherwise."""
    if reminder.status is not Status.ACTIVE:
        return ()
    return tuple(
        each
        for each in coming(reminder, now)
        if each.due_at - ahead <= now and _is_wanted(reminder, each)
    )


def ends_soon(reminder: Reminder, now: datetime) -> bool:
    """Whether its author is to be told now that it ends; never of one that was shorter anyway."""
    tell = over_at(reminder.rule) - ENDING_TOLD
    waits = reminder.status is Status.ACTIVE and not reminder.ending_told
    return waits and reminder.created_at < tell <= now


def to_take_back(reminder: Reminder, now: datetime) -> tuple[Sent, ...]:
    """The posts that are not to go out any more: of a date that has begun or is none of its own,
    and of every date once somebody has stopped it.
    """
    stopped = reminder.status is not Status.ACTIVE and reminder.standing.by != SYSTEM
    wanted = set() if stopped else {each.day for each in coming(reminder, now)}
    waits = (each for each in reminder.sent if each.words and not each.final)
    return tuple(each for each in waits if each.day not in wanted)


def acts_at(reminder: Reminder, now: datetime, ahead: timedelta) -> datetime | None:
    """When the clock has to look at it next; None for one that has ended and left nothing to do."""
    if not reminder.standing.told or to_take_back(reminder, now):
        return now
    if reminder.status is Status.ENDED:
        return None
    moments = [over_at(reminder.rule)]
    for each in coming(reminder, now):
        sent = reminder.sent_on(each.day)
        if reminder.status is Status.ACTIVE and _is_wanted(reminder, each):
            moments.append(each.due_at - ahead)
        elif sent and sent.words and not sent.final:
            moments.append(each.starts_at)
    tell = over_at(reminder.rule) - ENDING_TOLD
    if reminder.status is Status.ACTIVE and not reminder.ending_told and reminder.created_at < tell:
        moments.append(tell)
    return min(moments)


def _is_wanted(reminder: Reminder, occurrence: Occurrence) -> bool:
    sent = reminder.sent_on(occurrence.day)
    return sent is None or not (sent.final or sent.words == words_of(reminder, occurrence))
