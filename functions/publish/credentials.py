"""Reads what an account signs in with from its secret; it is never logged and never kept."""

import json
from typing import TYPE_CHECKING

from shared.accounts.registry import Account
from shared.platforms.base import Credentials, UnsupportedError
from shared.posts.names import PlatformName

if TYPE_CHECKING:  # stubs are not shipped
    from mypy_boto3_secretsmanager.client import SecretsManagerClient


class CredentialsError(UnsupportedError):
    """The secret is missing, or not what a platform's secret looks like; never tells it."""


def credentials(
    account: Account, platform: PlatformName, client: "SecretsManagerClient", prefix: str
) -> Credentials:
    """The credentials of an account on a platform, for the service its registry entry names."""
    handle = account.handle(platform)
    if handle is None:
        raise CredentialsError(f"{account.account_id} has no handle on {platform}.")
    try:
        answer = client.get_secret_value(SecretId=f"{prefix}{account.account_id}/{platform}")
        secret = json.loads(answer["SecretString"])
        identifier, password = secret["identifier"], secret["password"]
    except client.exceptions.ResourceNotFoundException:
        raise CredentialsError(f"{account.title} has no keys for {platform}.") from None
    except (KeyError, TypeError, ValueError):
        identifier = password = None
    if isinstance(identifier, str) and isinstance(password, str):
        return Credentials(handle.service, identifier, password)
    raise CredentialsError(f"The secret of {account.account_id} on {platform} is not readable.")
