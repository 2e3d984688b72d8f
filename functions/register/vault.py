"""Where keys go in and never come out: this room may write a secret and not read it (P03, P7)."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from register.errors import VaultError
from shared.posts.names import AccountId, PlatformName

if TYPE_CHECKING:  # stubs are not shipped
    from mypy_boto3_secretsmanager.client import SecretsManagerClient

NOT_KEPT = (
    "The keys could not be kept just now. Set them again before you close the platform’s page."
)


@dataclass(frozen=True)
class Vault:
    """Secrets Manager, written to only; `prefix` begins the name of every secret."""

    client: "SecretsManagerClient"
    prefix: str

    def put(self, account_id: AccountId, platform: PlatformName, keys: Mapping[str, str]) -> None:
        """Keep them in the place of what was there; VaultError, which never tells them."""
        from botocore.exceptions import BotoCoreError, ClientError

        name = f"{self.prefix}{account_id}/{platform}"
        secret = json.dumps(dict(keys))
        try:
            try:
                self.client.put_secret_value(SecretId=name, SecretString=secret)
            except self.client.exceptions.ResourceNotFoundException:
                self.client.create_secret(Name=name, SecretString=secret)
        except (BotoCoreError, ClientError):
            # Not chained: what a client says of a request may quote it.
            raise VaultError(NOT_KEPT) from None
