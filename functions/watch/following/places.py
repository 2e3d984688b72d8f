"""The lists of an account that are looked at, and how each is opened: with keys that only read.

Where no such keys can be made, nobody signs in with keys that may write (P7); the review says so,
and that somebody looks there.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from shared.accounts.custody import READ_ONLY
from shared.accounts.registry import Account
from shared.followers.review import Place
from shared.followers.someone import Side
from shared.platforms.base import Sessions, UnsupportedError
from shared.platforms.choose_reader import open_reader
from shared.platforms.keys import CredentialsError, credentials
from shared.platforms.reading import Reader
from shared.posts.capabilities import Can, capabilities
from shared.posts.names import PlatformName
from watch.looking_ways import Apart, Open
from watch.reading_ways import BRIEF, secrets_manager

if TYPE_CHECKING:  # stubs are not shipped
    from mypy_boto3_secretsmanager.client import SecretsManagerClient

WHAT = {Side.FOLLOWER: Can.FOLLOWERS, Side.FOLLOWED: Can.FOLLOWING}
SHOWN_THERE = frozenset(map(PlatformName, ("facebook", "linkedin")))
"""They name nobody to us; whoever is signed in there can see for themselves."""

READABLE = READ_ONLY | {PlatformName("sandbox")}

NO_SUCH_KEYS = "There are no keys that only read there; sign in there and look at the list."
NOT_SET = "No keys that only read are set; ask the web team to set them, or look there."


def places_of(account: Account) -> tuple[Place, ...]:
    """The lists of an account that somebody has to look at."""
    return tuple(
        Place(handle.platform, side)
        for handle in account.handles
        for side in Side
        if handle.platform in SHOWN_THERE or capabilities(handle.platform).can(WHAT[side])
    )


def opening(
    prefix: str,
    sessions: Callable[[], Sessions],
    client: "Callable[[], SecretsManagerClient]" = secrets_manager,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> Open:
    """How readers are opened; `prefix` begins the names of the keys' secrets."""

    def to_read(account: Account, platform: PlatformName) -> Reader:
        if platform not in READABLE:
            raise UnsupportedError(NO_SUCH_KEYS)
        try:
            keys = credentials(account, platform, client(), prefix)
        except CredentialsError as error:
            raise UnsupportedError(NOT_SET) from error
        return open_reader(platform, keys, Apart(sessions()), timeouts=BRIEF, clock=clock)

    return to_read
