"""The acts on a reminder as page and API both do them: parse, one deed, then the posts in line."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

from compose import keep_reminder as keeping
from compose.keep_reminder import Preview
from compose.keep_up import keep_up
from compose.reminder_hands import Keeper
from compose.reminder_reading import why_from, wished_from
from compose.reminder_shapes import said_fields
from compose.room import now, room, series, sight_of
from compose.submit import TRIES
from shared.accounts.registry import Person
from shared.http.fields import Fields
from shared.policy.errors import PolicyError
from shared.posts.names import AccountId, PersonId, ReminderId
from shared.posts.series import Reminder
from shared.records.errors import BusyError, ChangedError, UnavailableError

MOST_REVISIONS = 10**6

Body = Mapping[str, Any]
Deed = Callable[[Reminder, str, Keeper], Reminder]

DEEDS: dict[str, Deed] = {
    "pause": keeping.pause,
    "resume": keeping.resume,
    "end": keeping.end,
}
"""What can be done with a series, by the name that page and address carry."""


def seen(reminder_id: str, person: Person) -> Reminder:
    """A reminder this person may see; NotFoundError."""
    reminder = series().reminders.get(ReminderId(reminder_id))
    if reminder.author != person.person_id:
        sight_of(person).account(reminder.account)
    return reminder


def hands_of(reminder: Reminder) -> set[PersonId]:
    """Whoever has had a hand in it: author, last editor, and who brought it where it stands."""
    hands = {reminder.author, PersonId(reminder.standing.by)}
    return hands | {reminder.editor} if reminder.editor else hands


def made(body: Body, person: Person, key: str | None) -> Reminder:
    """`POST /v1/reminders`."""
    reminder, keeper = _new(body, person)
    return _in_line(keeping.make(reminder, keeper, key))


def changed(reminder_id: str, body: Body, person: Person) -> Reminder:
    """`PATCH /v1/reminders/{reminder_id}`: what is not named stays. Where `revision` is named, it
    is the one that was looked at.
    """
    before, after, keeper = _changed(reminder_id, body, person)
    same = _says_the_same(before, after)
    return _in_line(before if same else keeping.change(before, after, keeper))


def done(name: str, reminder_id: str, body: Body, person: Person) -> Reminder:
    """`POST …/pause`, `…/resume` and `…/end`."""
    why = why_from(body)
    for _ in range(TRIES):
        reminder = seen(reminder_id, person)
        with suppress(ChangedError):  # by the clock, just now: it is to stop all the same
            return _in_line(DEEDS[name](reminder, why, _keeper(reminder.account, person)))
    raise BusyError("TransactWriteItems")


def previewed(reminder_id: str | None, body: Body, person: Person) -> tuple[Reminder, Preview]:
    """What would be, if this were kept."""
    if reminder_id is None:
        reminder, keeper = _new(body, person)
    else:
        _, reminder, keeper = _changed(reminder_id, body, person)
    return reminder, keeping.preview(reminder, keeper)


def _new(body: Body, person: Person) -> tuple[Reminder, Keeper]:
    wished = wished_from(body)
    at = now()
    reminder_id = ReminderId(room().pen.new_post_id(at))
    keeper = _keeper(wished.account, person)
    return keeping.new_reminder(wished, person, reminder_id, at), keeper


def _changed(reminder_id: str, body: Body, person: Person) -> tuple[Reminder, Reminder, Keeper]:
    before = seen(reminder_id, person)
    fields = dict(body)
    looked_at = Fields({"revision": fields.pop("revision", None)})
    revision = looked_at.maybe_number("revision", MOST_REVISIONS)
    looked_at.done()
    if fields.get("account", before.account) != before.account:
        looked_at.wrong("account", "A reminder speaks for one account. Make another for that one.")
        looked_at.done()
    wished = wished_from({**_usual(before, fields), **fields})
    keeper = _keeper(before.account, person)
    after = keeping.changed(before, wished, keeper)
    if revision not in {None, before.revision} and not _says_the_same(before, after):
        raise ChangedError("reminder", before.reminder_id, "was changed by somebody else")
    return before, after, keeper


def _says_the_same(before: Reminder, after: Reminder) -> bool:
    """Whether there is nothing to change: a second click finds what the first one did."""
    hands = (before.author, before.editor) == (after.author, after.editor)
    return hands and said_fields(before) == said_fields(after)


def _usual(before: Reminder, fields: Body) -> Body:
    """What stays as it is: hours before give way to days before, and the other way round."""
    usual = said_fields(before)
    if fields.get("due_hours") is not None:
        return {**usual, "due_days": None, "due_at": None}
    if {"due_days", "due_at"} & fields.keys():
        return {**usual, "due_hours": None}
    return usual


def _keeper(account_id: AccountId, person: Person) -> Keeper:
    return Keeper(person, room().accounts.get(account_id), series(), now())


def _in_line(reminder: Reminder) -> Reminder:
    # What cannot be done at this moment is done by the clock within the hour.
    with suppress(ChangedError, BusyError, UnavailableError, PolicyError):
        return keep_up(reminder, series(), now())
    return reminder
