"""Reads what an account signs in with from its secret. Which secrets a room can read, its own role
says: those that may write are publishing's alone, those that only read are watching's (P7).
"""

import json
from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING, Any

from shared.accounts.registry import Account, Handle
from shared.platforms.base import Credentials, UnsupportedError
from shared.posts.names import PlatformName

if TYPE_CHECKING:  # stubs are not shipped
    from mypy_boto3_secretsmanager.client import SecretsManagerClient


KEYLESS = PlatformName("feed")
"""Ours: whoever may write to its bucket may speak there, and there is no secret."""

APPLICATION = ("client_id", "client_secret", "token_url")
"""What a secret says besides, where a platform signs in an application."""


class CredentialsError(UnsupportedError):
    """The secret is missing, or not what a platform's secret looks like; never tells it."""


def credentials(
    account: Account, platform: PlatformName, client: "SecretsManagerClient", prefix: str
) -> Credentials:
    """The credentials of an account on a platform, for the service its registry entry names."""
    handle = account.handle(platform)
    if handle is None:
        raise CredentialsError(f"{account.account_id} has no handle on {platform}.")
    if platform == KEYLESS:
        return Credentials(handle.service, account.account_id, "")
    try:
        answer = client.get_secret_value(SecretId=secret_name(prefix, account, platform))
    except client.exceptions.ResourceNotFoundException:
        raise CredentialsError(f"{account.title} has no keys for {platform}.") from None
    return told_by(answer, account, handle)


def secret_name(prefix: str, account: Account, platform: PlatformName) -> str:
    """What the secret with these keys is called."""
    return f"{prefix}{account.account_id}/{platform}"


def told_by(answer: Mapping[str, Any], account: Account, handle: Handle) -> Credentials:
    """The credentials in an answer of Secrets Manager; CredentialsError where it holds none."""
    try:
        secret = json.loads(answer["SecretString"])
        identifier, password = secret["identifier"], secret["password"]
        application = [str(secret.get(name) or "") for name in APPLICATION]
    except (KeyError, TypeError, ValueError):
        identifier, password, application = None, None, []
    if isinstance(identifier, str) and isinstance(password, str):
        return Credentials(handle.service, identifier, password, *application)
    sentence = f"The secret of {account.account_id} on {handle.platform} is not readable."
    raise CredentialsError(sentence)


class Forgetful:
    """Sessions for one look: nothing is remembered, so that the keys themselves are tried."""

    def __init__(self) -> None:
        self._kept: dict[str, dict[str, Any]] = {}

    def load(self, name: str) -> dict[str, Any] | None:
        """What was saved in this same look, or None."""
        return self._kept.get(name)

    def save(self, name: str, session: dict[str, Any]) -> None:
        """Remember it until the look is over."""
        self._kept[name] = session

    def alone(self, _name: str, /) -> AbstractContextManager[None]:
        """Nobody else looks with these."""
        return nullcontext()
