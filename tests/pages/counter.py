"""A small server on the loopback that shows the samples as the product would, and keeps notes."""

import gzip
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self
from urllib.parse import parse_qs

from shared.http.application import SAFE_HEADERS
from shared.pages.render import render
from shared.pages.static import static
from tests.pages.samples import SAMPLES


class Counter:
    """`url` is where it listens; `sent` holds the fields of every form it was sent."""

    def __init__(self) -> None:
        self.sent: list[dict[str, list[str]]] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._desk())
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def _desk(self) -> type[BaseHTTPRequestHandler]:
        counter = self

        class Desk(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                found = asset_or_page(self.path.partition("?")[0])
                self.answer(*found) if found else self.send_error(404)

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                counter.sent.append(parse_qs(body, keep_blank_values=True))
                self.answer(*page("problem"))

            def answer(self, body: bytes, content_type: str) -> None:
                packed = gzip.compress(body, mtime=0)
                self.send_response(200)
                for name, value in SAFE_HEADERS.items():
                    self.send_header(name, value)
                self.send_header("Content-Type", content_type)
                self.send_header("Content-Encoding", "gzip")
                self.send_header("Content-Length", str(len(packed)))
                self.end_headers()
                self.wfile.write(packed)

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002
                """Say nothing."""

        return Desk


def asset_or_page(path: str) -> tuple[bytes, str] | None:
    """A static file under /static/, a sample under its own name."""
    if path.startswith("/static/"):
        return static(path.removeprefix("/static/"))
    return page(path.strip("/")) if path.strip("/") in SAMPLES else None


def page(name: str) -> tuple[bytes, str]:
    """A sample as the product would answer it."""
    sample = SAMPLES[name]
    html = render(sample.page, sample.view, csrf=sample.csrf, viewer=sample.viewer)
    return html.encode(), "text/html; charset=utf-8"
