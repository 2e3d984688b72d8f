"""One filled view of every face of the pages of reminders, made by the room that fills them."""

from dataclasses import replace
from datetime import date

from compose import reminder_forms as forms
from compose import shown_reminders as shown
from compose.keep_reminder import Preview
from shared.pages.parts import FieldError
from shared.pages.registry_views import Way
from shared.pages.reminder_views import ReminderFormView
from shared.pages.views import View
from shared.policy.verdict import Finding, Severity, Verdict
from shared.posts.names import AccountId
from shared.posts.reminders import HoursBefore, MonthlyByWeekday, Moved
from shared.posts.series import Sent, Standing, Status, coming
from tests.builders import a_post_id, an_account
from tests.unit.compose.series_made import NOW, a_reminder

LEEK = an_account("leek-npt", title="Leek Neighbourhood Team")
CHEADLE = an_account("cheadle-npt", title="Cheadle Neighbourhood Team")
TITLES = {AccountId("riverside"): "Riverside Neighbourhood Team", LEEK.account_id: LEEK.title}
REMINDER = a_reminder(
    skipped=frozenset({date(2026, 12, 29)}),
    moved=(Moved(date(2026, 12, 15), date(2026, 12, 16)),),
)
FIRST = coming(REMINDER, NOW)[0]
KNOWN = REMINDER.with_sent(Sent(FIRST.day, a_post_id(), 1, "words"))
STOPPED = replace(
    a_reminder(
        text="A   long  word: " + "surgery" * 30,
        pattern=MonthlyByWeekday(-1, 1, 2),
        due=HoursBefore(2),
    ),
    standing=Standing(Status.PAUSED, NOW, "bluelamp", "Its author may not post for it now."),
)
FOUND = Finding("hashtags", Severity.REVIEW, 0, 4, "Say less.", "Take one away.", "S1")
WRONG = (
    FieldError("account", "Choose which account speaks."),
    FieldError("text", "“{when}” cannot be filled. Write {date}, {day}, {time} or {place}."),
    FieldError("weekdays", "Choose a day of the week, or several."),
    FieldError("last_day", "Choose a last day within a year."),
    FieldError("moved", "3 November 2026 is not one of its dates. Leave it out."),
)
EMPTY = forms.form_fields(forms.empty_form(date(2026, 11, 2)), (LEEK, CHEADLE))
HELD = forms.form_fields(forms.held_form(REMINDER), (), fixed=LEEK)
BACK = Way("/reminders", "Back to the reminders")


def a_form(fields, **more) -> ReminderFormView:
    return ReminderFormView("Make a reminder", "/reminders/new", fields, BACK, "word", **more)


def shaped(*found: Finding):
    preview = Preview(coming(REMINDER, NOW)[:5], "Meet  us.", Verdict(found, "2026-11-01"))
    return shown.shaped_view(preview, "seen")


MAY = {"may_keep": True, "may_change": True}
NAMES = {"pc-okafor": "PC Okafor"}
VIEWS: dict[str, tuple[str, View]] = {
    "reminders": (
        "reminders",
        shown.reminders_view((REMINDER, STOPPED), "a+b=", TITLES, (LEEK, CHEADLE), None),
    ),
    "reminders-none": ("reminders", shown.reminders_view((), None, TITLES, (), LEEK.account_id)),
    "reminder": (
        "entry",
        shown.reminder_view(KNOWN, LEEK, NAMES, NOW, **MAY),
    ),
    "reminder-paused": (
        "entry",
        shown.reminder_view(STOPPED, LEEK, {}, NOW, **MAY),
    ),
    "reminder-new": ("reminder-form", a_form(EMPTY)),
    "reminder-wrong": ("reminder-form", a_form(EMPTY, errors=WRONG)),
    "reminder-clear": ("reminder-form", a_form(HELD, shaped=shaped(), revision="3")),
    "reminder-review": ("reminder-form", a_form(HELD, shaped=shaped(FOUND))),
    "reminder-blocked": (
        "reminder-form",
        a_form(HELD, shaped=shaped(replace(FOUND, severity=Severity.BLOCK))),
    ),
}
