"""Records with somebody else's words in them, and what is asked about erasing those."""

from typing import Any

from local.force import AUDITOR, COMMS, DEPUTY, OFFICER
from shared.posts.names import LeafId
from shared.recordlog.leaf import Act
from shared.records.log import recording
from shared.records.transaction import commit

ERASURES, NOWHERE = "/v1/erasures", "01J0000000000000000000000A"
WISH = {"basis": "objection", "why": "Request 17 of November."}


def remark(force: Any, author: str = "@somebody", words: str = "A remark.") -> LeafId:
    """A remark of the public was taken down, and is on record; the id of its leaf."""
    act = Act(
        type="takedown.done",
        account="leek-npt",
        subject="mention:sandbox/1",
        at=force.stack.clock.now(),
        actor=COMMS.person_id,
        approver=None,
        reason="house-rules",
        payload={"platform": "sandbox"},
        personal={"author": author, "text": words},
    )
    tables = force.stack.tables
    known = {row.leaf_id for row in tables.record_keys.scan()}
    commit(tables.connection, recording(tables, force.pen, act))
    [made] = {row.leaf_id for row in tables.record_keys.scan()} - known
    return LeafId(made)


def ask_erasure(force: Any, leaf_id: str, by: Any = COMMS) -> Any:
    """What somebody of the centre hears who asks that it be erased."""
    caller = force.caller(by.person_id)
    return caller.post_json(ERASURES, {"leaf_id": leaf_id, **WISH})


class Erasing:
    """A force in which something can be erased, something waits, and something was refused."""

    def __init__(self, force: Any) -> None:
        self.record = remark(force)
        self.taken = remark(force)
        self.waiting, self.other, self.refused = (
            str(ask_erasure(force, each).json()["erasure_id"])
            for each in (self.taken, remark(force), remark(force))
        )
        path, kept = f"{ERASURES}/{self.refused}/decision", {"decision": "refuse", "why": "Needed."}
        assert force.caller(DEPUTY.person_id).post_json(path, kept).status == 200


def erasure_examples(erasing: Erasing, sent: Any, refusals: Any) -> dict[str, dict[int, Any]]:
    """`sent` makes a request, `refusals` what every operation that takes JSON refuses alike."""
    comms, second, auditor = COMMS.person_id, DEPUTY.person_id, AUDITOR.person_id
    wish, approve = {"leaf_id": erasing.record, **WISH}, {"decision": "approve"}
    one, decision = f"{ERASURES}/{erasing.waiting}", f"{ERASURES}/{erasing.waiting}/decision"
    return {
        "listErasures": {
            200: sent(ERASURES, who=auditor),
            401: sent(ERASURES, who=""),
            403: sent(ERASURES, who=OFFICER.person_id),
        },
        "askErasure": {
            **refusals(ERASURES, comms),
            201: sent(ERASURES, wish, comms),
            403: sent(ERASURES, wish, auditor),
            409: sent(ERASURES, {**wish, "leaf_id": erasing.taken}, comms),
        },
        "getErasure": {
            200: sent(one, who=auditor),
            401: sent(one, who=""),
            403: sent(one, who=OFFICER.person_id),
            404: sent(f"{ERASURES}/{NOWHERE}", who=auditor),
        },
        "decideErasure": {
            **refusals(decision, second),
            200: sent(decision, approve, second),
            403: sent(f"{ERASURES}/{erasing.other}/decision", approve, comms),
            404: sent(f"{ERASURES}/{NOWHERE}/decision", approve, second),
            409: sent(f"{ERASURES}/{erasing.refused}/decision", approve, second),
        },
    }
