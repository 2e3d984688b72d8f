"""The registry's pages of people. GET shows, POST acts."""

from register import person_acts as acts
from register import person_forms, shown_people
from register.forms import again, page, sent_by
from register.room import app, now, room, visitor, visitor_about
from shared.accounts.registry import Person
from shared.accounts.rights import Right, may
from shared.http.application import Answer, see_other
from shared.http.call import Call
from shared.http.problems import NotFoundError
from shared.identity.visitor import Visitor
from shared.pages.forms import first
from shared.pages.registry_views import FormView, Way
from shared.posts.names import PersonId

PAGE = 25


@app.on("/registry/people")
def people_page(call: Call) -> Answer:
    """Everybody in the registry, by their short name."""
    guest = visitor(call, Right.READ_ALL)
    found = room().people.page(PAGE, call.query.get("cursor"))
    view = shown_people.people_view(found.entries, found.cursor, guest.person, now().date())
    return page("registry", view, guest)


@app.on("/registry/people/new")
def new_person_page(call: Call) -> Answer:
    """The form to enter somebody."""
    return page("form", person_forms.entry_form(None), visitor(call, Right.KEEP_PEOPLE))


@app.on("/registry/people/new", "POST")
def new_person_sent(call: Call) -> Answer:
    """Enter somebody new."""
    guest = visitor(call, Right.KEEP_PEOPLE)
    sent = sent_by(call, guest)
    try:
        person = acts.entered(person_forms.entry_body(sent), guest.person)
    except Exception as error:  # noqa: BLE001 - what is no fault of the form is raised again
        return again(person_forms.entry_form(None, sent), sent, error, guest)
    return _shown(person.person_id)


@app.on("/registry/people/{person_id}")
def person_page(call: Call, person_id: str) -> Answer:
    """One entry: your own, or anybody's for whoever reads all."""
    guest = visitor_about(call, person_id, Right.READ_ALL)
    person = room().people.get(PersonId(person_id))
    forms, keeps = _forms(person, guest), may(guest.person, Right.KEEP_PEOPLE).allowed
    here = f"/registry/people/{person.person_id}/change"
    ways = (Way(here, "Change the entry"),) if keeps else ()
    own = person.person_id == guest.person.person_id
    names = own or may(guest.person, Right.SEE_NAMES).allowed
    view = shown_people.person_view(person, now().date(), tuple(forms.values()), ways, names=names)
    return page("entry", view, guest)


@app.on("/registry/people/{person_id}", "POST")
def person_sent(call: Call, person_id: str) -> Answer:
    """Record one thing about somebody: status, training, acceptance, leave or delegation."""
    guest = visitor_about(call, person_id, Right.KEEP_PEOPLE)
    sent = sent_by(call, guest)
    name = first(sent, "act")
    person = room().people.get(PersonId(person_id))
    form = _forms(person, guest).get(name)
    if form is None:
        raise NotFoundError("There is nothing like that for you to do here; reload the page.")
    body = {field.name: first(sent, field.name) for field in form.fields}
    try:
        acts.ACTS[name](person.person_id, body, guest.person)
    except Exception as error:  # noqa: BLE001 - what is no fault of the form is raised again
        return again(form, sent, error, guest)
    return _shown(person_id)


@app.on("/registry/people/{person_id}/change")
def change_person_page(call: Call, person_id: str) -> Answer:
    """The form to change somebody's particulars."""
    guest = visitor(call, Right.KEEP_PEOPLE)
    return page("form", person_forms.entry_form(room().people.get(PersonId(person_id))), guest)


@app.on("/registry/people/{person_id}/change", "POST")
def change_person_sent(call: Call, person_id: str) -> Answer:
    """Change somebody's particulars."""
    guest = visitor(call, Right.KEEP_PEOPLE)
    sent = sent_by(call, guest)
    person = room().people.get(PersonId(person_id))
    try:
        acts.changed(person.person_id, person_forms.entry_body(sent), guest.person)
    except Exception as error:  # noqa: BLE001 - what is no fault of the form is raised again
        return again(person_forms.entry_form(person, sent), sent, error, guest)
    return _shown(person_id)


@app.on("/registry/leavers")
def leavers_page(call: Call) -> Answer:
    """The form that a leaver file is pasted into."""
    return page("form", person_forms.leavers_form(), visitor(call, Right.KEEP_PEOPLE))


@app.on("/registry/leavers", "POST")
def leavers_sent(call: Call) -> Answer:
    """Tell what would happen, or take the leavers' access away."""
    guest = visitor(call, Right.KEEP_PEOPLE)
    sent = sent_by(call, guest)
    body = {"csv": first(sent, "csv"), "dry_run": first(sent, "how") != "do"}
    try:
        outcome, dry_run = acts.leavers_read(body, guest.person)
    except Exception as error:  # noqa: BLE001 - what is no fault of the form is raised again
        return again(person_forms.leavers_form(), sent, error, guest)
    return page("entry", shown_people.leavers_view(outcome, dry_run=dry_run), guest)


def _forms(person: Person, guest: Visitor) -> dict[str, FormView]:
    """What this visitor may record about somebody."""
    forms = person_forms.act_forms(person)
    own = person.person_id == guest.person.person_id
    allowed = acts.OWN | acts.ONLY_OWN if own else frozenset()
    if may(guest.person, Right.KEEP_PEOPLE).allowed:
        allowed |= forms.keys() - acts.ONLY_OWN
    return {name: form for name, form in forms.items() if name in allowed}


def _shown(person_id: str) -> Answer:
    return see_other(f"/registry/people/{person_id}")
