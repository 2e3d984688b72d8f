"""A Page that people comment on: names of fields and parameters by Facebook's own table (package
facebook-business 26.0.3), answers by its documents.

"Comment" and "Page Blocked" of developers.facebook.com, read on 2026-11-21: an act is answered with
`success`, blocking with each person's number and whether it was done.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from urllib.parse import parse_qsl

from tests.platforms.servers.facebook import PAGE, FacebookServer, refuse
from tests.platforms.servers.strict import Reply, Request, Route
from tests.platforms.servers.watched import Someone

POST = "801"


@cache
def fields() -> frozenset[str]:
    """The fields of a comment that Facebook's table knows."""
    from facebook_business.adobjects.comment import Comment

    known = vars(Comment.Field).items()
    return frozenset(str(value) for name, value in known if not name.startswith("__"))


@cache
def table(node: str, act: str) -> Any:
    """Facebook's own table of parameters of one act."""
    from facebook_business.adobjects.comment import Comment
    from facebook_business.adobjects.page import Page
    from facebook_business.api import FacebookAdsApi

    api = FacebookAdsApi.init(access_token="nobody's", crash_log=False)
    known = {"comment": Comment, "page": Page}[node]
    return getattr(known(PAGE, api=api), act)(pending=True)._param_checker


@dataclass
class Said:
    """One comment."""

    by: Someone
    text: str
    at: datetime
    hidden: bool = False


class FacebookModerated(FacebookServer):
    """One Page; `comments` by id, `blocked` are people's numbers."""

    nobody = f"{POST}_404"
    reports = ()

    def __init__(self, now: Any) -> None:
        self.comments: dict[str, Said] = {}
        self.blocked: set[str] = set()
        super().__init__(now)

    def routes(self) -> tuple[Route, ...]:
        one = re.compile(rf"/v26\.0/({POST}_\d+)")
        blocked = re.compile(rf"/v26\.0/{PAGE}/blocked")
        return (
            Route("GET", one, "comment", self._comment),
            Route("POST", one, "hide", self._hide),
            Route("DELETE", one, "delete-comment", self._take_away),
            Route("GET", blocked, "blocked", self._blocked),
            Route("POST", blocked, "block", self._block),
            Route("DELETE", blocked, "block", self._block),
            *super().routes(),
        )

    def forget(self) -> None:
        self.comments.clear()
        self.blocked.clear()

    def say(self, text: str, by: Someone) -> str:
        named = f"{POST}_{len(self.comments) + 1}"
        self.comments[named] = Said(by, text, self._now())
        return named

    def author_of(self, by: Someone) -> str:
        return str(104_000 + by.number) if by.number else PAGE

    def stands(self, said: str) -> bool:
        return said in self.comments

    def is_hidden(self, said: str) -> bool:
        return self.comments[said].hidden

    def is_blocked(self, author: str) -> bool:
        return author in self.blocked

    def _find(self, request: Request) -> Any:
        if not request.found[0].startswith(POST):
            return super()._find(request)
        self._signed_in(request)
        if request.found[0] not in self.comments:
            raise refuse(100, "Unsupported request. Object does not exist.", subcode=33)
        return self.comments[request.found[0]]

    def _comment(self, request: Request) -> Reply:
        found, asked = self._find(request), request.parameters("fields")["fields"].split(",")
        if strange := sorted(set(asked) - fields()):
            raise refuse(100, f"(#100) Unknown fields: {strange}")
        told = {
            "id": request.found[0],
            "message": found.text,
            "created_time": found.at.strftime("%Y-%m-%dT%H:%M:%S+0000"),
            "permalink_url": f"https://www.facebook.com/x/posts/{POST}?comment_id=1",
            "from": {"id": self.author_of(found.by), "name": found.by.name},
            "is_hidden": found.hidden,
        }
        return Reply(200, {name: told[name] for name in asked if name in told})

    def _hide(self, request: Request) -> Reply:
        found, form = self._find(request), _held("comment", "api_update", request)
        if form.get("is_hidden") not in ("true", "false"):
            raise refuse(100, "(#100) is_hidden")
        found.hidden = form["is_hidden"] == "true"
        return Reply(200, {"success": True})

    def _take_away(self, request: Request) -> Reply:
        self._find(request)
        del self.comments[request.found[0]]
        return Reply(200, {"success": True})

    def _blocked(self, request: Request) -> Reply:
        self._signed_in(request)
        asked = request.parameters("user")
        there = [{"id": asked["user"], "name": "Somebody"}] if asked["user"] in self.blocked else []
        return Reply(200, {"data": there, "paging": {}})

    def _block(self, request: Request) -> Reply:
        self._signed_in(request)
        act = "create_blocked" if request.method == "POST" else "delete_blocked"
        user = _held("page", act, request)["user"]
        (self.blocked.add if request.method == "POST" else self.blocked.discard)(user)
        done: dict[str, Any] = {user: True} if request.method == "POST" else {"success": True}
        return Reply(200, done)


def _held(node: str, act: str, request: Request) -> dict[str, str]:
    """The form, if Facebook's table has its every parameter."""
    form = dict(parse_qsl(request.body.decode(), keep_blank_values=True))
    strange = [name for name in form if not table(node, act).is_valid_key(name)]
    if strange:
        raise refuse(100, f"(#100) Unknown parameters: {strange}")
    return form
