"""The API of people: names and numbers only for the centre and for oneself."""

from register import person_acts as acts
from register.room import app, now, room, visitor, visitor_about
from register.shapes import leavers_shape, person_shape
from shared.accounts.registry import Person
from shared.accounts.rights import Right, may
from shared.http.application import Answer, json_answer
from shared.http.call import Call
from shared.posts.names import PersonId

PAGE = 50


@app.on("/v1/people")
def people_api(call: Call) -> Answer:
    """Everybody in the registry, by id."""
    person = visitor(call, Right.READ_ALL).person
    page = room().people.page(PAGE, call.query.get("cursor"))
    names, today = may(person, Right.SEE_NAMES).allowed, now().date()
    shapes = [person_shape(each, today, names=names) for each in page.entries]
    return json_answer({"people": shapes, "next": page.cursor})


@app.on("/v1/people", "POST")
def enter_api(call: Call) -> Answer:
    """Enter somebody new; access begins at once."""
    guest = visitor(call, Right.KEEP_PEOPLE)
    entered = acts.entered(call.json(), guest.person)
    headers = {"Location": f"/v1/people/{entered.person_id}"}
    return json_answer(_shape(entered, guest.person), 201, **headers)


@app.on("/v1/people/{person_id}")
def person_api(call: Call, person_id: str) -> Answer:
    """One person's entry; your own, or anybody's for whoever reads all."""
    guest = visitor_about(call, person_id, Right.READ_ALL)
    return json_answer(_shape(room().people.get(PersonId(person_id)), guest.person))


@app.on("/v1/people/{person_id}", "PATCH")
def change_person_api(call: Call, person_id: str) -> Answer:
    """Change somebody's particulars; what is not named stays."""
    return _done(call, person_id, acts.changed)


@app.on("/v1/people/{person_id}/status", "POST")
def person_status_api(call: Call, person_id: str) -> Answer:
    """Mark somebody as away, suspended, left or active again; felt at their next request."""
    return _done(call, person_id, acts.stood)


@app.on("/v1/people/{person_id}/training", "POST")
def training_api(call: Call, person_id: str) -> Answer:
    """Record that somebody was taught a topic."""
    return _done(call, person_id, acts.trained)


@app.on("/v1/people/{person_id}/acceptance", "POST")
def acceptance_api(call: Call, person_id: str) -> Answer:
    """Accept a version of the force's policy, for oneself or on somebody's signed paper."""
    return _done(call, person_id, acts.accepted, own=True)


@app.on("/v1/people/{person_id}/leave", "POST")
def leave_api(call: Call, person_id: str) -> Answer:
    """Plan days away and who covers; refused where an account would be left with nobody."""
    return _done(call, person_id, acts.planned, own=True)


@app.on("/v1/people/{person_id}/delegations", "POST")
def delegate_api(call: Call, person_id: str) -> Answer:
    """Hand one's own approvals over for some days; nobody does it for somebody else."""
    return _own(call, person_id, acts.delegated)


@app.on("/v1/people/{person_id}/delegations/end", "POST")
def end_delegation_api(call: Call, person_id: str) -> Answer:
    """Take one's own approvals back before the last day."""
    return _own(call, person_id, acts.delegation_ended)


@app.on("/v1/people/leavers", "POST")
def leavers_api(call: Call) -> Answer:
    """Read in the leaver file of human resources; with `dry_run` nothing is changed."""
    guest = visitor(call, Right.KEEP_PEOPLE)
    outcome, dry_run = acts.leavers_read(call.json(), guest.person)
    return json_answer(leavers_shape(outcome, dry_run=dry_run))


def _done(call: Call, person_id: str, act: acts.Act, *, own: bool = False) -> Answer:
    if own:
        guest = visitor_about(call, person_id, Right.KEEP_PEOPLE)
    else:
        guest = visitor(call, Right.KEEP_PEOPLE)
    after = act(PersonId(person_id), call.json(), guest.person)
    return json_answer(_shape(after, guest.person))


def _own(call: Call, person_id: str, act: acts.Act) -> Answer:
    guest = visitor(call, Right.APPROVE)
    after = act(PersonId(person_id), call.json(), guest.person)
    return json_answer(_shape(after, guest.person))


def _shape(person: Person, reader: Person) -> dict[str, object]:
    names = person.person_id == reader.person_id or may(reader, Right.SEE_NAMES).allowed
    return person_shape(person, now().date(), names=names)
