"""What one run looks at accounts with: keys that only read, sessions, and connections.

All three are read or made when they are first needed, and for several accounts together: secrets
and sessions of the next accounts in a call each, connections once for each server. Whoever makes
several looks in a run makes these once and lets go of them at its end.

What is kept of signing in lies under a name of its own, so that nobody reads a session that writes.
"""

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol

from shared.accounts.registry import Account
from shared.platforms.base import Credentials, Sessions, UnsupportedError
from shared.platforms.choose_reader import open_reader
from shared.platforms.kept_wire import Connections
from shared.platforms.keyring import Keyring
from shared.platforms.keys import CredentialsError
from shared.platforms.reading import Reader
from shared.posts.names import PlatformName
from watch.reading_ways import BRIEF, secrets_manager

if TYPE_CHECKING:  # stubs are not shipped
    from mypy_boto3_secretsmanager.client import SecretsManagerClient

Expect = Callable[[Iterable[tuple[Account, PlatformName]]], None]
"""Is told which accounts a run will look at where, in order."""

KEPT_UNDER = "reading/"
NOT_SET = "No keys that only read are set; ask the web team to set them."


class KeptSessions(Sessions, Protocol):
    """Sessions of which several can be read together."""

    def foresee(self, names: Iterable[str]) -> None:
        """Read those that are asked for next."""


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


class Means:
    """`prefix` begins the names of the keys' secrets; `keyed` are the platforms that are looked at
    with a key, all others as anybody."""

    def __init__(
        self,
        prefix: str,
        keyed: frozenset[PlatformName],
        sessions: Callable[[], KeptSessions],
        client: "Callable[[], SecretsManagerClient]" = secrets_manager,
    ) -> None:
        self._keyed = keyed
        self._made = sessions
        self._keyring = Keyring(client, prefix, self._foresee)
        self.connections = Connections()

    def expect(self, targets: Iterable[tuple[Account, PlatformName]]) -> None:
        """Which accounts will be looked at where, in order."""
        self._keyring.expect(each for each in targets if each[1] in self._keyed)

    def keys(self, account: Account, platform: PlatformName) -> Credentials:
        """The account's keys there; UnsupportedError says whom to ask where there are none."""
        try:
            return self._keyring.keys(account, platform)
        except CredentialsError as error:
            raise UnsupportedError(NOT_SET) from error

    def reader(
        self, platform: PlatformName, keys: Credentials, clock: Callable[[], datetime]
    ) -> Reader:
        """What reads there with these keys, on the connections and sessions of this run."""
        return open_reader(
            platform,
            keys,
            self.sessions,
            timeouts=BRIEF,
            clock=clock,
            connections=self.connections,
        )

    @property
    def sessions(self) -> Sessions:
        """Where what came of signing in is kept."""
        return Apart(self._kept)

    @cached_property
    def _kept(self) -> KeptSessions:
        return self._made()

    def _foresee(self, keys: Iterable[tuple[PlatformName, Credentials]]) -> None:
        """Read what was kept of signing in with these; adapters call it by platform and name."""
        self._kept.foresee(f"{KEPT_UNDER}{name}/{one.identifier}" for name, one in keys)
