"""How a platform is searched: with the account's key that only reads, or as anybody may (P7)."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from shared.accounts.registry import Account
from shared.platforms.base import Credentials, Sessions, UnsupportedError
from shared.platforms.bluesky.searching import PUBLIC_VIEW
from shared.platforms.choose_searcher import KNOWN, open_searcher
from shared.platforms.keys import CredentialsError, credentials
from shared.platforms.searching import Searcher
from shared.posts.names import PlatformName
from watch.means import NOT_SET, Apart
from watch.reading_ways import BRIEF, secrets_manager

if TYPE_CHECKING:  # stubs are not shipped
    from mypy_boto3_secretsmanager.client import SecretsManagerClient

Open = Callable[[Account, PlatformName], Searcher]
"""The searcher of a platform for an account; UnsupportedError says why there is none."""

BLUESKY = PlatformName("bluesky")
NO_SEARCH = "No program like ours can search there; look by hand."


def opening_to_search(
    prefix: str,
    sessions: Callable[[], Sessions],
    client: "Callable[[], SecretsManagerClient]" = secrets_manager,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> Open:
    """How searchers are opened; `prefix` begins the names of the keys' secrets."""

    def to_search(account: Account, platform: PlatformName) -> Searcher:
        if platform not in KNOWN:
            raise UnsupportedError(NO_SEARCH)
        if platform == BLUESKY:
            keys = Credentials(view_of(account), "", "")
        else:
            try:
                keys = credentials(account, platform, client(), prefix)
            except CredentialsError as error:
                raise UnsupportedError(NOT_SET) from error
        return open_searcher(platform, keys, Apart(sessions()), timeouts=BRIEF, clock=clock)

    return to_search


def view_of(account: Account) -> str:
    """Whom the network's view is asked of: what answers the public; a server on this machine is
    asked itself, so that nothing tried out here asks anybody outside."""
    handle = account.handle(BLUESKY)
    if handle is not None and urlsplit(handle.service).scheme != "https":
        return handle.service
    return PUBLIC_VIEW
