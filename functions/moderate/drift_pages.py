"""The pages of drifts. GET shows; only a POST takes one on, or says how it came about (P6)."""

from collections.abc import Mapping, Sequence

from moderate.drift_room import desk, drift_case_of, drifts_for
from moderate.drift_shapes import CAUSES, LONGEST_WHO, LONGEST_WHY
from moderate.drift_shown import drift_view, list_view
from moderate.drift_ways import ADDRESS
from moderate.settle_drift import close_drift, take_on
from moderate.takedown_room import FORM, accounts_of, app, guest_of, now, page
from shared.accounts.rights import Right, may_read_everything
from shared.drift.drift import Cause, Finding
from shared.drift.errors import InvalidDriftError
from shared.http.application import Answer, see_other
from shared.http.call import Call
from shared.http.problems import NotFoundError
from shared.pages.forms import first, lines
from shared.pages.parts import FieldError

PAGE = 25
NO_FORM = "There is no such form; reload the page and send it again."
NO_CAUSE = "Choose how it came about."


@app.on(ADDRESS)
def drifts_page(call: Call) -> Answer:
    """Those that are open, with what could not be compared; or those that are closed."""
    guest = guest_of(call, Right.LOOK)
    is_open, cursor = call.query.get("state") != "closed", call.query.get("cursor")
    found = drifts_for(guest.person, cursor, PAGE, is_open=is_open)
    whole = may_read_everything(guest.person) and is_open and not cursor
    silent = desk().beats.silent() if whole else ()
    named = {each.account for each in found.entries} | {each.account for each in silent}
    accounts = accounts_of(named)
    view = list_view(found.entries, silent, accounts, found.cursor, is_open=is_open)
    return page("registry", view, guest)


@app.on(f"{ADDRESS}/{{drift_id}}")
def drift_page(call: Call, drift_id: str) -> Answer:
    """One drift, with the words before and after, and what you may say of it."""
    guest = guest_of(call, Right.LOOK)
    case = drift_case_of(drift_id, guest.person)
    return page("entry", drift_view(case, guest.person), guest)


@app.on(f"{ADDRESS}/{{drift_id}}", "POST")
def drift_sent(call: Call, drift_id: str) -> Answer:
    """Take it on, or say how it came about."""
    guest = guest_of(call, Right.SETTLE_DRIFT)
    sent = call.form()
    guest.check_form(FORM, first(sent, "csrf"))
    case, act = drift_case_of(drift_id, guest.person), first(sent, "act")
    try:
        if act == "acknowledge":
            take_on(case.drift, guest.person, drifts=desk().drifts, now=now())
        elif act == "close":
            finding = _finding(sent)
            close_drift(case.drift, finding, guest.person, drifts=desk().drifts, now=now())
        else:
            raise NotFoundError(NO_FORM)
    except InvalidDriftError as error:
        errors = (FieldError(error.field, str(error)),)
        view = drift_view(case, guest.person, act=act, typed=sent, errors=errors)
        return page("entry", view, guest, 422)
    return see_other(f"{ADDRESS}/{drift_id}")


def _finding(sent: Mapping[str, Sequence[str]]) -> Finding:
    cause = first(sent, "cause")
    if cause not in CAUSES:
        raise InvalidDriftError("cause", NO_CAUSE)
    why = _typed(sent, "why", LONGEST_WHY)
    return Finding(Cause(cause), why, _typed(sent, "who", LONGEST_WHO))


def _typed(sent: Mapping[str, Sequence[str]], name: str, longest: int) -> str:
    words = lines(first(sent, name))
    if len(words) > longest:
        raise InvalidDriftError(name, f"Say it in {longest:,} characters.")
    return words
