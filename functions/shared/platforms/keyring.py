"""The keys of many accounts, read together as they come to be needed.

A run that goes through hundreds of accounts says beforehand in which order it will (`expect`). When
the keys of one are asked for, those of the next come with them in one call; a run that breaks off
has read no more than these. What was read is handed out once, and kept no longer than the run.

A secret that is missing, or was given up, is the fault of its account alone. One that may not be
read is asked for alone and ends the run: that a role lacks a right is for us to hear, by the alarm.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from shared.accounts.registry import Account, Handle
from shared.platforms.base import Credentials
from shared.platforms.keys import KEYLESS, CredentialsError, credentials, secret_name, told_by
from shared.posts.names import AccountId, PlatformName

if TYPE_CHECKING:  # stubs are not shipped
    from mypy_boto3_secretsmanager.client import SecretsManagerClient

TOGETHER = 20
"""Secrets that Secrets Manager gives in one call."""

OWN_FAULT = {
    "ResourceNotFoundException": "has no keys for",
    "InvalidRequestException": "has keys that were given up for",
}
"""What Secrets Manager calls it where one secret cannot be had; others are asked for again."""

Target = tuple[Account, PlatformName]
Name = tuple[AccountId, PlatformName]
Held = Credentials | CredentialsError
Read = Callable[[Iterable[tuple[PlatformName, Credentials]]], None]
"""Is told which keys were read together, so that what goes with them can be read together too."""


class Keyring:
    """The keys of one run; `prefix` begins the names of their secrets."""

    def __init__(
        self,
        client: "Callable[[], SecretsManagerClient]",
        prefix: str,
        read: Read = lambda _: None,
    ) -> None:
        self._client = client
        self._prefix = prefix
        self._tell = read
        self._ahead: dict[Name, tuple[Account, Handle]] = {}
        self._known: dict[Name, Held] = {}

    def expect(self, targets: Iterable[Target]) -> None:
        """Whose keys will be asked for, in this order; of some of them perhaps never."""
        self._ahead = {
            (account.account_id, platform): (account, handle)
            for account, platform in targets
            if platform != KEYLESS and (handle := account.handle(platform)) is not None
        }

    def keys(self, account: Account, platform: PlatformName) -> Credentials:
        """What `shared.platforms.keys.credentials` tells; CredentialsError as there."""
        wanted = account.account_id, platform
        if wanted not in self._known and wanted in self._ahead:
            self._known = self._together(wanted)
        found = self._known.pop(wanted, None)
        if found is None:
            return credentials(account, platform, self._client(), self._prefix)
        if isinstance(found, CredentialsError):
            raise found
        return found

    def _together(self, first: Name) -> dict[Name, Held]:
        """The first one's, and of those that are expected behind it; none where it is the last."""
        waiting = list(self._ahead)
        chosen = waiting[(start := waiting.index(first)) : start + TOGETHER]
        asked = [self._ahead[name] for name in chosen]
        self._ahead = {name: self._ahead[name] for name in waiting[start + TOGETHER :]}
        if len(asked) == 1:
            return {}
        found = self._asked(asked)
        self._tell((name[1], one) for name, one in found.items() if isinstance(one, Credentials))
        return found

    def _asked(self, chosen: list[tuple[Account, Handle]]) -> dict[Name, Held]:
        """What one call tells of each; of whom it tells nothing is asked alone."""
        names = {secret_name(self._prefix, a, h.platform): (a, h) for a, h in chosen}
        answer = self._client().batch_get_secret_value(SecretIdList=list(names))
        found: dict[Name, Held] = {}
        for value in answer.get("SecretValues", []):
            if of := names.get(value.get("Name", "")):
                found[_name(*of)] = _held(value, *of)
        for error in answer.get("Errors", []):
            of = names.get(error.get("SecretId", ""))
            why = OWN_FAULT.get(error.get("ErrorCode", ""))
            if of and why:
                sentence = f"{of[0].title} {why} {of[1].platform}."
                found[_name(*of)] = CredentialsError(sentence)
        return found


def _name(account: Account, handle: Handle) -> Name:
    return account.account_id, handle.platform


def _held(value: Mapping[str, Any], account: Account, handle: Handle) -> Held:
    try:
        return told_by(value, account, handle)
    except CredentialsError as error:
        return error
