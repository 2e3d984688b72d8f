"""The sandbox that ships with Bluelamp, watched as the strict platforms are."""

from collections.abc import Callable
from datetime import datetime

from local.sandbox import Audience, Neighbour, SandboxServer
from local.sandbox import Remark as Said
from local.sandbox.replies import Reply
from shared.platforms.base import Credentials
from tests.platforms.servers.watched import Remark, Someone

ACCOUNT = "stoke"


class _Turning(Audience):
    """Begins every list anew when told to."""

    endless = False

    def people(self, account: str, which: str, base: str, after: str) -> Reply:
        return self._turned(super().people(account, which, base, "" if self.endless else after))

    def remarks(self, account: str, since: str, base: str, after: str) -> Reply:
        again = "" if self.endless else after
        return self._turned(super().remarks(account, since, base, again))

    def _turned(self, reply: Reply) -> Reply:
        return Reply(200, {**reply.fields, "next": "50"}) if self.endless else reply


class _Filling(list):
    """A list whose every item goes to the sandbox as well."""

    def __init__(self, to: Callable) -> None:
        super().__init__()
        self._to = to

    def append(self, item) -> None:
        super().append(item)
        self._to(item)

    def extend(self, items) -> None:
        for item in items:
            self.append(item)

    def __iadd__(self, items):
        self.extend(items)
        return self


class SandboxWatched(SandboxServer):
    """One account; filled in the words of the other watched platforms."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        super().__init__(now, posts_per_window=100_000)
        self.refused: list = []
        self.methods: set = set()
        self.forget()

    def account(self) -> Credentials:
        return self.create_account(ACCOUNT)

    def forget(self) -> None:
        self.audience = _Turning()
        self.followers = _Filling(lambda one: self.audience.follow(ACCOUNT, _neighbour(one)))
        self.following = _Filling(lambda one: self.audience.followed(ACCOUNT, _neighbour(one)))
        self.remarks = _Filling(lambda one: self.audience.remark(ACCOUNT, _said(one)))

    @property
    def endless(self) -> bool:
        return self.audience.endless

    @endless.setter
    def endless(self, whether: bool) -> None:
        self.audience.endless = whether

    def newest(self) -> list[Remark]:
        return sorted(self.remarks, key=lambda remark: remark.at, reverse=True)


def _neighbour(one: Someone) -> Neighbour:
    return Neighbour(f"n{one.number}", one.handle, one.name, one.about)


def _said(remark: Remark) -> Said:
    answers = f"p{remark.answers}" if remark.answers else None
    return Said(f"r{remark.number}", _neighbour(remark.by), remark.text, remark.at, answers)
