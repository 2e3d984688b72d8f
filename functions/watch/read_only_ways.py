"""How an account is signed in to for reading: with its key that only reads, or not at all (P7).

Who follows an account, and what was said to it, is told to the account alone, so that nobody reads
it without a key; and a key that may write is never read here.
"""

from collections.abc import Callable
from datetime import UTC, datetime

from shared.accounts.custody import READ_ONLY
from shared.accounts.registry import Account
from shared.platforms.base import UnsupportedError
from shared.platforms.reading import Reader
from shared.posts.names import PlatformName
from watch.looking_ways import Open
from watch.means import Means

READABLE = READ_ONLY | {PlatformName("sandbox")}
"""The sandbox is nobody's voice: its keys may do more, and it does no harm."""

NO_SUCH_KEYS = "There are no keys that only read there; {instead}."


def opening_to_read(
    means: Means,
    instead: str,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> Open:
    """How readers are opened in one run; `instead` says what somebody does where there are no such
    keys."""

    def to_read(account: Account, platform: PlatformName) -> Reader:
        if platform not in READABLE:
            raise UnsupportedError(NO_SUCH_KEYS.format(instead=instead))
        return means.reader(platform, means.keys(account, platform), clock)

    return to_read
