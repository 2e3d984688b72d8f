"""Deletions in every state that the description of the API tells of."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from local.force import AUDITOR, COMMS, DEPUTY, OFFICER
from shared.posts.deletion import Deleted, DeletionState, DeletionTarget, Evidence, Removal
from shared.records.deletion_acts import act_on_deletion, act_on_target
from shared.records.deletions import Deletions

DELETIONS, NOWHERE = "/v1/deletions", "01J0000000000000000000000A"
WRONG = {
    "ground": "prejudicial",
    "why": "It names a witness.",
    "note": "We removed a post that could harm an investigation.",
}


class Deleting:
    """A force in which something can be asked for, something waits, and something was refused."""

    def __init__(self, force: Any) -> None:
        self._force = force
        self.free, self.taken, *rest = (self._published(number) for number in range(6))
        self._asked(self.taken)  # and nobody ever decides
        self.waiting, self.refused, self.left = (self._asked(post) for post in rest[:3])
        self._decided(self.refused, "refuse")
        self.at_once = self._asked(rest[3], COMMS, at_once=True)
        self._leave(rest[2], self.left)
        self.left_post = rest[2]

    def _published(self, number: int) -> str:
        post_id = self._force.submit(f"To be described and deleted, {number}.")
        self._force.until(post_id)
        return f"{post_id}-1"

    def _asked(self, post: str, by: Any = OFFICER, **more: Any) -> str:
        caller = self._force.caller(by.person_id)
        heard = caller.post_json(DELETIONS, {**WRONG, "posts": [post], **more})
        assert heard.status == 201, heard.text
        return str(heard.json()["deletion_id"])

    def _decided(self, deletion_id: str, decision: str) -> None:
        path = f"{DELETIONS}/{deletion_id}/decision"
        said = {"decision": decision, "reason": "Why not."}
        assert self._force.caller(DEPUTY.person_id).post_json(path, said).status == 200

    def _leave(self, post: str, deletion_id: str) -> None:
        """As a platform that refuses for hours would leave it, without the hours."""
        force, at = self._force, self._force.stack.clock.now()
        kept = Deletions(force.stack.tables, force.pen)
        asked = kept.get(deletion_id)
        begun = replace(asked, state=DeletionState.APPROVED)
        kept.change(asked, begun, act_on_deletion(begun, Deleted.APPROVED, at, {}))
        found = force.posts.get(post.partition("-")[0])
        evidence = Evidence(at, "Words.", None, "No answer.", (), "", "", at - timedelta(1), {})
        target = DeletionTarget(
            deletion_id,
            found.post_id,
            1,
            "sandbox",
            found.draft.account,
            Removal.CAPTURED,
            evidence,
        )
        proved = replace(target, place="console", state=Removal.PROVED)
        for each in (target, proved):
            act = act_on_target(begun, found, each.place, Deleted.EVIDENCE, at=at, payload={})
            kept.keep_evidence(each, act)
        act = act_on_target(begun, found, "sandbox", Deleted.LEFT, at=at, payload={})
        kept.advance(target, replace(target, state=Removal.LEFT, reason="No."), act)
        over = replace(begun, state=DeletionState.PARTLY_REMOVED, ended_at=at)
        kept.change(begun, over, act_on_deletion(over, Deleted.CONCLUDED, at, {}))


def deletion_examples(deleting: Deleting, sent: Any, refusals: Any) -> dict[str, dict[int, Any]]:
    """`sent` makes a request, `refusals` what every operation that takes JSON refuses alike."""
    officer, auditor = OFFICER.person_id, AUDITOR.person_id
    comms, second = COMMS.person_id, DEPUTY.person_id
    wish, approve = {**WRONG, "posts": [deleting.free]}, {"decision": "approve", "reason": None}
    agree = {"decision": "agree", "reason": "It was right."}
    hand = {"post": deleting.left_post, "place": "sandbox", "why": "I did it."}
    one, nowhere = f"{DELETIONS}/{deleting.waiting}", f"{DELETIONS}/{NOWHERE}"
    decision, review = f"{one}/decision", f"{DELETIONS}/{deleting.at_once}/review"
    by_hand = f"{DELETIONS}/{deleting.left}/by-hand"
    return {
        "listDeletions": {
            200: sent(DELETIONS, who=auditor),
            401: sent(DELETIONS, who=""),
            403: sent(DELETIONS, who=officer),
            422: sent(DELETIONS, query="cursor=zzz", who=comms),
        },
        "askDeletion": {
            **refusals(DELETIONS, officer),
            201: sent(DELETIONS, wish, officer),
            403: sent(DELETIONS, wish, auditor),
            404: sent(DELETIONS, {**wish, "posts": [f"{NOWHERE}-1"]}, officer),
            409: sent(DELETIONS, {**wish, "posts": [deleting.taken]}, officer),
        },
        "getDeletion": {
            200: sent(f"{DELETIONS}/{deleting.left}", who=auditor),
            401: sent(one, who=""),
            404: sent(nowhere, who=auditor),
        },
        "decideDeletion": {
            **refusals(decision, second),
            200: sent(decision, approve, second),
            403: sent(decision, approve, officer),
            404: sent(f"{nowhere}/decision", approve, second),
            409: sent(f"{DELETIONS}/{deleting.refused}/decision", approve, second),
        },
        "reviewDeletion": {
            **refusals(review, second),
            200: sent(review, agree, second),
            403: sent(review, agree, comms),
            404: sent(f"{nowhere}/review", agree, second),
            409: sent(f"{one}/review", agree, second),
        },
        "deletedByHand": {
            **refusals(by_hand, second),
            200: sent(by_hand, hand, second),
            403: sent(by_hand, hand, officer),
            404: sent(f"{nowhere}/by-hand", hand, second),
            409: sent(by_hand, {**hand, "place": "console"}, second),
        },
    }
