"""Each step on a Page: photo, post, published posts, delete (Graph API)."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from urllib3.filepost import encode_multipart_formdata

from shared.platforms.answers import error_for
from shared.platforms.base import Credentials, NotSentError, UnreachableError, UnsupportedError
from shared.platforms.facebook.errors import GONE, REPEATED, as_http, code_of
from shared.platforms.timeline import Entry, TimelinePlatform, moment_of
from shared.platforms.turning import turns
from shared.platforms.wire import Answer, Wire, WireError
from shared.posts.content import Draft, Kind
from shared.posts.names import PlatformName

NAME = PlatformName("facebook")

CARRIED = frozenset({Kind.ORIGINAL, Kind.CORRECTION})

MOST_PICTURES = 10

SHOWN = "id,message,created_time,permalink_url,attachments{type,subattachments{type}}"
PICTURE = "photo"

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def facebook(
    credentials: Credentials, *, wire: Wire, clock: Callable[[], datetime]
) -> TimelinePlatform:
    """One Page: its secret's identifier is the Page's id, its password a Page access token; the
    service names the version, such as https://graph.facebook.com/v26.0.
    """
    return TimelinePlatform(FacebookService(credentials, wire, clock), clock)


class FacebookService:
    """One Page, over plain HTTP. The token travels in a header, so that no log has it."""

    name = NAME
    label = "Facebook"
    keeps_alts = False
    answering: tuple[str, ...] = ()

    def __init__(self, credentials: Credentials, wire: Wire, clock: Callable[[], datetime]) -> None:
        self._wire = wire
        self._clock = clock
        self._base = credentials.service.rstrip("/")
        self._page = credentials.identifier
        self._signed = {"Authorization": f"Bearer {credentials.password}"}

    def frozen_fields(self, draft: Draft) -> dict[str, Any]:
        """The words; Facebook finds the links in them by itself."""
        if draft.kind not in CARRIED:
            raise UnsupportedError(
                f"Facebook cannot carry a {draft.kind.value} yet; post it there."
            )
        if len(draft.media) > MOST_PICTURES:
            raise UnsupportedError(f"Facebook takes {MOST_PICTURES} pictures at most.")
        return {"message": draft.text}

    def upload(self, picture: Mapping[str, str], data: bytes) -> str:
        """Hand it over unpublished, and see that its alt text is kept: a post shows none."""
        form, kind = encode_multipart_formdata(
            {
                "source": ("picture", data, picture["type"]),
                "alt_text_custom": picture["alt"],
                "published": "false",
            }
        )
        headers = {"Content-Type": kind}
        answer = self._before_posting("POST", f"/{self._page}/photos", headers=headers, body=form)
        photo = answer.fields().get("id")
        if not isinstance(photo, str):
            raise NotSentError("Facebook took a picture and did not say what it calls it.")
        query = {"fields": "alt_text_custom"}
        kept = self._before_posting("GET", f"/{photo}", query=query).fields().get("alt_text_custom")
        if kept != picture["alt"]:
            raise NotSentError("Facebook did not keep the alt text of a picture; nothing was sent.")
        return photo

    def speak(self, fields: Mapping[str, Any], pictures: Sequence[str], _key: str, /) -> Answer:
        """The post itself; Facebook keeps no key of ours."""
        media = [json.dumps({"media_fbid": photo}) for photo in pictures]
        form = {**fields, **{f"attached_media[{place}]": one for place, one in enumerate(media)}}
        body = urlencode(form).encode()
        return self._call("POST", f"/{self._page}/feed", headers=FORM, body=body)

    def published(self, answer: Answer) -> Entry | None:
        """The post of an answer, as the Page shows it."""
        post_id = answer.fields().get("id")
        if not isinstance(post_id, str):
            return None
        try:
            return self.standing(post_id)
        except UnreachableError:
            return None  # it stands, and the Page will say how

    def is_repeat(self, answer: Answer) -> bool:
        """Whether Facebook has these words already."""
        return code_of(answer)[0] in REPEATED

    def entries(self, since: datetime) -> Iterator[Entry]:
        """The Page's published posts since then."""
        start = str(int(since.timestamp()))
        query = {"fields": SHOWN, "limit": "100", "since": start}
        for _ in turns(query):
            answer = self._read(f"/{self._page}/published_posts", query)
            match answer.fields():
                case {"data": [*posts], **rest}:
                    yield from map(_entry, posts)
                case _:
                    raise UnreachableError(self.sentence(answer))
            match rest:
                case {"paging": {"next": str(), "cursors": {"after": str(after)}}}:
                    query["after"] = after
                case _:
                    return

    def remove(self, platform_id: str) -> Answer:
        """Delete the post."""
        return self._call("DELETE", f"/{platform_id}")

    def standing(self, platform_id: str) -> Entry | None:
        """The post, if the Page still has it."""
        answer = self._read(f"/{platform_id}", {"fields": SHOWN}, or_gone=True)
        return None if code_of(answer) == GONE else _entry(answer.fields())

    def as_typed(self, shown: str, _sent: str, /) -> str:
        """Facebook adds nothing to words."""
        return shown

    def sentence(self, answer: Answer) -> str:
        """Facebook's own words, or its status."""
        match answer.fields():
            case {"error": {"message": str(words)}}:
                return f"Facebook: {words}"
        return f"Facebook answered {answer.status}."

    def _read(self, path: str, query: Mapping[str, str], *, or_gone: bool = False) -> Answer:
        try:
            answer = self._call("GET", path, query=query)
        except WireError as error:
            raise UnreachableError(f"Facebook could not be read ({error}).") from error
        gone = or_gone and answer.status == HTTPStatus.BAD_REQUEST and code_of(answer) == GONE
        if not (answer.ok or gone):
            raise UnreachableError(self.sentence(answer))
        return answer

    def _before_posting(self, method: str, path: str, **more: Any) -> Answer:
        """An answer to a step before the post itself; nothing is published if it fails."""
        try:
            answer = self._call(method, path, **more)
        except WireError as error:
            raise NotSentError(f"A picture did not reach Facebook ({error}).") from error
        if not answer.ok:
            raise error_for(answer, self.sentence(answer), self._clock(), NotSentError)
        return answer

    def _call(self, method: str, path: str, **more: Any) -> Answer:
        headers = {**self._signed, **more.pop("headers", {})}
        return as_http(self._wire.call(method, f"{self._base}{path}", headers=headers, **more))


def _entry(post: Mapping[str, Any]) -> Entry:
    match post:
        case {"id": str(post_id), "created_time": str(moment), "permalink_url": str(url)}:
            created = moment_of(moment)
            text = str(post.get("message", ""))
            return Entry(post_id, url, text, created, ("",) * _pictures(post))
    raise UnreachableError("Facebook's answer was not understood.")


def _pictures(post: Mapping[str, Any]) -> int:
    """How many pictures hang on a post: one, or those of its album."""
    match post.get("attachments"):
        case {"data": [{"subattachments": {"data": [*several]}}]}:
            return len([one for one in several if one.get("type") == PICTURE])
        case {"data": [{"type": str(kind)}]}:
            return int(kind == PICTURE)
    return 0
