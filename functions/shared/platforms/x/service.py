"""Each step on X: upload, alt text, post, timeline, delete (API v2, docs.x.com)."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any, BinaryIO

from urllib3.filepost import encode_multipart_formdata

from shared.platforms.answers import error_for
from shared.platforms.base import (
    Credentials,
    NotSentError,
    PlatformError,
    Sessions,
    UnreachableError,
    UnsupportedError,
)
from shared.platforms.bearer import Bearer
from shared.platforms.own_account import own_account
from shared.platforms.timeline import Entry, TimelinePlatform
from shared.platforms.turning import turns
from shared.platforms.videos import Underway
from shared.platforms.wire import Answer, Wire, WireError
from shared.platforms.x.door import bearer_of
from shared.platforms.x.videos import XVideos
from shared.platforms.x.words import typed, without_added_schemes
from shared.posts.content import Draft, Kind
from shared.posts.names import PlatformName

NAME = PlatformName("x")

CARRIED = frozenset({Kind.ORIGINAL, Kind.CORRECTION, Kind.REPLY})

MOST_PICTURES = 4
LONGEST_ALT = 1000

REPEATED = "duplicate content"
"""What X says of words that it has already; there is no code for it."""

REPLIED = "replied_to"

SHOWN = {
    "tweet.fields": "attachments,created_at,entities,referenced_tweets",
    "expansions": "attachments.media_keys",
    "media.fields": "alt_text",
}


def x(
    credentials: Credentials,
    sessions: Sessions,
    handle_name: str,
    *,
    wire: Wire,
    clock: Callable[[], datetime],
    pause: Callable[[float], None] = time.sleep,
) -> TimelinePlatform:
    """One account; its secret's password is a refresh token of the application `client_id`."""
    bearer = bearer_of(credentials, sessions, wire=wire, clock=clock)
    service = XService(
        credentials, sessions, handle_name, bearer=bearer, wire=wire, clock=clock, pause=pause
    )
    return TimelinePlatform(service, clock)


class XService:
    """One account on X, over plain HTTP."""

    name = NAME
    label = "X"
    keeps_alts = True
    answering: tuple[str, ...] = ("reply", "in_reply_to_tweet_id")

    def __init__(
        self,
        credentials: Credentials,
        sessions: Sessions,
        handle_name: str,
        *,
        bearer: Bearer,
        wire: Wire,
        clock: Callable[[], datetime],
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        self._base = credentials.service.rstrip("/")
        self._sessions = sessions
        self._handle = handle_name.removeprefix("@")
        self._bearer = bearer
        self._wire = wire
        self._clock = clock
        self._account_name = f"x/{credentials.identifier}/account"
        underway = Underway(sessions, f"x/{credentials.identifier}")
        self._videos = XVideos(self._base, wire, self._before, underway, pause)

    def frozen_fields(self, draft: Draft) -> dict[str, Any]:
        """The words; X guesses the language."""
        if draft.kind not in CARRIED:
            raise UnsupportedError(f"X cannot carry a {draft.kind.value} yet; post it there.")
        if len(draft.media) > MOST_PICTURES:
            raise UnsupportedError(f"X takes {MOST_PICTURES} pictures at most.")
        if any(len(media.alt) > LONGEST_ALT for media in draft.media if not media.is_video):
            raise UnsupportedError(f"X takes {LONGEST_ALT} characters of alt text at most.")
        return {"text": draft.text}

    def upload(self, picture: Mapping[str, str], data: bytes) -> str:
        """Hand it over, then say what it shows; both before anything is published."""
        form, kind = encode_multipart_formdata(
            {"media": ("picture", data, picture["type"]), "media_category": "tweet_image"}
        )
        answer = self._before_posting("/2/media/upload", kind, form)
        match answer.fields():
            case {"data": {"id": str(media_id)}}:
                pass
            case _:
                raise NotSentError("X took a picture and did not say what it calls it.")
        if picture["alt"]:
            self._describe(media_id, picture["alt"])
        return media_id

    def upload_video(self, video: Mapping[str, str], data: BinaryIO, size: int, key: str) -> str:
        """Hand it over in segments, and wait a while until X has it ready."""
        return self._videos.upload(video, data, size, key)

    def speak(self, fields: Mapping[str, Any], pictures: Sequence[str], _key: str, /) -> Answer:
        """The post itself; X keeps no key of ours."""
        whole = {**fields, "media": {"media_ids": list(pictures)}} if pictures else fields
        return self._bearer.request(
            lambda signed: self._wire.post_json(f"{self._base}/2/tweets", whole, signed)
        )

    def published(self, answer: Answer) -> Entry | None:
        """The post of an answer, as the timeline shows it."""
        match answer.fields():
            case {"data": {"id": str(post_id)}}:
                try:
                    return self.standing(post_id)
                except UnreachableError:
                    return None  # it stands, and the timeline will say how
        return None

    def is_repeat(self, answer: Answer) -> bool:
        """Whether X has these words already."""
        detail = str(answer.fields().get("detail", "")).lower()
        return answer.status == HTTPStatus.FORBIDDEN and REPEATED in detail

    def entries(self, since: datetime) -> Iterator[Entry]:
        """The account's posts since then, reshares left out."""
        start = since.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
        query = {**SHOWN, "max_results": "100", "exclude": "retweets", "start_time": start}
        for _ in turns(query):
            page = self._read(f"/2/users/{self._account()}/tweets", query)
            for post in page.get("data", []):
                yield self._entry(post, page)
            following = page.get("meta", {}).get("next_token")
            if not following:
                return
            query["pagination_token"] = str(following)

    def remove(self, platform_id: str) -> Answer:
        """Delete the post."""
        url = f"{self._base}/2/tweets/{platform_id}"
        return self._bearer.request(lambda signed: self._wire.call("DELETE", url, headers=signed))

    def standing(self, platform_id: str) -> Entry | None:
        """The post, if X still shows it; X says 200 for what is not there, and why."""
        page = self._read(f"/2/tweets/{platform_id}", SHOWN, or_absent=True)
        match page:
            case {"data": dict(post)}:
                return self._entry(post, page)
            case {"errors": [{"type": str(kind)}, *_]} if kind.endswith("/resource-not-found"):
                return None
        raise UnreachableError("X's answer was not understood.")

    def as_typed(self, shown: str, sent: str, /) -> str:
        """Without the schemes that X gives to addresses typed without."""
        return without_added_schemes(shown, sent)

    def sentence(self, answer: Answer) -> str:
        """X's own words, or its status."""
        fields = answer.fields()
        words = fields.get("detail") or fields.get("title")
        return f"X: {words}" if words else f"X answered {answer.status}."

    def _describe(self, media_id: str, alt: str) -> None:
        fields = {"id": media_id, "metadata": {"alt_text": {"text": alt}}}
        url = f"{self._base}/2/media/metadata"
        self._before(lambda signed: self._wire.post_json(url, fields, signed))

    def _account(self) -> str:
        """What X calls the account; asked once, and kept."""
        return own_account(self._sessions, self._account_name, self._base, self._asked_account)

    def _asked_account(self) -> str:
        match self._read("/2/users/me", {}):
            case {"data": {"id": str(account)}}:
                return account
        raise UnreachableError("X did not say which account this is.")

    def _entry(self, post: Mapping[str, Any], page: Mapping[str, Any]) -> Entry:
        media = {m.get("media_key"): m for m in page.get("includes", {}).get("media", [])}
        try:
            keys = post.get("attachments", {}).get("media_keys", [])
            alts = tuple(str(media.get(key, {}).get("alt_text") or "") for key in keys)
            created = datetime.fromisoformat(post["created_at"])
            url = f"https://x.com/{self._handle}/status/{post['id']}"
            answers = [r["id"] for r in post.get("referenced_tweets", ()) if r["type"] == REPLIED]
            return Entry(post["id"], url, typed(post), created, alts, next(iter(answers), None))
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise UnreachableError("X's answer was not understood.") from error

    def _read(
        self, path: str, query: Mapping[str, str], *, or_absent: bool = False
    ) -> dict[str, Any]:
        url = f"{self._base}{path}"
        try:
            answer = self._bearer.request(
                lambda signed: self._wire.call("GET", url, query=query, headers=signed)
            )
        except (WireError, PlatformError) as error:
            raise UnreachableError(f"X could not be read ({error}).") from error
        fields = answer.fields()
        absent = or_absent and answer.status == HTTPStatus.NOT_FOUND and "errors" in fields
        if not fields or not (answer.ok or absent):
            raise UnreachableError(self.sentence(answer))
        return fields

    def _before_posting(self, path: str, kind: str, body: bytes) -> Answer:
        url = f"{self._base}{path}"
        return self._before(
            lambda signed: self._wire.call(
                "POST", url, headers={**signed, "Content-Type": kind}, body=body
            )
        )

    def _before(self, exchange: Callable[[Mapping[str, str]], Answer]) -> Answer:
        """An answer to a step before the post itself; nothing is published if it fails."""
        try:
            answer = self._bearer.request(exchange)
        except WireError as error:
            raise NotSentError(f"A picture did not reach X ({error}).") from error
        if not answer.ok:
            raise error_for(answer, self.sentence(answer), self._clock(), NotSentError)
        return answer
