"""How an account is signed in to for reading: with its key that only reads, or not at all (P7).

Who follows an account, and what was said to it, is told to the account alone, so that nobody reads
it without a key; and a key that may write is never read here.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from shared.accounts.custody import READ_ONLY
from shared.accounts.registry import Account
from shared.platforms.base import Sessions, UnsupportedError
from shared.platforms.choose_reader import open_reader
from shared.platforms.keys import CredentialsError, credentials
from shared.platforms.reading import Reader
from shared.posts.names import PlatformName
from watch.looking_ways import NOT_SET, Apart, Open
from watch.reading_ways import BRIEF, secrets_manager

if TYPE_CHECKING:  # stubs are not shipped
    from mypy_boto3_secretsmanager.client import SecretsManagerClient

READABLE = READ_ONLY | {PlatformName("sandbox")}
"""The sandbox is nobody's voice: its keys may do more, and it does no harm."""

NO_SUCH_KEYS = "There are no keys that only read there; {instead}."


def opening_to_read(
    prefix: str,
    instead: str,
    sessions: Callable[[], Sessions],
    client: "Callable[[], SecretsManagerClient]" = secrets_manager,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> Open:
    """How readers are opened; `prefix` begins the names of the keys' secrets, `instead` says what
    somebody does where there are no such keys."""

    def to_read(account: Account, platform: PlatformName) -> Reader:
        if platform not in READABLE:
            raise UnsupportedError(NO_SUCH_KEYS.format(instead=instead))
        try:
            keys = credentials(account, platform, client(), prefix)
        except CredentialsError as error:
            raise UnsupportedError(NOT_SET) from error
        return open_reader(platform, keys, Apart(sessions()), timeouts=BRIEF, clock=clock)

    return to_read
