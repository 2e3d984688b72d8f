"""The sandbox that ships with Bluelamp, moderated as the strict platforms are."""

from local.sandbox import Neighbour
from local.sandbox import Remark as Said
from tests.platforms.builders import now
from tests.platforms.servers.sandbox_watched import ACCOUNT, SandboxWatched
from tests.platforms.servers.watched import Remark, Someone


class SandboxModerated(SandboxWatched):
    """One account."""

    nobody = "r404"

    def say(self, text: str, by: Someone) -> str:
        number = len(self.remarks) + 1
        if by.number == 0:
            own = Neighbour(ACCOUNT, ACCOUNT, by.name)
            self.audience.remark(ACCOUNT, Said(f"r{number}", own, text, now()))
        self.remarks.append(Remark(number, by, text, now(), answers=1))
        return f"r{number}"

    def forget(self) -> None:
        super().forget()
        self.told.clear()

    @property
    def reports(self) -> list[tuple[str, str]]:
        return [(one.remark_id, one.why) for one in self.told]

    def author_of(self, by: Someone) -> str:
        return f"n{by.number}"

    def stands(self, said: str) -> bool:
        return self.audience.said(ACCOUNT, said) is not None

    def is_hidden(self, said: str) -> bool:
        return self.audience.said(ACCOUNT, said).hidden

    def is_blocked(self, author: str) -> bool:
        return self.audience.is_blocked(ACCOUNT, author)
