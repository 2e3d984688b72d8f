"""What happens on the way to S3: an answer is lost, a byte changes, another is writing."""

import threading
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

BY_HOP = {"connection", "expect", "transfer-encoding"}
"""Between two neighbours only; none of them is signed."""

CONFLICT = b"""<?xml version="1.0" encoding="UTF-8"?>
<Error><Code>ConditionalRequestConflict</Code>
<Message>The conditional request cannot succeed due to a conflicting operation.</Message></Error>"""
"""S3's answer while another conditional write to the same place is being decided."""


class Wire:
    """`url` before a server; every request goes on as it came, unless something is to happen."""

    def __init__(self, target: str) -> None:
        self.target = urlsplit(target)
        self.answers_to_lose = 0
        self.loses_every_first_answer = False
        self.bodies_to_spoil = 0
        self.answers_to_spoil = 0
        self.conflicts = 0
        self.writes = 0
        """How many requests to write have passed."""
        self.written: set[str] = set()
        """Where to."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _Passing)
        self._server.daemon_threads = True
        self._server.wire = self
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def is_to_lose(self, path: str) -> bool:
        """Whether the answer to this write gets lost."""
        is_first = path not in self.written
        self.written.add(path)
        if self.answers_to_lose:
            self.answers_to_lose -= 1
            return True
        return self.loses_every_first_answer and is_first

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._server.shutdown()
        self._server.server_close()


def spoilt(data: bytes) -> bytes:
    """The same bytes but for one bit."""
    return bytes([data[0] ^ 1]) + data[1:]


class _Passing(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        status, headers, body = self._ask(b"")
        if self.server.wire.answers_to_spoil:
            self.server.wire.answers_to_spoil -= 1
            body = spoilt(body)
        self._answer(status, headers, body)

    def do_HEAD(self) -> None:
        self._answer(*self._ask(b""))

    def do_PUT(self) -> None:
        wire = self.server.wire
        wire.writes += 1
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if wire.conflicts:
            wire.conflicts -= 1
            self._answer(409, [("Content-Type", "application/xml")], CONFLICT)
            return
        if wire.bodies_to_spoil:
            wire.bodies_to_spoil -= 1
            body = spoilt(body)
        answer = self._ask(body)
        if wire.is_to_lose(self.path):
            self.close_connection = True
        else:
            self._answer(*answer)

    def _ask(self, body: bytes):
        # The host is part of what was signed, so it goes on as it came.
        connection = HTTPConnection(self.server.wire.target.netloc, timeout=60)
        try:
            connection.putrequest(
                self.command, self.path, skip_host=True, skip_accept_encoding=True
            )
            for name, value in self.headers.items():
                if name.lower() not in BY_HOP:
                    connection.putheader(name, value)
            connection.endheaders(body)
            told = connection.getresponse()
            return told.status, told.getheaders(), told.read()
        finally:
            connection.close()

    def _answer(self, status, headers, body) -> None:
        self.send_response_only(status)
        for name, value in headers:
            if name.lower() not in BY_HOP | {"content-length"}:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_) -> None:
        """A test's output is pytest's."""
