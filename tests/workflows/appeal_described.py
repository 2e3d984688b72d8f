"""An appeal that goes on, and one that is closed, for the description of the API."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from local.force import AUDITOR, COMMS, DEPUTY, OFFICER
from shared.posts.appeal import Appealed, AppealState, Said
from shared.posts.localtime import local
from shared.posts.names import PostId
from shared.records.appeal_entries import act_on_appeal
from shared.records.appeals import Appeals
from shared.records.transaction import commit

APPEALS, NOWHERE = "/v1/appeals", "01J0000000000000000000000A"
GROUP = "https://group.example/posts/7"
WORDS = {"words": "Found, safe and well."}


class Appealing:
    """A force that looks for somebody, and has looked for somebody else."""

    def __init__(self, force: Any) -> None:
        self.open = force.submit("Have you seen this man, who is described?")
        self.closed = force.submit("Have you seen this woman, who is described?")
        for post_id in (self.open, self.closed):
            force.until(post_id)
        appeals, now = Appeals(force.stack.tables, force.pen), force.stack.clock.now()
        before = appeals.get(PostId(self.closed))
        said = Said(COMMS.person_id, now, "All home.")
        after = replace(before, state=AppealState.CLOSED, found=said, closed=said)
        appeals.change(before, after, act_on_appeal(after, Appealed.CLOSED, now, {}))
        self.over = force.pen.new_post_id(now)  # nothing of it stands: it can be closed
        over = replace(after, appeal_id=self.over, state=AppealState.FOUND, closed=None)
        commit(force.stack.tables.connection, [appeals.opening(over)])
        self.until = (local(now).date() + timedelta(days=10)).isoformat()


def appeal_examples(appealing: Appealing, sent: Any, refusals: Any) -> dict[str, Any]:
    """`sent` makes a request, `refusals` what every operation that takes JSON refuses alike."""
    comms, auditor = COMMS.person_id, AUDITOR.person_id

    def acts(what: str, body: dict[str, Any], ok: int = 200) -> dict[int, Any]:
        here, closed, nowhere = (
            f"{APPEALS}/{each}/{what}" for each in (appealing.open, appealing.closed, NOWHERE)
        )
        return {
            **refusals(here, comms),
            ok: sent(here, body, comms),
            403: sent(here, body, auditor),
            404: sent(nowhere, body, comms),
            409: sent(closed, body, comms),
        }

    closing = acts("close", {"why": "All home."})
    closing[200] = sent(f"{APPEALS}/{appealing.over}/close", {"why": "All home."}, comms)
    later = {"until": appealing.until, "why": "There are new pictures."}
    return {
        "listAppeals": {
            200: sent(APPEALS, who=OFFICER.person_id),
            401: sent(APPEALS, who=""),
            422: sent(APPEALS, query="cursor=zzz", who=comms),
        },
        "getAppeal": {
            200: sent(f"{APPEALS}/{appealing.closed}", who=auditor),
            401: sent(f"{APPEALS}/{appealing.closed}", who=""),
            404: sent(f"{APPEALS}/{NOWHERE}", who=comms),
        },
        "extendAppeal": acts("extend", later),
        "handAppealOver": acts("owner", {"email": DEPUTY.email}),
        "appealFound": acts("found", WORDS, 202),
        "keepAppealCopy": acts("copies", {"address": GROUP, "note": "A village group."}),
        "closeAppeal": closing,
    }
