"""Which of ours somebody could be taken for, and why, in words that name only what is ours."""

from collections.abc import Iterable
from dataclasses import dataclass

from shared.accounts.registry import Account, AccountStatus
from shared.followers.likeness import (
    SHORTEST_WITHIN,
    OurName,
    OurNames,
    our_names,
    skeleton,
)
from shared.followers.someone import Someone
from shared.posts.names import AccountId, PlatformName

BY_NAME = "It could be taken for {0} ({1})."
BY_TITLE = "It calls itself as {0} does, or nearly."


@dataclass(frozen=True)
class Alike:
    """Which account of ours it could be taken for, and why."""

    account: AccountId
    reason: str


class Ours:
    """The force's own accounts and reserved names, ready to be compared with many others."""

    def __init__(self, accounts: Iterable[Account]) -> None:
        speaking = [each for each in accounts if each.status is not AccountStatus.CLOSED]
        self._owner = {name: each.account_id for each in speaking for name in our_names([each])}
        self._names = OurNames(self._owner)
        self._held = {key: each for each in speaking for key in _spelt(each)}
        long = ((skeleton(each.title), each) for each in speaking)
        self._titles = {title: each for title, each in long if len(title) >= SHORTEST_WITHIN}

    def owner_of(self, platform: PlatformName, handle: str) -> Account | None:
        """Whose name it is, to the letter; None if it is none of ours."""
        return self._held.get((platform, _plain(handle)))

    def taken_for(self, platform: PlatformName, someone: Someone) -> Alike | None:
        """Which of ours it could be taken for; None if none, or if it is ours."""
        if self.owner_of(platform, someone.handle) is not None:
            return None
        name = self._names.alike(platform, someone)
        if name is not None:
            return Alike(self._owner[name], BY_NAME.format(name.title, name.name))
        called = skeleton(someone.name)
        held = (title for title in self._titles if title in called)
        title = max(held, key=lambda each: (len(each), each), default=None)
        if title is None:
            return None
        account = self._titles[title]
        return Alike(account.account_id, BY_TITLE.format(account.title))

    def named(self, platform: PlatformName) -> tuple[OurName, ...]:
        """Every name that ours speak under there."""
        return tuple(name for name in self._owner if name.platform == platform)


def _spelt(account: Account) -> Iterable[tuple[PlatformName, str]]:
    for handle in account.handles:
        plain, host = _plain(handle.name), handle.service.partition("://")[2].partition("/")[0]
        yield handle.platform, plain
        if host:
            yield handle.platform, f"{plain}@{host.casefold()}"
    for kept in account.reserved_names:
        yield kept.platform, _plain(kept.name)


def _plain(handle: str) -> str:
    return handle.strip().lstrip("@").casefold()
