"""The page of sealed months, with the forms to ask them. GET shows; only a POST asks (P6)."""

from archive.auditing.ask_question import ask_question
from archive.auditing.audit_forms import form_sent, forms_for, said_in
from archive.auditing.desk import copy_bucket, desk, disposed, months
from archive.auditing.errors import AuditError
from archive.auditing.months_on_record import (
    MissingMonth,
    all_months,
    copied_files,
    missing_months,
)
from archive.auditing.room import FORM, app, guest_of, now, page, room
from archive.auditing.translate import translate
from archive.auditing.wish import wish_in
from archive.questions.errors import QuestionError
from shared.http.application import Answer, see_other
from shared.http.call import Call
from shared.http.problems import InvalidFieldsError
from shared.pages.audit_views import AuditMonth, AuditView
from shared.pages.forms import first
from shared.pages.parts import FieldError
from shared.posts.localtime import day_text
from shared.records.months import SealedMonth

PAGE = 10
"""Of the page, which has to stay light."""


@app.on("/audit")
def audit_page(call: Call) -> Answer:
    """The sealed months, and what can be asked of them."""
    guest = guest_of(call)
    origin, cursor = room().settings.log_origin, call.query.get("cursor")
    found = months().all(origin, cursor, PAGE)
    every = [each.sealed.month for each in all_months(months(), origin)]
    missing = () if cursor else missing_months(every, now())
    gone = disposed()
    sealed = (_sealed(each, is_gone=each.sealed.month in gone) for each in found.entries)
    rows = (*map(_missing, reversed(missing)), *sealed)
    forms = forms_for(every[-1]) if every and not cursor else ()
    return page("audit", AuditView(rows, forms, found.cursor), guest)


@app.on("/audit", "POST")
def question_sent(call: Call) -> Answer:
    """Ask sealed months; the answer has a page of its own."""
    guest = guest_of(call)
    sent = call.form()
    guest.check_form(FORM, first(sent, "csrf"))
    try:
        wish = wish_in(said_in(sent))
        question, _ = ask_question(wish, by=guest.person, desk=desk(), now=now())
    except (AuditError, QuestionError) as error:
        return page("form", form_sent(sent, faults(error)), guest, 422)
    return see_other(f"/audit/questions/{question.question_id}")


def faults(error: Exception) -> tuple[FieldError, ...]:
    """What the form says beside its fields; what is no fault of the form is raised again."""
    problem = error if isinstance(error, InvalidFieldsError) else translate(error)
    if not isinstance(problem, InvalidFieldsError):
        raise error
    return tuple(FieldError(fault.field, fault.sentence) for fault in problem.faults)


def _sealed(kept: SealedMonth, *, is_gone: bool) -> AuditMonth:
    sealed = kept.sealed
    hint = f"Leaves {sealed.start.size} to {sealed.end.size - 1}. Bag {sealed.bag}"
    if sealed.start.size == sealed.end.size:
        hint = f"Nothing happened. Bag {sealed.bag}"
    if is_gone:
        return AuditMonth(str(sealed.month), "Disposed of", "grey", hint)
    if copied_files(sealed, copy_bucket().read) is None:
        return AuditMonth(str(sealed.month), "Not copied yet", "yellow", hint)
    return AuditMonth(str(sealed.month), "Sealed", "green", hint)


def _missing(missing: MissingMonth) -> AuditMonth:
    since = f"Over since {day_text(missing.since)} and not sealed."
    if not missing.late:
        return AuditMonth(str(missing.month), "Not sealed yet", "yellow", since)
    hint = f"{since} Ask whoever keeps this system to look why."
    return AuditMonth(str(missing.month), "Missing", "red", hint)
