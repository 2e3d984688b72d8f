"""Asking for deletions, deciding about them, and turning the clock until they have their ending."""

import json
from typing import Any

from shared.posts.life import State
from shared.posts.names import PostId
from tests.workflows.force import Force, eventually

WRONG = {
    "ground": "prejudicial",
    "why": "It names the street of a witness.",
    "note": "We removed a post because it could harm an investigation.",
}


def a_published(force: Force, text: str) -> PostId:
    """A post that stands on the sandbox."""
    post_id = force.submit(text)
    assert force.until(post_id) is State.PUBLISHED
    return post_id


def asked(force: Force, *posts: PostId, **more: Any) -> str:
    """The id of a deletion that the officer asks for."""
    body = {**WRONG, "posts": [f"{post_id}-1" for post_id in posts], **more}
    heard = force.officer.post_json("/v1/deletions", body)
    assert heard.status == 201, heard.text
    return str(heard.json()["deletion_id"])


def decided(force: Force, deletion_id: str, decision: str = "approve") -> dict[str, Any]:
    """The deletion as the centre decided about it."""
    said = {"decision": decision, "reason": "I read it."}
    heard = force.comms.post_json(f"/v1/deletions/{deletion_id}/decision", said)
    assert heard.status == 200, heard.text
    return dict(heard.json())


def seen(force: Force, deletion_id: str) -> dict[str, Any]:
    """How it stands."""
    return dict(force.comms.get(f"/v1/deletions/{deletion_id}").json())


def carried_out(force: Force, deletion_id: str, seconds: float = 60) -> dict[str, Any]:
    """Turn the clock until it has its ending."""

    def over() -> dict[str, Any] | bool:
        found = seen(force, deletion_id)
        if found["state"] in {"removed", "partly_removed"}:
            return found
        force.turn(seconds=seconds)
        return False

    return eventually(over)  # type: ignore[return-value]


def leaves(force: Force, *types: str) -> list[dict[str, Any]]:
    """The leaves of these types that wait for the log, in its order."""
    rows = force.stack.tables.outbox.scan(consistent_read=True)
    found = [json.loads(bytes(row.envelope)) for row in rows]
    return sorted((f for f in found if f["type"] in types), key=lambda leaf: leaf["id"])
