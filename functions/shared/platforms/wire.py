"""One HTTP exchange with a platform, and the one question that matters when it fails: did it leave?

No retry ever happens here: a silently repeated POST is a second post.

WireError
├── NeverLeftError   no connection was made; not a byte of the request left us
└── NoAnswerError    it left, at least in part, and no whole answer came back
"""

import json
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import urllib3
from urllib3 import BaseHTTPResponse
from urllib3.exceptions import (
    ConnectTimeoutError,
    HTTPError,
    LocationValueError,
    NewConnectionError,
    ProxyError,
    SSLError,
)

USER_AGENT = "Bluelamp/1"

Body = bytes | Iterable[bytes] | None

SUCCESS, REFUSAL = 2, 4
"""The first digit of a status."""


class WireError(Exception):
    """Root of what can go wrong before there is an answer."""


class NeverLeftError(WireError):
    """No connection could be made, so the platform cannot have seen the request."""


class NoAnswerError(WireError):
    """The request left and its answer was lost: the platform may have acted on it."""


LARGEST = 5_000_000
"""Bytes of an answer; a page of a timeline has far less, and no platform may fill our memory."""

PIECE = 65_536


@dataclass(frozen=True)
class Timeouts:
    """Seconds to wait for a connection, for each next piece of an answer, and for all of it: a
    platform that sends a byte now and then would otherwise hold us for ever.
    """

    connect: float = 3.0
    read: float = 20.0
    whole: float = 40.0


@dataclass(frozen=True)
class Answer:
    """What came back: any status at all; header names in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def refused(self) -> bool:
        """A 4xx: the platform, or something in front of it, turned the request down."""
        return self.status // 100 == REFUSAL

    @property
    def ok(self) -> bool:
        return self.status // 100 == SUCCESS

    def fields(self) -> dict[str, Any]:
        """The JSON object in the body; empty where the body is none, as from a proxy's page."""
        try:
            parsed = json.loads(self.body)
        except ValueError:
            return {}
        return parsed if isinstance(parsed, dict) else {}

    def items(self) -> list[dict[str, Any]] | None:
        """The objects of the JSON list in the body; None where the body is no such list."""
        try:
            parsed = json.loads(self.body)
        except ValueError:
            return None
        if not isinstance(parsed, list) or not all(isinstance(item, dict) for item in parsed):
            return None
        return parsed


class Wire:
    """Sends requests, each on a connection of its own.

    A kept connection may have been dropped on the far side while a function slept; the next send
    would then end as uncertain for no reason. A fresh one costs a handshake and is never stale.
    Whoever only reads may keep them (`kept_wire`).
    """

    def __init__(self, timeouts: Timeouts, pool: urllib3.PoolManager | None = None) -> None:
        self._whole = timeouts.whole
        self._patience = urllib3.Timeout(connect=timeouts.connect, read=timeouts.read)
        self._pool = pool or urllib3.PoolManager()

    def call(
        self,
        method: str,
        url: str,
        *,
        query: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        body: Body = None,
    ) -> Answer:
        """One attempt; any answer is an Answer. Raises NeverLeftError or NoAnswerError. A body in
        pieces is as long as the Content-Length among the headers."""
        address = f"{url}?{urlencode(query)}" if query else url
        sent = {"User-Agent": USER_AGENT, **(headers or {})}
        until = time.monotonic() + self._whole
        try:
            answer, is_last = self._exchanged(method, address, sent, body)
            received = _all_of(answer, until, is_last=is_last)
        except SSLError as error:
            # Only a certificate that fails happens surely before the request is written.
            if "CERTIFICATE_VERIFY_FAILED" in str(error):
                raise NeverLeftError(_reason(error)) from error
            raise NoAnswerError(_reason(error)) from error
        except (NewConnectionError, ConnectTimeoutError, LocationValueError, ProxyError) as error:
            raise NeverLeftError(_reason(error)) from error
        except HTTPError as error:
            raise NoAnswerError(_reason(error)) from error
        lowered = {name.lower(): value for name, value in answer.headers.items()}
        return Answer(answer.status, lowered, received)

    def _exchanged(
        self, method: str, address: str, headers: Mapping[str, str], body: Body
    ) -> tuple[BaseHTTPResponse, bool]:
        """The head of the answer, and whether its connection ends with it."""
        alone = {"Connection": "close", **headers}
        return self._asked_of(self._pool, method, address, alone, body), True

    def _asked_of(
        self,
        pool: urllib3.PoolManager | urllib3.HTTPConnectionPool,
        method: str,
        address: str,
        headers: Mapping[str, str],
        body: Body,
    ) -> BaseHTTPResponse:
        return pool.request(
            method,
            address,
            headers=headers,
            body=body,
            redirect=False,
            retries=False,
            preload_content=False,
            timeout=self._patience,
        )

    def post_json(self, url: str, fields: object, headers: Mapping[str, str]) -> Answer:
        """`call` with a JSON body, written the same way every time."""
        return self.send_json("POST", url, fields, headers)

    def send_json(
        self, method: str, url: str, fields: object, headers: Mapping[str, str]
    ) -> Answer:
        """The same by another method."""
        return self.call(
            method,
            url,
            headers={"Content-Type": "application/json", **headers},
            body=json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode(),
        )


def _all_of(answer: BaseHTTPResponse, until: float, *, is_last: bool) -> bytes:
    """The body, decoded; NoAnswerError if it takes too long or is too much."""
    received, connection = bytearray(), answer.connection
    try:
        while piece := answer.read1(PIECE):
            received += piece
            if len(received) > LARGEST:
                raise NoAnswerError("TooLarge")
            if time.monotonic() > until:
                raise NoAnswerError("TooSlow")
        answer.drain_conn()  # raises where the body ended before its length
    finally:
        answer.close()
        if is_last and connection is not None:
            connection.close()  # a server that hangs up need not say so beforehand
    return bytes(received)


def _reason(error: Exception) -> str:
    """The kind of failure; the whole text may hold an address with a query, so it stays out."""
    return type(error).__name__
