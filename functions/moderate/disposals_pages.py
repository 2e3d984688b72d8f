"""The pages of disposals. GET shows; only a POST with a choice asks or decides (P6)."""

from moderate.disposals_api import APPROVE, LONGEST_WHY, NO_WHY, REFUSE, desk
from moderate.disposals_shown import DECIDE, TITLE, ask_form, form_for, row_of, view_of
from moderate.incident_errors import WrongFieldError
from moderate.incident_forms import Sent, with_errors
from moderate.incident_room import FORM, page
from moderate.let_month_go import approve, ask, refuse
from moderate.room import app, guest_of, now
from shared.accounts.rights import Right, may
from shared.http.application import Answer, see_other
from shared.http.call import Call
from shared.identity.visitor import Visitor
from shared.months.disposal import Disposal, DisposalError
from shared.months.errors import BadMonthError
from shared.months.month import Month, read_month
from shared.pages.forms import first, lines
from shared.pages.parts import FieldError
from shared.pages.registry_views import FormView, RegistryView, Way
from shared.posts.names import DisposalId

HOLDS = Way("/holds", "Legal holds, which no disposal reaches")
NEW = Way("/disposals/new", "Ask that a month goes")
CHANGED = "It is not what you read any more. Go back and look again."
EMPTY = "Nobody has asked that a sealed month goes."
OFF = "Disposal is switched off here: every sealed month stays."


@app.on("/disposals")
def disposals_page(call: Call) -> Answer:
    """The disposals, newest first."""
    guest = guest_of(call, Right.READ_ALL)
    may_ask = desk().is_on and may(guest.person, Right.DISPOSE).allowed
    ways = (*((NEW,) if may_ask else ()), HOLDS)
    rows = tuple(map(row_of, desk().disposals.all()))
    empty = EMPTY if desk().is_on else OFF
    return page("registry", RegistryView(TITLE, "/disposals", rows, ways=ways, empty=empty), guest)


@app.on("/disposals/new")
def new_disposal_page(call: Call) -> Answer:
    """The form to ask that a month goes; nothing is chosen."""
    guest = guest_of(call, Right.DISPOSE)
    return page("form", ask_form(desk().disposals.last_look()), guest)


@app.on("/disposals/new", "POST")
def disposal_sent(call: Call) -> Answer:
    """Ask that a month goes."""
    guest = guest_of(call, Right.DISPOSE)
    sent = call.form()
    guest.check_form(FORM, first(sent, "csrf"))
    try:
        disposal = ask(_month(sent), _why(sent), by=guest.person, desk=desk(), now=now())
    except (WrongFieldError, DisposalError) as error:
        field = error.field if isinstance(error, WrongFieldError) else "month"
        form = ask_form(desk().disposals.last_look())
        return _again(form, sent, FieldError(field, str(error)), guest)
    return see_other(f"/disposals/{disposal.disposal_id}")


@app.on("/disposals/{disposal_id}")
def disposal_page(call: Call, disposal_id: str) -> Answer:
    """One disposal, and the form for what comes next."""
    guest = guest_of(call, Right.READ_ALL)
    disposal = desk().disposals.get(DisposalId(disposal_id))
    return page("entry", view_of(disposal, guest), guest)


@app.on("/disposals/{disposal_id}", "POST")
def disposal_decided(call: Call, disposal_id: str) -> Answer:
    """Approve or refuse what waits, or refuse what has not begun."""
    guest = guest_of(call, Right.DISPOSE)
    sent = call.form()
    guest.check_form(FORM, first(sent, "csrf"))
    before = desk().disposals.get(DisposalId(disposal_id))
    try:
        _decide(before, sent, guest)
    except (WrongFieldError, DisposalError) as error:
        field = error.field if isinstance(error, WrongFieldError) else "decision"
        return _again(form_for(before, guest), sent, FieldError(field, str(error)), guest)
    return see_other(f"/disposals/{before.disposal_id}")


def _decide(disposal: Disposal, sent: Sent, guest: Visitor) -> None:
    choice = first(sent, "decision")
    if first(sent, "act") != DECIDE or choice not in {APPROVE, REFUSE}:
        raise WrongFieldError("decision", "Choose whether it goes.")
    if first(sent, "state") != disposal.state.value:
        raise WrongFieldError("decision", CHANGED)
    if choice == REFUSE:
        refuse(disposal.disposal_id, _why(sent), by=guest.person, desk=desk(), now=now())
    else:
        approve(disposal.disposal_id, by=guest.person, desk=desk(), now=now())


def _month(sent: Sent) -> Month:
    try:
        return read_month(first(sent, "month").strip())
    except BadMonthError as error:
        raise WrongFieldError("month", str(error)) from error


def _why(sent: Sent) -> str:
    why = lines(first(sent, "why")).strip()[:LONGEST_WHY]
    if not why:
        raise WrongFieldError("why", NO_WHY)
    return why


def _again(form: FormView, sent: Sent, error: FieldError, guest: Visitor) -> Answer:
    return page("form", with_errors(form, sent, (error,)), guest, 422)
