"""A watched account on X, held by X's own description in requests and answers."""

import html
import re
from datetime import datetime
from typing import Any

from tests.platforms.servers.strict import Reply, Request, Route
from tests.platforms.servers.watched import Remark, Someone, Watched
from tests.platforms.servers.x import ACCOUNT, XServer, stamp


class XWatched(Watched, XServer):
    """One account on X."""

    def routes(self) -> tuple[Route, ...]:
        def of(what: str) -> re.Pattern[str]:
            return re.compile(rf"/2/users/{ACCOUNT}/({what})")

        return (
            Route("GET", re.compile("/2/users/me"), "profile", self._profile),
            Route("GET", of("followers"), "followers", self._people),
            Route("GET", of("following"), "following", self._people),
            Route("GET", of("mentions"), "mentions", self._mentions),
            *super().routes(),
        )

    def _profile(self, request: Request) -> Reply:
        self._held(request)
        counts = {
            "followers_count": len(self.followers),
            "following_count": len(self.following),
            "tweet_count": len(self.tweets),
            "listed_count": 0,
        }
        data = {"id": ACCOUNT, "name": "Stoke", "username": "StokePolice"}
        return self._described(request, Reply(200, {"data": {**data, "public_metrics": counts}}))

    def _people(self, request: Request) -> Reply:
        self._held(request)
        asked = dict(request.query)
        start, size = int(asked.get("pagination_token", "0")), int(asked["max_results"])
        page, following = self.page(getattr(self, request.found[0]), start, size)
        meta: dict[str, Any] = {"result_count": len(page)}
        if following is not None:
            meta["next_token"] = f"{following:016d}"
        fields: dict[str, Any] = {"meta": meta}
        if page:
            fields["data"] = [_user(one) for one in page]
        return self._described(request, Reply(200, fields))

    def _mentions(self, request: Request) -> Reply:
        self._held(request)
        asked = dict(request.query)
        since = datetime.fromisoformat(asked["start_time"])
        said = [remark for remark in self.newest() if remark.at >= since]
        start, size = int(asked.get("pagination_token", "0")), int(asked["max_results"])
        page, following = self.page(said, start, size)
        meta: dict[str, Any] = {"result_count": len(page)}
        if following is not None:
            meta["next_token"] = f"{following:036d}"
        fields: dict[str, Any] = {"meta": meta}
        if page:
            fields["data"] = [_tweet(remark) for remark in page]
            fields["includes"] = {"users": [_user(one) for one in {r.by: 0 for r in page}]}
        return self._described(request, Reply(200, fields))


def _user(one: Someone) -> dict[str, Any]:
    named = {"id": str(9000 + one.number), "username": one.handle, "name": one.name}
    return {**named, "description": one.about}


def _tweet(remark: Remark) -> dict[str, Any]:
    tweet_id = str(1_700_000 + remark.number)
    tweet: dict[str, Any] = {
        "id": tweet_id,
        "text": html.escape(remark.text, quote=False),
        "author_id": str(9000 + remark.by.number),
        "created_at": stamp(remark.at),
        "edit_history_tweet_ids": [tweet_id],
    }
    if remark.answers:
        tweet["referenced_tweets"] = [{"type": "replied_to", "id": str(remark.answers)}]
    return tweet
