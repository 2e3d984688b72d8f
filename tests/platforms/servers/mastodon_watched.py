"""A watched Mastodon server (docs.joinmastodon.org: accounts, notifications, instance).

People are paged by ids of the following itself, which only the Link header tells. What others wrote
comes as HTML.
"""

import html
import re
from typing import Any, ClassVar

from tests.platforms.servers.mastodon import MastodonServer
from tests.platforms.servers.strict import RefusedRequestError, Reply, Request, Route
from tests.platforms.servers.watched import Remark, Someone, Watched

FOLLOWINGS = 5_000_000
"""Ids of followings count down from here, and are nobody's account."""


class MastodonWatched(Watched, MastodonServer):
    """One account; `instance` is what the server tells of itself."""

    instance: ClassVar[dict[str, Any]] = {
        "statuses": {
            "max_characters": 5000,
            "max_media_attachments": 6,
            "characters_reserved_per_url": 25,
        },
        "media_attachments": {
            "supported_mime_types": ["image/png", "image/jpeg", "video/mp4"],
            "description_limit": 1500,
            "image_size_limit": 16_777_216,
            "image_matrix_limit": 33_177_600,
            "video_size_limit": 103_809_024,
        },
    }

    def routes(self) -> tuple[Route, ...]:
        me = re.compile("/api/v1/accounts/verify_credentials")
        return (
            Route("GET", me, "profile", self._me),
            Route("GET", people_of("followers"), "followers", self._people),
            Route("GET", people_of("following"), "following", self._people),
            Route("GET", re.compile("/api/v1/notifications"), "mentions", self._notifications),
            Route("GET", re.compile("/api/v2/instance"), "limits", self._instance),
            *super().routes(),
        )

    def _me(self, request: Request) -> Reply:
        self._signed_in(request)
        request.parameters()
        counts = {
            "followers_count": len(self.followers),
            "following_count": len(self.following),
            "statuses_count": len(self.statuses),
        }
        return Reply(200, {**self._person(Someone(1, "Stoke Police")), "id": "1", **counts})

    def _people(self, request: Request) -> Reply:
        self._signed_in(request)
        asked = request.parameters("limit", "max_id")
        if not 1 <= int(asked.get("limit", "40")) <= 80:
            raise RefusedRequestError(422, {"error": "limit"})
        listed = getattr(self, request.found[0])
        start = FOLLOWINGS - int(asked["max_id"]) if "max_id" in asked else 0
        page, following = self.page(listed, start, int(asked["limit"]))
        headers = {}
        if following is not None:
            after = f"{self.url}{request.path}?limit=80&max_id={FOLLOWINGS - following}"
            before = f"{self.url}{request.path}?since_id={FOLLOWINGS}"
            headers["Link"] = f'<{after}>; rel="next", <{before}>; rel="prev"'
        return Reply(200, [self._person(one) for one in page], headers)

    def _notifications(self, request: Request) -> Reply:
        self._signed_in(request)
        asked = request.parameters("types[]", "limit", "max_id")
        if asked.get("types[]") != "mention" or not 1 <= int(asked["limit"]) <= 40:
            raise RefusedRequestError(422, {"error": "types or limit"})
        below = int(asked.get("max_id", 10**9)) if not self.endless else 10**9
        there = [remark for remark in self.newest() if remark.number < below]
        page = there[: int(asked["limit"])]
        return Reply(200, [self._notification(remark) for remark in page])

    def _instance(self, request: Request) -> Reply:
        self.last_headers = request.headers
        request.parameters()
        return Reply(200, {"domain": "here", "version": "4.4.0", "configuration": self.instance})

    def _person(self, one: Someone) -> dict[str, Any]:
        return {
            "id": str(1000 + one.number),
            "username": one.handle,
            "acct": f"{one.handle}@elsewhere.example",
            "display_name": one.name,
            "note": f"<p>{html.escape(one.about)}</p>",
            "url": f"https://elsewhere.example/@{one.handle}",
            "bot": False,
        }

    def _notification(self, remark: Remark) -> dict[str, Any]:
        at = remark.at.isoformat().replace("+00:00", "Z")
        said = html.escape(remark.text).replace("\n", "<br>")
        status = {
            "id": str(remark.number),
            "url": f"https://elsewhere.example/@{remark.by.handle}/{remark.number}",
            "created_at": at,
            "account": self._person(remark.by),
            "content": f'<p><span class="h-card">{said}</span></p>',
            "in_reply_to_id": str(remark.answers) if remark.answers else None,
            "visibility": "public",
        }
        number = str(remark.number)
        return {"id": number, "type": "mention", "created_at": at, "status": status}


def people_of(which: str) -> re.Pattern[str]:
    return re.compile(rf"/api/v1/accounts/1/({which})")
