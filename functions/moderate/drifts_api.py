"""The API of drifts: what stands on our accounts that is not from us, and how it came about."""

from moderate.drift_room import desk, drift_case_of, drifts_for
from moderate.drift_shapes import drift_shape, finding_in, silent_shape, whole_drift_shape
from moderate.settle_drift import close_drift, take_on
from moderate.takedown_room import app, guest_of, now
from shared.accounts.rights import Right, may_read_everything
from shared.http.application import Answer, json_answer
from shared.http.call import Call

PAGE = 50
CLOSED = "closed"


@app.on("/v1/drifts")
def drifts_api(call: Call) -> Answer:
    """Those that are open, or with `state=closed` those that are closed, newest first; and what
    could not be compared."""
    person = guest_of(call, Right.LOOK).person
    is_open = call.query.get("state") != CLOSED
    found = drifts_for(person, call.query.get("cursor"), PAGE, is_open=is_open)
    silent = desk().beats.silent() if may_read_everything(person) else ()
    return json_answer(
        {
            "drifts": [drift_shape(each) for each in found.entries],
            "not_compared": [silent_shape(each) for each in silent],
            "next": found.cursor,
        }
    )


@app.on("/v1/drifts/{drift_id}")
def drift_api(call: Call, drift_id: str) -> Answer:
    """One drift, with the words before and after."""
    person = guest_of(call, Right.LOOK).person
    return json_answer(whole_drift_shape(drift_case_of(drift_id, person)))


@app.on("/v1/drifts/{drift_id}/acknowledge", "POST")
def acknowledge_drift_api(call: Call, drift_id: str) -> Answer:
    """Say that you look after it, once."""
    person = guest_of(call, Right.SETTLE_DRIFT).person
    case = drift_case_of(drift_id, person)
    return json_answer(drift_shape(take_on(case.drift, person, drifts=desk().drifts, now=now())))


@app.on("/v1/drifts/{drift_id}/close", "POST")
def close_drift_api(call: Call, drift_id: str) -> Answer:
    """Say how it came about, once."""
    person = guest_of(call, Right.SETTLE_DRIFT).person
    finding = finding_in(call.json())
    case = drift_case_of(drift_id, person)
    closed = close_drift(case.drift, finding, person, drifts=desk().drifts, now=now())
    return json_answer(drift_shape(closed))
