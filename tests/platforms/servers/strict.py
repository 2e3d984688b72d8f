"""A strict platform on the loopback address: it refuses what it does not know, and fails on demand.

A platform's own server names its `Route`s. Whatever no route, header or act knows is refused with
its name, so that a request of ours which the platform does not document cannot pass a test. Every
fault strikes after the request was judged: a wrong request is never hidden by a fault.
"""

import json
import select
import socket
import struct
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from re import Pattern
from typing import Any, Self
from urllib.parse import parse_qsl, urlsplit

from local.sandbox import Faults
from local.sandbox.faults import FaultKind

EVERYBODYS = frozenset(
    {"host", "user-agent", "connection", "accept-encoding", "content-length", "content-type"}
)
"""Headers that every HTTP client sends."""

PULSE = 0.05
DRIP = 0.2


class RefusedRequestError(Exception):
    """What the platform says no to: a status and the platform's own JSON."""

    def __init__(self, status: int, fields: object, **headers: str) -> None:
        super().__init__(status, fields)
        self.reply = Reply(status, fields, headers)


@dataclass(frozen=True)
class Reply:
    """An answer: status, JSON (None is an empty body), and headers beside the usual ones."""

    status: int
    fields: object = None
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Request:
    """One request as it came: header names in lower case, `query` as its pairs."""

    method: str
    path: str
    query: tuple[tuple[str, str], ...]
    headers: Mapping[str, str]
    body: bytes
    found: tuple[str, ...] = ()

    def json(self) -> Any:
        """The JSON of the body; refused where it is none."""
        try:
            return json.loads(self.body)
        except ValueError:
            raise RefusedRequestError(400, {"error": "This is no JSON."}) from None

    def parameters(self, *known: str) -> dict[str, str]:
        """The query, which may hold these names only, each once."""
        names = [name for name, _ in self.query]
        strange = [name for name in names if name not in known or names.count(name) > 1]
        if strange:
            raise RefusedRequestError(400, {"error": f"Unknown parameters: {strange}"})
        return dict(self.query)


@dataclass(frozen=True)
class Route:
    """What one method on one path does; `on` is what its faults are called, `headers` are the
    names it takes besides everybody's."""

    method: str
    path: Pattern[str]
    on: str
    act: Callable[[Request], Reply]
    headers: frozenset[str] = frozenset({"authorization"})


class StrictServer:
    """A running platform; a context manager. Subclasses give the routes and the words of faults."""

    def __init__(self) -> None:
        self.faults = Faults()
        self.refused: list[Reply] = []
        self.told_with_a_post: dict[str, str] = {}
        """Headers besides, on every yes to a post: what is left of a quota."""
        self._http = _Listener(("127.0.0.1", 0), self)
        self.url = f"http://127.0.0.1:{self._http.server_address[1]}"
        self._thread = threading.Thread(
            target=self._http.serve_forever, kwargs={"poll_interval": PULSE}, daemon=True
        )
        self._thread.start()

    def routes(self) -> tuple[Route, ...]:
        """Everything this platform answers."""
        raise NotImplementedError

    def rate_limited(self) -> Reply:
        """How the platform says not now."""
        raise NotImplementedError

    def expired(self) -> Reply:
        """How it says that a token is no longer good; makes it so."""
        raise NotImplementedError

    def repeated(self) -> Reply:
        """How it refuses words that it has already."""
        raise NotImplementedError

    def broken(self) -> Reply:
        """How it says that it broke."""
        return Reply(500, {"error": "Something went wrong."})

    def answer(self, request: Request) -> tuple[Reply, FaultKind | None]:
        """What a request gets, and which fault is to spoil it."""
        for route in self.routes():
            match = route.path.fullmatch(request.path)
            if match and route.method == request.method:
                return self._routed(route, Request(**{**vars(request), "found": match.groups()}))
        return Reply(404, {"error": f"There is no {request.method} {request.path}."}), None

    def _routed(self, route: Route, request: Request) -> tuple[Reply, FaultKind | None]:
        strange = set(request.headers) - EVERYBODYS - route.headers
        if strange:
            return self._no(Reply(400, {"error": f"Unknown headers: {sorted(strange)}"})), None
        fault = self.faults.take(route.on, None, request.body.decode("utf-8", "replace"))
        match fault:
            case FaultKind.RATE_LIMITED:
                return self.rate_limited(), None
            case FaultKind.EXPIRED_TOKEN:
                return self.expired(), None
            case FaultKind.DUPLICATE:
                return self.repeated(), None
            case (
                FaultKind.FAILS_BEFORE_COMMIT
                | FaultKind.HANGS_BEFORE_COMMIT
                | FaultKind.RESETS_BEFORE_COMMIT
            ):
                return self.broken(), fault
        try:
            reply = route.act(request)
        except RefusedRequestError as error:
            return self._no(error.reply), None
        if route.on == "post":
            reply = Reply(reply.status, reply.fields, {**reply.headers, **self.told_with_a_post})
        return (self.broken() if fault is FaultKind.FAILS_AFTER_COMMIT else reply), fault

    def _no(self, reply: Reply) -> Reply:
        self.refused.append(reply)
        return reply

    def stop(self) -> None:
        """Hang up on everybody."""
        self._http.stopping.set()
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()


class _Listener(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, address: tuple[str, int], platform: StrictServer) -> None:
        self.platform = platform
        self.stopping = threading.Event()
        super().__init__(address, _Conversation)

    def shutdown_request(self, request: Any) -> None:
        # Only closes: an orderly shutdown first would turn an injected reset into a plain end.
        self.close_request(request)


class _Conversation(BaseHTTPRequestHandler):
    server: _Listener

    def do_GET(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        self._answer()

    def do_PUT(self) -> None:
        self._answer()

    def do_DELETE(self) -> None:
        self._answer()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's name
        """Silence."""

    def _answer(self) -> None:
        address = urlsplit(self.path)
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        headers = {name.lower(): value for name, value in self.headers.items()}
        query = tuple(parse_qsl(address.query, keep_blank_values=True))
        request = Request(self.command, address.path, query, headers, body)
        reply, fault = self.server.platform.answer(request)
        if fault in (FaultKind.RESETS_BEFORE_COMMIT, FaultKind.RESETS_AFTER_COMMIT):
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        elif fault in (FaultKind.HANGS_BEFORE_COMMIT, FaultKind.HANGS_AFTER_COMMIT):
            self._hang()
        else:
            self._write(reply, fault)

    def _hang(self) -> None:
        while not self.server.stopping.is_set():
            ready, _, _ = select.select([self.connection], [], [], PULSE)
            if ready and not self.connection.recv(1):
                return

    def _write(self, reply: Reply, fault: FaultKind | None) -> None:
        body = b"" if reply.fields is None else json.dumps(reply.fields).encode()
        kind = "application/json; charset=utf-8"
        if fault is FaultKind.WRONG_TYPE:
            body, kind = b"<html><body>Back soon.</body></html>", "text/html"
        self.send_response(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if fault is FaultKind.TRUNCATED:
            self.wfile.write(body[: len(body) // 2])
        elif fault is FaultKind.SLOW_DRIP:
            self._drip(body)
        else:
            self.wfile.write(body)

    def _drip(self, body: bytes) -> None:
        """A byte now and then: never silent for as long as a reader's patience, and never done."""
        for byte in body:
            if self.server.stopping.wait(DRIP):
                return
            try:
                self.wfile.write(bytes([byte]))
                self.wfile.flush()
            except OSError:
                return
