"""Disposals as people ask for them, and what is asked about those over the API."""

from typing import Any

from local.force import AUDITOR, COMMS, DEPUTY, OFFICER, STANDARDS
from shared.months.disposal import Disposal
from shared.months.legal_hold import Word
from shared.months.month import read_month
from shared.posts.names import DisposalId
from shared.records.disposals import Disposals, LastLook, Outlived
from tests.builders import a_pen

DISPOSALS, NOWHERE = "/v1/disposals", "01J0000000000000000000000A"
APPROVE, REFUSE = {"decision": "approve"}, {"decision": "refuse", "why": "It is needed."}


def ask_disposal(force: Any, month: object, by: Any = COMMS) -> Any:
    """What somebody hears who asks that a month goes."""
    wish = {"month": str(month), "why": "It is past its time."}
    return force.caller(by.person_id).post_json(DISPOSALS, wish)


def decide_disposal(force: Any, disposal_id: str, by: Any = STANDARDS, **body: Any) -> Any:
    """What somebody hears who decides about it."""
    path = f"{DISPOSALS}/{disposal_id}/decision"
    return force.caller(by.person_id).post_json(path, body or APPROVE)


class Disposing:
    """A force in which disposals wait and were refused, and one more month is past its time."""

    def __init__(self, force: Any) -> None:
        kept, now = Disposals(force.stack.tables, a_pen()), force.stack.clock.now()
        months = [read_month(f"2019-0{number}") for number in (1, 2, 3, 4)]
        seen = tuple(Outlived(each, "0" * 64, "posts", now) for each in months)
        kept.looked(LastLook(now, seen), now)
        ids = [DisposalId(f"01J000000000000000000000D{number}") for number in (1, 2, 3)]
        for disposal_id, month in zip(ids, months, strict=False):
            word = Word(COMMS.person_id, now, "It is past its time.")
            kept.ask(Disposal(disposal_id, month, "0" * 64, word))
        self.waiting, self.own, self.refused = ids
        assert decide_disposal(force, self.refused, DEPUTY, **REFUSE).status == 200


def disposal_examples(world: Disposing, sent: Any, refusals: Any) -> dict[str, dict[int, Any]]:
    """`sent` makes a request, `refusals` what every operation that takes JSON refuses alike."""
    comms, auditor = COMMS.person_id, AUDITOR.person_id
    wish = {"month": "2019-04", "why": "It is past its time."}
    one, decision = f"{DISPOSALS}/{world.waiting}", f"{DISPOSALS}/{world.waiting}/decision"
    return {
        "listDisposals": {
            200: sent(DISPOSALS, who=auditor),
            401: sent(DISPOSALS, who=""),
            403: sent(DISPOSALS, who=OFFICER.person_id),
        },
        "askDisposal": {
            **refusals(DISPOSALS, comms),
            201: sent(DISPOSALS, wish, comms),
            403: sent(DISPOSALS, wish, auditor),
            409: sent(DISPOSALS, {**wish, "month": "2019-01"}, comms),
        },
        "getDisposal": {
            200: sent(one, who=auditor),
            401: sent(one, who=""),
            403: sent(one, who=OFFICER.person_id),
            404: sent(f"{DISPOSALS}/{NOWHERE}", who=auditor),
        },
        "decideDisposal": {
            **refusals(decision, comms),
            200: sent(decision, REFUSE, comms),
            403: sent(f"{DISPOSALS}/{world.own}/decision", APPROVE, comms),
            404: sent(f"{DISPOSALS}/{NOWHERE}/decision", REFUSE, comms),
            409: sent(f"{DISPOSALS}/{world.refused}/decision", REFUSE, comms),
        },
    }
