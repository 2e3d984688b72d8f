"""The API of consents. Each parses, calls one deed, answers."""

from compose.keep_consent import agree, countersign, record, withdraw
from compose.picture_reading import check_agreed, check_empty, form_from, why_from
from compose.picture_room import app, now, require, room, visitor
from compose.picture_shapes import consent_shape, use_shape
from compose.telling_centre import tell, uses
from shared.accounts.rights import Right
from shared.http.application import Answer, json_answer
from shared.http.call import Call
from shared.identity.visitor import Visitor
from shared.posts.consents import Consent, staff_consent_id
from shared.posts.names import ConsentId


@app.on("/v1/consents", "POST")
def record_consent_api(call: Call) -> Answer:
    """Record that somebody agreed to be shown, and where the signed form lies."""
    guest, form = visitor(call, Right.WRITE), form_from(call.json())
    consent_id = ConsentId(room().pen.new_post_id(now()))
    consents = room().album.consents
    return _answer(record(form, guest.person, consents, consent_id=consent_id, now=now()), 201)


@app.on("/v1/consents/mine", "POST")
def agree_api(call: Call) -> Answer:
    """Agree to be shown yourself, as a member of staff."""
    guest = visitor(call, Right.OWN_ENTRY)
    check_agreed(call.json())
    return _answer(agree(guest.person, room().album.consents, now()), 201)


@app.on("/v1/consents")
def consents_api(call: Call) -> Answer:
    """Every consent, newest first."""
    visitor(call, Right.WRITE)
    found, today = room().album.consents.all(call.query.get("cursor")), now().date()
    shapes = [consent_shape(consent, today) for consent in found.entries]
    return json_answer({"consents": shapes, "next": found.cursor})


@app.on("/v1/consents/{consent_id}")
def consent_api(call: Call, consent_id: str) -> Answer:
    """One consent, and how it stands today."""
    visitor(call)
    return _answer(room().album.consents.get(ConsentId(consent_id)))


@app.on("/v1/consents/{consent_id}/posts")
def consent_posts_api(call: Call, consent_id: str) -> Answer:
    """The posts that show its pictures: what has to come down once it is taken back."""
    visitor(call, Right.READ_ALL)
    found = uses(room().album.consents.get(ConsentId(consent_id)))
    return json_answer({"posts": [use_shape(use.post, use.targets) for use in found]})


@app.on("/v1/consents/{consent_id}/countersignature", "POST")
def countersign_api(call: Call, consent_id: str) -> Answer:
    """Countersign a consent: an inspector or above, and not who obtained it."""
    guest = visitor(call, Right.WRITE)
    check_empty(call.json())
    consent = countersign(ConsentId(consent_id), guest.person, room().album.consents, now())
    tell(consent)
    return _answer(consent)


@app.on("/v1/consents/{consent_id}/withdrawal", "POST")
def withdraw_consent_api(call: Call, consent_id: str) -> Answer:
    """Note that somebody took their consent back."""
    guest = may_withdraw(call, consent_id)
    why = why_from(call.json())
    consent = withdraw(ConsentId(consent_id), why, guest.person, room().album.consents, now())
    tell(consent)
    return _answer(consent)


def may_withdraw(call: Call, consent_id: str) -> Visitor:
    """Whoever writes, and a member of staff about themselves; NotAllowedError."""
    guest = visitor(call, Right.OWN_ENTRY)
    if consent_id != staff_consent_id(guest.person.person_id):
        require(guest, Right.WRITE)
    return guest


def _answer(consent: Consent, status: int = 200) -> Answer:
    place = {"Location": f"/v1/consents/{consent.consent_id}"} if status != 200 else {}  # noqa: PLR2004
    return json_answer(consent_shape(consent, now().date()), status, **place)
