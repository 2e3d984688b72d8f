"""A community on Viva Engage that colleagues write in (tests/platforms/golden/
viva_engage_moderating.json); the account that signs in is an administrator of it.
"""

from dataclasses import dataclass
from typing import Any

from tests.platforms.servers.strict import Reply, Request, Route
from tests.platforms.servers.viva_engage import ACCOUNT, COMMUNITY, Message, VivaEngageServer
from tests.platforms.servers.watched import Someone

OURS = {"read": "comment", "delete": "delete-comment"}


@dataclass
class Said(Message):
    """One message of a colleague."""

    by: Someone
    community: int


class VivaEngageModerated(VivaEngageServer):
    """One community."""

    nobody = "404"
    reports = ()

    def routes(self) -> tuple[Route, ...]:
        """What is done to messages of colleagues, faults call by its own name."""
        own = super().routes()
        return tuple(Route(r.method, r.path, OURS.get(r.on, r.on), r.act) for r in own)

    def forget(self) -> None:
        self.messages.clear()

    def say(self, text: str, by: Someone, community: int = int(COMMUNITY)) -> str:
        self._last += 1
        self.messages.append(Said(self._last, text, self._now(), by, community))
        return str(self._last)

    def author_of(self, by: Someone) -> str:
        return str(6000 + by.number) if by.number else str(ACCOUNT)

    def stands(self, said: str) -> bool:
        return said in [str(message.message_id) for message in self.messages]

    def is_hidden(self, _said: str) -> bool:
        return False

    def is_blocked(self, _author: str) -> bool:
        return False

    def _read(self, request: Request) -> Reply:
        request.parameters()
        return super()._read(request)

    def _shape(self, message: Message) -> dict[str, Any]:
        shape = super()._shape(message)
        if isinstance(message, Said):
            author = int(self.author_of(message.by))
            shape |= {"sender_id": author, "group_id": message.community}
        return {**shape, "replied_to_id": 9001}
