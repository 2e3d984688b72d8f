"""The API of critical incidents: who declared what, standing it down, and what it stopped."""

from moderate.declare_incident import declare, planned
from moderate.incident_room import command, judge
from moderate.incident_shapes import (
    declaration_in,
    exempt_in,
    incident_shape,
    report_csv,
    report_shape,
    stopped_shape,
    why_in,
)
from moderate.room import app, guest_of, now
from moderate.sitrep import sitrep
from moderate.stand_down_incident import exempt, stand_down
from shared.accounts.incident_rights import may_see_stopped
from shared.accounts.rights import Right
from shared.http.application import Answer, json_answer
from shared.http.call import Call
from shared.posts.names import IncidentId

PAGE = 20


@app.on("/v1/incidents")
def incidents_api(call: Call) -> Answer:
    """The incidents, newest first; everybody has to know which last (I03)."""
    person = guest_of(call, Right.LOOK).person
    found = command().incidents.all(call.query.get("cursor"), PAGE)
    shapes = [
        incident_shape(each, in_full=may_see_stopped(person, each, command().account(each.lpt)))
        for each in found.entries
    ]
    return json_answer({"incidents": shapes, "next": found.cursor})


@app.on("/v1/incidents", "POST")
def declare_api(call: Call) -> Answer:
    """Declare one; in force at once. The same again while it lasts changes nothing."""
    by = guest_of(call, Right.DECLARE_INCIDENT).person
    wanted = planned(declaration_in(call.json()), by, command(), now())
    declared = declare(wanted, by, command())
    at = f"/v1/incidents/{declared.incident_id}"
    return json_answer(incident_shape(declared, in_full=True), 201, Location=at)


@app.on("/v1/incidents/{incident_id}")
def incident_api(call: Call, incident_id: str) -> Answer:
    """One incident; how much it stopped, for those who may know."""
    person = guest_of(call, Right.LOOK).person
    incident = command().incidents.get(IncidentId(incident_id))
    in_full = may_see_stopped(person, incident, command().account(incident.lpt))
    found = sitrep(incident, command(), judge(), now()) if in_full else None
    shape = incident_shape(incident, in_full=in_full)
    return json_answer({**shape, "stopped": stopped_shape(found) if found else None})


@app.on("/v1/incidents/{incident_id}/stand-down", "POST")
def stand_down_api(call: Call, incident_id: str) -> Answer:
    """End it; what was queued waits for a review."""
    by = guest_of(call, Right.STAND_DOWN).person
    why = why_in(call.json())
    over = stand_down(IncidentId(incident_id), why, by=by, command=command(), now=now())
    return json_answer(incident_shape(over, in_full=True))


@app.on("/v1/incidents/{incident_id}/exempt", "POST")
def exempt_api(call: Call, incident_id: str) -> Answer:
    """Say which accounts go on speaking while it lasts."""
    by = guest_of(call, Right.STAND_DOWN).person
    accounts, why = exempt_in(call.json())
    changed = exempt(IncidentId(incident_id), accounts, why, by=by, command=command(), now=now())
    return json_answer(incident_shape(changed, in_full=True))


@app.on("/v1/incidents/{incident_id}/report")
def report_api(call: Call, incident_id: str) -> Answer:
    """What it stopped, post by post, and how fast; `format=csv` for a table."""
    guest_of(call, Right.READ_ALL)
    incident = command().incidents.get(IncidentId(incident_id))
    found = sitrep(incident, command(), judge(), now())
    if call.query.get("format") != "csv":
        return json_answer(report_shape(found))
    name = f"attachment; filename=incident-{incident.incident_id}.csv"
    headers = {"Content-Disposition": name}
    return Answer(report_csv(found), 200, "text/csv; charset=utf-8", headers)
