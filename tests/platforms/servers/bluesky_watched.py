"""The network's view of one Bluesky account, alone or behind a real server (app.bsky.*).

Parameters and answers are those of the lexicons that the real server brings along; the test that
runs it behind one has them checked there (`asked` keeps what was asked and answered). Alone it also
signs in, as a server would.
"""

import re
import secrets
from collections.abc import Callable
from datetime import datetime
from typing import Any

from shared.platforms.base import Credentials
from tests.platforms.servers.strict import RefusedRequestError, Reply, Request, Route, StrictServer
from tests.platforms.servers.watched import Remark, Someone, Watched

DID = "did:plc:ewvi7nxzyoun6zhxrhs64oiz"
RECORD, POST = r"/xrpc/com\.atproto\.repo\.getRecord", "app.bsky.feed.post"
LIST = r"/xrpc/com\.atproto\.repo\.listRecords"
REPO = r"/xrpc/com\.atproto\.repo\.describeRepo"
PASSED_ON = frozenset(
    {"authorization", "atproto-accept-labelers", "accept-language", "accept", "x-bsky-topics"}
)


class _View(StrictServer):
    """The routes of the view; `behind` is whether a real server asks for its account."""

    def __init__(self, now: Callable[[], datetime], *, behind: bool = False) -> None:
        self._now = now
        self._behind = behind
        self._tokens: set[str] = set()
        self.did = DID
        self.asked: list[dict[str, Any]] = []
        self.records: dict[str, str] = {}
        self.home = ""
        super().__init__()

    def account(self) -> Credentials:
        """What signs in here."""
        return Credentials(self.url, "stoke.test", "a-password")

    def rate_limited(self) -> Reply:
        reset = str(int(self._now().timestamp()) + 300)
        fields = {"error": "RateLimitExceeded", "message": "Rate Limit Exceeded"}
        return Reply(429, fields, {"RateLimit-Reset": reset})

    def expired(self) -> Reply:
        self._tokens.clear()
        return Reply(400, {"error": "ExpiredToken", "message": "Token has expired"})

    def sign_in(self, request: Request) -> Reply:
        if request.json() != {"identifier": "stoke.test", "password": "a-password"}:
            fields = {"error": "AuthenticationRequired", "message": "Invalid identifier"}
            raise RefusedRequestError(401, fields)
        return self._session()

    def refresh(self, _request: Request) -> Reply:
        return self._session()

    def held(self, request: Request) -> None:
        token = request.headers.get("authorization", "").removeprefix("Bearer ")
        if not (token in self._tokens or (self._behind and token.count(".") == 2)):
            raise RefusedRequestError(400, {"error": "InvalidToken", "message": "Bad token"})

    def _session(self) -> Reply:
        token = secrets.token_urlsafe(12)
        self._tokens.add(token)
        named = {"did": self.did, "handle": "stoke.test"}
        return Reply(200, {**named, "accessJwt": token, "refreshJwt": "renews"})


class BlueskyWatched(Watched, _View):
    """One account; `did` is its own."""

    def routes(self) -> tuple[Route, ...]:
        def view(method: str) -> re.Pattern[str]:
            return re.compile(f"/xrpc/app\\.bsky\\.({method})")

        def server(method: str) -> re.Pattern[str]:
            return re.compile(f"/xrpc/com\\.atproto\\.server\\.{method}")

        told = "notification.listNotifications"
        return (
            Route("POST", server("createSession"), "sign-in", self.sign_in),
            Route("POST", server("refreshSession"), "sign-in", self.refresh),
            Route("GET", view("actor.getProfile"), "profile", self._profile, PASSED_ON),
            Route("GET", view("graph.getFollowers"), "followers", self._people, PASSED_ON),
            Route("GET", view("graph.getFollows"), "following", self._people, PASSED_ON),
            Route("GET", view(told), "mentions", self._told, PASSED_ON),
            Route("GET", re.compile(RECORD), "read", self._record),
            Route("GET", re.compile(LIST), "read", self._list),
            Route("GET", re.compile(REPO), "repo", self._repo),
        )

    def _record(self, request: Request) -> Reply:
        asked = request.parameters("repo", "collection", "rkey")
        text = self.records.get(asked["rkey"])
        if asked["repo"] != self.did or asked["collection"] != POST or text is None:
            fields = {"error": "RecordNotFound", "message": "Could not locate record"}
            raise RefusedRequestError(400, fields)
        return Reply(200, self._kept_as(asked["rkey"], text))

    def _list(self, request: Request) -> Reply:
        """The newest of the account's records, whoever asks."""
        asked = request.parameters("repo", "collection", "limit")
        if asked["repo"] != self.did or not 1 <= int(asked["limit"]) <= 100:
            raise RefusedRequestError(400, {"error": "InvalidRequest", "message": "No such repo"})
        there = sorted(self.records.items(), reverse=True) if asked["collection"] == POST else []
        page = [self._kept_as(*each) for each in there[: int(asked["limit"])]]
        return Reply(200, {"records": page})

    def _kept_as(self, key: str, text: str) -> dict[str, Any]:
        at = self._now().isoformat(timespec="milliseconds").replace("+00:00", "Z")
        record = {"$type": POST, "text": text, "createdAt": at}
        return {"uri": f"at://{self.did}/{POST}/{key}", "cid": CID, "value": record}

    def _repo(self, request: Request) -> Reply:
        """As a door: the account's own server has another address for the same place."""
        if request.parameters("repo")["repo"] != self.did:
            raise RefusedRequestError(400, {"error": "InvalidRequest", "message": "No such user"})
        home = {"id": "#atproto_pds", "type": "x", "serviceEndpoint": self.home or self.url}
        named = {"handle": "stoke.test", "did": self.did, "didDoc": {"service": [home]}}
        return Reply(200, {**named, "collections": [], "handleIsCorrect": True})

    def _profile(self, request: Request) -> Reply:
        self.held(request)
        self._actor_of(request.parameters("actor"))
        counts = {
            "followersCount": len(self.followers),
            "followsCount": len(self.following),
            "postsCount": 0,
        }
        return self._kept(request, {**self._own(), **counts})

    def _people(self, request: Request) -> Reply:
        self.held(request)
        asked = request.parameters("actor", "limit", "cursor")
        self._actor_of(asked)
        listed, which = {
            "graph.getFollowers": (self.followers, "followers"),
            "graph.getFollows": (self.following, "follows"),
        }[request.found[0]]
        page, after = self._cut(asked, listed)
        return self._kept(request, {"subject": self._own(), which: page, **after})

    def _told(self, request: Request) -> Reply:
        self.held(request)
        asked = request.parameters("limit", "cursor")
        page, after = self._cut(asked, self.newest())
        return self._kept(request, {"notifications": page, **after})

    def _cut(self, asked: dict[str, str], items: list) -> tuple[list[dict], dict[str, str]]:
        if not 1 <= int(asked.get("limit", "50")) <= 100:
            raise RefusedRequestError(400, {"error": "InvalidRequest", "message": "limit"})
        start = int(asked.get("cursor", "0"))
        page, following = self.page(items, start, int(asked["limit"]))
        shown = [_note(one) if isinstance(one, Remark) else _person(one) for one in page]
        return shown, {} if following is None else {"cursor": str(following)}

    def _actor_of(self, asked: dict[str, str]) -> None:
        if asked.get("actor") != self.did:
            raise RefusedRequestError(400, {"error": "InvalidRequest", "message": "actor"})

    def _own(self) -> dict[str, Any]:
        return {"did": self.did, "handle": "stoke.test", "displayName": "Stoke Police"}

    def _kept(self, request: Request, answer: dict[str, Any]) -> Reply:
        method = f"app.bsky.{request.found[0]}"
        self.asked.append({"method": method, "query": dict(request.query), "answer": answer})
        return Reply(200, answer)


def _did(number: int) -> str:
    letters = "abcdefghijklmnopqrstuvwxyz234567"
    end = "".join(letters[number // 32**place % 32] for place in range(6))
    return f"did:plc:ewvi7nxzyoun6zhxrh{end}"


def _person(one: Someone) -> dict[str, Any]:
    named = {"did": _did(one.number), "handle": f"{one.handle}.example.com"}
    return {**named, "displayName": one.name, "description": one.about}


def _note(remark: Remark) -> dict[str, Any]:
    at = remark.at.isoformat(timespec="milliseconds").replace("+00:00", "Z")
    # A post may say of itself that it is from long ago: when it was seen is what counts.
    record: dict[str, Any] = {
        "$type": "app.bsky.feed.post",
        "text": remark.text,
        "createdAt": "2001-01-01T00:00:00.000Z",
    }
    if remark.answers:
        post = {"uri": f"at://{DID}/app.bsky.feed.post/{remark.answers}", "cid": CID}
        record["reply"] = {"root": post, "parent": post}
    return {
        "uri": f"at://{_did(remark.by.number)}/app.bsky.feed.post/{remark.number}",
        "cid": CID,
        "author": _person(remark.by),
        "reason": "reply" if remark.answers else "mention",
        "record": record,
        "isRead": False,
        "indexedAt": at,
    }


CID = "bafyreihyrpefhacm6kkp4ql6j6udakdit7g3dmkzfriqfykhjw6cad5lrm"
