"""The pages of impostors. GET shows; only a POST says what becomes of one (P6)."""

from shared.accounts.registry import Person
from shared.accounts.rights import Right
from shared.http.application import Answer, see_other
from shared.http.call import Call
from shared.http.problems import NotFoundError
from shared.identity.visitor import Visitor
from shared.impostors.case import Case
from shared.impostors.errors import InvalidCaseError
from shared.pages.forms import Fields, first
from shared.pages.parts import FieldError
from watch.following.room import FORM, app, guest_of, now, page
from watch.impostors.follow_case import DECISIONS, OUTCOMES, decide_case, report_case
from watch.impostors.impostor_forms import (
    DECIDE,
    NO_ACCOUNT,
    OUTCOME,
    REPORT,
    TYPED,
    decision_sent,
    report_sent,
    tell_form,
    telling_sent,
)
from watch.impostors.impostor_room import desk, known_account, shown_case, shown_cases
from watch.impostors.impostor_shown import case_view, list_view
from watch.impostors.tell_impostor import tell_impostor

NO_FORM = "There is no such form; reload the page and send it again."
STATES_OF = {DECIDE: DECISIONS, OUTCOME: OUTCOMES}


@app.on("/impostors")
def impostors_page(call: Call) -> Answer:
    """What somebody has to see to, longest first; or all, newest first."""
    guest = guest_of(call, Right.LOOK)
    everything = call.query.get("which") == "all"
    listed = desk().impostors.listed if everything else desk().impostors.waiting
    found = listed(call.query.get("cursor"))
    shown = shown_cases(found.entries, guest.person)
    return page(
        "registry", list_view(shown, guest.person, found.cursor, everything=everything), guest
    )


@app.on("/impostors/new")
def tell_impostor_page(call: Call) -> Answer:
    """The form to tell of one; a link may fill in what it is."""
    guest = guest_of(call, Right.TELL_IMPOSTORS)
    typed = {name: (call.query[name],) for name in TYPED[:3] if call.query.get(name)}
    return page("form", tell_form(typed), guest)


@app.on("/impostors/new", "POST")
def tell_impostor_sent(call: Call) -> Answer:
    """Tell of one."""
    guest = guest_of(call, Right.TELL_IMPOSTORS)
    sent = call.form()
    guest.check_form(FORM, first(sent, "csrf"))
    try:
        case = _told(sent, guest.person)
    except InvalidCaseError as error:
        view = tell_form(sent, (FieldError(error.field, str(error)),))
        return page("form", view, guest, 422)
    return see_other(f"/impostors/{case.case_id}")


def _told(sent: Fields, by: Person) -> Case:
    account = known_account(first(sent, "account").strip())
    if account is None:
        raise InvalidCaseError("account", NO_ACCOUNT)
    return tell_impostor(telling_sent(sent), account, by, impostors=desk().impostors, now=now())


@app.on("/impostors/{case_id}")
def impostor_page(call: Call, case_id: str) -> Answer:
    """One case with what was seen, and what you may say of it."""
    guest = guest_of(call, Right.LOOK)
    return page("entry", case_view(shown_case(case_id, guest.person), guest.person), guest)


@app.on("/impostors/{case_id}", "POST")
def impostor_sent(call: Call, case_id: str) -> Answer:
    """Say what it is, that it was reported, or what came of that."""
    guest = guest_of(call, Right.FOLLOW_IMPOSTORS)
    sent = call.form()
    guest.check_form(FORM, first(sent, "csrf"))
    shown, act = shown_case(case_id, guest.person), first(sent, "act")
    try:
        _do(act, shown.case, sent, guest)
    except InvalidCaseError as error:
        errors = (FieldError(error.field, str(error)),)
        view = case_view(shown, guest.person, act=act, typed=sent, errors=errors)
        return page("entry", view, guest, 422)
    return see_other(f"/impostors/{case_id}")


def _do(act: str, case: Case, sent: Fields, guest: Visitor) -> None:
    by, impostors = guest.person, desk().impostors
    if act == REPORT:
        report_case(case, report_sent(sent), by, impostors=impostors, now=now())
    elif act in STATES_OF:
        state, why = decision_sent(sent, STATES_OF[act])
        decide_case(case, state, why, by, impostors=impostors, now=now())
    else:
        raise NotFoundError(NO_FORM)
