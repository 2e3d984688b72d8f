"""The API of takedowns: asking, appealing, deciding about that, and what was done by hand."""

from moderate.ask_takedown import ask_takedown
from moderate.decide_appeal import decide_appeal, enter_appeal
from moderate.takedown_by_hand import done_by_hand
from moderate.takedown_room import account_of, app, case_of, guest_of, now, room
from moderate.takedown_shapes import (
    choice_in,
    deeds_in,
    heard_in,
    takedown_shape,
    whole_shape,
    wish_in,
)
from shared.accounts.rights import Right, may, may_read
from shared.http.application import Answer, json_answer
from shared.http.call import Call
from shared.http.fields import key_from
from shared.http.problems import ForbiddenError
from shared.posts.names import AccountId
from shared.records.errors import NotFoundError

PAGE = 20
NAME_ONE = "Name an account of yours: only communications staff and those who audit see all."


@app.on("/v1/takedowns")
def takedowns_api(call: Call) -> Answer:
    """Takedowns, newest first: all, or those of one account."""
    person = guest_of(call, Right.LOOK).person
    name, cursor = AccountId(call.query.get("account", "")), call.query.get("cursor")
    if name:
        if not may_read(person, account_of(name)):
            raise NotFoundError("account", name)
        found = room().desk.takedowns.of_account(name, cursor, PAGE)
    elif may(person, Right.READ_ALL).allowed:
        found = room().desk.takedowns.listed(cursor, PAGE)
    else:
        raise ForbiddenError(NAME_ONE)
    shapes = [takedown_shape(each) for each in found.entries]
    return json_answer({"takedowns": shapes, "next": found.cursor})


@app.on("/v1/takedowns", "POST")
def ask_takedown_api(call: Call) -> Answer:
    """Have somebody else's comment taken down; the evidence is kept first."""
    guest = guest_of(call, Right.TAKE_DOWN)
    key = key_from(call.headers.get("idempotency-key"))
    wish = wish_in(call.json())
    takedown = ask_takedown(wish, guest.person, desk=room().desk, now=now(), key=key)
    at = f"/v1/takedowns/{takedown.takedown_id}"
    return json_answer(takedown_shape(takedown), 201, Location=at)


@app.on("/v1/takedowns/{takedown_id}")
def takedown_api(call: Call, takedown_id: str) -> Answer:
    """One takedown, with what was kept of the comment."""
    person = guest_of(call, Right.LOOK).person
    return json_answer(whole_shape(case_of(takedown_id, person)))


@app.on("/v1/takedowns/{takedown_id}/appeal", "POST")
def appeal_api(call: Call, takedown_id: str) -> Answer:
    """Enter an appeal, as it reached us."""
    person = guest_of(call, Right.TAKE_DOWN).person
    heard = heard_in(call.json())
    case = case_of(takedown_id, person)
    after = enter_appeal(
        case.takedown, heard, person, account=case.account, desk=room().desk, now=now()
    )
    return json_answer(takedown_shape(after))


@app.on("/v1/takedowns/{takedown_id}/appeal/decision", "POST")
def decide_appeal_api(call: Call, takedown_id: str) -> Answer:
    """Uphold the appeal or turn it down, once; never about your own takedown."""
    person = guest_of(call, Right.DECIDE_APPEAL).person
    choice = choice_in(call.json())
    case = case_of(takedown_id, person)
    after = decide_appeal(case.takedown, choice, person, desk=room().desk, now=now())
    return json_answer(takedown_shape(after))


@app.on("/v1/takedowns/{takedown_id}/by-hand", "POST")
def taken_down_by_hand_api(call: Call, takedown_id: str) -> Answer:
    """Say that you did what no machine could."""
    person = guest_of(call, Right.TAKE_DOWN).person
    deeds = deeds_in(call.json())
    case = case_of(takedown_id, person)
    after = done_by_hand(
        case.takedown, deeds, person, account=case.account, desk=room().desk, now=now()
    )
    return json_answer(takedown_shape(after))
