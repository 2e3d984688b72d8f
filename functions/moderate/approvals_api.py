"""The approver's API: what waits, one of it, and deciding it once."""

from moderate import shown
from moderate.decide import decide
from moderate.doors import choice_from_json, post_named, queue_door
from moderate.room import app, guest_of, now, room
from shared.accounts.rights import Right
from shared.http.application import Answer, json_answer
from shared.http.call import Call
from shared.records.approval import Way


@app.on("/v1/approvals")
def queue_api(call: Call) -> Answer:
    """What waits for a decision, longest waiting first."""
    guest_of(call)
    waiting = room().bench.approvals.queue()
    shapes = [shown.approval_shape(w.approval, w.post) for w in waiting]
    return json_answer({"approvals": shapes, "next": None})


@app.on("/v1/approvals/{post_id}/{version}")
def approval_api(call: Call, post_id: str, version: str) -> Answer:
    """One approval and its post."""
    door = queue_door(*post_named(f"{post_id}-{version}"), guest_of(call), room().snapshots)
    return json_answer(shown.approval_shape(door.approval, door.post))


@app.on("/v1/approvals/{post_id}/{version}/decision", "POST")
def decide_api(call: Call, post_id: str, version: str) -> Answer:
    """Decide, once."""
    guest = guest_of(call, Right.APPROVE)
    door = queue_door(*post_named(f"{post_id}-{version}"), guest, room().snapshots)
    choice = choice_from_json(call.json())
    approval = decide(
        door.post,
        door.approval,
        choice,
        by=door.person,
        way=Way.QUEUE,
        bench=room().bench,
        now=now(),
    )
    return json_answer(shown.approval_shape(approval, door.post))
