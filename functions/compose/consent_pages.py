"""The pages of consents. GET shows, POST acts."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from compose.consents_api import may_withdraw
from compose.keep_consent import agree, countersign, record, withdraw
from compose.picture_forms import agree_form, consent_form, filled
from compose.picture_reading import form_from, why_from
from compose.picture_room import FORM, app, now, page, room, visitor
from compose.picture_shown import consent_view, consents_view
from compose.picture_translate import translate
from compose.telling_centre import tell, uses
from shared.accounts.rights import Right
from shared.http.application import Answer, see_other
from shared.http.call import Call
from shared.http.problems import ConflictError, InvalidFieldsError, ProblemError
from shared.identity.visitor import Visitor
from shared.pages.forms import first
from shared.pages.parts import FieldError
from shared.pages.registry_views import EntryView, FormView, Way
from shared.posts.consents import Consent, staff_consent_id
from shared.posts.names import ConsentId

Texts = Mapping[str, Sequence[str]]


@app.on("/consents")
def consents_page(call: Call) -> Answer:
    """Every consent, newest first."""
    guest = visitor(call, Right.WRITE)
    found, today = room().album.consents.all(call.query.get("cursor")), now().date()
    mine = staff_consent_id(guest.person.person_id)
    own = room().album.consents.several([mine]).get(mine)
    agreed = own is not None and own.withdrawal is None
    ways = (
        Way("/consents/new", "Record a consent"),
        Way(f"/consents/{mine}", "Your own") if agreed else Way("/consents/mine", "Your own"),
        Way("/pictures", "Your pictures"),
    )
    return page("registry", consents_view(found.entries, found.cursor, today, ways), guest)


@app.on("/consents/mine")
def own_consent_page(call: Call) -> Answer:
    """The form to agree to be shown yourself."""
    return page("form", agree_form(), visitor(call, Right.OWN_ENTRY))


@app.on("/consents/mine", "POST")
def own_consent_sent(call: Call) -> Answer:
    """Agree to be shown yourself."""
    guest = visitor(call, Right.OWN_ENTRY)
    _sent(call, guest)
    consent = agree(guest.person, room().album.consents, now())
    return see_other(f"/consents/{consent.consent_id}")


@app.on("/consents/new")
def new_consent_page(call: Call) -> Answer:
    """The form to record a consent."""
    return page("form", consent_form(), visitor(call, Right.WRITE))


@app.on("/consents/new", "POST")
def new_consent_sent(call: Call) -> Answer:
    """Record that somebody agreed to be shown, and where the signed form lies."""
    guest = visitor(call, Right.WRITE)
    sent = _sent(call, guest)
    body: dict[str, Any] = {name: first(sent, name) for name in ("reference", "purpose")}
    body |= {"given_on": first(sent, "given_on"), "guardian": "yes" in sent.get("guardian", ())}

    def kept() -> Consent:
        consent_id = ConsentId(room().pen.new_post_id(now()))
        consents = room().album.consents
        return record(form_from(body), guest.person, consents, consent_id=consent_id, now=now())

    form = filled(consent_form(), sent)
    return _done(kept, lambda errors: page("form", replace(form, errors=errors), guest, 422))


@app.on("/consents/{consent_id}")
def consent_page(call: Call, consent_id: str) -> Answer:
    """One consent, and which posts show its pictures."""
    guest = visitor(call)
    return page("entry", _shown(ConsentId(consent_id), guest), guest)


@app.on("/consents/{consent_id}", "POST")
def consent_sent(call: Call, consent_id: str) -> Answer:
    """Countersign it, or note that it was taken back."""
    name = ConsentId(consent_id)
    guest = may_withdraw(call, consent_id)
    sent = _sent(call, guest)

    def done() -> Consent:
        consents, at = room().album.consents, now()
        if first(sent, "act") == "countersign":
            after = countersign(name, guest.person, consents, at)
        else:
            why = why_from({"why": first(sent, "why")})
            after = withdraw(name, why, guest.person, consents, at)
        tell(after)
        return after

    def again(errors: tuple[FieldError, ...]) -> Answer:
        view = _shown(name, guest)
        forms = tuple(_told(form, first(sent, "act"), errors) for form in view.forms)
        return page("entry", replace(view, forms=forms, notice=errors[0].sentence), guest, 422)

    return _done(done, again)


def _shown(consent_id: ConsentId, guest: Visitor) -> EntryView:
    consent = room().album.consents.get(consent_id)
    return consent_view(consent, uses(consent), guest.person, now().date())


def _told(form: FormView, act: str, errors: tuple[FieldError, ...]) -> FormView:
    return replace(form, errors=errors) if form.act == act else form


def _done(deed: Callable[[], Consent], again: Callable[[tuple[FieldError, ...]], Answer]) -> Answer:
    """On to the consent as it stands; or back to the form, with what is wrong."""
    try:
        consent = deed()
    except Exception as error:
        problem = error if isinstance(error, ProblemError) else translate(error)
        if isinstance(problem, ConflictError):
            return again((FieldError("", problem.sentence),))
        if not isinstance(problem, InvalidFieldsError):
            raise
        return again(tuple(FieldError(fault.field, fault.sentence) for fault in problem.faults))
    return see_other(f"/consents/{consent.consent_id}")


def _sent(call: Call, guest: Visitor) -> Texts:
    fields = call.form()
    guest.check_form(FORM, first(fields, "csrf"))
    return fields
