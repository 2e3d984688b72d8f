"""The pages of reminders. GET shows, POST acts; nothing is kept before its dates were seen."""

import hashlib
import json
import secrets
from dataclasses import replace
from typing import Any

from compose import reminder_acts as acts
from compose import reminder_forms as forms
from compose import shown_reminders as shown
from compose.reminder_forms import Sent
from compose.reminder_hands import may_change, may_keep
from compose.reminder_shapes import said_fields
from compose.room import FORM, now, page, room, series, sight_of, visitor
from compose.translate import translate
from shared.accounts.registry import Account
from shared.accounts.rights import Right
from shared.http.application import Answer, see_other
from shared.http.call import Call
from shared.http.fields import key_from
from shared.http.problems import ConflictError, InvalidFieldsError, NotFoundError, ProblemError
from shared.identity.visitor import Visitor
from shared.pages.parts import FieldError
from shared.pages.registry_views import Way
from shared.pages.reminder_views import ReminderFormView, ShapedView
from shared.posts.localtime import local
from shared.posts.series import Reminder

PAGE = 20
SAVE = "save"
NEW = "/reminders/new"


def reminders_page(call: Call) -> Answer:
    """Your reminders, or one account's, newest first."""
    guest = visitor(call)
    kept, cursor, sight = series().reminders, call.query.get("cursor"), sight_of(guest.person)
    account = sight.account(name).account_id if (name := call.query.get("account")) else None
    if account:
        found = kept.by_account(account, PAGE, cursor)
    else:
        found = kept.by_author(guest.person.person_id, PAGE, cursor)
    titles = {each.account_id: each.title for each in room().accounts.all()}
    own = sight.own_accounts()[: forms.MOST_WAYS]
    view = shown.reminders_view(found.entries, found.cursor, titles, own, account)
    return page("reminders", view, guest)


def new_reminder_page(call: Call) -> Answer:
    """The form of a new reminder."""
    guest = visitor(call, Right.WRITE)
    return _form(guest, forms.empty_form(local(now()).date()))


def new_reminder_sent(call: Call) -> Answer:
    """Show what it would do, or keep what was shown."""
    guest = visitor(call, Right.WRITE)
    return _sent(call, guest, None)


def reminder_page(call: Call, reminder_id: str) -> Answer:
    """One reminder, its next dates, and what you can do with it."""
    guest = visitor(call)
    reminder = acts.seen(reminder_id, guest.person)
    account = room().accounts.get(reminder.account)
    people = room().snapshots.read(people=acts.hands_of(reminder)).people
    view = shown.reminder_view(
        reminder,
        account,
        {str(key): person.name for key, person in people.items()},
        now(),
        may_keep=may_keep(guest.person, account),
        may_change=may_change(reminder, guest.person, account, people.get(reminder.author)),
    )
    return page("entry", view, guest)


def reminder_sent(call: Call, reminder_id: str) -> Answer:
    """Pause, resume or end it."""
    guest = visitor(call, Right.WRITE)
    fields = _fields(call, guest)
    name = _one(fields, "act")
    if name not in acts.DEEDS:
        raise NotFoundError("There is no such thing to do with a reminder; reload the page.")
    acts.done(name, reminder_id, {"why": _one(fields, "why")}, guest.person)
    return see_other(f"/reminders/{reminder_id}")


def change_reminder_page(call: Call, reminder_id: str) -> Answer:
    """The form of a reminder that is there."""
    guest = visitor(call, Right.WRITE)
    reminder = acts.seen(reminder_id, guest.person)
    return _form(guest, forms.held_form(reminder), reminder)


def change_reminder_sent(call: Call, reminder_id: str) -> Answer:
    """Show what it would do, or keep what was shown."""
    guest = visitor(call, Right.WRITE)
    return _sent(call, guest, acts.seen(reminder_id, guest.person))


def _sent(call: Call, guest: Visitor, before: Reminder | None) -> Answer:
    fields = _fields(call, guest)
    fixed = room().accounts.get(before.account) if before else None
    body = forms.form_body(fields, fixed=fixed)
    key = _one(fields, "submission") or None
    try:
        shaped, seen = _shaped(body, guest, before)
        if _one(fields, "act") != SAVE or _one(fields, "seen") != seen:
            return _form(guest, fields, before, shaped)
        if before:
            kept = acts.changed(before.reminder_id, body, guest.person)
        else:
            kept = acts.made(body, guest.person, key_from(key))
    except Exception as error:  # noqa: BLE001 - what is no fault of the form is raised again
        return _again(error, guest, fields, before)
    return see_other(f"/reminders/{kept.reminder_id}")


def _shaped(body: Any, guest: Visitor, before: Reminder | None) -> tuple[ShapedView, str]:
    """What the form would do, and what stands for all of it."""
    named = before.reminder_id if before else None
    reminder, shaped = acts.previewed(named, body, guest.person)
    said = json.dumps([said_fields(reminder), [str(each) for each in shaped.dates]])
    seen = hashlib.sha256(said.encode()).hexdigest()
    return shown.shaped_view(shaped, seen), seen


def _form(
    guest: Visitor,
    fields: Sent,
    before: Reminder | None = None,
    shaped: ShapedView | None = None,
    errors: tuple[FieldError, ...] = (),
) -> Answer:
    fixed: Account | None = room().accounts.get(before.account) if before else None
    accounts = () if before else sight_of(guest.person).own_accounts()
    here = f"/reminders/{before.reminder_id}" if before else "/reminders"
    view = ReminderFormView(
        title=f"Change {before.title}" if before else "Make a reminder",
        address=f"{here}/change" if before else NEW,
        fields=forms.form_fields(fields, accounts, fixed=fixed),
        back=Way(here, "Back to the reminder" if before else "Back to the reminders"),
        submission=_one(fields, "submission") or secrets.token_urlsafe(16),
        revision=_one(fields, "revision") or (str(before.revision) if before else ""),
        errors=errors,
        shaped=shaped,
    )
    return page("reminder-form", view, guest)


def _again(error: Exception, guest: Visitor, fields: Sent, before: Reminder | None) -> Answer:
    problem = error if isinstance(error, ProblemError) else translate(error)
    if isinstance(problem, InvalidFieldsError):
        errors = tuple(FieldError(fault.field, fault.sentence) for fault in problem.faults)
    elif isinstance(problem, ConflictError):
        errors = (FieldError("", problem.sentence),)
    else:
        raise error
    answer = _form(guest, fields, before, errors=errors)
    return replace(answer, status=problem.status)


def _fields(call: Call, guest: Visitor) -> Sent:
    fields = call.form()
    guest.check_form(FORM, _one(fields, "csrf"))
    return fields


def _one(fields: Sent, name: str) -> str:
    return next(iter(fields.get(name, ())), "")
