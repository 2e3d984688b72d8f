"""The API of legal holds: asking for one or for its end, and the word of a second person."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from moderate.keep_for_court import HoldDesk, Need, approve, ask, ask_release, refuse
from moderate.room import app, guest_of, now, room
from shared.accounts.rights import Right
from shared.http.application import Answer, json_answer
from shared.http.call import Call
from shared.http.fields import Fields
from shared.http.shapes import stamp
from shared.months.errors import BadMonthError
from shared.months.legal_hold import Cause, LegalHold, Scope, Word
from shared.months.month import Month, read_month
from shared.posts.names import LegalHoldId
from shared.records.legal_holds import LegalHolds

LONGEST_WHY, LONGEST_REFERENCE, LONGEST_SUBJECT = 2_000, 200, 80
APPROVE, REFUSE = "approve", "refuse"
NO_WHY = "Say why. Do not name anybody here: this sentence stays on record."
NO_REFERENCE = "Give the number of the case or the request."


@cache
def desk() -> HoldDesk:
    """What asking and deciding need."""
    return HoldDesk(LegalHolds(room().kept, room().pen), room().pen)


@app.on("/v1/holds")
def holds_api(call: Call) -> Answer:
    """Every legal hold that was asked for, newest first."""
    guest_of(call, Right.READ_ALL)
    return json_answer({"holds": [legal_hold_shape(each) for each in desk().holds.all()]})


@app.on("/v1/holds", "POST")
def ask_hold_api(call: Call) -> Answer:
    """Ask that months, or what is about somebody, be kept; somebody else has to approve it."""
    guest = guest_of(call, Right.HOLD)
    hold = ask(need_in(call.json()), by=guest.person, desk=desk(), now=now())
    return json_answer(legal_hold_shape(hold), 201, Location=f"/v1/holds/{hold.hold_id}")


@app.on("/v1/holds/{hold_id}")
def hold_api(call: Call, hold_id: str) -> Answer:
    """One legal hold, and how it stands."""
    guest_of(call, Right.READ_ALL)
    return json_answer(legal_hold_shape(desk().holds.get(LegalHoldId(hold_id))))


@app.on("/v1/holds/{hold_id}/decision", "POST")
def decide_hold_api(call: Call, hold_id: str) -> Answer:
    """Approve or refuse what somebody else asked for: the hold, or its end."""
    guest = guest_of(call, Right.HOLD)
    fields = Fields(call.json())
    choice = fields.one_of("decision", (APPROVE, REFUSE))
    why = (fields.maybe_text("why", longest=LONGEST_WHY) or "").strip()
    if choice == REFUSE and not why:
        fields.wrong("why", NO_WHY)
    fields.done()
    named = LegalHoldId(hold_id)
    if choice == REFUSE:
        after = refuse(named, why, by=guest.person, desk=desk(), now=now())
    else:
        after = approve(named, by=guest.person, desk=desk(), now=now())
    return json_answer(legal_hold_shape(after))


@app.on("/v1/holds/{hold_id}/release", "POST")
def release_hold_api(call: Call, hold_id: str) -> Answer:
    """Ask that a hold ends; it goes on until professional standards approve that."""
    guest = guest_of(call, Right.HOLD)
    fields = Fields(call.json())
    why = _why_in(fields)
    fields.done()
    after = ask_release(LegalHoldId(hold_id), why, by=guest.person, desk=desk(), now=now())
    return json_answer(legal_hold_shape(after))


def need_in(body: Mapping[str, Any]) -> Need:
    """Reads `POST /v1/holds`; InvalidFieldsError names every fault, NothingHeldError."""
    fields = Fields(body)
    cause = fields.one_of("cause", tuple(each.value for each in Cause))
    reference = fields.text("reference", longest=LONGEST_REFERENCE)
    if not reference.strip():
        fields.wrong("reference", NO_REFERENCE)
    why = _why_in(fields)
    first, last = _month_in(fields, "from"), _month_in(fields, "to")
    subject = fields.maybe_text("subject", longest=LONGEST_SUBJECT)
    fields.done()
    return Need(Cause(cause), reference, Scope(first, last, subject or None), why)


def _why_in(fields: Fields) -> str:
    why = fields.text("why", longest=LONGEST_WHY)
    if not why.strip():
        fields.wrong("why", NO_WHY)
    return why


def _month_in(fields: Fields, name: str) -> Month | None:
    text = fields.maybe_text(name, longest=LONGEST_REFERENCE)
    try:
        return read_month(text) if text else None
    except BadMonthError as error:
        fields.wrong(name, str(error))
        return None


def legal_hold_shape(hold: LegalHold) -> dict[str, Any]:
    """One legal hold, and every word that was said about it."""
    first, last = hold.scope.first, hold.scope.last
    return {
        "hold_id": hold.hold_id,
        "cause": hold.cause.value,
        "reference": hold.reference,
        "from": str(first) if first else None,
        "to": str(last) if last else None,
        "subject": hold.scope.subject,
        "state": hold.state.value,
        "in_force": hold.in_force,
        "asked": _word_shape(hold.asked),
        "decided": _word_shape(hold.decided),
        "release_asked": _word_shape(hold.release_asked),
        "release_decided": _word_shape(hold.release_decided),
        "placed": [str(each) for each in sorted(hold.placed)],
        "released_at": stamp(hold.released_at),
    }


def _word_shape(word: Word | None) -> dict[str, Any] | None:
    if word is None:
        return None
    return {"by": word.by, "at": stamp(word.at), "why": word.why or None}
