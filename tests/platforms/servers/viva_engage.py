"""Viva Engage's REST API for one community, by its documentation (tests/platforms/golden).

Ten requests in thirty seconds are allowed there; tokens are the force's own Entra ID's.
"""

import re
import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl

from shared.platforms.base import Credentials
from tests.platforms.servers.strict import RefusedRequestError, Reply, Request, Route, StrictServer

COMMUNITY, ACCOUNT = "771", 4022
LONGEST = 10_000
TOKEN_LIVES = timedelta(hours=1)


def refuse(status: int, message: str) -> RefusedRequestError:
    """A refusal in the network's shape."""
    response = {"message": message, "code": status, "stat": "fail"}
    return RefusedRequestError(status, {"response": response})


@dataclass
class Message:
    """One message as it stands."""

    message_id: int
    text: str
    created_at: datetime


class VivaEngageServer(StrictServer):
    """One community; `messages` is what stands, oldest first."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._lock = threading.Lock()
        self.messages: list[Message] = []
        self._refresh = "seed"
        self._tokens: dict[str, datetime] = {}
        self._last = 9_000
        super().__init__()

    def account(self) -> Credentials:
        """What signs in here for the first time."""
        token_url = f"{self.url}/tenant/oauth2/v2.0/token"
        return Credentials(self.url, COMMUNITY, "seed", "a-client", "a-secret", token_url)

    def routes(self) -> tuple[Route, ...]:
        own = re.compile(rf"/api/v1/messages/from_user/{ACCOUNT}\.json")
        return (
            Route("POST", re.compile("/tenant/oauth2/v2.0/token"), "sign-in", self._renew),
            Route("GET", re.compile(r"/api/v1/users/current\.json"), "account", self._me),
            Route("POST", re.compile(r"/api/v1/messages\.json"), "post", self._publish),
            Route("GET", own, "timeline", self._list),
            Route("GET", re.compile(r"/api/v1/messages/(\d+)\.json"), "read", self._read),
            Route("DELETE", re.compile(r"/api/v1/messages/(\d+)"), "delete", self._delete),
        )

    def rate_limited(self) -> Reply:
        reply = refuse(429, "Rate limited due to excessive requests.").reply
        return Reply(429, reply.fields, {"Retry-After": "30"})

    def expired(self) -> Reply:
        self._tokens.clear()
        return refuse(401, "Token not found.").reply

    def repeated(self) -> Reply:
        return refuse(409, "Conflict.").reply

    def _renew(self, request: Request) -> Reply:
        form = dict(parse_qsl(request.body.decode()))
        scope = form.pop("scope", "")
        wanted = {"client_id": "a-client", "client_secret": "a-secret"}
        wanted |= {"grant_type": "refresh_token", "refresh_token": self._refresh}
        if form != wanted or "offline_access" not in scope:
            raise RefusedRequestError(400, {"error": "invalid_grant"})
        with self._lock:
            token = secrets.token_urlsafe(20)
            self._tokens[token] = self._now() + TOKEN_LIVES
        return Reply(200, {"token_type": "Bearer", "expires_in": 3600, "access_token": token})

    def _signed_in(self, request: Request) -> None:
        token = request.headers.get("authorization", "").removeprefix("Bearer ")
        if token not in self._tokens or self._now() >= self._tokens[token]:
            raise refuse(401, "Token not found.")

    def _me(self, request: Request) -> Reply:
        self._signed_in(request)
        request.parameters()
        return Reply(200, {"type": "user", "id": ACCOUNT})

    def _publish(self, request: Request) -> Reply:
        self._signed_in(request)
        form = dict(parse_qsl(request.body.decode(), keep_blank_values=True))
        if set(form) != {"body", "group_id"} or form["group_id"] != COMMUNITY:
            raise refuse(400, f"Unknown fields: {sorted(form)}")
        if not form["body"].strip() or len(form["body"]) > LONGEST:
            raise refuse(400, f"The message has 1 to {LONGEST} characters.")
        with self._lock:
            self._last += 1
            message = Message(self._last, form["body"], self._now())
            self.messages.append(message)
        return Reply(201, {"messages": [self._shape(message)], "references": [], "meta": {}})

    def _list(self, request: Request) -> Reply:
        self._signed_in(request)
        asked = request.parameters("limit", "older_than")
        below, size = int(asked.get("older_than", self._last + 1)), int(asked["limit"])
        if size > 20:
            raise refuse(400, "limit")
        own = [message for message in reversed(self.messages) if message.message_id < below]
        page = own[:size]
        meta = {"older_available": len(own) > len(page)}
        return Reply(200, {"messages": [self._shape(message) for message in page], "meta": meta})

    def _find(self, request: Request) -> Message:
        self._signed_in(request)
        wanted = int(request.found[0])
        found = next((message for message in self.messages if message.message_id == wanted), None)
        if found is None:
            raise refuse(404, "Not Found")
        return found

    def _read(self, request: Request) -> Reply:
        return Reply(200, self._shape(self._find(request)))

    def _delete(self, request: Request) -> Reply:
        found = self._find(request)
        with self._lock:
            self.messages.remove(found)
        return Reply(200)

    def _shape(self, message: Message) -> dict[str, Any]:
        return {
            "id": message.message_id,
            "sender_id": ACCOUNT,
            "group_id": int(COMMUNITY),
            "body": {"plain": message.text, "parsed": message.text},
            "created_at": message.created_at.strftime("%Y/%m/%d %H:%M:%S +0000"),
            "web_url": f"https://www.yammer.com/force/messages/{message.message_id}",
            "attachments": [],
        }
