"""The approver's API: one approval, and deciding it once."""

from dataclasses import replace

from moderate import shown
from moderate.choosing import choice_from_json
from moderate.decide import Seat, decide
from moderate.doors import post_named, queue_door
from moderate.room import app, guest_of, now, room
from moderate.whereabouts import device_of, network_of
from shared.accounts.rights import Right
from shared.http.application import Answer, json_answer
from shared.http.call import Call
from shared.records.approval import LEADS_TO, Way


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
    seat = Seat(door.person, Way.QUEUE, None, network_of(call), device_of(call))
    approval = decide(door.case, choice, seat, room().bench, now())
    stands = replace(
        door.post, state=LEADS_TO[choice.decision], reason=choice.reason or door.post.reason
    )
    return json_answer(shown.approval_shape(approval, stands))
