"""Appeals in the whole force: begun by a post, found by comms, watched by the clock."""

import json
from typing import Any

from shared.posts.life import State
from shared.posts.names import PostId
from tests.workflows.force import Force

MISSING = "Have you seen this man? Details:"
PAGE = "https://www.staffordshire.police.uk/appeals/2026/missing-{}"
HOME = "Found, safe and well. Thank you for sharing."


def appeal(force: Force, case: str, **more: Any) -> PostId:
    """A post that looks for somebody, and stands on the sandbox."""
    post_id = force.submit(f"{MISSING} {PAGE.format(case)}", **more)
    assert force.until(post_id) is State.PUBLISHED
    return post_id


def seen(force: Force, appeal_id: str) -> dict[str, Any]:
    """How it stands, as comms see it."""
    heard = force.comms.get(f"/v1/appeals/{appeal_id}")
    assert heard.status == 200, heard.text
    return dict(heard.json())


def done(force: Force, appeal_id: str, what: str, status: int = 200, **body: Any) -> dict[str, Any]:
    """What comms did about it."""
    heard = force.comms.post_json(f"/v1/appeals/{appeal_id}/{what}", body)
    assert heard.status == status, heard.text
    return dict(heard.json())


def leaves(force: Force, appeal_id: str) -> list[str]:
    """The types of the leaves about it, in their order."""
    rows = force.stack.tables.outbox.scan(consistent_read=True)
    found = [json.loads(bytes(row.envelope)) for row in rows]
    about = [leaf for leaf in found if leaf["subject"] == f"appeal:{appeal_id}"]
    return [leaf["type"] for leaf in sorted(about, key=lambda leaf: str(leaf["id"]))]
