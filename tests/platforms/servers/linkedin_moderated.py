"""An organisation on LinkedIn that people comment on, by tests/platforms/golden/
linkedin_moderating.json: a comment by the post and its number, deleted in the organisation's name.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import unquote

from tests.platforms.servers.linkedin import AUTHOR, HEADERS, LinkedInServer, refuse
from tests.platforms.servers.strict import Reply, Request, Route
from tests.platforms.servers.watched import Someone

POST = "urn:li:activity:7001"


@dataclass
class Said:
    """One comment."""

    by: Someone
    text: str
    at: datetime


class LinkedInModerated(LinkedInServer):
    """One organisation; `comments` by URN. `jealous` lets nobody delete others' comments."""

    nobody = f"urn:li:comment:({POST},404)"
    reports = ()
    jealous = False

    def __init__(self, now: Any) -> None:
        self.comments: dict[str, Said] = {}
        super().__init__(now)

    def routes(self) -> tuple[Route, ...]:
        one = re.compile(r"/rest/socialActions/(urn%3Ali%3Aactivity%3A\d+)/comments/(\d+)")
        return (
            Route("GET", one, "comment", self._comment, HEADERS),
            Route("DELETE", one, "delete-comment", self._take, HEADERS),
            *super().routes(),
        )

    def forget(self) -> None:
        self.comments.clear()

    def say(self, text: str, by: Someone) -> str:
        named = f"urn:li:comment:({POST},{len(self.comments) + 1})"
        self.comments[named] = Said(by, text, self._now())
        return named

    def author_of(self, by: Someone) -> str:
        return f"urn:li:person:a{by.number}" if by.number else AUTHOR

    def stands(self, said: str) -> bool:
        return said in self.comments

    def is_hidden(self, _said: str) -> bool:
        return False

    def is_blocked(self, _author: str) -> bool:
        return False

    def _named(self, request: Request) -> str:
        self._held(request)
        named = f"urn:li:comment:({unquote(request.found[0])},{request.found[1]})"
        if named not in self.comments:
            raise refuse(404, "Could not find entity", "NOT_FOUND")
        return named

    def _comment(self, request: Request) -> Reply:
        named = self._named(request)
        request.parameters()
        found, at = self.comments[named], int(self.comments[named].at.timestamp() * 1000)
        author = self.author_of(found.by)
        told = {"actor": author, "created": {"actor": author, "time": at}, "object": POST}
        return Reply(
            200,
            {
                **told,
                "id": request.found[1],
                "commentUrn": named,
                "message": {"attributes": [], "text": found.text},
            },
        )

    def _take(self, request: Request) -> Reply:
        named = self._named(request)
        if request.parameters("actor") != {"actor": AUTHOR}:
            raise refuse(400, "actor")
        if self.jealous:
            raise refuse(403, "Not enough permissions to access: DELETE /comments", "ACCESS_DENIED")
        del self.comments[named]
        return Reply(204)
