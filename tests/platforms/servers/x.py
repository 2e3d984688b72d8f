"""X's API version 2, held by X's own description of it (OpenAPI 2.62) in requests and answers.

Three things are not in that document and follow docs.x.com, read on 2026-11-21: media upload, its
alt text, and the renewal of tokens, whose refresh tokens work once. Words come back as X shows
them: escaped, and with t.co addresses in the place of links. Words that stand already are refused.
"""

import base64
import html
import json
import re
import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from email import message_from_bytes
from email.policy import HTTP
from functools import cache
from typing import Any
from urllib.parse import parse_qsl, urlencode

from openapi_core import Config, OpenAPI
from openapi_core.testing import MockRequest, MockResponse

from local.tools.contracts import fetch_x_contract
from shared.platforms.base import Credentials
from shared.posts.counting import length
from shared.posts.limits import Counting, Limit
from shared.posts.weblinks import web_links
from tests.platforms.servers.strict import RefusedRequestError, Reply, Request, Route, StrictServer

HOST = "https://api.twitter.com"
LIMIT = Limit(maximum=280, counting=Counting.X, url_length=23)
ACCOUNT = "2244994945"
TOKEN_LIVES = timedelta(hours=2)


@cache
def contract() -> OpenAPI:
    """X's document; its own duplicate enum values stop the validation of the document itself.

    Its ways to sign in are unknown to the library, so they are left out and asked after here.
    """
    described = json.loads(fetch_x_contract().read_bytes())
    for operations in described["paths"].values():
        for operation in operations.values():
            operation.pop("security", None)
    return OpenAPI.from_dict(described, config=Config(spec_validator_cls=None))


def problem(status: int, kind: str, detail: str) -> RefusedRequestError:
    """A refusal in X's shape."""
    fields = {
        "title": kind,
        "detail": detail,
        "status": status,
        "type": f"https://api.twitter.com/2/problems/{kind}",
    }
    return RefusedRequestError(status, fields)


@dataclass
class Tweet:
    """One post as it stands."""

    tweet_id: str
    text: str
    media: list[str]
    created_at: datetime
    answers: str | None = None


class XServer(StrictServer):
    """One account on X; `tweets` is what stands, oldest first."""

    def __init__(self, now: Callable[[], datetime], *, refuses_repetition: bool = True) -> None:
        self._now = now
        self._lock = threading.Lock()
        self._refuses_repetition = refuses_repetition
        self._last = 1_346_889_436_626_259_000
        self.tweets: list[Tweet] = []
        self.media: dict[str, str] = {}
        self.videos: dict[str, bytes] = {}
        self.announced: dict[str, int] = {}
        self.forgotten: set[str] = set()
        self.working = 0
        """How often a video is said to be worked on still."""
        self.renewals = 0
        self._refresh = "seed"
        self._tokens: dict[str, datetime] = {}
        super().__init__()

    def account(self) -> Credentials:
        """What signs in here for the first time."""
        return Credentials(self.url, "stoke", self._refresh, "a-client", "a-secret")

    def routes(self) -> tuple[Route, ...]:
        one = re.compile(r"/2/tweets/([^/]+)")
        return (
            Route("POST", re.compile("/2/oauth2/token"), "sign-in", self._renew),
            Route("GET", re.compile("/2/users/me"), "account", self._me),
            Route("POST", re.compile("/2/media/upload"), "media", self._upload),
            Route("GET", re.compile("/2/media/upload"), "media", self._how_far),
            Route("POST", re.compile("/2/media/upload/initialize"), "media", self._announce),
            Route("POST", re.compile(r"/2/media/upload/(\d+)/append"), "media", self._append),
            Route("POST", re.compile(r"/2/media/upload/(\d+)/finalize"), "media", self._whole),
            Route("POST", re.compile("/2/media/metadata"), "media", self._describe),
            Route("POST", re.compile("/2/tweets"), "post", self._publish),
            Route("GET", re.compile(f"/2/users/{ACCOUNT}/tweets"), "timeline", self._timeline),
            Route("GET", re.compile("/2/tweets"), "read", self._several),
            Route("GET", one, "read", self._read),
            Route("DELETE", one, "delete", self._delete),
        )

    def rate_limited(self) -> Reply:
        reset = str(int((self._now() + timedelta(minutes=15)).timestamp()))
        headers = {"x-rate-limit-limit": "100", "x-rate-limit-remaining": "0"}
        fields = {"title": "Too Many Requests", "detail": "Too Many Requests", "status": 429}
        return Reply(
            429, {**fields, "type": "about:blank"}, {**headers, "x-rate-limit-reset": reset}
        )

    def expired(self) -> Reply:
        self._tokens.clear()
        fields = {"title": "Unauthorized", "detail": "Unauthorized", "status": 401}
        return Reply(401, {**fields, "type": "about:blank"})

    def repeated(self) -> Reply:
        detail = "You are not allowed to create a Tweet with duplicate content."
        return problem(403, "about:blank", detail).reply

    def _renew(self, request: Request) -> Reply:
        pair = base64.b64encode(b"a-client:a-secret").decode()
        if request.headers.get("authorization") != f"Basic {pair}":
            raise RefusedRequestError(401, {"error": "unauthorized_client"})
        form = dict(parse_qsl(request.body.decode()))
        with self._lock:
            if form != {"grant_type": "refresh_token", "refresh_token": self._refresh}:
                raise RefusedRequestError(400, {"error": "invalid_request"})
            token, self._refresh = secrets.token_urlsafe(20), secrets.token_urlsafe(20)
            self._tokens = {token: self._now() + TOKEN_LIVES}
            self.renewals += 1
        return Reply(
            200,
            {
                "token_type": "bearer",
                "expires_in": int(TOKEN_LIVES.total_seconds()),
                "access_token": token,
                "refresh_token": self._refresh,
                "scope": "tweet.read tweet.write users.read media.write offline.access",
            },
        )

    def _signed_in(self, request: Request) -> None:
        token = request.headers.get("authorization", "").removeprefix("Bearer ")
        ends = self._tokens.get(token)
        if ends is None or self._now() >= ends:
            raise RefusedRequestError(401, {"title": "Unauthorized", "status": 401})

    def _held(self, request: Request) -> None:
        """Refuse what X's description does not know, and who has no token."""
        self._signed_in(request)
        asked = _as_described(request)
        failures = [
            str(error.__cause__ or error) for error in contract().iter_request_errors(asked)
        ]
        if failures:
            raise problem(400, "invalid-request", " ".join(failures)[:300])

    def _described(self, request: Request, reply: Reply) -> Reply:
        """The answer, if X's description allows it."""
        given = MockResponse(json.dumps(reply.fields).encode(), reply.status)
        contract().validate_response(_as_described(request), given)
        return reply

    def _me(self, request: Request) -> Reply:
        self._held(request)
        data = {"id": ACCOUNT, "name": "Stoke", "username": "StokePolice"}
        return self._described(request, Reply(200, {"data": data}))

    def _upload(self, request: Request) -> Reply:
        self._signed_in(request)
        head = f"Content-Type: {request.headers['content-type']}\r\n\r\n".encode()
        form = message_from_bytes(head + request.body, policy=HTTP)
        names = {part.get_param("name", header="content-disposition") for part in form.iter_parts()}
        if names != {"media", "media_category"}:
            raise problem(400, "invalid-request", f"Unknown fields: {sorted(map(str, names))}")
        with self._lock:
            media_id = str(1_146_654_567_674_912_000 + len(self.media))
            self.media[media_id] = ""
        data = {"id": media_id, "media_key": f"3_{media_id}", "expires_after_secs": 86_400}
        return Reply(200, {"data": data})

    def _announce(self, request: Request) -> Reply:
        self._signed_in(request)
        match request.json():
            case {
                "media_type": "video/mp4",
                "media_category": "tweet_video",
                "total_bytes": int(size),
            }:
                with self._lock:
                    media_id = str(1_880_028_106_020_515_840 + len(self.announced))
                    self.announced[media_id] = size
                    self.videos[media_id] = b""
                return Reply(200, {"data": {"id": media_id, "media_key": f"13_{media_id}"}})
        raise problem(400, "invalid-request", "media")

    def _append(self, request: Request) -> Reply:
        self._signed_in(request)
        media_id, parts = request.found[0], _parts(request)
        if set(parts) != {"segment_index", "media"} or media_id not in self.announced:
            raise problem(400, "invalid-request", f"Unknown fields: {sorted(parts)}")
        if parts["segment_index"] != str(len(self.videos[media_id]) // 4_000_000).encode():
            raise problem(400, "invalid-request", "segment_index")
        if len(parts["media"]) > 5_000_000:
            raise problem(413, "invalid-request", "segment")
        self.videos[media_id] += parts["media"]
        return Reply(200, {"data": {"expires_at": 1_795_000_000}})

    def _whole(self, request: Request) -> Reply:
        self._signed_in(request)
        media_id = request.found[0]
        if request.body or len(self.videos.get(media_id, b"")) != self.announced.get(media_id):
            raise problem(400, "invalid-request", "size")
        self.media[media_id] = ""
        return Reply(200, {"data": {"id": media_id, **self._working("pending")}})

    def _how_far(self, request: Request) -> Reply:
        self._signed_in(request)
        asked = request.parameters("command", "media_id")
        media_id = asked.get("media_id", "")
        known = media_id in self.media and media_id not in self.forgotten
        if asked.get("command") != "STATUS" or not known:
            raise problem(404, "not-found", "media")
        told = self._working("in_progress")
        self.working = max(0, self.working - 1)
        return Reply(200, {"data": {"id": media_id, **told}})

    def _working(self, state: str) -> dict[str, Any]:
        info = {"state": state, "check_after_secs": 1} if self.working else {"state": "succeeded"}
        return {"processing_info": info}

    def _describe(self, request: Request) -> Reply:
        self._signed_in(request)
        match request.json():
            case {"id": str(media_id), "metadata": {"alt_text": {"text": str(alt)}}}:
                if media_id in self.media and len(alt) <= 1000:
                    self.media[media_id] = alt
                    return Reply(200, {"data": {"id": media_id}})
        raise problem(400, "invalid-request", "alt text")

    def _publish(self, request: Request) -> Reply:
        self._held(request)
        fields = request.json()
        text, media = fields.get("text", ""), fields.get("media", {}).get("media_ids", [])
        if length(text, LIMIT) > LIMIT.maximum or not (text.strip() or media):
            raise problem(403, "about:blank", f"Your Tweet text must have 1 to {LIMIT.maximum}.")
        if not all(name in self.media for name in media):
            raise problem(400, "invalid-request", "Your media IDs are invalid.")
        if set(media) & set(self.videos) and (self.working or len(media) > 1):
            raise problem(400, "invalid-request", "Your media are not ready.")
        answers = fields.get("reply", {}).get("in_reply_to_tweet_id")
        if answers and all(t.tweet_id != answers for t in self.tweets):
            detail = "You attempted to reply to a Tweet that is deleted or not visible to you."
            raise problem(403, "about:blank", detail)
        with self._lock:
            if self._refuses_repetition and any(t.text == text for t in self.tweets):
                raise RefusedRequestError(403, self.repeated().fields)
            self._last += 1
            tweet = Tweet(str(self._last), text, media, self._now(), answers)
            self.tweets.append(tweet)
        data = {"id": tweet.tweet_id, "text": self._shown(tweet)["text"]}
        return self._described(request, Reply(201, {"data": data}))

    def _timeline(self, request: Request) -> Reply:
        self._held(request)
        asked = dict(request.query)
        since = datetime.fromisoformat(asked.get("start_time", "2006-03-21T00:00:00Z"))
        size, token = int(asked["max_results"]), asked.get("pagination_token", "0" * 36)
        own = [tweet for tweet in reversed(self.tweets) if tweet.created_at >= since]
        page = own[int(token) : int(token) + size]
        meta: dict[str, Any] = {"result_count": len(page)}
        if len(own) > int(token) + size:
            meta["next_token"] = f"{int(token) + size:036d}"
        fields: dict[str, Any] = {"meta": meta}
        if page:
            fields |= {"data": [self._shown(tweet) for tweet in page]}
            if includes := [one for tweet in page for one in self._included(tweet)]:
                fields["includes"] = {"media": includes}
        return self._described(request, Reply(200, fields))

    def _read(self, request: Request) -> Reply:
        self._held(request)
        tweet_id = request.found[0]
        found = next((t for t in self.tweets if t.tweet_id == tweet_id), None)
        if found is None:
            return self._described(request, Reply(200, {"errors": [_gone(tweet_id, "id")]}))
        fields: dict[str, Any] = {"data": self._shown(found)}
        if includes := self._included(found):
            fields["includes"] = {"media": includes}
        return self._described(request, Reply(200, fields))

    def _several(self, request: Request) -> Reply:
        self._held(request)
        names = dict(request.query)["ids"].split(",")
        there = {tweet.tweet_id: tweet for tweet in self.tweets}
        found = [there[name] for name in names if name in there]
        fields: dict[str, Any] = {"data": [self._shown(tweet) for tweet in found]} if found else {}
        if gone := [_gone(name, "ids") for name in names if name not in there]:
            fields["errors"] = gone
        return self._described(request, Reply(200, fields))

    def _delete(self, request: Request) -> Reply:
        self._held(request)
        with self._lock:
            self.tweets = [t for t in self.tweets if t.tweet_id != request.found[0]]
        return self._described(request, Reply(200, {"data": {"deleted": True}}))

    def _shown(self, tweet: Tweet) -> dict[str, Any]:
        text, urls, last = "", [], 0
        for number, (start, end) in enumerate(web_links(tweet.text)):
            text += html.escape(tweet.text[last:start], quote=False)
            typed, short = tweet.text[start:end], f"https://t.co/{number:010d}"
            expanded = typed if typed.startswith("http") else f"http://{typed}"
            place = {"start": len(text), "end": len(text) + len(short)}
            urls.append({**place, "url": short, "expanded_url": expanded, "display_url": typed})
            text, last = text + short, end
        text += html.escape(tweet.text[last:], quote=False)
        for media_id in tweet.media:
            short = f"https://t.co/{media_id[-10:]}"
            place = {"start": len(text) + 1, "end": len(text) + 1 + len(short)}
            urls.append({**place, "url": short, "media_key": f"3_{media_id}"})
            text += f" {short}"
        shown: dict[str, Any] = {
            "id": tweet.tweet_id,
            "text": text,
            "created_at": stamp(tweet.created_at),
            "edit_history_tweet_ids": [tweet.tweet_id],
        }
        if tweet.answers:
            shown["referenced_tweets"] = [{"type": "replied_to", "id": tweet.answers}]
        if urls:
            shown["entities"] = {"urls": urls}
        if tweet.media:
            shown["attachments"] = {"media_keys": [f"3_{name}" for name in tweet.media]}
        return shown

    def _included(self, tweet: Tweet) -> list[dict[str, Any]]:
        return [
            {"media_key": f"3_{name}", "type": "video"}
            if name in self.videos
            else {"media_key": f"3_{name}", "type": "photo", "alt_text": self.media[name]}
            for name in tweet.media
        ]


def _gone(tweet_id: str, parameter: str) -> dict[str, str]:
    return {
        "type": "https://api.twitter.com/2/problems/resource-not-found",
        "title": "Not Found Error",
        "detail": f"Could not find tweet with {parameter}: [{tweet_id}].",
        "parameter": parameter,
        "value": tweet_id,
        "resource_id": tweet_id,
        "resource_type": "tweet",
    }


def _parts(request: Request) -> dict[str, bytes]:
    head = f"Content-Type: {request.headers['content-type']}\r\n\r\n".encode()
    form = message_from_bytes(head + request.body, policy=HTTP)
    return {
        str(part.get_param("name", header="content-disposition")): part.get_payload(decode=True)
        for part in form.iter_parts()
    }


def _as_described(request: Request) -> MockRequest:
    pairs = urlencode(request.query)
    return MockRequest(
        HOST,
        request.method.lower(),
        request.path,
        args=dict(parse_qsl(pairs)),
        headers=dict(request.headers),
        data=request.body or None,
        content_type=request.headers.get("content-type", ""),
    )


def stamp(moment: datetime) -> str:
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
