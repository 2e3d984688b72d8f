"""The pages of legal holds. GET shows; only a POST with a choice asks or decides (P6)."""

from moderate.incident_errors import WrongFieldError
from moderate.incident_forms import Sent, with_errors
from moderate.incident_room import FORM, page
from moderate.keep_for_court import Need, approve, ask, ask_release, refuse
from moderate.legal_holds_api import (
    APPROVE,
    LONGEST_REFERENCE,
    LONGEST_SUBJECT,
    LONGEST_WHY,
    NO_REFERENCE,
    NO_WHY,
    REFUSE,
    desk,
)
from moderate.legal_holds_shown import (
    ASK_RELEASE,
    DECIDE,
    TITLE,
    ask_form,
    decide_form,
    release_form,
    row_of,
    view_of,
)
from moderate.room import app, guest_of, now
from shared.accounts.rights import Right, may
from shared.http.application import Answer, see_other
from shared.http.call import Call
from shared.identity.visitor import Visitor
from shared.months.errors import BadMonthError
from shared.months.legal_hold import (
    Cause,
    LegalHold,
    NothingHeldError,
    NotWaitingError,
    OwnLegalHoldError,
    Scope,
)
from shared.months.month import Month, read_month
from shared.pages.forms import first, lines
from shared.pages.parts import FieldError
from shared.pages.registry_views import FormView, RegistryView, Way
from shared.posts.names import LegalHoldId

ERASURES = Way("/erasures", "Erasures of other people’s words")
CHANGED = "It is not what you read any more. Go back and look again."
EMPTY = "Nobody has asked for anything to be kept beyond its time."


@app.on("/holds")
def holds_page(call: Call) -> Answer:
    """The legal holds, newest first."""
    guest = guest_of(call, Right.READ_ALL)
    may_ask = may(guest.person, Right.HOLD).allowed
    ways = (*((Way("/holds/new", "Ask for a legal hold"),) if may_ask else ()), ERASURES)
    rows = tuple(map(row_of, desk().holds.all()))
    return page("registry", RegistryView(TITLE, "/holds", rows, ways=ways, empty=EMPTY), guest)


@app.on("/holds/new")
def new_hold_page(call: Call) -> Answer:
    """The form to ask for a legal hold; nothing is chosen."""
    return page("form", ask_form(), guest_of(call, Right.HOLD))


@app.on("/holds/new", "POST")
def hold_sent(call: Call) -> Answer:
    """Ask for a legal hold."""
    guest = guest_of(call, Right.HOLD)
    sent = call.form()
    guest.check_form(FORM, first(sent, "csrf"))
    try:
        hold = ask(_need(sent), by=guest.person, desk=desk(), now=now())
    except (WrongFieldError, NothingHeldError) as error:
        return _again(ask_form(), sent, FieldError(error.field, str(error)), guest)
    return see_other(f"/holds/{hold.hold_id}")


@app.on("/holds/{hold_id}")
def hold_page(call: Call, hold_id: str) -> Answer:
    """One legal hold, and the form for what comes next."""
    guest = guest_of(call, Right.READ_ALL)
    hold = desk().holds.get(LegalHoldId(hold_id))
    return page("entry", view_of(hold, guest), guest)


@app.on("/holds/{hold_id}", "POST")
def hold_act(call: Call, hold_id: str) -> Answer:
    """Approve or refuse what waits, or ask that the hold ends."""
    guest = guest_of(call, Right.HOLD)
    sent = call.form()
    guest.check_form(FORM, first(sent, "csrf"))
    before = desk().holds.get(LegalHoldId(hold_id))
    ends = first(sent, "act") == ASK_RELEASE
    try:
        if ends:
            _ask_release(before, sent, guest)
        else:
            _decide(before, sent, guest)
    except (WrongFieldError, OwnLegalHoldError, NotWaitingError) as error:
        field = error.field if isinstance(error, WrongFieldError) else "decision"
        form = release_form(before) if ends else decide_form(before)
        return _again(form, sent, FieldError(field, str(error)), guest)
    return see_other(f"/holds/{before.hold_id}")


def _ask_release(hold: LegalHold, sent: Sent, guest: Visitor) -> None:
    ask_release(hold.hold_id, _why(sent), by=guest.person, desk=desk(), now=now())


def _decide(hold: LegalHold, sent: Sent, guest: Visitor) -> None:
    choice = first(sent, "decision")
    if first(sent, "act") != DECIDE or choice not in {APPROVE, REFUSE}:
        raise WrongFieldError("decision", "Choose whether you approve it.")
    if first(sent, "state") != hold.state.value:
        raise WrongFieldError("decision", CHANGED)
    if choice == REFUSE:
        refuse(hold.hold_id, _why(sent), by=guest.person, desk=desk(), now=now())
    else:
        approve(hold.hold_id, by=guest.person, desk=desk(), now=now())


def _need(sent: Sent) -> Need:
    """What was asked for; WrongFieldError where nothing was chosen, NothingHeldError."""
    cause, reference = first(sent, "cause"), lines(first(sent, "reference")).strip()
    if cause not in {each.value for each in Cause}:
        raise WrongFieldError("cause", "Choose what it is for.")
    if not reference or len(reference) > LONGEST_REFERENCE:
        raise WrongFieldError("reference", NO_REFERENCE)
    subject = first(sent, "subject").strip()[:LONGEST_SUBJECT] or None
    scope = Scope(_month(sent, "from"), _month(sent, "to"), subject)
    return Need(Cause(cause), reference, scope, _why(sent))


def _month(sent: Sent, name: str) -> Month | None:
    text = first(sent, name).strip()
    try:
        return read_month(text) if text else None
    except BadMonthError as error:
        raise WrongFieldError(name, str(error)) from error


def _why(sent: Sent) -> str:
    why = lines(first(sent, "why")).strip()[:LONGEST_WHY]
    if not why:
        raise WrongFieldError("why", NO_WHY)
    return why


def _again(form: FormView, sent: Sent, error: FieldError, guest: Visitor) -> Answer:
    return page("form", with_errors(form, sent, (error,)), guest, 422)
