"""From a platform's name to its adapter, bound to one account.

An adapter is read in only when it is opened: a function speaks to one platform in its life.
"""

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from shared.platforms.base import Credentials, Platform, Sessions, UnsupportedError
from shared.platforms.wire import Timeouts, Wire
from shared.posts.names import PlatformName

if TYPE_CHECKING:
    from shared.platforms.feed.shelf import Shelf

NEARBY = Timeouts(connect=2.0, read=5.0)
"""For the sandbox, which is never far: an injected silence should not last twenty seconds."""

LOOPBACK = ("127.0.0.1", "::1", "localhost")


@dataclass(frozen=True)
class Opening:
    """What adapters are opened with; `handle_name` is the account's name there, for addresses;
    `shelf` is where feeds lie."""

    credentials: Credentials
    sessions: Sessions
    handle_name: str
    timeouts: Timeouts | None
    clock: Callable[[], datetime]
    shelf: "Shelf | None" = None

    def wire(self, usual: Timeouts | None = None) -> Wire:
        """The way out, patient as asked for, or as is usual there."""
        return Wire(self.timeouts or usual or Timeouts())


def real_time() -> datetime:
    """Now, in UTC: what a rate limit without a moment of its own is counted from."""
    return datetime.now(UTC)


def open_platform(
    platform_name: PlatformName,
    credentials: Credentials,
    sessions: Sessions,
    handle_name: str,
    *,
    timeouts: Timeouts | None = None,
    clock: Callable[[], datetime] = real_time,
    shelf: "Shelf | None" = None,
) -> Platform:
    """The adapter; nothing is sent yet.

    UnsupportedError names the platforms known, or says that a password would travel in the clear.
    """
    opener = KNOWN.get(platform_name)
    if opener is None:
        known = ", ".join(sorted(KNOWN))
        raise UnsupportedError(f"There is no adapter for {platform_name}; there are: {known}.")
    return opener(Opening(credentials, sessions, handle_name, timeouts, clock, shelf))


def _bluesky(at: Opening) -> Platform:
    from shared.platforms.bluesky import Bluesky

    _require_private(at.credentials)
    return Bluesky(at.credentials, at.sessions, at.handle_name, wire=at.wire(), clock=at.clock)


def _mastodon(at: Opening) -> Platform:
    from shared.platforms.mastodon import mastodon

    _require_private(at.credentials)
    return mastodon(at.credentials, at.sessions, wire=at.wire(), clock=at.clock)


def _x(at: Opening) -> Platform:
    from shared.platforms.x import x

    _require_private(at.credentials)
    return x(at.credentials, at.sessions, at.handle_name, wire=at.wire(), clock=at.clock)


def _facebook(at: Opening) -> Platform:
    from shared.platforms.facebook import facebook

    _require_private(at.credentials)
    return facebook(at.credentials, wire=at.wire(), clock=at.clock)


def _linkedin(at: Opening) -> Platform:
    from shared.platforms.linkedin import linkedin

    _require_private(at.credentials)
    return linkedin(at.credentials, at.sessions, wire=at.wire(), clock=at.clock)


def _viva_engage(at: Opening) -> Platform:
    from shared.platforms.viva_engage import viva_engage

    _require_private(at.credentials)
    return viva_engage(at.credentials, at.sessions, wire=at.wire(), clock=at.clock)


def _feed(at: Opening) -> Platform:
    from shared.platforms.feed import Feed

    _require_private(at.credentials)
    if at.shelf is None:
        raise UnsupportedError("There is nowhere to put feeds here.")
    return Feed(at.credentials, at.handle_name, at.shelf, at.clock)


def _sandbox(at: Opening) -> Platform:
    from shared.platforms.sandbox import Sandbox

    _require_private(at.credentials)
    return Sandbox(at.credentials, at.sessions, wire=at.wire(NEARBY), clock=at.clock)


def _console(at: Opening) -> Platform:
    from shared.platforms.console import Console

    return Console(_log_file(at.credentials), sys.stdout.write)


KNOWN: Mapping[PlatformName, Callable[[Opening], Platform]] = {
    PlatformName("bluesky"): _bluesky,
    PlatformName("mastodon"): _mastodon,
    PlatformName("x"): _x,
    PlatformName("facebook"): _facebook,
    PlatformName("linkedin"): _linkedin,
    PlatformName("viva-engage"): _viva_engage,
    PlatformName("feed"): _feed,
    PlatformName("sandbox"): _sandbox,
    PlatformName("console"): _console,
}


def _require_private(credentials: Credentials) -> None:
    """Encrypted, or never leaving the machine; so is the place where tokens are renewed."""
    for url in (credentials.service, credentials.token_url or credentials.service):
        address = urlsplit(url)
        private = address.scheme == "http" and address.hostname in LOOPBACK
        if address.scheme != "https" and not private:
            raise UnsupportedError(f"{url} is not an https address.")


def _log_file(credentials: Credentials) -> Path:
    address = urlsplit(credentials.service)
    if address.scheme != "file":
        raise UnsupportedError("The console's service is a file: address, its log.")
    return Path(unquote(address.path))
