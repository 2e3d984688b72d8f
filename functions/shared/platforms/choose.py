"""From a platform's name to its adapter, bound to one account.

An adapter is read in only when it is opened: a function speaks to one platform in its life.
"""

import sys
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from shared.platforms.base import Credentials, Platform, Sessions, UnsupportedError
from shared.platforms.kept_wire import Connections
from shared.platforms.opening import NEARBY, Opening, real_time, require_private
from shared.platforms.wire import Timeouts
from shared.posts.names import PlatformName

if TYPE_CHECKING:
    from shared.platforms.feed.shelf import Shelf


def open_platform(
    platform_name: PlatformName,
    credentials: Credentials,
    sessions: Sessions,
    handle_name: str,
    *,
    timeouts: Timeouts | None = None,
    clock: Callable[[], datetime] = real_time,
    shelf: "Shelf | None" = None,
    connections: Connections | None = None,
) -> Platform:
    """The adapter; nothing is sent yet. `connections` are for whoever only signs in and looks.

    UnsupportedError names the platforms known, or says that a password would travel in the clear.
    """
    opener = KNOWN.get(platform_name)
    if opener is None:
        known = ", ".join(sorted(KNOWN))
        raise UnsupportedError(f"There is no adapter for {platform_name}; there are: {known}.")
    at = Opening(credentials, sessions, handle_name, timeouts, clock, shelf, connections)
    return opener(at)


def _bluesky(at: Opening) -> Platform:
    from shared.platforms.bluesky import Bluesky

    require_private(at.credentials)
    return Bluesky(at.credentials, at.sessions, at.handle_name, wire=at.wire(), clock=at.clock)


def _mastodon(at: Opening) -> Platform:
    from shared.platforms.mastodon import mastodon

    require_private(at.credentials)
    return mastodon(at.credentials, at.sessions, wire=at.wire(), clock=at.clock)


def _x(at: Opening) -> Platform:
    from shared.platforms.x import x

    require_private(at.credentials)
    return x(at.credentials, at.sessions, at.handle_name, wire=at.wire(), clock=at.clock)


def _facebook(at: Opening) -> Platform:
    from shared.platforms.facebook import facebook

    require_private(at.credentials)
    return facebook(at.credentials, wire=at.wire(), clock=at.clock)


def _linkedin(at: Opening) -> Platform:
    from shared.platforms.linkedin import linkedin

    require_private(at.credentials)
    return linkedin(at.credentials, at.sessions, wire=at.wire(), clock=at.clock)


def _viva_engage(at: Opening) -> Platform:
    from shared.platforms.viva_engage import viva_engage

    require_private(at.credentials)
    return viva_engage(at.credentials, at.sessions, wire=at.wire(), clock=at.clock)


def _feed(at: Opening) -> Platform:
    from shared.platforms.feed import Feed

    require_private(at.credentials)
    if at.shelf is None:
        raise UnsupportedError("There is nowhere to put feeds here.")
    return Feed(at.credentials, at.handle_name, at.shelf, at.clock)


def _sandbox(at: Opening) -> Platform:
    from shared.platforms.sandbox import Sandbox

    require_private(at.credentials)
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


def _log_file(credentials: Credentials) -> Path:
    address = urlsplit(credentials.service)
    if address.scheme != "file":
        raise UnsupportedError("The console's service is a file: address, its log.")
    return Path(unquote(address.path))
