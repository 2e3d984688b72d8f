"""How a post of ours is looked at: as anybody where the platform shows it to anybody, else with the
account's key that only reads. A key that may write is never read here (P7).
"""

from collections.abc import Callable
from datetime import UTC, datetime

from shared.accounts.custody import READ_ONLY
from shared.accounts.registry import Account
from shared.platforms.base import Credentials, UnsupportedError
from shared.platforms.reading import Reader
from shared.posts.names import PlatformName
from watch.means import Means

Open = Callable[[Account, PlatformName], Reader]
"""The reader of an account on a platform; UnsupportedError says why there is none."""

SHOWN_TO_ANYBODY = frozenset(map(PlatformName, ("bluesky", "sandbox")))
KEYED = READ_ONLY - SHOWN_TO_ANYBODY

NO_SUCH_KEYS = "There are no keys that only read there; look at the posts there now and then."


def opening(means: Means, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> Open:
    """How readers are opened in one run."""

    def to_look(account: Account, platform: PlatformName) -> Reader:
        return means.reader(platform, _keys(account, platform, means), clock)

    return to_look


def _keys(account: Account, platform: PlatformName, means: Means) -> Credentials:
    handle = account.handle(platform)
    if platform in SHOWN_TO_ANYBODY and handle is not None:
        return Credentials(handle.service, "", "")
    if platform not in KEYED:
        raise UnsupportedError(NO_SUCH_KEYS)
    return means.keys(account, platform)
