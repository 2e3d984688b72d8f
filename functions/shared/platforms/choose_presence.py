"""From a platform's name to what shows how one account stands there; only watching opens it (P7).

What each shows is `shared.drift.telling`; it is read in only when it is opened, as a reader is.
"""

from collections.abc import Callable, Mapping
from datetime import datetime

from shared.platforms.base import Credentials, Sessions, UnsupportedError
from shared.platforms.kept_wire import Connections
from shared.platforms.opening import Opening, real_time, require_private
from shared.platforms.presence import Presence
from shared.platforms.wire import Timeouts
from shared.posts.names import PlatformName


def open_presence(
    platform_name: PlatformName,
    credentials: Credentials,
    sessions: Sessions,
    *,
    timeouts: Timeouts | None = None,
    clock: Callable[[], datetime] = real_time,
    connections: Connections | None = None,
) -> Presence:
    """The account; nothing is asked yet. UnsupportedError names the platforms that can be looked
    at, or says that a password would travel in the clear."""
    opener = KNOWN.get(platform_name)
    if opener is None:
        known = ", ".join(sorted(KNOWN))
        raise UnsupportedError(f"{platform_name} is not compared; what can be is: {known}.")
    require_private(credentials)
    return opener(Opening(credentials, sessions, "", timeouts, clock, connections=connections))


def _bluesky(at: Opening) -> Presence:
    from shared.platforms.bluesky.presence import BlueskyPresence

    return BlueskyPresence(at)


def _mastodon(at: Opening) -> Presence:
    from shared.platforms.mastodon.presence import MastodonPresence

    return MastodonPresence(at)


def _x(at: Opening) -> Presence:
    from shared.platforms.x.presence import XPresence

    return XPresence(at)


def _facebook(at: Opening) -> Presence:
    from shared.platforms.facebook.presence import FacebookPresence

    return FacebookPresence(at)


def _sandbox(at: Opening) -> Presence:
    from shared.platforms.sandbox_presence import SandboxPresence

    return SandboxPresence(at)


KNOWN: Mapping[PlatformName, Callable[[Opening], Presence]] = {
    PlatformName("bluesky"): _bluesky,
    PlatformName("mastodon"): _mastodon,
    PlatformName("x"): _x,
    PlatformName("facebook"): _facebook,
    PlatformName("sandbox"): _sandbox,
}
