"""The sandbox over HTTP, on the loopback address, a thread a connection.

POST /v1/sessions · POST /v1/media · GET,POST /v1/posts · GET /v1/timeline · GET,PUT,DELETE
/v1/posts/{id} · GET /v1/{profile,followers,following,mentions,limits} · GET,PUT,DELETE
/v1/comments/{id} · POST /v1/comments/{id}/reports · GET,PUT,DELETE /v1/blocks/{person} with a
bearer token;
GET /, /posts/{id} and /remarks/{id} for people; GET,POST,DELETE /faults and POST /remarks, which is
what the public says, for tests and trials.
"""

import secrets
import threading
from collections.abc import Callable
from datetime import datetime
from types import TracebackType
from typing import Self

from local.conversation import Conversation
from local.sandbox.audience import Audience
from local.sandbox.faults import Faults
from local.sandbox.moderation import Moderation, Report
from local.sandbox.network import Network
from local.sandbox.posted import Posted
from local.sandbox.request import Request
from local.switchboard import Switchboard
from shared.platforms.base import Credentials

LOOPBACK = "127.0.0.1"


class SandboxServer:
    """A running sandbox: `url`, `network`, `audience`, `faults`, `posts`; a context manager.
    `told` is what was reported to whoever runs it."""

    def __init__(
        self, now: Callable[[], datetime], *, port: int = 0, posts_per_window: int = 300
    ) -> None:
        self.now = now
        self.audience = Audience()
        self.network = Network(now, posts_per_window=posts_per_window, heard=self.audience.heard)
        self.faults = Faults()
        self.told: list[Report] = []
        self._http = Listener((LOOPBACK, port), self)
        self.url = f"http://{LOOPBACK}:{self._http.server_address[1]}"
        self._thread = threading.Thread(target=self._http.serve_forever, daemon=True)
        self._thread.start()

    @property
    def moderation(self) -> Moderation:
        """What accounts do about what is said to them."""
        return Moderation(self.audience, self.told)

    @property
    def posts(self) -> tuple[Posted, ...]:
        """Everything that stands, oldest first."""
        return self.network.posts

    def create_account(self, identifier: str) -> Credentials:
        """Open an account with a password of its own."""
        password = secrets.token_urlsafe(12)
        self.network.add_account(identifier, password)
        return Credentials(service=self.url, identifier=identifier, password=password)

    def settled(self, seconds: float) -> bool:
        """Wait until no request is being worked on; False if one still is after `seconds`."""
        return self._http.idle(seconds)

    def stop(self) -> None:
        """Hang up on everybody; stopping twice is fine."""
        self._http.stopping.set()
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()


class Listener(Switchboard):
    """Knows which sandbox is asked."""

    def __init__(
        self,
        address: tuple[str, int],
        sandbox: SandboxServer,
        request: type[Conversation] = Request,
    ) -> None:
        self.sandbox = sandbox
        super().__init__(address, request)
