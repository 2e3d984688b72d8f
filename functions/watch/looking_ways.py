"""How a post of ours is looked at: as anybody where the platform shows it to anybody, else with the
account's key that only reads. A key that may write is never read here (P7).

What is kept of signing in lies under a name of its own, so that nobody reads a session that writes.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from shared.accounts.custody import READ_ONLY
from shared.accounts.registry import Account
from shared.platforms.base import Credentials, Sessions, UnsupportedError
from shared.platforms.choose_reader import open_reader
from shared.platforms.keys import CredentialsError, credentials
from shared.platforms.reading import Reader
from shared.posts.names import PlatformName
from watch.reading_ways import BRIEF, secrets_manager

if TYPE_CHECKING:  # stubs are not shipped
    from mypy_boto3_secretsmanager.client import SecretsManagerClient

Open = Callable[[Account, PlatformName], Reader]
"""The reader of an account on a platform; UnsupportedError says why there is none."""

SHOWN_TO_ANYBODY = frozenset(map(PlatformName, ("bluesky", "sandbox")))

KEPT_UNDER = "reading/"

NO_SUCH_KEYS = "There are no keys that only read there; look at the posts there now and then."
NOT_SET = "No keys that only read are set; ask the web team to set them."


class Apart:
    """Sessions under names of their own."""

    def __init__(self, kept: Sessions) -> None:
        self._kept = kept

    def load(self, name: str) -> dict[str, Any] | None:
        """The stored session, or None."""
        return self._kept.load(KEPT_UNDER + name)

    def save(self, name: str, session: dict[str, Any]) -> None:
        """Keep it for the next look."""
        self._kept.save(KEPT_UNDER + name, session)

    def alone(self, name: str, /) -> AbstractContextManager[None]:
        """Hold it while it is renewed."""
        return self._kept.alone(KEPT_UNDER + name)


def opening(
    prefix: str,
    sessions: Callable[[], Sessions],
    client: "Callable[[], SecretsManagerClient]" = secrets_manager,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> Open:
    """How readers are opened; `prefix` begins the names of the keys' secrets."""

    def to_look(account: Account, platform: PlatformName) -> Reader:
        keys = _keys(account, platform, client, prefix)
        return open_reader(platform, keys, Apart(sessions()), timeouts=BRIEF, clock=clock)

    return to_look


def _keys(
    account: Account,
    platform: PlatformName,
    client: "Callable[[], SecretsManagerClient]",
    prefix: str,
) -> Credentials:
    handle = account.handle(platform)
    if platform in SHOWN_TO_ANYBODY and handle is not None:
        return Credentials(handle.service, "", "")
    if platform not in READ_ONLY:
        raise UnsupportedError(NO_SUCH_KEYS)
    try:
        return credentials(account, platform, client(), prefix)
    except CredentialsError as error:
        raise UnsupportedError(NOT_SET) from error
