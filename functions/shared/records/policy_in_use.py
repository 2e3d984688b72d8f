"""The policy a check reads by: the one approved last, or the one that ships with the code.

A process looks again each minute, so that a change is in force everywhere a minute after its
approval, and a busy process asks once a minute, not once a post.
"""

import time
from collections.abc import Callable
from datetime import date

from shared.accounts.registry import AccountStatus
from shared.policy.pack import Pack, bundled
from shared.policy.proposal import Proposal, approved
from shared.policy.verdict import Candidate
from shared.posts.names import PlatformName
from shared.records.accounts import Accounts
from shared.records.errors import BusyError, NotFoundError, UnavailableError
from shared.records.policies import Policies

SECONDS = 60


class PolicyInUse:
    """Gives the pack of a day; with the records out of reach, the one it gave last."""

    def __init__(self, policies: Policies, clock: Callable[[], float] = time.time) -> None:
        self._policies = policies
        self._clock = clock
        self._asked: float | None = None
        self._content: str | None = None
        self._made: tuple[str, Pack] | None = None

    @property
    def is_known(self) -> bool:
        """Whether it need not be looked up just now."""
        return self._asked is not None and 0 <= self._clock() - self._asked < SECONDS

    def learn(self, found: Proposal | None) -> None:
        """What somebody who read several rows in one call found to be in use."""
        self._content, self._asked = found.content if found else None, self._clock()

    def __call__(self, today: date) -> Pack:
        """The pack in use; ExpiredPackError where its time is over, and nothing is checked."""
        content = self._looked_up()
        if content is None:
            return bundled(today)
        if self._made is None or self._made[0] != content or self._made[1].day != today:
            self._made = (content, approved(content, today))
        return self._made[1]

    def _looked_up(self) -> str | None:
        if self.is_known:
            return self._content
        try:
            found = self._policies.in_use()
        except (BusyError, UnavailableError):
            if self._asked is None:
                raise
            return self._content
        self.learn(found)
        return self._content


def with_registered(pack: Pack, candidate: Candidate, accounts: Accounts) -> Pack:
    """The policy with the account that is reshared among the senior ones (I02, X17), if on each
    of these platforms the registry has an active senior account of exactly this name."""
    handle = candidate.reshare_of
    if candidate.kind != "reshare" or handle is None or pack.is_senior(handle):
        return pack
    names = [PlatformName(name) for name in candidate.platforms]
    if names and all(_is_senior(handle, name, accounts) for name in names):
        return pack.with_senior([handle])
    return pack


def _is_senior(handle: str, platform: PlatformName, accounts: Accounts) -> bool:
    holder = accounts.holder(platform, handle)
    if holder is None:
        return False
    try:
        account = accounts.get(holder)
    except NotFoundError:
        return False
    named = account.handle(platform)
    exact = named is not None and _plain(named.name) == _plain(handle)
    return exact and account.senior and account.status is AccountStatus.ACTIVE


def _plain(name: str) -> str:
    return name.strip().removeprefix("@").lower()
