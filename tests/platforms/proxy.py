"""A proxy that stands before a real server and fails its callers in every way the sandbox can."""

import json
import threading
from http.client import HTTPConnection
from urllib.parse import urlsplit

from local.sandbox.faults import FaultKind, Faults
from local.sandbox.replies import Reply
from local.sandbox.request import Request
from local.sandbox.server import Listener

OPERATIONS = {
    "com.atproto.server.createSession": "sign-in",
    "com.atproto.server.refreshSession": "sign-in",
    "com.atproto.repo.uploadBlob": "media",
    "com.atproto.repo.putRecord": "post",
    "com.atproto.repo.deleteRecord": "delete",
    "com.atproto.repo.getRecord": "read",
}
"""What the server calls what faults call otherwise."""


class FaultyProxy:
    """`url` before `target`; forwards everything, unless a fault strikes."""

    def __init__(self, target: str, now) -> None:
        self.target = urlsplit(target)
        self.now = now
        self.faults = Faults()
        self.calls: list[str] = []
        self.told_with_a_post: dict[str, str] = {}
        self._http = Listener(("127.0.0.1", 0), self, Forwarded)
        self.url = f"http://127.0.0.1:{self._http.server_address[1]}"
        self.network = None
        threading.Thread(target=self._http.serve_forever, daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._http.stopping.set()
        self._http.shutdown()
        self._http.server_close()

    def ask(self, method: str, path: str, headers, body: bytes) -> Reply:
        """The real server's answer, but for the part that would lead callers past this proxy."""
        connection = HTTPConnection(self.target.hostname, self.target.port, timeout=30)
        try:
            kept = {n: v for n, v in headers.items() if n.lower() not in {"host", "connection"}}
            connection.request(method, path, body or None, {**kept, "Connection": "close"})
            answer = connection.getresponse()
            fields = json.loads(answer.read() or b"{}")
        finally:
            connection.close()
        fields.pop("didDoc", None)
        posted = OPERATIONS.get(path.rsplit("/", 1)[-1]) == "post" and answer.status < 400
        return Reply(answer.status, fields, self.told_with_a_post if posted else {})


class Forwarded(Request):
    """One request on its way."""

    def _route(self, method: str, path: list[str]) -> None:
        proxy = self.server.sandbox
        proxy.calls.append(path[-1])
        headers, body = dict(self.headers.items()), self.body
        self._serve(
            OPERATIONS.get(path[-1], "other"),
            None,
            lambda: proxy.ask(method, self.path, headers, body),
        )

    def _serve(self, on, account, act) -> None:
        proxy = self.server.sandbox
        fault = proxy.faults.take(on, account, self.body.decode("latin-1"))
        match fault:
            case None:
                self.reply(act())
            case FaultKind.RATE_LIMITED:
                reset = {"RateLimit-Reset": str(int(proxy.now().timestamp()) + 300)}
                fields = {"error": "RateLimitExceeded", "message": "Rate Limit Exceeded"}
                self.reply(Reply(429, fields, reset))
            case FaultKind.EXPIRED_TOKEN:
                fields = {"error": "ExpiredToken", "message": "Token has expired"}
                self.reply(Reply(400, fields))
            case _:
                self._fail(fault, act)
