"""How an account is looked at: as anybody where the platform shows it to anybody, else with its
key that only reads. A key that may write is never read here (P7)."""

from collections.abc import Callable
from datetime import UTC, datetime

from shared.accounts.registry import Account
from shared.drift.drift import Kind
from shared.drift.telling import TELLS
from shared.platforms.base import Credentials
from shared.platforms.choose_presence import open_presence
from shared.platforms.presence import Presence
from shared.posts.names import PlatformName
from shared.records.beats import Beat
from watch.means import Means
from watch.reading_ways import BRIEF

Open = Callable[[Account, Beat], Presence]
"""How a target of an account is looked at; UnsupportedError says why nobody can."""

SHOWN_TO_ANYBODY = PlatformName("bluesky")
KEYED = frozenset(TELLS) - {SHOWN_TO_ANYBODY}


def opening_to_compare(
    means: Means, clock: Callable[[], datetime] = lambda: datetime.now(UTC)
) -> Open:
    """How accounts are opened in one run."""

    def to_compare(account: Account, beat: Beat) -> Presence:
        return open_presence(
            beat.platform,
            _keys(account, beat, means),
            means.sessions,
            timeouts=BRIEF,
            clock=clock,
            connections=means.connections,
        )

    return to_compare


def _keys(account: Account, beat: Beat, means: Means) -> Credentials:
    handle = account.handle(beat.platform)
    if beat.platform == SHOWN_TO_ANYBODY and handle is not None:
        # By its number once that is known: whoever takes a handle over is another account.
        return Credentials(handle.service, beat.known.get(Kind.ACCOUNT) or handle.name, "")
    return means.keys(account, beat.platform)
