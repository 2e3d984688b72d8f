"""Facebook's Graph API for one Page: parameters by Facebook's own table, the rest by its documents.

Names and types of what may be sent are those of the package facebook-business (26.0.3, API v26.0).
That table says nothing of limits, answers or errors: these follow developers.facebook.com, pages
"Page Feed", "Photos", "Handling Errors" and "Rate Limits", read on 2026-11-21.
"""

import json
import re
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import HTTP
from functools import cache
from typing import Any
from urllib.parse import parse_qsl

from shared.platforms.base import Credentials
from tests.platforms.servers.strict import RefusedRequestError, Reply, Request, Route, StrictServer

PAGE = "104217288120"
LONGEST = 63_206
PAGING = frozenset({"fields", "since", "until", "after", "before"})
"""What every edge takes besides its own parameters."""


@cache
def table(act: str) -> Any:
    """Facebook's own table of parameters of one act on a Page."""
    from facebook_business.adobjects.page import Page
    from facebook_business.api import FacebookAdsApi

    api = FacebookAdsApi.init(access_token="nobody's", crash_log=False)
    return getattr(Page(PAGE, api=api), act)(pending=True)._param_checker


def refuse(code: int, message: str, *, subcode: int = 0, status: int = 400) -> RefusedRequestError:
    """A refusal in Facebook's shape."""
    error = {"message": message, "type": "OAuthException", "code": code, "fbtrace_id": "A1b2"}
    if subcode:
        error["error_subcode"] = subcode
    return RefusedRequestError(status, {"error": error})


@dataclass
class Posted:
    """One post as it stands."""

    post_id: str
    message: str
    photos: list[str]
    created_at: datetime


class FacebookServer(StrictServer):
    """One Page; `posts` is what stands, oldest first, `photos` has alt texts by id."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._lock = threading.Lock()
        self.posts: list[Posted] = []
        self.photos: dict[str, str] = {}
        self.token = "a-page-token"
        self._last = 800
        super().__init__()

    def account(self) -> Credentials:
        """What signs in here."""
        return Credentials(f"{self.url}/v26.0", PAGE, self.token)

    def routes(self) -> tuple[Route, ...]:
        one = re.compile(rf"/v26\.0/({PAGE}_\d+)")
        return (
            Route("POST", re.compile(rf"/v26\.0/{PAGE}/photos"), "media", self._photo),
            Route("GET", re.compile(r"/v26\.0/(9\d+)"), "media", self._alt),
            Route("POST", re.compile(rf"/v26\.0/{PAGE}/feed"), "post", self._publish),
            Route("GET", re.compile(rf"/v26\.0/{PAGE}/published_posts"), "timeline", self._list),
            Route("GET", one, "read", self._read),
            Route("DELETE", one, "delete", self._delete),
        )

    def rate_limited(self) -> Reply:
        usage = {PAGE: [{"type": "pages", "estimated_time_to_regain_access": 7}]}
        reply = refuse(32, "Page request limit reached", status=403).reply
        headers = {"X-Business-Use-Case-Usage": json.dumps(usage)}
        return Reply(reply.status, reply.fields, headers)

    def expired(self) -> Reply:
        return refuse(190, "Error validating access token", subcode=463).reply

    def repeated(self) -> Reply:
        return refuse(506, "Duplicate status message").reply

    def broken(self) -> Reply:
        return refuse(2, "Service temporarily unavailable", status=500).reply

    def _signed_in(self, request: Request) -> None:
        if request.headers.get("authorization") != f"Bearer {self.token}":
            raise RefusedRequestError(400, self.expired().fields)

    def _photo(self, request: Request) -> Reply:
        self._signed_in(request)
        parts = _parts(request)
        # The picture itself is a file, which the documents call source and the table leaves out.
        picture = parts.pop("source", b"")
        held("create_photo", {name: value.decode("latin-1") for name, value in parts.items()})
        if parts.get("published") != b"false" or not picture:
            raise refuse(100, "(#100) published")
        with self._lock:
            photo = str(9_000_000 + len(self.photos))
            self.photos[photo] = parts["alt_text_custom"].decode()
        return Reply(200, {"id": photo})

    def _alt(self, request: Request) -> Reply:
        self._signed_in(request)
        photo = request.found[0]
        if request.parameters("fields") != {"fields": "alt_text_custom"}:
            raise refuse(100, "(#100) fields")
        return Reply(200, {"id": photo, "alt_text_custom": self.photos[photo]})

    def _publish(self, request: Request) -> Reply:
        self._signed_in(request)
        form = dict(parse_qsl(request.body.decode(), keep_blank_values=True))
        held("create_feed", {re.sub(r"\[\d+\]$", "", name): form[name] for name in form})
        message = form.get("message", "")
        media = [json.loads(v) for name, v in form.items() if name.startswith("attached_media[")]
        photos = [one["media_fbid"] for one in media]
        if len(message) > LONGEST or not (message.strip() or photos):
            raise refuse(100, f"(#100) The message has more than {LONGEST} characters, or none.")
        if not all(photo in self.photos for photo in photos):
            raise refuse(100, "(#100) No such photo")
        with self._lock:
            self._last += 1
            post = Posted(f"{PAGE}_{self._last}", message, photos, self._now())
            self.posts.append(post)
        return Reply(200, {"id": post.post_id})

    def _list(self, request: Request) -> Reply:
        self._signed_in(request)
        asked = dict(request.query)
        own = {name: value for name, value in asked.items() if name not in PAGING}
        held("get_published_posts", own)
        since = datetime.fromtimestamp(int(asked.get("since", "0")), UTC)
        start, size = int(asked.get("after", "0")), int(asked.get("limit", "25"))
        there = [post for post in reversed(self.posts) if post.created_at >= since]
        page = there[start : start + size]
        fields: dict[str, Any] = {"data": [self._shape(post) for post in page]}
        if page:
            fields["paging"] = {"cursors": {"before": str(start), "after": str(start + size)}}
            if len(there) > start + size:
                fields["paging"]["next"] = f"{self.url}/next"
        return Reply(200, fields)

    def _find(self, request: Request) -> Posted:
        self._signed_in(request)
        found = next((post for post in self.posts if post.post_id == request.found[0]), None)
        if found is None:
            raise refuse(100, "Unsupported get request. Object does not exist.", subcode=33)
        return found

    def _read(self, request: Request) -> Reply:
        return Reply(200, self._shape(self._find(request)))

    def _delete(self, request: Request) -> Reply:
        found = self._find(request)
        with self._lock:
            self.posts.remove(found)
        return Reply(200, {"success": True})

    def _shape(self, post: Posted) -> dict[str, Any]:
        shape: dict[str, Any] = {
            "id": post.post_id,
            "message": post.message,
            "created_time": post.created_at.strftime("%Y-%m-%dT%H:%M:%S+0000"),
            "permalink_url": f"https://www.facebook.com/{post.post_id}",
        }
        if len(post.photos) == 1:
            shape["attachments"] = {"data": [{"type": "photo"}]}
        elif post.photos:
            several = {"data": [{"type": "photo"} for _ in post.photos]}
            shape["attachments"] = {"data": [{"type": "album", "subattachments": several}]}
        return shape


def held(act: str, sent: Mapping[str, str]) -> None:
    """Refuse a parameter that Facebook's table does not have."""
    strange = [name for name in sent if not table(act).is_valid_key(name)]
    if strange:
        raise refuse(100, f"(#100) Unknown parameters: {strange}")


def _parts(request: Request) -> dict[str, bytes]:
    head = f"Content-Type: {request.headers['content-type']}\r\n\r\n".encode()
    form = message_from_bytes(head + request.body, policy=HTTP)
    return {
        str(part.get_param("name", header="content-disposition")): part.get_payload(decode=True)
        or b""
        for part in form.iter_parts()
    }
