"""From a platform's name to what takes other people's words down there, bound to one account.

The keys are those of publishing: only publishing has them (P7). Where nothing can be done the
moderator says so, and what to do instead.
"""

from collections.abc import Callable, Mapping
from datetime import datetime

from shared.platforms.base import Credentials, Sessions
from shared.platforms.moderating import Moderator, Unable
from shared.platforms.opening import Opening, real_time, require_private
from shared.platforms.wire import Timeouts
from shared.posts.names import PlatformName


def open_moderator(
    platform_name: PlatformName,
    credentials: Credentials,
    sessions: Sessions,
    *,
    timeouts: Timeouts | None = None,
    clock: Callable[[], datetime] = real_time,
) -> Moderator:
    """The moderator; nothing is asked yet. UnsupportedError for a password in the clear."""
    opener = KNOWN.get(platform_name)
    if opener is None:
        return Unable(platform_name)
    require_private(credentials)
    return opener(Opening(credentials, sessions, "", timeouts, clock))


def _bluesky(at: Opening) -> Moderator:
    from shared.platforms.bluesky.moderating import BlueskyModerator

    return BlueskyModerator(at)


def _mastodon(at: Opening) -> Moderator:
    from shared.platforms.mastodon.moderating import MastodonModerator

    return MastodonModerator(at)


def _x(at: Opening) -> Moderator:
    from shared.platforms.x.moderating import XModerator

    return XModerator(at)


def _facebook(at: Opening) -> Moderator:
    from shared.platforms.facebook.moderating import FacebookModerator

    return FacebookModerator(at)


def _linkedin(at: Opening) -> Moderator:
    from shared.platforms.linkedin.moderating import LinkedInModerator

    return LinkedInModerator(at)


def _viva_engage(at: Opening) -> Moderator:
    from shared.platforms.viva_engage.moderating import VivaEngageModerator

    return VivaEngageModerator(at)


def _sandbox(at: Opening) -> Moderator:
    from shared.platforms.sandbox_moderating import SandboxModerator

    return SandboxModerator(at)


KNOWN: Mapping[PlatformName, Callable[[Opening], Moderator]] = {
    PlatformName("bluesky"): _bluesky,
    PlatformName("mastodon"): _mastodon,
    PlatformName("x"): _x,
    PlatformName("facebook"): _facebook,
    PlatformName("linkedin"): _linkedin,
    PlatformName("viva-engage"): _viva_engage,
    PlatformName("sandbox"): _sandbox,
}
