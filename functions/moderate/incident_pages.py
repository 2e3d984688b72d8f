"""The pages of incidents. GET shows; only a POST whose question was answered acts (P6)."""

from moderate.declare_incident import declare, planned
from moderate.incident_errors import AlreadyLastsError, OverError, WrongFieldError
from moderate.incident_forms import (
    Sent,
    accounts_of,
    act_forms,
    check_confirmed,
    confirm_form,
    declaration_of,
    declare_form,
    was_asked,
    why_of,
    with_errors,
)
from moderate.incident_room import FORM, command, judge, names_of, page
from moderate.incident_shapes import LONGEST_WHY
from moderate.incident_shown import incident_view, row_of
from moderate.room import app, guest_of, now, room
from moderate.sitrep import Sitrep, sitrep
from moderate.stand_down_incident import exempt, stand_down
from shared.accounts.incident import Incident
from shared.accounts.incident_rights import may_see_stopped
from shared.accounts.rights import Right, may
from shared.http.application import Answer, see_other
from shared.http.call import Call
from shared.http.problems import NotFoundError
from shared.identity.visitor import Visitor
from shared.pages.forms import first
from shared.pages.incident_views import IncidentsView
from shared.pages.parts import FieldError
from shared.pages.registry_views import FormView
from shared.posts.names import IncidentId

PAGE = 20


@app.on("/incidents")
def incidents_page(call: Call) -> Answer:
    """The incidents, newest first."""
    guest = guest_of(call, Right.LOOK)
    found = command().incidents.all(call.query.get("cursor"), PAGE)
    names = names_of(*(each.declared_by for each in found.entries))
    rows = tuple(row_of(each, names) for each in found.entries)
    may_declare = may(guest.person, Right.DECLARE_INCIDENT).allowed
    return page("incidents", IncidentsView(rows, found.cursor, may_declare), guest)


@app.on("/incidents/new")
def new_incident_page(call: Call) -> Answer:
    """The form to declare one, with the reason that a link brought along; nothing is chosen."""
    guest = guest_of(call, Right.DECLARE_INCIDENT)
    why = call.query.get("why", "")[:LONGEST_WHY]
    return page("form", declare_form(room().accounts.all(), guest.person, why), guest)


@app.on("/incidents/new", "POST")
def incident_sent(call: Call) -> Answer:
    """First asks once more, then declares."""
    guest = guest_of(call, Right.DECLARE_INCIDENT)
    sent = call.form()
    guest.check_form(FORM, first(sent, "csrf"))
    try:
        incident = planned(declaration_of(sent), guest.person, command(), now())
    except (WrongFieldError, AlreadyLastsError) as error:
        form = declare_form(room().accounts.all(), guest.person)
        return _again(form, sent, error, guest)
    form = _confirm(incident, sent)
    if not was_asked(sent):
        return page("form", form, guest)
    try:
        check_confirmed(sent)
    except WrongFieldError as error:
        return _again(form, sent, error, guest)
    return see_other(f"/incidents/{declare(incident, guest.person, command()).incident_id}")


@app.on("/incidents/{incident_id}")
def incident_page(call: Call, incident_id: str) -> Answer:
    """One incident, and what it stopped for those who may know."""
    guest = guest_of(call, Right.LOOK)
    return _shown(command().incidents.get(IncidentId(incident_id)), guest)


@app.on("/incidents/{incident_id}", "POST")
def incident_act(call: Call, incident_id: str) -> Answer:
    """Stand it down, or say which accounts go on speaking."""
    guest = guest_of(call, Right.STAND_DOWN)
    sent = call.form()
    guest.check_form(FORM, first(sent, "csrf"))
    incident = command().incidents.get(IncidentId(incident_id))
    form = next((f for f in act_forms(incident) if f.act == first(sent, "act")), None)
    if form is None:
        raise NotFoundError("There is no such form; reload the page and send it again.")
    try:
        _do(form.act, incident.incident_id, sent, guest)
    except (WrongFieldError, OverError) as error:
        return _again(form, sent, error, guest)
    return see_other(f"/incidents/{incident.incident_id}")


def _do(act: str, incident_id: IncidentId, sent: Sent, guest: Visitor) -> None:
    why = why_of(sent)
    if act == "exempt":
        spared = accounts_of(sent)
        exempt(incident_id, spared, why, by=guest.person, command=command(), now=now())
        return
    check_confirmed(sent)
    stand_down(incident_id, why, by=guest.person, command=command(), now=now())


def _confirm(incident: Incident, sent: Sent) -> FormView:
    found = sitrep(incident, command(), judge(), now())
    return confirm_form(incident, len(found.accounts), len(found.queued), sent)


def _again(form: FormView, sent: Sent, error: Exception, guest: Visitor) -> Answer:
    field = error.field if isinstance(error, WrongFieldError) else ""
    status = 422 if field else 409
    errors = (FieldError(field, str(error)),)
    return page("form", with_errors(form, sent, errors), guest, status)


def _shown(incident: Incident, guest: Visitor) -> Answer:
    in_full = may_see_stopped(guest.person, incident, command().account(incident.lpt))
    found: Sitrep | None = sitrep(incident, command(), judge(), now()) if in_full else None
    acts = incident.active and may(guest.person, Right.STAND_DOWN).allowed
    missed = [who for told in incident.tellings for who in told.undelivered]
    view = incident_view(
        incident,
        names_of(incident.declared_by, incident.stood_down_by, *missed),
        {account.account_id: account.title for account in room().accounts.all()},
        in_full=in_full,
        found=found,
        forms=act_forms(incident) if acts else (),
    )
    return page("incident", view, guest)
