"""Changing the commentary of an organisation's post (Posts API, partial update).

Pictures and their alt texts stay as they are: LinkedIn changes the words alone.
"""

from urllib.parse import quote

from shared.platforms.base import Frozen
from shared.platforms.linkedin.door import VERSIONED
from shared.platforms.linkedin.little import written
from shared.platforms.linkedin.service import LinkedInService
from shared.platforms.wire import Answer

PARTIAL = {"X-RestLi-Method": "PARTIAL_UPDATE"}


class LinkedInChanges(LinkedInService):
    """One organisation."""

    def change(self, platform_id: str, frozen: Frozen, /) -> Answer:
        """Other words for a post of ours."""
        patch = {"patch": {"$set": {"commentary": written(frozen.request["text"])}}}
        url = f"{self._base}/rest/posts/{quote(platform_id, safe='')}"
        return self._bearer.request(
            lambda signed: self._wire.post_json(url, patch, {**signed, **VERSIONED, **PARTIAL})
        )
