"""From a platform's name to what searches it. Only watching does, with keys that only read (P7)."""

from collections.abc import Callable, Mapping
from datetime import datetime

from shared.platforms.base import Credentials, Sessions, UnsupportedError
from shared.platforms.opening import Opening, real_time, require_private
from shared.platforms.searching import Searcher
from shared.platforms.wire import Timeouts
from shared.posts.names import PlatformName


def open_searcher(
    platform_name: PlatformName,
    credentials: Credentials,
    sessions: Sessions,
    *,
    timeouts: Timeouts | None = None,
    clock: Callable[[], datetime] = real_time,
) -> Searcher:
    """The searcher; nothing is asked yet. UnsupportedError where nothing searches the platform, or
    where a key would travel in the clear."""
    opener = KNOWN.get(platform_name)
    if opener is None:
        raise UnsupportedError(f"Nothing searches {platform_name}; somebody looks there by hand.")
    require_private(credentials)
    return opener(Opening(credentials, sessions, "", timeouts, clock))


def _bluesky(at: Opening) -> Searcher:
    from shared.platforms.bluesky.searching import BlueskySearcher

    return BlueskySearcher(at)


def _mastodon(at: Opening) -> Searcher:
    from shared.platforms.mastodon.searching import MastodonSearcher

    return MastodonSearcher(at)


def _x(at: Opening) -> Searcher:
    from shared.platforms.x.searching import XSearcher

    return XSearcher(at)


KNOWN: Mapping[PlatformName, Callable[[Opening], Searcher]] = {
    PlatformName("bluesky"): _bluesky,
    PlatformName("mastodon"): _mastodon,
    PlatformName("x"): _x,
}
