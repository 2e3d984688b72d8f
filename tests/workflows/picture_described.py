"""A request for every answer about pictures and consents that the description tells of."""

from typing import Any

from urllib3 import PoolManager

from local.force import AUDITOR, COMMANDER, COMMS, OFFICER, PCSO
from tests.unit.darkroom import planted
from tests.unit.darkroom.filmed import film

PICTURES, CONSENTS, VIDEOS = "/v1/pictures", "/v1/consents", "/v1/videos"
NOWHERE = "01J0000000000000000000000A"
OWN = "licence=own&shows=nobody"
JPEG = "image/jpeg"


class Shown:
    """A force with a picture, and consents in every standing."""

    def __init__(self, force: Any) -> None:
        self.force = force
        self.picture = self._picture()
        self.video = self._video()
        day = force.stack.clock.now().date().isoformat()
        self.form = {"reference": "CF/2026/17", "purpose": "The fair.", "given_on": day}
        self.waiting, self.signed, self.good, self.taken, self.back = (
            self._consent() for _ in range(5)
        )
        commander = force.caller(COMMANDER.person_id)
        for consent in (self.good, self.signed):
            commander.post_json(f"{CONSENTS}/{consent}/countersignature", {})
        force.officer.post_json(f"{CONSENTS}/{self.back}/withdrawal", {"why": "Rang us."})

    def _picture(self) -> str:
        heard = self.force.officer._call(
            "POST", f"{PICTURES}?{OWN}", planted.png(), {"Content-Type": "image/png"}
        )
        assert heard.status == 201, heard.text
        return str(heard.json()["id"])

    def _video(self) -> dict[str, str]:
        """One that was handed over, and what is to be said of it."""
        way = self.force.officer.post_json(
            f"{VIDEOS}/uploads", {"content_type": "video/mp4"}
        ).json()
        fields = {**way["fields"], "file": ("a.mp4", film(), "video/mp4")}
        answer = PoolManager().request("POST", way["address"], fields=fields, retries=False)
        assert answer.status == 201, answer.data
        return {"upload": way["upload"], "licence": "own", "shows": "nobody"}

    def _consent(self) -> str:
        heard = self.force.officer.post_json(CONSENTS, self.form)
        assert heard.status == 201, heard.text
        return str(heard.json()["id"])


def picture_examples(shown: Shown, sent: Any, refusals: Any) -> dict[str, dict[int, Any]]:
    """`sent` makes a request, `refusals` what every operation that takes JSON refuses alike."""
    one, jpeg = f"{PICTURES}/{shown.picture}", planted.jpeg()
    waiting, nowhere = f"{CONSENTS}/{shown.waiting}", f"{CONSENTS}/{NOWHERE}"
    taken, why = f"{CONSENTS}/{shown.taken}/withdrawal", {"why": "Rang us."}
    auditor, officer, inspector = AUDITOR.person_id, OFFICER.person_id, COMMANDER.person_id
    sign = "countersignature"

    def picture(data: bytes, who: str = officer, kind: str = JPEG, query: str = OWN) -> Any:
        return sent(PICTURES, data, who, kind, query=query)

    return {
        "uploadPicture": {
            201: picture(jpeg),
            401: picture(jpeg, ""),
            403: picture(jpeg, auditor),
            413: picture(jpeg + bytes(4_400_000)),
            415: picture(b"hello", kind="text/plain"),
            422: picture(jpeg, query="licence=cc_by&shows=nobody"),
        },
        "handVideoOver": {
            **refusals(f"{VIDEOS}/uploads"),
            201: sent(f"{VIDEOS}/uploads", {"content_type": "video/mp4"}),
            403: sent(f"{VIDEOS}/uploads", {"content_type": "video/mp4"}, auditor),
        },
        "takeVideoIn": {
            **refusals(VIDEOS),
            201: sent(VIDEOS, shown.video),
            403: sent(VIDEOS, shown.video, auditor),
        },
        "listPictures": {
            200: sent(PICTURES),
            401: sent(PICTURES, who=""),
            422: sent(PICTURES, query="cursor=zzz"),
        },
        "readPicture": {
            200: sent(one),
            401: sent(one, who=""),
            404: sent(f"{PICTURES}/{NOWHERE}"),
        },
        "recordConsent": {
            **refusals(CONSENTS),
            201: sent(CONSENTS, shown.form),
            403: sent(CONSENTS, shown.form, auditor),
        },
        "agreeToBeShown": {
            **refusals(f"{CONSENTS}/mine"),
            201: sent(f"{CONSENTS}/mine", {"agree": True}, PCSO.person_id),
        },
        "listConsents": {
            200: sent(CONSENTS),
            401: sent(CONSENTS, who=""),
            403: sent(CONSENTS, who=auditor),
            422: sent(CONSENTS, query="cursor=zzz"),
        },
        "readConsent": {200: sent(waiting), 401: sent(waiting, who=""), 404: sent(nowhere)},
        "listConsentPosts": {
            200: sent(f"{waiting}/posts", who=COMMS.person_id),
            401: sent(f"{waiting}/posts", who=""),
            403: sent(f"{waiting}/posts"),
            404: sent(f"{nowhere}/posts", who=COMMS.person_id),
        },
        "countersignConsent": {
            **refusals(f"{waiting}/{sign}"),
            200: sent(f"{waiting}/{sign}", {}, inspector),
            422: sent(f"{waiting}/{sign}", {"sure": True}, inspector),
            403: sent(f"{CONSENTS}/{shown.good}/{sign}", {}),
            404: sent(f"{nowhere}/{sign}", {}, inspector),
            409: sent(f"{CONSENTS}/{shown.signed}/{sign}", {}, inspector),
        },
        "withdrawConsent": {
            **refusals(taken),
            200: sent(taken, why),
            403: sent(taken, why, auditor),
            404: sent(f"{nowhere}/withdrawal", why),
            409: sent(f"{CONSENTS}/{shown.back}/withdrawal", why),
        },
    }
