"""An account on X that people reply to, held by X's own description in requests and answers.

The description knows `PUT /2/tweets/{tweet_id}/hidden`; how X refuses to hide what is gone it does
not say, and a problem of the type that other requests get is played here.
"""

import html
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tests.platforms.servers.strict import Reply, Request, Route
from tests.platforms.servers.watched import Someone
from tests.platforms.servers.x import ACCOUNT, XServer, problem, stamp


@dataclass
class Said:
    """One reply of somebody else's."""

    by: Someone
    text: str
    at: datetime
    hidden: bool = False


class XModerated(XServer):
    """One account; `replies` by id."""

    nobody = "1799999999"
    reports = ()

    def __init__(self, now: Any) -> None:
        self.replies: dict[str, Said] = {}
        super().__init__(now)

    def routes(self) -> tuple[Route, ...]:
        one = re.compile(r"/2/tweets/(17\d{8})")
        hidden = re.compile(r"/2/tweets/(17\d{8})/hidden")
        return (
            Route("GET", one, "comment", self._reply),
            Route("PUT", hidden, "hide", self._hide),
            *super().routes(),
        )

    def forget(self) -> None:
        self.replies.clear()

    def say(self, text: str, by: Someone) -> str:
        named = str(1_700_000_000 + len(self.replies))
        self.replies[named] = Said(by, text, self._now())
        return named

    def author_of(self, by: Someone) -> str:
        return str(9000 + by.number) if by.number else ACCOUNT

    def stands(self, said: str) -> bool:
        return said in self.replies

    def is_hidden(self, said: str) -> bool:
        return self.replies[said].hidden

    def is_blocked(self, _author: str) -> bool:
        return False

    def _reply(self, request: Request) -> Reply:
        named = request.found[0]
        found = self.replies.get(named)
        if found is None:
            return self._read(request)
        self._held(request)
        author = self.author_of(found.by)
        user = {"id": author, "username": found.by.handle, "name": found.by.name}
        data = {
            "id": named,
            "text": html.escape(found.text, quote=False),
            "author_id": author,
            "created_at": stamp(found.at),
            "edit_history_tweet_ids": [named],
            "referenced_tweets": [{"type": "replied_to", "id": "1346889436626259001"}],
        }
        users = [{**user, "description": found.by.about}]
        return self._described(request, Reply(200, {"data": data, "includes": {"users": users}}))

    def _hide(self, request: Request) -> Reply:
        self._held(request)
        found = self.replies.get(request.found[0])
        if found is None:
            raise problem(404, "resource-not-found", "Could not find tweet.")
        found.hidden = request.json()["hidden"]
        return self._described(request, Reply(200, {"data": {"hidden": found.hidden}}))
