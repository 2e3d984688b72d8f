"""How an account is looked at: as anybody where the platform shows it to anybody, else with its
key that only reads. A key that may write is never read here (P7)."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from shared.accounts.registry import Account
from shared.drift.drift import Kind
from shared.platforms.base import Credentials, Sessions, UnsupportedError
from shared.platforms.choose_presence import open_presence
from shared.platforms.keys import CredentialsError, credentials
from shared.platforms.presence import Presence
from shared.posts.names import PlatformName
from shared.records.beats import Beat
from watch.looking_ways import NOT_SET, Apart
from watch.reading_ways import BRIEF, secrets_manager

if TYPE_CHECKING:  # stubs are not shipped
    from mypy_boto3_secretsmanager.client import SecretsManagerClient

Open = Callable[[Account, Beat], Presence]
"""How a target of an account is looked at; UnsupportedError says why nobody can."""

SHOWN_TO_ANYBODY = PlatformName("bluesky")


def opening_to_compare(
    prefix: str,
    sessions: Callable[[], Sessions],
    client: "Callable[[], SecretsManagerClient]" = secrets_manager,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> Open:
    """How accounts are opened; `prefix` begins the names of the keys' secrets."""

    def to_compare(account: Account, beat: Beat) -> Presence:
        keys = _keys(account, beat, client, prefix)
        kept = Apart(sessions())
        return open_presence(beat.platform, keys, kept, timeouts=BRIEF, clock=clock)

    return to_compare


def _keys(
    account: Account, beat: Beat, client: "Callable[[], SecretsManagerClient]", prefix: str
) -> Credentials:
    handle = account.handle(beat.platform)
    if beat.platform == SHOWN_TO_ANYBODY and handle is not None:
        # By its number once that is known: whoever takes a handle over is another account.
        return Credentials(handle.service, beat.known.get(Kind.ACCOUNT) or handle.name, "")
    try:
        return credentials(account, beat.platform, client(), prefix)
    except CredentialsError as error:
        raise UnsupportedError(NOT_SET) from error
