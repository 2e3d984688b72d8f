"""Changing the message of a Page's post (Graph API, update of a Page post).

Facebook lets an application change only what it has posted itself. Alt texts stay as they are.
"""

from urllib.parse import urlencode

from shared.platforms.base import Frozen
from shared.platforms.facebook.service import FORM, FacebookService
from shared.platforms.wire import Answer


class FacebookChanges(FacebookService):
    """One Page."""

    def change(self, platform_id: str, frozen: Frozen, /) -> Answer:
        """Other words for a post of ours."""
        body = urlencode({"message": frozen.request["text"]}).encode()
        return self._call("POST", f"/{platform_id}", headers=FORM, body=body)
