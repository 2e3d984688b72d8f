"""HTTP/1.1 as our servers speak it: question after question on one connection, each read whole and
answered with one write.

A year of a force asks some million times. The standard library's handler takes longer to read a
question than most answers take, and a connection with a thread for each costs as much again.
"""

import contextlib
import socketserver
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from http import HTTPStatus
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from local.switchboard import Switchboard

LONGEST_LINE = 65_536
WORDS = len(("GET", "/", "HTTP/1.1"))
MOST_HEADERS = 100


class Headers(Mapping[str, str]):
    """What a question says of itself; names are told apart without regard to case."""

    def __init__(self, told: Mapping[str, str]) -> None:
        self._told = told

    def __getitem__(self, name: str) -> str:
        return self._told[name.lower()]

    def __iter__(self) -> Iterator[str]:
        return iter(self._told)

    def __len__(self) -> int:
        return len(self._told)


class Conversation(socketserver.StreamRequestHandler):
    """Lives as long as one connection. `answer` is for whoever inherits; it writes once."""

    server: "Switchboard"
    disable_nagle_algorithm = True
    methods = frozenset({"GET", "POST", "PUT", "DELETE"})
    largest = 60_000_000
    """Bytes of a question; no picture and no video is larger."""

    method: str
    path: str
    version: str
    headers: Headers
    body: bytes

    def handle(self) -> None:
        """Answer until one of the two hangs up."""
        self.keeps = True
        with contextlib.suppress(OSError):  # the caller is gone
            while self._understood():
                self.answer()
                if not (self.keeps and self.server.at_rest(self.connection)):
                    return

    def answer(self) -> None:
        """Answer what was asked."""
        raise NotImplementedError

    def refuse(self, status: int, message: str) -> None:
        """Answer what is no question."""
        self.write(status, "text/plain", message.encode(), {})

    def write(self, status: int, kind: str, body: bytes, headers: Mapping[str, str]) -> None:
        """Answer with anything."""
        told = {**headers, "Content-Type": kind, "Content-Length": str(len(body))}
        self.wfile.write(self.head(status, told.items()) + body)

    def head(self, status: int, headers: Iterable[tuple[str, str]]) -> bytes:
        """What stands before a body."""
        more = "".join(f"{name}: {value}\r\n" for name, value in headers)
        end = "" if self.keeps else "Connection: close\r\n"
        return f"{_first_line(status)}{more}{end}\r\n".encode("latin-1")

    def _understood(self) -> bool:
        """Whether there is another question, and it was read; what is none has been refused."""
        line = self.rfile.readline(LONGEST_LINE + 1)
        if not line:
            return False
        self.server.at_work(self.connection)
        words, told = line.decode("latin-1").split(), self._headers()
        if told is None or len(words) != WORDS or len(line) > LONGEST_LINE:
            return self._refused(400, "That is no request.")
        self.method, self.path, self.version = words
        self.headers = Headers(told)
        self.keeps = self.version == "HTTP/1.1" and told.get("connection", "").lower() != "close"
        return self._has_body(told)

    def _headers(self) -> dict[str, str] | None:
        """Up to the empty line; None where they are none, or too many."""
        told: dict[str, str] = {}
        for _ in range(MOST_HEADERS):
            line = self.rfile.readline(LONGEST_LINE + 1)
            if line in {b"\r\n", b"\n"}:
                return told
            name, colon, value = line.decode("latin-1").partition(":")
            if not colon:
                return None
            name, value = name.lower(), value.strip()
            told[name] = f"{told[name]},{value}" if name in told else value
        return None

    def _has_body(self, told: Mapping[str, str]) -> bool:
        size = told.get("content-length", "0")
        if self.method not in self.methods:
            return self._refused(501, "Nobody does that here.")
        if "transfer-encoding" in told:
            return self._refused(411, "Say first how much it is.")
        if not size.isdigit() or int(size) > self.largest:
            return self._refused(413, "That is too much at once.")
        if told.get("expect", "").lower() == "100-continue":
            self.wfile.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        self.body = self.rfile.read(int(size)) if size != "0" else b""
        return len(self.body) == int(size)

    def _refused(self, status: int, message: str) -> bool:
        """What follows on this connection could not be told from the rest of this: it ends."""
        self.keeps = False
        self.refuse(status, message)
        return False


@cache
def _first_line(status: int) -> str:
    return f"HTTP/1.1 {status} {HTTPStatus(status).phrase}\r\n"
