"""A WSGI application asked over a kept connection.

werkzeug's own server hangs up after each answer: every call to the local cloud would cost both
sides a new connection, and this one a new thread.
"""

import logging
import socket
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from http import HTTPStatus
from io import BytesIO
from typing import Any
from urllib.parse import unquote

from local.conversation import Conversation
from local.switchboard import Switchboard

Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
Told = tuple[int, list[tuple[str, str]], bytes]
"""A status, headers, a body."""

LOG = logging.getLogger(__name__)

BODILESS = frozenset({HTTPStatus.NO_CONTENT, HTTPStatus.NOT_MODIFIED})
"""Statuses whose answers have no body, and say nothing of its length."""

FAILED: Told = (500, [("Content-Type", "text/plain")], b"Something went wrong.")


class AnsweringServer(Switchboard):
    """Asks `application`; another may take its place while it runs."""

    def __init__(self, listening: socket.socket, application: Wsgi) -> None:
        self.application = application
        super().__init__(listening.getsockname(), Answering, listening=listening)


class Answering(Conversation):
    """One question after another, each handed to the application."""

    server: AnsweringServer
    methods = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
    largest = 1_000_000_000

    def answer(self) -> None:
        """Ask the application; what it fails with is logged."""
        try:
            status, headers, body = self._told()
        except Exception:
            LOG.exception("%s %s could not be answered", self.method, self.path)
            status, headers, body = FAILED
        if status in BODILESS or self.method == "HEAD":
            body = b""
        elif all(name.lower() != "content-length" for name, _ in headers):
            headers = [*headers, ("Content-Length", str(len(body)))]
        self.wfile.write(self.head(status, headers) + body)

    def _told(self) -> Told:
        begun: list[Any] = []

        def start(status: str, headers: list[tuple[str, str]], _: object = None) -> None:
            begun[:] = [int(status.split(None, 1)[0]), headers]

        with closing(_Pieces(self.server.application(self._environ(), start))) as pieces:
            body = b"".join(pieces)
        status, headers = begun
        return status, headers, body

    def _environ(self) -> dict[str, Any]:
        """What WSGI calls a question (PEP 3333)."""
        path, _, query = self.path.partition("?")
        host, port = self.server.server_address[:2]
        environ = {
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.input": BytesIO(self.body),
            "wsgi.errors": sys.stderr,
            "wsgi.multithread": True,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
            "REQUEST_METHOD": self.method,
            "SCRIPT_NAME": "",
            "PATH_INFO": unquote(path).encode().decode("latin-1"),
            "QUERY_STRING": query,
            "REQUEST_URI": self.path,
            "RAW_URI": self.path,
            "REMOTE_ADDR": self.client_address[0],
            "REMOTE_PORT": self.client_address[1],
            "SERVER_NAME": host,
            "SERVER_PORT": str(port),
            "SERVER_PROTOCOL": self.version,
        }
        # A name with an underscore would pass for another with a hyphen.
        named = ((name, value) for name, value in self.headers.items() if "_" not in name)
        return environ | {_variable(name): value for name, value in named}


class _Pieces:
    """An application's answer, closed if it can be."""

    def __init__(self, answer: Iterable[bytes]) -> None:
        self._answer = answer

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._answer)

    def close(self) -> None:
        close = getattr(self._answer, "close", None)
        if close is not None:
            close()


def _variable(header: str) -> str:
    name = header.upper().replace("-", "_")
    return name if name in {"CONTENT_TYPE", "CONTENT_LENGTH"} else f"HTTP_{name}"
