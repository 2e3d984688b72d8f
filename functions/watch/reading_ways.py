"""How a server is asked: without a key, then with the read-only keys of our accounts there."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from functools import cache
from itertools import chain, islice
from typing import TYPE_CHECKING

import boto3
from botocore.config import Config

from shared.accounts.registry import Account
from shared.platforms.base import Credentials
from shared.platforms.choose_reader import open_reader
from shared.platforms.keys import CredentialsError, Forgetful, credentials
from shared.platforms.reading import Reader
from shared.platforms.wire import Timeouts
from shared.records.server_limits import Server
from watch.read_limits import MOST_KEYS, Ways

if TYPE_CHECKING:  # stubs are not shipped
    from mypy_boto3_secretsmanager.client import SecretsManagerClient

BRIEF = Timeouts(connect=3.0, read=5.0, whole=8.0)
"""One slow server must not keep the others from being asked."""

PATIENCE = Config(
    connect_timeout=2, read_timeout=5, retries={"mode": "standard", "total_max_attempts": 3}
)


@cache
def secrets_manager() -> "SecretsManagerClient":
    """Where the keys are that only read."""
    return boto3.client("secretsmanager", config=PATIENCE)


def ways(
    prefix: str,
    client: Callable[[], "SecretsManagerClient"] = secrets_manager,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> Ways:
    """The ways to ask a server; `prefix` begins the names of the keys' secrets."""

    def to_ask(server: Server, accounts: tuple[Account, ...]) -> Iterator[Reader]:
        platform, service = server
        known = _known(server, accounts, prefix, client)
        for keys in chain([Credentials(service, "", "")], islice(known, MOST_KEYS)):
            yield open_reader(platform, keys, Forgetful(), timeouts=BRIEF, clock=clock)

    return to_ask


def _known(
    server: Server,
    accounts: tuple[Account, ...],
    prefix: str,
    client: Callable[[], "SecretsManagerClient"],
) -> Iterator[Credentials]:
    for account in accounts:
        with suppress(CredentialsError):
            keys = credentials(account, server[0], client(), prefix)
            # A refresh token may work once only; it is not spent on what others tell for nothing.
            if not keys.client_id:
                yield keys
