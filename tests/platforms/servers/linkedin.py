"""LinkedIn's Posts API for one organisation, by its documentation (tests/platforms/golden).

Pages of learn.microsoft.com/linkedin, read on 2026-11-21: Posts API, Images API, little Text
Format, Error Handling. Words come back as LinkedIn writes them, hashtags as templates.
"""

import json
import re
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import unquote

from shared.platforms.base import Credentials
from shared.platforms.linkedin.little import read
from tests.platforms.servers.strict import RefusedRequestError, Reply, Request, Route, StrictServer

ORGANISATION = "5515715"
AUTHOR = f"urn:li:organization:{ORGANISATION}"
LONGEST = 3_000
HEADERS = frozenset({"authorization", "linkedin-version", "x-restli-protocol-version"})
FIELDS = {
    "author",
    "commentary",
    "visibility",
    "distribution",
    "lifecycleState",
    "isReshareDisabledByAuthor",
    "content",
}
_TAG = re.compile(r"(?<!\\)#([^\W_]\w*)")
_UNESCAPED = re.compile(r"(?<!\\)[|{}@\[\]()<>*_~]")


def refuse(status: int, message: str, code: str = "") -> RefusedRequestError:
    """A refusal in LinkedIn's shape."""
    fields: dict[str, Any] = {"message": message, "status": status}
    return RefusedRequestError(status, {**fields, "code": code} if code else fields)


@dataclass
class Share:
    """One post as it stands."""

    urn: str
    commentary: str
    content: dict[str, Any] | None
    created_at: datetime


class LinkedInServer(StrictServer):
    """One organisation; `shares` is what stands, oldest first."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._lock = threading.Lock()
        self.shares: list[Share] = []
        self.images: set[str] = set()
        self.token = "a-token"
        self._last = 7_141_000
        super().__init__()

    def account(self) -> Credentials:
        """What signs in here."""
        return Credentials(self.url, ORGANISATION, self.token)

    def routes(self) -> tuple[Route, ...]:
        one = re.compile(r"/rest/posts/(urn%3Ali%3Ashare%3A\d+)")
        plain = frozenset({"authorization"})
        return (
            Route("POST", re.compile("/rest/images"), "media", self._initialise, HEADERS),
            Route("PUT", re.compile(r"/dms-uploads/(\d+)"), "media", self._put, plain),
            Route("POST", re.compile("/rest/posts"), "post", self._publish, HEADERS),
            Route("GET", re.compile("/rest/posts"), "timeline", self._list, HEADERS),
            Route("GET", one, "read", self._read, HEADERS),
            Route("DELETE", one, "delete", self._delete, HEADERS),
        )

    def rate_limited(self) -> Reply:
        return refuse(429, "Resource level throttle limit reached.").reply

    def expired(self) -> Reply:
        return refuse(
            401, "The token used in the request has expired", "EXPIRED_ACCESS_TOKEN"
        ).reply

    def repeated(self) -> Reply:
        message = "Content is a duplicate of urn:li:share:7141"
        return refuse(422, message, "DUPLICATE_POST").reply

    def _held(self, request: Request) -> None:
        if request.headers.get("authorization") != f"Bearer {self.token}":
            raise RefusedRequestError(401, self.expired().fields)
        if not re.fullmatch("20[0-9]{4}", request.headers.get("linkedin-version", "")):
            raise refuse(400, "A version must be present", "VERSION_MISSING")
        if request.headers.get("x-restli-protocol-version") != "2.0.0":
            raise refuse(400, "Protocol version")

    def _initialise(self, request: Request) -> Reply:
        self._held(request)
        if request.parameters("action") != {"action": "initializeUpload"}:
            raise refuse(400, "action")
        if request.json() != {"initializeUploadRequest": {"owner": AUTHOR}}:
            raise refuse(422, "owner")
        with self._lock:
            number = len(self.images) + 1
        where = f"{self.url}/dms-uploads/{number}"
        return Reply(200, {"value": {"uploadUrl": where, "image": f"urn:li:image:{number}"}})

    def _put(self, request: Request) -> Reply:
        if not request.body or not request.headers["content-type"].startswith("image/"):
            raise refuse(400, "no picture")
        self.images.add(f"urn:li:image:{request.found[0]}")
        return Reply(201)

    def _publish(self, request: Request) -> Reply:
        self._held(request)
        post = request.json()
        strange = set(post) - FIELDS
        words = post.get("commentary")
        if strange or post.get("author") != AUTHOR or not isinstance(words, str):
            raise refuse(422, f"Unknown fields: {sorted(strange)}")
        if post["visibility"] != "PUBLIC" or post["lifecycleState"] != "PUBLISHED":
            raise refuse(422, "visibility")
        if _UNESCAPED.search(words):
            raise refuse(422, f"Reserved characters: {_UNESCAPED.findall(words)}")
        if len(read(words)) > LONGEST or not (words.strip() or "content" in post):
            raise refuse(422, f"commentary: must be 1 to {LONGEST} characters")
        if not self.images.issuperset(_images(post.get("content"))):
            raise refuse(422, "content: no such image")
        with self._lock:
            self._last += 1
            urn = f"urn:li:share:{self._last}"
            self.shares.append(Share(urn, words, post.get("content"), self._now()))
        return Reply(201, None, {"x-restli-id": urn})

    def _list(self, request: Request) -> Reply:
        self._held(request)
        asked = request.parameters("author", "q", "count", "start", "sortBy")
        if (asked.get("author"), asked.get("q")) != (AUTHOR, "author"):
            raise refuse(400, "finder")
        start, count = int(asked.get("start", "0")), int(asked.get("count", "10"))
        if count > 100:
            raise refuse(400, "count")
        page = [*reversed(self.shares)][start : start + count]
        paging = {"start": start, "count": count}
        return Reply(200, {"paging": paging, "elements": [self._shape(share) for share in page]})

    def _find(self, request: Request) -> Share:
        self._held(request)
        urn = unquote(request.found[0])
        found = next((share for share in self.shares if share.urn == urn), None)
        if found is None:
            raise refuse(404, f"Could not find entity {urn}", "NOT_FOUND")
        return found

    def _read(self, request: Request) -> Reply:
        return Reply(200, self._shape(self._find(request)))

    def _delete(self, request: Request) -> Reply:
        self._held(request)
        urn = unquote(request.found[0])
        with self._lock:
            self.shares = [share for share in self.shares if share.urn != urn]
        return Reply(204)

    def _shape(self, share: Share) -> dict[str, Any]:
        shape: dict[str, Any] = {
            "id": share.urn,
            "author": AUTHOR,
            "commentary": _TAG.sub(r"{hashtag|\#|\1}", share.commentary),
            "createdAt": int(share.created_at.timestamp() * 1000),
            "lifecycleState": "PUBLISHED",
        }
        return {**shape, "content": share.content} if share.content else shape


def _images(content: Any) -> list[str]:
    return re.findall(r"urn:li:image:\d+", json.dumps(content))
