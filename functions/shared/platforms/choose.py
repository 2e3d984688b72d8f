"""From a platform's name to its adapter, bound to one account."""

import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit

from shared.platforms.base import Credentials, Platform, Sessions, UnsupportedError
from shared.platforms.bluesky import Bluesky
from shared.platforms.console import Console
from shared.platforms.sandbox import Sandbox
from shared.platforms.wire import Timeouts, Wire
from shared.posts.names import PlatformName

KNOWN = (Bluesky.name, Console.name, Sandbox.name)

NEARBY = Timeouts(connect=2.0, read=5.0)
"""For the sandbox, which is never far: an injected silence should not last twenty seconds."""

LOOPBACK = ("127.0.0.1", "::1", "localhost")


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
) -> Platform:
    """The adapter; nothing is sent yet. `handle_name` is the account's name there, for addresses.

    UnsupportedError names the platforms known, or says that a password would travel in the clear.
    """
    if platform_name == Console.name:
        return Console(_log_file(credentials), sys.stdout.write)
    if platform_name not in KNOWN:
        known = ", ".join(KNOWN)
        raise UnsupportedError(f"There is no adapter for {platform_name}; there are: {known}.")
    _require_private(credentials)
    if platform_name == Sandbox.name:
        return Sandbox(credentials, sessions, wire=Wire(timeouts or NEARBY), clock=clock)
    wire = Wire(timeouts or Timeouts())
    return Bluesky(credentials, sessions, handle_name, wire=wire, clock=clock)


def _require_private(credentials: Credentials) -> None:
    """Encrypted, or never leaving the machine."""
    address = urlsplit(credentials.service)
    if address.scheme == "https" or (address.scheme == "http" and address.hostname in LOOPBACK):
        return
    raise UnsupportedError(f"{credentials.service} is not an https address.")


def _log_file(credentials: Credentials) -> Path:
    address = urlsplit(credentials.service)
    if address.scheme != "file":
        raise UnsupportedError("The console's service is a file: address, its log.")
    return Path(unquote(address.path))
