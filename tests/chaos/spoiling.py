"""The way to a platform, on which a fault strikes: what a socket would do, without one.

The strict servers judge a request and say which fault is to spoil the answer; here it is spoiled as
the real wire would tell of it. A request may also be *late*: the platform takes it up to two
minutes after we gave up on it, which no adapter can see and every one has to survive.
"""

import json
from datetime import timedelta
from urllib.parse import parse_qsl, urlencode, urlsplit

from local.sandbox.faults import FaultKind
from shared.platforms.wire import USER_AGENT, Answer, NoAnswerError, Wire
from tests.platforms.servers.strict import Request

LOST = {
    FaultKind.RESETS_BEFORE_COMMIT,
    FaultKind.RESETS_AFTER_COMMIT,
    FaultKind.HANGS_BEFORE_COMMIT,
    FaultKind.HANGS_AFTER_COMMIT,
    FaultKind.TRUNCATED,
    FaultKind.SLOW_DRIP,
}
"""What the wire can only tell as: it left, and no whole answer came back."""


class SpoiledWire(Wire):
    """To one strict server, in this process. `late` is armed with the seconds by which the next
    request that publishes arrives after we gave it up."""

    def __init__(self, server, clock):
        self._server, self._clock = server, clock
        self.late: list[float] = []
        self._under_way: list[tuple] = []

    def call(self, method, url, *, query=None, headers=None, body=None):
        address = urlsplit(f"{url}?{urlencode(query)}" if query else url)
        names = {"user-agent": USER_AGENT, **{n.lower(): v for n, v in (headers or {}).items()}}
        pairs = tuple(parse_qsl(address.query, keep_blank_values=True))
        request = Request(method, address.path, pairs, names, body or b"")
        if self.late and self._publishes(request):
            arrives = self._clock() + timedelta(seconds=self.late.pop())
            self._under_way.append((arrives, request))
            raise NoAnswerError("ReadTimeoutError")
        reply, fault = self._server.answer(request)
        if fault in LOST:
            raise NoAnswerError(fault)
        lowered = {name.lower(): value for name, value in reply.headers.items()}
        if fault is FaultKind.WRONG_TYPE:
            return Answer(reply.status, lowered, b"<html><body>Back soon.</body></html>")
        told = b"" if reply.fields is None else json.dumps(reply.fields).encode()
        return Answer(reply.status, lowered, told)

    def arrive(self):
        """Whatever was under way and is due by now reaches the platform."""
        now = self._clock()
        due = [request for at, request in self._under_way if at <= now]
        self._under_way = [(at, request) for at, request in self._under_way if at > now]
        for request in due:
            self._server.answer(request)

    def _publishes(self, request):
        return any(
            route.on == "post"
            and route.method == request.method
            and route.path.fullmatch(request.path)
            for route in self._server.routes()
        )
