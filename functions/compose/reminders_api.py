"""The API of reminders. Each parses, calls one deed, answers."""

from compose import reminder_acts as acts
from compose.keep_reminder import SHOWN
from compose.reminder_shapes import reminder_shape
from compose.room import now, series, sight_of, visitor
from shared.accounts.rights import Right
from shared.http.application import Answer, json_answer
from shared.http.call import Call
from shared.http.fields import key_from
from shared.posts.series import Reminder, coming

PAGE = 20


def reminders_api(call: Call) -> Answer:
    """Your reminders, or one account's."""
    person, cursor = visitor(call).person, call.query.get("cursor")
    kept = series().reminders
    if name := call.query.get("account"):
        found = kept.by_account(sight_of(person).account(name).account_id, PAGE, cursor)
    else:
        found = kept.by_author(person.person_id, PAGE, cursor)
    return json_answer({"reminders": list(map(_shape, found.entries)), "next": found.cursor})


def make_reminder_api(call: Call) -> Answer:
    """Make a series of posts for a regular event."""
    guest = visitor(call, Right.WRITE)
    key = key_from(call.headers.get("idempotency-key"))
    reminder = acts.made(call.json(), guest.person, key)
    place = f"/v1/reminders/{reminder.reminder_id}"
    return json_answer(_shape(reminder), 201, Location=place)


def reminder_api(call: Call, reminder_id: str) -> Answer:
    """One series, and its next dates."""
    return json_answer(_shape(acts.seen(reminder_id, visitor(call).person)))


def change_reminder_api(call: Call, reminder_id: str) -> Answer:
    """Change what a series says; its posts that still wait are replaced."""
    guest = visitor(call, Right.WRITE)
    return json_answer(_shape(acts.changed(reminder_id, call.json(), guest.person)))


def pause_reminder_api(call: Call, reminder_id: str) -> Answer:
    """Send nothing in until it is resumed; what waits is taken back."""
    return _done("pause", call, reminder_id)


def resume_reminder_api(call: Call, reminder_id: str) -> Answer:
    """Go on with it, or take over what has lost its author."""
    return _done("resume", call, reminder_id)


def end_reminder_api(call: Call, reminder_id: str) -> Answer:
    """End it for good; what waits is taken back."""
    return _done("end", call, reminder_id)


def _done(name: str, call: Call, reminder_id: str) -> Answer:
    guest = visitor(call, Right.WRITE)
    return json_answer(_shape(acts.done(name, reminder_id, call.json(), guest.person)))


def _shape(reminder: Reminder) -> dict[str, object]:
    return reminder_shape(reminder, coming(reminder, now())[:SHOWN])
