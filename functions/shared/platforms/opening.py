"""What adapters, readers and editors are opened with; and no password travels in the clear."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from shared.platforms.base import Credentials, Sessions, UnsupportedError
from shared.platforms.kept_wire import Connections, KeptWire
from shared.platforms.wire import Timeouts, Wire

if TYPE_CHECKING:
    from shared.platforms.feed.shelf import Shelf

NEARBY = Timeouts(connect=2.0, read=5.0)
"""For the sandbox, which is never far: an injected silence should not last twenty seconds."""

LOOPBACK = ("127.0.0.1", "::1", "localhost")


@dataclass(frozen=True)
class Opening:
    """One account on one platform; `handle_name` is its name there, for addresses; `shelf` is where
    feeds lie; `connections` are those that whoever only reads keeps from look to look."""

    credentials: Credentials
    sessions: Sessions
    handle_name: str
    timeouts: Timeouts | None
    clock: Callable[[], datetime]
    shelf: "Shelf | None" = None
    connections: Connections | None = None

    def wire(self, usual: Timeouts | None = None) -> Wire:
        """The way out, patient as asked for, or as is usual there."""
        timeouts = self.timeouts or usual or Timeouts()
        return KeptWire(timeouts, self.connections) if self.connections else Wire(timeouts)


def real_time() -> datetime:
    """Now, in UTC: what a rate limit without a moment of its own is counted from."""
    return datetime.now(UTC)


def require_private(credentials: Credentials) -> None:
    """Encrypted, or never leaving the machine; so is the place where tokens are renewed."""
    for url in (credentials.service, credentials.token_url or credentials.service):
        address = urlsplit(url)
        private = address.scheme == "http" and address.hostname in LOOPBACK
        if address.scheme != "https" and not private:
            raise UnsupportedError(f"{url} is not an https address.")
