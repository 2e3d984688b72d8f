"""What the registry and the servers of a platform add to the policy for one candidate.

What servers told changes once a day: a process looks it up again after some minutes, so that a busy
one asks once for many posts. With the records out of reach it goes by what it knew, or by the
policy alone, which is what held before anybody asked.
"""

import time
from collections.abc import Callable, Mapping
from dataclasses import replace

from shared.policy.pack import Pack
from shared.policy.verdict import Candidate
from shared.posts.capabilities import Can, capabilities
from shared.posts.limits import Limit
from shared.posts.names import PlatformName
from shared.posts.server_limits import ServerAnswer, ServerLimits, Servers, limited
from shared.records.accounts import Accounts
from shared.records.errors import BusyError, UnavailableError
from shared.records.policy_in_use import with_registered
from shared.records.server_limits import Server, ServersTold

SECONDS = 600


def with_servers(pack: Pack, told: Mapping[PlatformName, ServerLimits]) -> Pack:
    """The policy with the limits of the servers that will judge the post; a platform where any
    length is right stays so."""
    held = {name: pack.limits.get(name) for name in told}
    own: dict[str, Limit | None] = {
        name: limited(limit, told[name]) for name, limit in held.items() if limit
    }
    return replace(pack, limits={**pack.limits, **own}) if own else pack


class Registered:
    """Adds who may be reshared, and how long a post may be where it will stand."""

    def __init__(
        self, accounts: Accounts, told: ServersTold, clock: Callable[[], float] = time.time
    ) -> None:
        self._accounts = accounts
        self._told = told
        self._clock = clock
        self._known: dict[Server, tuple[float, ServerAnswer | None]] = {}

    def __call__(self, pack: Pack, candidate: Candidate) -> Pack:
        """The policy for this candidate."""
        pack = with_registered(pack, candidate, self._accounts)
        return with_servers(pack, self.limits(candidate.servers))

    def limits(self, servers: Servers) -> dict[PlatformName, ServerLimits]:
        """What each platform's server told, of those that tell."""
        return {platform: answer.limits for (platform, _), answer in self.answers(servers).items()}

    def answers(self, servers: Servers) -> dict[Server, ServerAnswer]:
        """The same, with when they told it, and why not where they did not."""
        wanted = [server for server in servers if capabilities(server[0]).can(Can.LIMITS)]
        missing = [server for server in wanted if not self._is_fresh(server)]
        if missing:
            self._look_up(missing)
        known = ((server, self._known.get(server, (0.0, None))[1]) for server in wanted)
        return {server: answer for server, answer in known if answer}

    def _is_fresh(self, server: Server) -> bool:
        asked = self._known.get(server, (None, None))[0]
        return asked is not None and 0 <= self._clock() - asked < SECONDS

    def _look_up(self, servers: list[Server]) -> None:
        try:
            found = self._told.several(servers)
        except (BusyError, UnavailableError):
            return
        now = self._clock()
        self._known |= {server: (now, found.get(server)) for server in servers}
