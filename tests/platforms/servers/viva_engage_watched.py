"""A watched community on Viva Engage, by its documentation (learn.microsoft.com, 2026-11-21)."""

import re
from typing import Any

from tests.platforms.servers.strict import Reply, Request, Route
from tests.platforms.servers.viva_engage import COMMUNITY, VivaEngageServer, refuse
from tests.platforms.servers.watched import Remark, Someone, Watched

PEOPLE = 50
"""Members a page."""


class VivaEngageWatched(Watched, VivaEngageServer):
    """One community."""

    def routes(self) -> tuple[Route, ...]:
        members = re.compile(rf"/api/v1/users/in_group/{COMMUNITY}\.json")
        received = re.compile(r"/api/v1/messages/received\.json")
        group = re.compile(rf"/api/v1/groups/{COMMUNITY}\.json")
        return (
            Route("GET", group, "profile", self._group),
            Route("GET", members, "followers", self._members),
            Route("GET", received, "mentions", self._received),
            *super().routes(),
        )

    def _group(self, request: Request) -> Reply:
        self._signed_in(request)
        request.parameters()
        named = {"type": "group", "id": int(COMMUNITY), "name": "all", "full_name": "All Staff"}
        stats = {"members": len(self.followers), "updates": len(self.messages)}
        address = f"https://www.yammer.com/force/groups/{COMMUNITY}"
        return Reply(200, {**named, "web_url": address, "stats": stats, "description": None})

    def _members(self, request: Request) -> Reply:
        self._signed_in(request)
        number = int(request.parameters("page").get("page", "1"))
        page, following = self.page(self.followers, (number - 1) * PEOPLE, PEOPLE)
        users = [_user(one) for one in page]
        return Reply(200, {"users": users, "more_available": following is not None})

    def _received(self, request: Request) -> Reply:
        self._signed_in(request)
        asked = request.parameters("limit", "older_than")
        if int(asked["limit"]) > 20:
            raise refuse(400, "limit")
        below = 10**9 if self.endless else int(asked.get("older_than", 10**9))
        there = [remark for remark in self.newest() if remark.number < below]
        page = there[: int(asked["limit"])]
        people = [{"type": "user", **_user(one)} for one in {r.by: 0 for r in page}]
        return Reply(
            200,
            {
                "messages": [_message(remark) for remark in page],
                "references": [*people, {"type": "group", "id": int(COMMUNITY)}],
                "meta": {"older_available": self.endless or len(there) > len(page)},
            },
        )


def _user(one: Someone) -> dict[str, Any]:
    address = f"https://www.yammer.com/force/users/{one.handle}"
    return {
        "id": 70_000 + one.number,
        "name": one.handle,
        "full_name": one.name,
        "web_url": address,
        "job_title": one.about,
    }


def _message(remark: Remark) -> dict[str, Any]:
    return {
        "id": remark.number,
        "sender_id": 70_000 + remark.by.number,
        "replied_to_id": remark.answers,
        "body": {"plain": remark.text, "parsed": remark.text},
        "created_at": remark.at.strftime("%Y/%m/%d %H:%M:%S +0000"),
        "web_url": f"https://www.yammer.com/force/messages/{remark.number}",
    }
