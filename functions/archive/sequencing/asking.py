"""One HTTP exchange with somebody outside who is not trusted: short, whole, never repeated here.

AskingError
└── SilentError    no whole answer came in time
"""

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    import urllib3

CONNECT_SECONDS, READ_SECONDS, WHOLE_SECONDS = 3.0, 8.0, 12.0
LARGEST_ANSWER = 65_536
PIECE = 4_096
TEXT = "text/plain; charset=utf-8"
LOOPBACK = frozenset({"127.0.0.1", "localhost"})


class AskingError(Exception):
    """Root of what can go wrong before there is an answer."""


class SilentError(AskingError):
    """No whole answer came in time."""


@dataclass(frozen=True)
class Heard:
    """What came back: any status at all."""

    status: int
    body: bytes


def is_safe(url: str) -> bool:
    """TLS, always; only what runs on this very machine is reached without."""
    parts = urlsplit(url)
    loopback = parts.scheme == "http" and parts.hostname in LOOPBACK
    return bool(parts.netloc) and (parts.scheme == "https" or loopback)


def post(url: str, body: bytes, kind: str = TEXT) -> Heard:
    """One attempt, not redirected; SilentError."""
    import urllib3  # only where somebody is asked

    until = time.monotonic() + WHOLE_SECONDS
    patience = urllib3.Timeout(connect=CONNECT_SECONDS, read=READ_SECONDS)
    pool = urllib3.PoolManager(retries=False, timeout=patience)
    try:
        answer = pool.request(
            "POST",
            url,
            body=body,
            headers={"Connection": "close", "Content-Type": kind},
            redirect=False,
            preload_content=False,
        )
        return Heard(answer.status, _all_of(answer, until))
    except urllib3.exceptions.HTTPError as error:
        raise SilentError(type(error).__name__) from error
    finally:
        pool.clear()


def _all_of(answer: "urllib3.BaseHTTPResponse", until: float) -> bytes:
    """The whole body, if it is short and comes in time: a byte now and then would hold us."""
    body = b""
    while piece := answer.read1(PIECE):
        body += piece
        if len(body) > LARGEST_ANSWER:
            raise SilentError("the answer is too long")
        if time.monotonic() > until:
            raise SilentError("the answer takes too long")
    return body
