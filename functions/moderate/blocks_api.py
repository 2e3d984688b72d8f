"""The API of blocks: who may not speak to an account, until when, and who looked at it again."""

from moderate.keep_block import ask_block, done_by_hand, lift, renew
from moderate.takedown_room import app, guest_of, now, room
from moderate.takedown_shapes import LONGEST_WHY, block_in, block_shape
from shared.accounts.rights import Right
from shared.http.application import Answer, json_answer
from shared.http.call import Call
from shared.http.fields import Fields, key_from

PAGE = 20


@app.on("/v1/blocks")
def blocks_api(call: Call) -> Answer:
    """Blocks, newest first."""
    guest_of(call, Right.READ_ALL)
    found = room().desk.blocks.listed(call.query.get("cursor"), PAGE)
    return json_answer(
        {"blocks": [block_shape(each) for each in found.entries], "next": found.cursor}
    )


@app.on("/v1/blocks", "POST")
def ask_block_api(call: Call) -> Answer:
    """Keep somebody from speaking to an account."""
    guest = guest_of(call, Right.BLOCK)
    key = key_from(call.headers.get("idempotency-key"))
    block = ask_block(block_in(call.json()), guest.person, desk=room().desk, now=now(), key=key)
    return json_answer(block_shape(block), 201, Location=f"/v1/blocks/{block.block_id}")


@app.on("/v1/blocks/{block_id}")
def block_api(call: Call, block_id: str) -> Answer:
    """One block."""
    guest_of(call, Right.READ_ALL)
    return json_answer(block_shape(room().desk.blocks.get(block_id)))


@app.on("/v1/blocks/{block_id}/lift", "POST")
def lift_block_api(call: Call, block_id: str) -> Answer:
    """Let them in again."""
    person = guest_of(call, Right.BLOCK).person
    why = _why_in(call)
    before = room().desk.blocks.get(block_id)
    return json_answer(block_shape(lift(before, why, person, desk=room().desk, now=now())))


@app.on("/v1/blocks/{block_id}/renew", "POST")
def renew_block_api(call: Call, block_id: str) -> Answer:
    """Keep it, and say when it is looked at again."""
    person = guest_of(call, Right.BLOCK).person
    fields = Fields(call.json())
    review_on = fields.maybe_day("review_on")
    why = fields.text("why", longest=LONGEST_WHY)
    fields.done()
    before = room().desk.blocks.get(block_id)
    after = renew(before, review_on, why, person, desk=room().desk, now=now())
    return json_answer(block_shape(after))


@app.on("/v1/blocks/{block_id}/by-hand", "POST")
def blocked_by_hand_api(call: Call, block_id: str) -> Answer:
    """Say that you blocked them, or let them in, where no machine could."""
    person = guest_of(call, Right.BLOCK).person
    why = _why_in(call)
    before = room().desk.blocks.get(block_id)
    after = done_by_hand(before, why, person, desk=room().desk, now=now())
    return json_answer(block_shape(after))


def _why_in(call: Call) -> str:
    fields = Fields(call.json())
    why = fields.text("why", longest=LONGEST_WHY)
    fields.done()
    return why
