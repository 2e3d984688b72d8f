"""One request to the sandbox: routed, let through or failed by a fault, answered."""

import json
import select
import socket
import struct
from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

from local.conversation import Conversation
from local.sandbox.faults import FaultKind
from local.sandbox.page import post_page, remark_page, timeline_page
from local.sandbox.replies import Reply, refusal

if TYPE_CHECKING:
    from local.sandbox.server import Listener

SILENT = 60.0
"""Seconds after which a silent connection is closed, as real platforms do."""

PAGE = 50
"""Posts in one page of a timeline."""

PULSE = 0.05
"""Seconds between two looks whether a hanging server has been stopped."""

JSON = "application/json"

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


class Request(Conversation):
    """One after another on a connection, for as long as no fault ends it."""

    server: "Listener"
    timeout = SILENT

    def answer(self) -> None:
        """Find out what is asked for."""
        self._sandbox = self.server.sandbox
        self._network = self._sandbox.network
        path, _, query = self.path.partition("?")
        self._query = {name: values[0] for name, values in parse_qs(query).items()}
        self._route(self.method, [part for part in path.split("/") if part])

    def _route(self, method: str, path: list[str]) -> None:
        network, base = self._network, self._sandbox.url
        match method, path:
            case "POST", ["v1", "sessions"]:
                self._serve("sign-in", None, lambda: network.sign_in(self._fields()))
            case "POST", ["v1", "media"]:
                self._authorised("media", lambda who: network.upload(who, self.body))
            case "GET", ["v1", "timeline"]:
                before = self._query.get("before", "")
                self._authorised("timeline", lambda w: network.timeline(w, base, before, PAGE))
            case _, ["v1", "posts"]:
                self._several_posts(method)
            case _, ["v1", "posts", post_id]:
                self._one_post(method, post_id)
            case _, ["v1", *rest]:
                self._tell(method, rest)
            case _, ["faults" | "remarks" as what] if (what, method) != ("remarks", "GET"):
                self.reply(self._trial(what, method))
            case "GET", []:
                self._page(200, timeline_page(reversed(self._sandbox.posts)))
            case "GET", ["posts" | "remarks" as what, name]:
                self._public(what, name)
            case _:
                self.reply(refusal(404, "not_found", "There is nothing here."))

    def _several_posts(self, method: str) -> None:
        network, base = self._network, self._sandbox.url
        match method:
            case "GET":  # shown to anybody
                named = self._query.get("ids", "").split(",")
                self._serve("read", None, lambda: network.read_several(named, base))
            case "POST":
                self._authorised("post", lambda who: network.post(who, self._fields(), base))
            case _:
                self.reply(refusal(404, "not_found", "There is nothing here."))

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
                self.reply(refusal(404, "not_found", "There is nothing here."))

    def _tell(self, method: str, path: list[str]) -> None:
        audience, base = self._sandbox.audience, self._sandbox.url
        match method, path:
            case "GET", ["limits"]:  # told to anybody
                self._serve("limits", None, audience.limits)
            case "GET", [on] if on in TOLD:
                count = self._network.count
                self._authorised(on, lambda w: audience.tell(on, w, base, self._query, count))
            case _:
                found = self._sandbox.moderation.find(method, path, self._fields(), base)
                if found is None:
                    self.reply(refusal(404, "not_found", "There is nothing here."))
                else:
                    self._authorised(*found)

    def _authorised(self, on: str, act: Callable[[str], Reply]) -> None:
        token = self.headers.get("Authorization", "").removeprefix("Bearer ")
        account = self._network.account_of(token)
        if account is None:
            self.reply(refusal(401, "token", "Sign in again."))
            return
        self._serve(on, account, lambda: act(account))

    def _serve(self, on: str, account: str | None, act: Act) -> None:
        """Act and answer, unless a fault strikes."""
        text = str(self._fields().get("text", "")) if on == "post" else ""
        fault = self._sandbox.faults.take(on, account, text)
        match fault:
            case None:
                self.reply(act())
            case FaultKind.ALTERED_TEXT:
                self.body = json.dumps({**self._fields(), "text": f"{text[:-1]}…"}).encode()
                self.reply(act())
            case FaultKind.RATE_LIMITED:
                self.reply(self._network.rate_limited())
            case FaultKind.EXPIRED_TOKEN:
                self._network.expire_tokens(account)
                self.reply(refusal(401, "token", "Sign in again."))
            case FaultKind.DUPLICATE:
                self.reply(refusal(409, "duplicate", "You have said that already."))
            case _:
                self._fail(fault, act)

    def _fail(self, fault: FaultKind, act: Act) -> None:
        """Fail the caller; whether the act is done first, after, or never is the fault's point."""
        late = fault is FaultKind.COMMITS_WHEN_GIVEN_UP
        reply = act() if fault not in BEFORE and not late else None
        if fault in SPOILS and reply is not None:
            self._spoil(fault, reply)
        elif fault in (FaultKind.FAILS_BEFORE_COMMIT, FaultKind.FAILS_AFTER_COMMIT):
            self.reply(refusal(500, "broken", "Something went wrong."))
        elif fault in (FaultKind.RESETS_BEFORE_COMMIT, FaultKind.RESETS_AFTER_COMMIT):
            self.keeps = False
            linger_none = struct.pack("ii", 1, 0)
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger_none)
        else:
            self._hang()
            if late:
                act()

    def _spoil(self, fault: FaultKind, reply: Reply) -> None:
        """Answer with half a body, another kind of body, or a byte now and then."""
        if fault is FaultKind.WRONG_TYPE:
            self._page(reply.status, "<html><body>Back soon.</body></html>")
            return
        self.keeps, body = False, reply.body()
        told = {**reply.headers, "Content-Type": JSON, "Content-Length": str(len(body))}
        head = self.head(reply.status, told.items())
        if fault is FaultKind.TRUNCATED:
            self.wfile.write(head + body[: len(body) // 2])
            return
        self.wfile.write(head)
        for byte in body:
            if self.server.stopping.wait(DRIP):
                return
            self.wfile.write(bytes([byte]))  # until the caller gives up

    def _hang(self) -> None:
        """Say nothing until the caller hangs up or the server stops."""
        self.keeps = False
        while not self.server.stopping.is_set():
            ready, _, _ = select.select([self.connection], [], [], PULSE)
            if ready and not self.connection.recv(1):
                return

    def _fields(self) -> dict[str, Any]:
        try:
            fields = json.loads(self.body)
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
        found = self._network.find(name)
        if found is None:
            self._page(404, timeline_page([]))
        else:
            self._page(200, post_page(found))

    def reply(self, reply: Reply) -> None:
        """Answer with JSON."""
        self.write(reply.status, JSON, reply.body(), reply.headers)

    def refuse(self, status: int, message: str) -> None:
        """Answer what is no question, with a sentence a person understands."""
        self.reply(refusal(status, "request", message))

    def _page(self, status: int, html: str) -> None:
        self.write(status, "text/html; charset=utf-8", html.encode(), {})
