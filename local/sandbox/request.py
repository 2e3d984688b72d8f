"""One request to the sandbox: routed, let through or failed by a fault, answered."""

import json
import select
import socket
import struct
from collections.abc import Callable
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

from local.sandbox.faults import FaultKind
from local.sandbox.network import Reply, refusal
from local.sandbox.page import post_page, remark_page, timeline_page

if TYPE_CHECKING:
    from local.sandbox.server import Listener

LARGEST = 60_000_000
"""Bytes of a request; no picture and no video is larger."""

PAGE = 50
"""Posts in one page of a timeline."""

PULSE = 0.05
"""Seconds between two looks whether a hanging server has been stopped."""

DRIP = 0.2
"""Seconds between two bytes of an answer that drips."""

SPOILS = {FaultKind.TRUNCATED, FaultKind.WRONG_TYPE, FaultKind.SLOW_DRIP}
"""The act is done and the answer arrives, but not as it should."""

TOLD = frozenset({"profile", "followers", "following", "mentions", "limits"})
"""What watching asks for."""

Act = Callable[[], Reply]

BEFORE = {
    FaultKind.FAILS_BEFORE_COMMIT,
    FaultKind.HANGS_BEFORE_COMMIT,
    FaultKind.RESETS_BEFORE_COMMIT,
}


class Request(BaseHTTPRequestHandler):
    """Lives as long as one request."""

    server: "Listener"

    def do_GET(self) -> None:
        self._answer("GET")

    def do_POST(self) -> None:
        self._answer("POST")

    def do_PUT(self) -> None:
        self._answer("PUT")

    def do_DELETE(self) -> None:
        self._answer("DELETE")

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's name
        """Silence: the caller records what matters."""

    def _answer(self, method: str) -> None:
        self._sandbox = self.server.sandbox
        self._network = self._sandbox.network
        address = urlsplit(self.path)
        self._query = {name: values[0] for name, values in parse_qs(address.query).items()}
        size = self.headers.get("Content-Length", "0")
        if not size.isdigit() or int(size) > LARGEST:
            self._reply(refusal(413, "too_large", "That is too much at once."))
            return
        self._body = self.rfile.read(int(size))
        self._route(method, [part for part in address.path.split("/") if part])

    def _route(self, method: str, path: list[str]) -> None:
        network, base = self._network, self._sandbox.url
        match method, path:
            case "POST", ["v1", "sessions"]:
                self._serve("sign-in", None, lambda: network.sign_in(self._fields()))
            case "POST", ["v1", "media"]:
                self._authorised("media", lambda who: network.upload(who, self._body))
            case "POST", ["v1", "posts"]:
                self._authorised("post", lambda who: network.post(who, self._fields(), base))
            case "GET", ["v1", "timeline"]:
                before = self._query.get("before", "")
                self._authorised("timeline", lambda w: network.timeline(w, base, before, PAGE))
            case _, ["v1", "posts", post_id]:
                self._one_post(method, post_id)
            case _, ["v1", *rest]:
                self._tell(method, rest)
            case _, ["faults" | "remarks" as what] if (what, method) != ("remarks", "GET"):
                self._reply(self._trial(what, method))
            case "GET", []:
                self._page(200, timeline_page(reversed(self._sandbox.posts)))
            case "GET", ["posts" | "remarks" as what, name]:
                self._public(what, name)
            case _:
                self._reply(refusal(404, "not_found", "There is nothing here."))

    def _one_post(self, method: str, post_id: str) -> None:
        network, base = self._network, self._sandbox.url
        match method:
            case "GET" if "Authorization" not in self.headers:  # shown to anybody
                self._serve("read", None, lambda: network.read(post_id, base))
            case "GET":
                self._authorised("read", lambda _: network.read(post_id, base))
            case "PUT":
                self._authorised("edit", lambda w: network.edit(w, post_id, self._fields(), base))
            case "DELETE":
                self._authorised("delete", lambda who: network.delete(who, post_id))
            case _:
                self._reply(refusal(404, "not_found", "There is nothing here."))

    def _tell(self, method: str, path: list[str]) -> None:
        audience, base = self._sandbox.audience, self._sandbox.url
        match method, path:
            case "GET", ["limits"]:  # told to anybody
                self._serve("limits", None, audience.limits)
            case "GET", [on] if on in TOLD:
                posts = self._network.posts
                self._authorised(on, lambda w: audience.tell(on, w, base, self._query, posts))
            case _:
                found = self._sandbox.moderation.find(method, path, self._fields(), base)
                if found is None:
                    self._reply(refusal(404, "not_found", "There is nothing here."))
                else:
                    self._authorised(*found)

    def _authorised(self, on: str, act: Callable[[str], Reply]) -> None:
        token = self.headers.get("Authorization", "").removeprefix("Bearer ")
        account = self._network.account_of(token)
        if account is None:
            self._reply(refusal(401, "token", "Sign in again."))
            return
        self._serve(on, account, lambda: act(account))

    def _serve(self, on: str, account: str | None, act: Act) -> None:
        """Act and answer, unless a fault strikes."""
        text = str(self._fields().get("text", "")) if on == "post" else ""
        fault = self._sandbox.faults.take(on, account, text)
        match fault:
            case None:
                self._reply(act())
            case FaultKind.ALTERED_TEXT:
                self._body = json.dumps({**self._fields(), "text": f"{text[:-1]}…"}).encode()
                self._reply(act())
            case FaultKind.RATE_LIMITED:
                self._reply(self._network.rate_limited())
            case FaultKind.EXPIRED_TOKEN:
                self._network.expire_tokens(account)
                self._reply(refusal(401, "token", "Sign in again."))
            case FaultKind.DUPLICATE:
                self._reply(refusal(409, "duplicate", "You have said that already."))
            case _:
                self._fail(fault, act)

    def _fail(self, fault: FaultKind, act: Act) -> None:
        """Fail the caller; whether the act is done first, after, or never is the fault's point."""
        late = fault is FaultKind.COMMITS_WHEN_GIVEN_UP
        reply = act() if fault not in BEFORE and not late else None
        if fault in SPOILS and reply is not None:
            self._spoil(fault, reply)
        elif fault in (FaultKind.FAILS_BEFORE_COMMIT, FaultKind.FAILS_AFTER_COMMIT):
            self._reply(refusal(500, "broken", "Something went wrong."))
        elif fault in (FaultKind.RESETS_BEFORE_COMMIT, FaultKind.RESETS_AFTER_COMMIT):
            linger_none = struct.pack("ii", 1, 0)
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger_none)
        else:
            self._hang()
            if late:
                act()

    def _spoil(self, fault: FaultKind, reply: Reply) -> None:
        """Answer with half a body, another kind of body, or a byte now and then."""
        body = json.dumps(dict(reply.fields)).encode()
        if fault is FaultKind.WRONG_TYPE:
            self._page(reply.status, "<html><body>Back soon.</body></html>")
            return
        self._head(reply.status, "application/json", len(body), dict(reply.headers))
        if fault is FaultKind.TRUNCATED:
            self.wfile.write(body[: len(body) // 2])
            return
        for byte in body:
            if self.server.stopping.wait(DRIP):
                return
            try:
                self.wfile.write(bytes([byte]))
            except OSError:
                return  # the caller has given up

    def _hang(self) -> None:
        """Say nothing until the caller hangs up or the server stops."""
        while not self.server.stopping.is_set():
            ready, _, _ = select.select([self.connection], [], [], PULSE)
            if ready and not self.connection.recv(1):
                return

    def _fields(self) -> dict[str, Any]:
        try:
            fields = json.loads(self._body)
        except ValueError:
            return {}
        return fields if isinstance(fields, dict) else {}

    def _trial(self, what: str, method: str) -> Reply:
        """Doors for tests and trials: what fails, and what the public says."""
        if what == "faults":
            return self._sandbox.faults.told(method, self._fields())
        at = self._sandbox.now()
        return self._sandbox.audience.hear(self._fields(), self._sandbox.url, at)

    def _public(self, what: str, name: str) -> None:
        if what == "remarks":
            self._page(*remark_page(self._sandbox.audience.heard(name)))
            return
        found = next((p for p in self._sandbox.posts if p.post_id == name), None)
        if found is None:
            self._page(404, timeline_page([]))
        else:
            self._page(200, post_page(found))

    def _reply(self, reply: Reply) -> None:
        body = (
            b""
            if reply.status == HTTPStatus.NO_CONTENT
            else json.dumps(dict(reply.fields)).encode()
        )
        self._write(reply.status, "application/json", body, dict(reply.headers))

    def _page(self, status: int, html: str) -> None:
        self._write(status, "text/html; charset=utf-8", html.encode(), {})

    def _write(self, status: int, kind: str, body: bytes, headers: dict[str, str]) -> None:
        self._head(status, kind, len(body), headers)
        self.wfile.write(body)

    def _head(self, status: int, kind: str, size: int, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(size))
        self.end_headers()
