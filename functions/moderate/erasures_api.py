"""The API of erasures: asking for one, and the word of a second person."""

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from moderate.erase import ErasureDesk, Wish, approve, ask, refuse
from moderate.room import app, guest_of, now, room
from shared.accounts.rights import Right
from shared.http.application import Answer, json_answer
from shared.http.call import Call
from shared.http.fields import Fields
from shared.http.shapes import stamp
from shared.posts.names import ErasureId, LeafId
from shared.recordlog.erasure import Basis, Erasure
from shared.records.erasures import Erasures

LONGEST_WHY = 2_000
LEAF = re.compile("[0-9A-HJKMNP-TV-Z]{26}", re.ASCII)
APPROVE, REFUSE = "approve", "refuse"
NO_WHY = "Say why. Do not name the person here: this sentence stays on record."


@cache
def desk() -> ErasureDesk:
    """What asking and deciding need."""
    return ErasureDesk(Erasures(room().kept, room().pen), room().pen)


@app.on("/v1/erasures")
def erasures_api(call: Call) -> Answer:
    """Every erasure that was asked for, newest first."""
    guest_of(call, Right.READ_ALL)
    return json_answer({"erasures": [erasure_shape(each) for each in desk().erasures.all()]})


@app.on("/v1/erasures", "POST")
def ask_erasure_api(call: Call) -> Answer:
    """Ask that the sealed text of one record be erased; somebody else has to approve it."""
    guest = guest_of(call, Right.ERASE)
    erasure = ask(wish_in(call.json()), by=guest.person, desk=desk(), now=now())
    at = f"/v1/erasures/{erasure.erasure_id}"
    return json_answer(erasure_shape(erasure), 201, Location=at)


@app.on("/v1/erasures/{erasure_id}")
def erasure_api(call: Call, erasure_id: str) -> Answer:
    """One erasure, and how it stands."""
    guest_of(call, Right.READ_ALL)
    return json_answer(erasure_shape(desk().erasures.get(ErasureId(erasure_id))))


@app.on("/v1/erasures/{erasure_id}/decision", "POST")
def decide_erasure_api(call: Call, erasure_id: str) -> Answer:
    """Approve what somebody else asked for, or refuse it; the text goes within the hour."""
    guest = guest_of(call, Right.ERASE)
    fields = Fields(call.json())
    choice = fields.one_of("decision", (APPROVE, REFUSE))
    why = (fields.maybe_text("why", longest=LONGEST_WHY) or "").strip()
    if choice == REFUSE and not why:
        fields.wrong("why", NO_WHY)
    fields.done()
    named = ErasureId(erasure_id)
    if choice == REFUSE:
        after = refuse(named, why, by=guest.person, desk=desk(), now=now())
    else:
        after = approve(named, by=guest.person, desk=desk(), now=now())
    return json_answer(erasure_shape(after))


def wish_in(body: Mapping[str, Any]) -> Wish:
    """Reads `POST /v1/erasures`; InvalidFieldsError names every fault."""
    fields = Fields(body)
    leaf_id = fields.text("leaf_id", like=LEAF)
    basis = fields.one_of("basis", tuple(each.value for each in Basis))
    why = fields.text("why", longest=LONGEST_WHY)
    if not why.strip():
        fields.wrong("why", NO_WHY)
    fields.done()
    return Wish(LeafId(leaf_id), Basis(basis), why)


def erasure_shape(erasure: Erasure) -> dict[str, Any]:
    """One erasure; the text itself is nowhere in it."""
    return {
        "erasure_id": erasure.erasure_id,
        "leaf_id": erasure.leaf_id,
        "basis": erasure.basis.value,
        "why": erasure.why,
        "state": erasure.state.value,
        "asked_by": erasure.asked_by,
        "asked_at": stamp(erasure.asked_at),
        "decided_by": erasure.decided_by,
        "decided_at": stamp(erasure.decided_at),
        "decided_why": erasure.decided_why or None,
        "done_at": stamp(erasure.done_at),
    }
