"""From a platform's name to what reads it, bound to one account. Only watching has such keys (P7).

A reader is read in only when it is opened, as an adapter is in `choose`.
"""

from collections.abc import Callable, Mapping
from datetime import datetime

from shared.platforms.base import Credentials, Sessions, UnsupportedError
from shared.platforms.kept_wire import Connections
from shared.platforms.opening import Opening, real_time, require_private
from shared.platforms.reading import Reader
from shared.platforms.wire import Timeouts
from shared.posts.names import PlatformName


def open_reader(
    platform_name: PlatformName,
    credentials: Credentials,
    sessions: Sessions,
    *,
    timeouts: Timeouts | None = None,
    clock: Callable[[], datetime] = real_time,
    connections: Connections | None = None,
) -> Reader:
    """The reader; nothing is asked yet.

    UnsupportedError names the platforms that can be read, or says that a password would travel in
    the clear.
    """
    opener = KNOWN.get(platform_name)
    if opener is None:
        known = ", ".join(sorted(KNOWN))
        raise UnsupportedError(f"Nothing reads {platform_name}; what can be read is: {known}.")
    require_private(credentials)
    return opener(Opening(credentials, sessions, "", timeouts, clock, connections=connections))


def _bluesky(at: Opening) -> Reader:
    from shared.platforms.bluesky.reading import BlueskyReader

    return BlueskyReader(at)


def _mastodon(at: Opening) -> Reader:
    from shared.platforms.mastodon.reading import MastodonReader

    return MastodonReader(at)


def _x(at: Opening) -> Reader:
    from shared.platforms.x.reading import XReader

    return XReader(at)


def _facebook(at: Opening) -> Reader:
    from shared.platforms.facebook.reading import FacebookReader

    return FacebookReader(at)


def _linkedin(at: Opening) -> Reader:
    from shared.platforms.linkedin.reading import LinkedInReader

    return LinkedInReader(at)


def _viva_engage(at: Opening) -> Reader:
    from shared.platforms.viva_engage.reading import VivaEngageReader

    return VivaEngageReader(at)


def _sandbox(at: Opening) -> Reader:
    from shared.platforms.sandbox_reading import SandboxReader

    return SandboxReader(at)


KNOWN: Mapping[PlatformName, Callable[[Opening], Reader]] = {
    PlatformName("bluesky"): _bluesky,
    PlatformName("mastodon"): _mastodon,
    PlatformName("x"): _x,
    PlatformName("facebook"): _facebook,
    PlatformName("linkedin"): _linkedin,
    PlatformName("viva-engage"): _viva_engage,
    PlatformName("sandbox"): _sandbox,
}
