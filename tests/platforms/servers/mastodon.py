"""A Mastodon server as its documentation describes it, or as GoToSocial behaves.

Documentation read on 2026-11-21: docs.joinmastodon.org/methods/{statuses,media,accounts,instance},
version 4.x. What no client may send is refused; `keeps_keys` False pays no heed to the
Idempotency-Key, as GoToSocial does (measured). Statuses come as HTML, their words as `source`.
"""

import html
import re
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from email import message_from_bytes
from email.policy import HTTP
from typing import Any

from shared.platforms.base import Credentials
from tests.platforms.servers.strict import RefusedRequestError, Reply, Request, Route, StrictServer

LONGEST = 500
SEVERAL = 20
STATUS_FIELDS = {"status", "visibility", "language", "media_ids", "sensitive", "in_reply_to_id"}


@dataclass
class Status:
    """One status as it stands."""

    status_id: str
    text: str
    language: str
    media: list[tuple[str, str]]
    created_at: datetime
    key: str
    answers: str | None = None


class MastodonServer(StrictServer):
    """One account on one server; `statuses` is what stands, oldest first."""

    def __init__(self, now: Callable[[], datetime], *, keeps_keys: bool = True) -> None:
        self._now = now
        self._keeps_keys = keeps_keys
        self._lock = threading.Lock()
        self.statuses: list[Status] = []
        self.media: dict[str, str] = {}
        self.videos: dict[str, bytes] = {}
        self.forgotten: set[str] = set()
        self.working = 0
        """How often a video is said to be worked on still."""
        self.tells_several = True
        self.token = "a-token"
        self._last = 114_000
        super().__init__()

    def account(self, identifier: str = "stoke") -> Credentials:
        """What signs in here."""
        return Credentials(self.url, identifier, self.token)

    def routes(self) -> tuple[Route, ...]:
        keyed = frozenset({"authorization", "idempotency-key"})
        one = r"/api/v1/statuses/(\d+)"
        return (
            Route("GET", re.compile("/api/v1/accounts/verify_credentials"), "sign-in", self._me),
            Route("POST", re.compile("/api/v2/media"), "media", self._upload),
            Route("GET", re.compile(r"/api/v1/media/(\d+)"), "media", self._media),
            Route("POST", re.compile("/api/v1/statuses"), "post", self._publish, keyed),
            Route("GET", re.compile("/api/v1/statuses"), "read", self._several),
            Route("GET", re.compile(r"/api/v1/accounts/1/statuses"), "timeline", self._timeline),
            Route("GET", re.compile(one), "read", self._read),
            Route("GET", re.compile(f"{one}/source"), "source", self._source),
            Route("DELETE", re.compile(one), "delete", self._delete),
        )

    def rate_limited(self) -> Reply:
        reset = (self._now() + timedelta(minutes=15)).isoformat()
        return Reply(429, {"error": "Too many requests"}, {"X-RateLimit-Reset": reset})

    def expired(self) -> Reply:
        return Reply(401, {"error": "The access token is invalid"})

    def repeated(self) -> Reply:
        return Reply(409, {"error": "A request with this key is at work"})

    def _signed_in(self, request: Request) -> None:
        if request.headers.get("authorization") != f"Bearer {self.token}":
            raise RefusedRequestError(401, {"error": "The access token is invalid"})

    def _me(self, request: Request) -> Reply:
        self._signed_in(request)
        request.parameters()
        return Reply(200, {"id": "1", "username": "stoke", "acct": "stoke"})

    def _upload(self, request: Request) -> Reply:
        self._signed_in(request)
        parts = _parts(request)
        if set(parts) != {"file", "description"} or not parts["file"]:
            raise RefusedRequestError(422, {"error": f"Validation failed: {sorted(parts)}"})
        with self._lock:
            media_id = str(len(self.media) + 1)
            self.media[media_id] = parts["description"].decode()
            if parts["file"][4:8] == b"ftyp":
                self.videos[media_id] = parts["file"]
        # As large pictures are: taken, and not ready at once.
        return Reply(202, {"id": media_id, "type": "image", "url": None})

    def _media(self, request: Request) -> Reply:
        self._signed_in(request)
        media_id = request.found[0]
        if media_id not in self.media or media_id in self.forgotten:
            raise RefusedRequestError(404, {"error": "Record not found"})
        if media_id in self.videos and self.working:
            self.working -= 1
            return Reply(206, {"id": media_id, "type": "video", "url": None})
        kind = "video" if media_id in self.videos else "image"
        return Reply(200, {"id": media_id, "type": kind, "url": f"{self.url}/m/{media_id}"})

    def _publish(self, request: Request) -> Reply:
        self._signed_in(request)
        fields = request.json()
        strange = set(fields) - STATUS_FIELDS
        text, media = fields.get("status"), fields.get("media_ids", [])
        if strange or not isinstance(text, str) or fields.get("visibility") != "public":
            raise RefusedRequestError(422, {"error": f"Validation failed: {sorted(strange)}"})
        if not re.fullmatch("[a-z]{2,3}", fields.get("language", "")):
            raise RefusedRequestError(422, {"error": "Validation failed: language"})
        if len(text) > LONGEST or (not text.strip() and not media):
            raise RefusedRequestError(
                422, {"error": f"Validation failed: Text character limit of {LONGEST} exceeded"}
            )
        if len(media) > 4 or not all(name in self.media for name in media):
            raise RefusedRequestError(422, {"error": "Validation failed: media_ids"})
        if set(media) & set(self.videos) and (len(media) > 1 or self.working):
            raise RefusedRequestError(422, {"error": "Cannot attach files that have not finished"})
        key, answers = request.headers.get("idempotency-key", ""), fields.get("in_reply_to_id")
        if answers and all(s.status_id != answers for s in self.statuses):
            raise RefusedRequestError(404, {"error": "Record not found"})
        with self._lock:
            same = next((s for s in self.statuses if key and s.key == key), None)
            if same is None or not self._keeps_keys:
                self._last += 1
                kept = [(name, self.media[name]) for name in media]
                told = fields["language"], kept, self._now(), key, answers
                same = Status(str(self._last), text, *told)
                self.statuses.append(same)
        return Reply(200, self._shape(same))

    def _timeline(self, request: Request) -> Reply:
        self._signed_in(request)
        asked = request.parameters("limit", "exclude_reblogs", "max_id")
        limit = int(asked.get("limit", "20"))
        if not 1 <= limit <= 40:
            raise RefusedRequestError(422, {"error": "limit"})
        below = int(asked.get("max_id", self._last + 1))
        own = [s for s in reversed(self.statuses) if int(s.status_id) < below]
        return Reply(200, [self._shape(status) for status in own[:limit]])

    def _find(self, request: Request) -> Status:
        self._signed_in(request)
        found = next((s for s in self.statuses if s.status_id == request.found[0]), None)
        if found is None:
            raise RefusedRequestError(404, {"error": "Record not found"})
        return found

    def _read(self, request: Request) -> Reply:
        return Reply(200, self._shape(self._find(request)))

    def _several(self, request: Request) -> Reply:
        """From 4.3 on: what is not there, or not to be seen, is left out."""
        self._signed_in(request)
        names = [value for name, value in request.query if name == "id[]"]
        if not self.tells_several:
            raise RefusedRequestError(404, {"error": "Not Found"})
        if len(names) != len(request.query) or not 1 <= len(names) <= SEVERAL:
            raise RefusedRequestError(422, {"error": "Validation failed"})
        found = [status for status in self.statuses if status.status_id in names]
        return Reply(200, [self._shape(status) for status in found])

    def _source(self, request: Request) -> Reply:
        status = self._find(request)
        return Reply(200, {"id": status.status_id, "text": status.text, "spoiler_text": ""})

    def _delete(self, request: Request) -> Reply:
        found = self._find(request)
        with self._lock:
            self.statuses.remove(found)
        return Reply(200, {**self._shape(found), "text": found.text})

    def _shape(self, status: Status) -> dict[str, Any]:
        # A server forgets what was answered once that is deleted.
        there = any(s.status_id == status.answers for s in self.statuses)
        lines = html.escape(status.text).replace("\n", "<br />")
        return {
            "id": status.status_id,
            "url": f"{self.url}/@stoke/{status.status_id}",
            "created_at": status.created_at.isoformat().replace("+00:00", "Z"),
            "content": f"<p>{lines}</p>",
            "language": status.language,
            "visibility": "public",
            "in_reply_to_id": status.answers if there else None,
            "media_attachments": [
                {"id": name, "type": "image", "description": alt} for name, alt in status.media
            ],
        }


def _parts(request: Request) -> dict[str, bytes]:
    """The parts of a form with files, by name."""
    head = f"Content-Type: {request.headers['content-type']}\r\n\r\n".encode()
    form = message_from_bytes(head + request.body, policy=HTTP)
    found = {}
    for part in form.iter_parts():
        name = part.get_param("name", header="content-disposition")
        found[str(name)] = part.get_payload(decode=True) or b""
    return found
