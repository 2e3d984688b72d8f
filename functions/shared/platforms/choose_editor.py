"""From a platform's name to what changes words in place there, bound to one account.

The keys are those of publishing: only publishing has them (P7). Where nothing can be changed the
editor says so, and what to do instead.
"""

import time
from collections.abc import Callable, Mapping
from datetime import datetime

from shared.platforms.base import Credentials, Sessions
from shared.platforms.editing import Changes, Editor, InPlace, NoEditor
from shared.platforms.opening import NEARBY, Opening, real_time, require_private
from shared.platforms.wire import Timeouts
from shared.posts.names import PlatformName


def open_editor(
    platform_name: PlatformName,
    credentials: Credentials,
    sessions: Sessions,
    *,
    timeouts: Timeouts | None = None,
    clock: Callable[[], datetime] = real_time,
) -> Editor:
    """The editor; nothing is changed yet. UnsupportedError for a password in the clear."""
    opener = KNOWN.get(platform_name)
    if opener is None:
        return NoEditor(platform_name)
    require_private(credentials)
    at = Opening(credentials, sessions, "", timeouts, clock)
    return InPlace(opener(at), clock)


def _mastodon(at: Opening) -> Changes:
    from shared.platforms.mastodon.editing import MastodonChanges

    return MastodonChanges(at.credentials, at.sessions, at.wire(), at.clock, time.sleep)


def _facebook(at: Opening) -> Changes:
    from shared.platforms.facebook.editing import FacebookChanges

    return FacebookChanges(at.credentials, at.wire(), at.clock)


def _linkedin(at: Opening) -> Changes:
    from shared.platforms.linkedin.door import bearer_of
    from shared.platforms.linkedin.editing import LinkedInChanges

    wire = at.wire()
    bearer = bearer_of(at.credentials, at.sessions, wire=wire, clock=at.clock)
    return LinkedInChanges(at.credentials, bearer, wire, at.clock)


def _sandbox(at: Opening) -> Changes:
    from shared.platforms.sandbox_editing import SandboxChanges

    return SandboxChanges(at.credentials, at.sessions, wire=at.wire(NEARBY), clock=at.clock)


KNOWN: Mapping[PlatformName, Callable[[Opening], Changes]] = {
    PlatformName("mastodon"): _mastodon,
    PlatformName("facebook"): _facebook,
    PlatformName("linkedin"): _linkedin,
    PlatformName("sandbox"): _sandbox,
}
