"""Makes, changes, pauses, resumes and ends a series. Whoever makes, changes or resumes it stands
behind it from then on: its posts are theirs, and somebody else decides about them.

`preview` shows what will be before anything is kept; what a check would block is refused already.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from compose import reminder_told as told
from compose.errors import MayNotPostError
from compose.keep_up import SeriesDesk
from compose.reading import check_draft
from compose.reminder_errors import (
    BlockedReminderError,
    InvalidReminderError,
    ReminderEndedError,
)
from compose.reminder_reading import Wished
from shared.accounts.registry import Account, Person
from shared.accounts.rights import Right, may, may_post
from shared.policy.circumstances import candidate_of
from shared.policy.verdict import Verdict
from shared.posts.acts import SYSTEM
from shared.posts.names import ReminderId
from shared.posts.reminder_faults import faults_of
from shared.posts.reminders import Occurrence
from shared.posts.series import Happened, Reminder, Standing, Status, coming, draft_for

GRAVEST = ("blocked", "review", "clear")

SHOWN = 5
"""How many dates are looked at before a series is kept, and shown on its page."""


def may_keep(person: Person, account: Account) -> bool:
    """Whether somebody may do anything with the reminders of an account, whatever its state."""
    in_team = person.person_id in account.team or may(person, Right.WRITE_FOR_ANY).allowed
    return in_team and may(person, Right.WRITE).allowed


@dataclass(frozen=True)
class Keeper:
    """Who keeps a series, for which account, with what, and when."""

    person: Person
    account: Account
    desk: SeriesDesk
    now: datetime

    def check_posts(self) -> None:
        """MayNotPostError unless they may post for the account now."""
        answer = may_post(self.person, self.account)
        if not answer.allowed:
            raise MayNotPostError(answer.reason)

    def check_stops(self) -> None:
        """The same, but that a series may be stopped whatever state its account is in."""
        if not may_keep(self.person, self.account):
            raise MayNotPostError(may_post(self.person, self.account).reason)


@dataclass(frozen=True)
class Preview:
    """The next dates, and the words and verdict of the one the policy says most about."""

    dates: tuple[Occurrence, ...]
    text: str
    verdict: Verdict


def new_reminder(
    wished: Wished, person: Person, reminder_id: ReminderId, now: datetime
) -> Reminder:
    """What is wished for, as a series of this person's; not kept yet."""
    return Reminder(
        reminder_id=reminder_id,
        account=wished.account,
        author=person.person_id,
        title=wished.title,
        text=wished.text,
        place=wished.place,
        platforms=wished.platforms,
        rule=wished.rule,
        created_at=now,
        standing=Standing(Status.ACTIVE, now, person.person_id),
    )


def changed(before: Reminder, wished: Wished, person: Person) -> Reminder:
    """A series that says what is wished for, and is this person's; not kept yet."""
    return replace(
        before,
        author=person.person_id,
        title=wished.title,
        text=wished.text,
        place=wished.place,
        platforms=wished.platforms,
        rule=wished.rule,
        revision=before.revision + 1,
        ending_told=before.ending_told and before.rule.last_day == wished.rule.last_day,
    )


def preview(reminder: Reminder, keeper: Keeper) -> Preview:
    """What the series would do. MayNotPostError, InvalidReminderError, InvalidDraftError."""
    keeper.check_posts()
    now, desk = keeper.now, keeper.desk.desk
    faults = faults_of(reminder.rule, reminder.text, reminder.place, now)
    if faults:
        raise InvalidReminderError(faults)
    dates = coming(reminder, now)[:SHOWN]
    # When each is due is right by its rule, and further away than a post may ask for itself.
    drafts = [replace(draft_for(reminder, each, now), not_before=None) for each in dates]
    found = []
    for draft in drafts:
        check_draft(draft, keeper.account, now)
        candidate = candidate_of(draft, keeper.person, keeper.account)
        found.append((draft.text, desk.verdict(candidate, now)))
    text, verdict = min(found, key=lambda pair: GRAVEST.index(pair[1].outcome))
    return Preview(dates, text, verdict)


def make(reminder: Reminder, keeper: Keeper, key: str | None = None) -> Reminder:
    """The new series on record, or the one that the same key and words made before.
    BlockedReminderError and whatever `preview` refuses; KeyReusedError.
    """
    _check(reminder, keeper)
    payload = told.said(reminder)
    act = told.act_on(reminder, Happened.CREATED, keeper.now, payload, actor=reminder.author)
    return keeper.desk.reminders.enter(reminder, act, key)


def change(before: Reminder, after: Reminder, keeper: Keeper) -> Reminder:
    """The series as it now says. ReminderEndedError, ChangedError, and as `make`."""
    if before.status is Status.ENDED:
        raise ReminderEndedError
    _check(after, keeper)
    payload = {**told.said(after), "author_before": before.author}
    act = told.act_on(after, Happened.CHANGED, keeper.now, payload, actor=after.author)
    keeper.desk.reminders.change(before, after, act)
    return after


def pause(reminder: Reminder, why: str, keeper: Keeper) -> Reminder:
    """Nothing is sent in until it is resumed, and what waits is taken back."""
    keeper.check_stops()
    if reminder.status is Status.ENDED:
        raise ReminderEndedError
    if reminder.status is Status.PAUSED and reminder.standing.by != SYSTEM:
        return reminder
    return _stand(reminder, Status.PAUSED, why, Happened.PAUSED, keeper)


def resume(reminder: Reminder, why: str, keeper: Keeper) -> Reminder:
    """It goes on, as this person's; what the check blocked is tried again."""
    keeper.check_posts()
    if reminder.status is Status.ENDED:
        raise ReminderEndedError
    if reminder.status is Status.ACTIVE:
        return reminder
    _check(reminder, keeper)
    return _stand(reminder, Status.ACTIVE, why, Happened.RESUMED, keeper)


def end(reminder: Reminder, why: str, keeper: Keeper) -> Reminder:
    """It is over for good, and what waits is taken back."""
    keeper.check_stops()
    if reminder.status is Status.ENDED:
        return reminder
    return _stand(reminder, Status.ENDED, why, Happened.ENDED, keeper)


def _check(reminder: Reminder, keeper: Keeper) -> None:
    seen = preview(reminder, keeper)
    if seen.verdict.outcome == "blocked":
        raise BlockedReminderError(seen.text, seen.verdict.findings)


def _stand(
    reminder: Reminder, status: Status, why: str, happened: Happened, keeper: Keeper
) -> Reminder:
    person, now = keeper.person.person_id, keeper.now
    author = person if status is Status.ACTIVE else reminder.author
    after = replace(reminder, author=author, standing=Standing(status, now, person, why))
    payload = {"author_before": reminder.author}
    act = told.act_on(after, happened, now, payload, actor=person, reason=why or None)
    keeper.desk.reminders.change(reminder, after, act)
    return after
