"""Legal holds as people ask for them, and what is asked about those over the API."""

from typing import Any

from local.force import AUDITOR, COMMS, DEPUTY, OFFICER, STANDARDS

HOLDS, NOWHERE = "/v1/holds", "01J0000000000000000000000A"
NEED = {"cause": "court", "reference": "Case 17", "why": "The court may ask."}
APPROVE, REFUSE = {"decision": "approve"}, {"decision": "refuse", "why": "Not needed."}


def ask_hold(force: Any, by: Any = COMMS, **more: Any) -> Any:
    """What somebody hears who asks for a legal hold; without more, of one month long over."""
    what = more or {"from": "2024-01", "to": "2024-01"}
    return force.caller(by.person_id).post_json(HOLDS, {**NEED, **what})


def decide_hold(force: Any, hold_id: str, by: Any = STANDARDS, **body: Any) -> Any:
    """What somebody hears who decides about what waits."""
    path = f"{HOLDS}/{hold_id}/decision"
    return force.caller(by.person_id).post_json(path, body or APPROVE)


def ask_release(force: Any, hold_id: str, by: Any = COMMS) -> Any:
    """What somebody hears who asks that a hold ends."""
    path = f"{HOLDS}/{hold_id}/release"
    return force.caller(by.person_id).post_json(path, {"why": "The case is over."})


def hold(force: Any, **more: Any) -> str:
    """The id of a hold that two people agreed on."""
    hold_id = str(ask_hold(force, **more).json()["hold_id"])
    heard = decide_hold(force, hold_id)
    assert heard.status == 200, heard.text
    return hold_id


def release(force: Any, hold_id: str) -> None:
    """Two people agree that it ends."""
    assert ask_release(force, hold_id).status == 200
    heard = decide_hold(force, hold_id)
    assert heard.status == 200, heard.text


class LegalHolding:
    """A force in which legal holds wait, were refused, and are in force."""

    def __init__(self, force: Any) -> None:
        self.waiting, self.own, self.refused = (
            str(ask_hold(force).json()["hold_id"]) for _ in range(3)
        )
        assert decide_hold(force, self.refused, DEPUTY, **REFUSE).status == 200
        self.standing, self.ending = hold(force), hold(force)
        assert ask_release(force, self.ending).status == 200


def legal_hold_examples(
    keeping: LegalHolding, sent: Any, refusals: Any
) -> dict[str, dict[int, Any]]:
    """`sent` makes a request, `refusals` what every operation that takes JSON refuses alike."""
    comms, second, auditor = COMMS.person_id, DEPUTY.person_id, AUDITOR.person_id
    need = {**NEED, "from": "2024-01", "to": None, "subject": "account:leek-npt"}
    one, decision = f"{HOLDS}/{keeping.waiting}", f"{HOLDS}/{keeping.waiting}/decision"
    release_path, why = f"{HOLDS}/{keeping.standing}/release", {"why": "The case is over."}
    return {
        "listLegalHolds": {
            200: sent(HOLDS, who=auditor),
            401: sent(HOLDS, who=""),
            403: sent(HOLDS, who=OFFICER.person_id),
        },
        "askLegalHold": {
            **refusals(HOLDS, comms),
            201: sent(HOLDS, need, comms),
            403: sent(HOLDS, need, auditor),
        },
        "getLegalHold": {
            200: sent(one, who=auditor),
            401: sent(one, who=""),
            403: sent(one, who=OFFICER.person_id),
            404: sent(f"{HOLDS}/{NOWHERE}", who=auditor),
        },
        "decideLegalHold": {
            **refusals(decision, second),
            200: sent(decision, APPROVE, second),
            403: sent(f"{HOLDS}/{keeping.own}/decision", APPROVE, comms),
            404: sent(f"{HOLDS}/{NOWHERE}/decision", APPROVE, second),
            409: sent(f"{HOLDS}/{keeping.refused}/decision", APPROVE, second),
        },
        "releaseLegalHold": {
            **refusals(release_path, second),
            200: sent(release_path, why, second),
            403: sent(release_path, why, auditor),
            404: sent(f"{HOLDS}/{NOWHERE}/release", why, second),
            409: sent(f"{HOLDS}/{keeping.ending}/release", why, second),
        },
    }
