"""The API of exceptions: what is not as we published it, and how it came about."""

from moderate.close_exception import close_exception
from moderate.deletion_room import app, exception_for, guest_of, now, room
from moderate.exception_shapes import exception_shape, unlooked_shape, wish_in
from shared.accounts.rights import Right
from shared.http.application import Answer, json_answer
from shared.http.call import Call

PAGE = 20
CLOSED = "closed"


@app.on("/v1/exceptions")
def exceptions_api(call: Call) -> Answer:
    """Those that are open, or with `state=closed` those that are closed, newest first; and what
    could not be looked at."""
    guest_of(call, Right.READ_ALL)
    is_open = call.query.get("state") != CLOSED
    found = room().exceptions.all(call.query.get("cursor"), PAGE, is_open=is_open)
    return json_answer(
        {
            "exceptions": [exception_shape(each) for each in found.entries],
            "not_looked_at": [unlooked_shape(each) for each in room().rounds.silent()],
            "next": found.cursor,
        }
    )


@app.on("/v1/exceptions/{exception_id}")
def exception_api(call: Call, exception_id: str) -> Answer:
    """One exception, with the words that we published."""
    person = guest_of(call, Right.LOOK).person
    return json_answer(exception_shape(exception_for(exception_id, person)[0]))


@app.on("/v1/exceptions/{exception_id}/close", "POST")
def close_exception_api(call: Call, exception_id: str) -> Answer:
    """Say how it came about, once."""
    person = guest_of(call, Right.DECIDE_DELETION).person
    wish = wish_in(call.json())
    found, _ = exception_for(exception_id, person)
    closed = close_exception(
        found,
        wish,
        person,
        exceptions=room().exceptions,
        publications=room().desk.publications,
        now=now(),
    )
    return json_answer(exception_shape(closed))
