"""Makes, changes, pauses, resumes and ends a series.

`preview` shows what will be before anything is kept; what a check would block is refused already.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from compose import reminder_told as told
from compose.reading import check_draft
from compose.reminder_errors import (
    BlockedReminderError,
    InvalidReminderError,
    ReminderEndedError,
)
from compose.reminder_hands import Keeper
from compose.reminder_reading import Wished
from shared.accounts.registry import Person
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


def changed(before: Reminder, wished: Wished, keeper: Keeper) -> Reminder:
    """A series that says what is wished for, by whose hands it then is; not kept yet.
    MayNotPostError, MayNotChangeError.
    """
    author = keeper.taking(before)
    editor = None if author == keeper.person.person_id else keeper.person.person_id
    return replace(
        before,
        author=author,
        editor=editor,
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
    author, found = keeper.author_of(reminder) or keeper.person, []
    for draft in drafts:
        check_draft(draft, keeper.account, now)
        candidate = candidate_of(draft, author, keeper.account)
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
    actor = keeper.person.person_id
    act = told.act_on(after, Happened.CHANGED, keeper.now, payload, actor=actor)
    keeper.desk.reminders.change(before, after, act)
    return after


def pause(reminder: Reminder, why: str, keeper: Keeper) -> Reminder:
    """Nothing is sent in until it is resumed, and what waits is taken back."""
    keeper.check_stops()
    if reminder.status is Status.ENDED:
        raise ReminderEndedError
    if reminder.status is Status.PAUSED and reminder.standing.by != SYSTEM:
        return reminder
    standing = _standing(Status.PAUSED, why, keeper)
    return _stand(reminder, reminder, standing, Happened.PAUSED, keeper)


def resume(reminder: Reminder, why: str, keeper: Keeper) -> Reminder:
    """It goes on; what the check blocked is tried again. MayNotChangeError."""
    author = keeper.taking(reminder)
    if reminder.status is Status.ENDED:
        raise ReminderEndedError
    if reminder.status is Status.ACTIVE:
        return reminder
    editor = reminder.editor if author == reminder.author else None
    taken = replace(reminder, author=author, editor=editor)
    _check(taken, keeper)
    standing = _standing(Status.ACTIVE, why, keeper)
    return _stand(reminder, taken, standing, Happened.RESUMED, keeper)


def end(reminder: Reminder, why: str, keeper: Keeper) -> Reminder:
    """It is over for good, and what waits is taken back."""
    keeper.check_stops()
    if reminder.status is Status.ENDED:
        return reminder
    standing = _standing(Status.ENDED, why, keeper)
    return _stand(reminder, reminder, standing, Happened.ENDED, keeper)


def _check(reminder: Reminder, keeper: Keeper) -> None:
    seen = preview(reminder, keeper)
    if seen.verdict.outcome == "blocked":
        raise BlockedReminderError(seen.text, seen.verdict.findings)


def _stand(
    before: Reminder, after: Reminder, standing: Standing, happened: Happened, keeper: Keeper
) -> Reminder:
    after = replace(after, standing=standing)
    payload, why = {"author_before": before.author}, standing.why or None
    act = told.act_on(after, happened, keeper.now, payload, actor=standing.by, reason=why)
    keeper.desk.reminders.change(before, after, act)
    return after


def _standing(status: Status, why: str, keeper: Keeper) -> Standing:
    return Standing(status, keeper.now, keeper.person.person_id, why)
