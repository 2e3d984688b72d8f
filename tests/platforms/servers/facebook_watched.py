"""A watched Page: fields and parameters by Facebook's own table, the rest by its documents.

Who wrote a tagged post is told for Pages and kept back for people (developers.facebook.com, "Page
Tagged", read on 2026-11-21), so the first of any two writers here is nobody.
"""

import re
from datetime import UTC, datetime
from functools import cache
from typing import Any

from tests.platforms.servers.facebook import PAGE, PAGING, FacebookServer, held, refuse
from tests.platforms.servers.strict import Reply, Request, Route
from tests.platforms.servers.watched import Remark, Someone, Watched


@cache
def fields_of(node: str) -> frozenset[str]:
    """The fields that Facebook's table knows of a Page or of its posts."""
    from facebook_business.adobjects.page import Page
    from facebook_business.adobjects.pagepost import PagePost

    known = {"page": Page.Field, "post": PagePost.Field}[node]
    return frozenset(str(v) for name, v in vars(known).items() if not name.startswith("__"))


class FacebookWatched(Watched, FacebookServer):
    """One Page."""

    def routes(self) -> tuple[Route, ...]:
        return (
            Route("GET", re.compile(rf"/v26\.0/{PAGE}"), "profile", self._page_itself),
            Route("GET", re.compile(rf"/v26\.0/{PAGE}/tagged"), "mentions", self._tagged),
            *super().routes(),
        )

    def _page_itself(self, request: Request) -> Reply:
        self._signed_in(request)
        _asks(request, "page", set())
        return Reply(200, {**_page(Someone(0, "Stoke Police")), "id": PAGE, **self._counts()})

    def _counts(self) -> dict[str, int]:
        return {"followers_count": len(self.followers)}

    def _tagged(self, request: Request) -> Reply:
        self._signed_in(request)
        _asks(request, "post", PAGING)
        own = {n: v for n, v in request.query if n not in PAGING and n != "limit"}
        held("get_tagged", own)
        asked = dict(request.query)
        since = datetime.fromtimestamp(int(asked.get("since", "0")), UTC)
        said = [remark for remark in self.newest() if remark.at >= since]
        start, size = int(asked.get("after", "0")), int(asked.get("limit", "25"))
        page, following = self.page(said, start, size)
        fields: dict[str, Any] = {"data": [_post(remark) for remark in page]}
        if page:
            fields["paging"] = {"cursors": {"before": str(start), "after": str(start + size)}}
        if following is not None:
            fields["paging"]["cursors"]["after"] = str(following)
            fields["paging"]["next"] = f"{self.url}/next"
        return Reply(200, fields)


def _asks(request: Request, node: str, others: set[str] | frozenset[str]) -> None:
    """Refuse a field or a parameter that Facebook does not know."""
    strange = {name for name, _ in request.query} - {"fields", "limit"} - others
    wanted = set(dict(request.query)["fields"].split(","))
    if strange or not wanted <= fields_of(node):
        raise refuse(100, f"(#100) Unknown: {sorted(strange | (wanted - fields_of(node)))}")


def _page(one: Someone) -> dict[str, Any]:
    named = {"id": str(104_000 + one.number), "name": one.name, "username": one.handle}
    return {**named, "link": f"https://www.facebook.com/{one.handle}", "about": one.about}


def _post(remark: Remark) -> dict[str, Any]:
    post = {
        "id": f"{104_000 + remark.by.number}_{remark.number}",
        "message": remark.text,
        "created_time": remark.at.strftime("%Y-%m-%dT%H:%M:%S+0000"),
        "permalink_url": f"https://www.facebook.com/{remark.by.handle}/posts/{remark.number}",
    }
    if remark.by.number % 2:
        return post
    return {**post, "from": {"id": str(104_000 + remark.by.number), "name": remark.by.name}}
