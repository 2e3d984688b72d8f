"""Changing a status in place, language and alt texts included (PUT /api/v1/statuses/:id).

Mastodon takes away every picture that an edit does not name, so the status is asked for their ids.
"""

from typing import Any

from shared.platforms.base import Frozen, UnreachableError
from shared.platforms.mastodon.service import MastodonService
from shared.platforms.wire import Answer


class MastodonChanges(MastodonService):
    """One account on its server."""

    def change(self, platform_id: str, frozen: Frozen, /) -> Answer:
        """Other words for a status of ours; the same request again changes nothing."""
        fields: dict[str, Any] = {
            "status": frozen.request["text"],
            "language": frozen.request["fields"]["language"],
        }
        pictures = self._pictures(platform_id)
        if pictures:
            alts = [picture["alt"] for picture in frozen.request["pictures"]]
            pairs = zip(pictures, alts, strict=True)
            fields["media_ids"] = pictures
            fields["media_attributes"] = [{"id": one, "description": alt} for one, alt in pairs]
        return self._wire.send_json(
            "PUT", f"{self._base}/api/v1/statuses/{platform_id}", fields, self._signed
        )

    def _pictures(self, platform_id: str) -> list[str]:
        answer = self._read(f"/api/v1/statuses/{platform_id}")
        match answer.fields():
            case {"media_attachments": [*pictures]} if answer.ok:
                return [str(picture["id"]) for picture in pictures]
        raise UnreachableError(self.sentence(answer))
