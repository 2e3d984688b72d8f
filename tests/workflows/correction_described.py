"""A post that can be put right, and one that was, for the description of the API."""

from typing import Any

from local.force import AUDITOR, OFFICER

CORRECTIONS, NOWHERE = "/v1/corrections", "01J0000000000000000000000A"
RIGHT = {"words": "It is the A53 that is closed.", "wrong": "We named the wrong road."}
KEY = {"Idempotency-Key": "corrected"}


class Correcting:
    """A force that has said something wrong, and has put it right once."""

    def __init__(self, force: Any) -> None:
        post_id = force.submit("To be described and put right.")
        force.until(post_id)
        self.wrong = f"{post_id}-1"
        wish = {"post": self.wrong, **RIGHT, "words": "Put right once."}
        heard = force.officer.post_json(CORRECTIONS, wish, **KEY)
        assert heard.status == 202, heard.text


def correction_examples(correcting: Correcting, sent: Any, refusals: Any) -> dict[str, Any]:
    """`sent` makes a request, `refusals` what every operation that takes JSON refuses alike."""
    officer, auditor = OFFICER.person_id, AUDITOR.person_id
    wish = {"post": correcting.wrong, **RIGHT}
    return {
        "listCorrections": {
            200: sent(CORRECTIONS, query=f"post={correcting.wrong}", who=auditor),
            401: sent(CORRECTIONS, query=f"post={correcting.wrong}", who=""),
            404: sent(CORRECTIONS, query=f"post={NOWHERE}-1", who=officer),
        },
        "correctPost": {
            **refusals(CORRECTIONS, officer),
            202: sent(CORRECTIONS, wish, officer),
            403: sent(CORRECTIONS, wish, auditor),
            404: sent(CORRECTIONS, {**wish, "post": f"{NOWHERE}-1"}, officer),
            409: sent(CORRECTIONS, wish, officer, headers=KEY),
        },
    }
