"""Each step on one account's server: upload, status, timeline, source, delete."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from http import HTTPStatus
from typing import Any, BinaryIO

from urllib3.filepost import encode_multipart_formdata

from shared.platforms.answers import error_for
from shared.platforms.base import (
    Credentials,
    NotSentError,
    Sessions,
    UnreachableError,
    UnsupportedError,
)
from shared.platforms.mastodon.videos import MastodonVideos
from shared.platforms.own_account import own_account
from shared.platforms.timeline import Entry, TimelinePlatform, moment_of
from shared.platforms.turning import turns
from shared.platforms.videos import Underway
from shared.platforms.wire import Answer, Wire, WireError
from shared.posts.content import Draft, Kind
from shared.posts.names import PlatformName

NAME = PlatformName("mastodon")

CARRIED = frozenset({Kind.ORIGINAL, Kind.CORRECTION, Kind.REPLY})

PAGE = 40
"""Statuses a page; the most the API gives."""

LOOKS_AT_PICTURE = 8
"""How often a picture that the server still works on is asked after, a second apart."""


def mastodon(
    credentials: Credentials,
    sessions: Sessions,
    *,
    wire: Wire,
    clock: Callable[[], datetime],
    pause: Callable[[float], None] = time.sleep,
) -> TimelinePlatform:
    """One account; its secret's password is an access token with `read` and `write`."""
    return TimelinePlatform(MastodonService(credentials, sessions, wire, clock, pause), clock)


class MastodonService:
    """One account on its server, over plain HTTP."""

    name = NAME
    label = "Mastodon"
    keeps_alts = True
    answering: tuple[str, ...] = ("in_reply_to_id",)

    def __init__(
        self,
        credentials: Credentials,
        sessions: Sessions,
        wire: Wire,
        clock: Callable[[], datetime],
        pause: Callable[[float], None],
    ) -> None:
        self._wire = wire
        self._sessions = sessions
        self._clock = clock
        self._pause = pause
        self._base = credentials.service.rstrip("/")
        self._signed = {"Authorization": f"Bearer {credentials.password}"}
        self._session_name = f"mastodon/{credentials.identifier}"
        self._videos = Underway(sessions, self._session_name)

    def frozen_fields(self, draft: Draft) -> dict[str, Any]:
        """A public status in its language; how many pictures go, the server says."""
        if draft.kind not in CARRIED:
            raise UnsupportedError(
                f"Mastodon cannot carry a {draft.kind.value} yet; post it there."
            )
        # Mastodon knows languages by their two or three letters, without a country.
        language = draft.language.partition("-")[0].lower()
        return {"status": draft.text, "visibility": "public", "language": language}

    def upload(self, picture: Mapping[str, str], data: bytes) -> str:
        """Hand it over with its alt text, and wait until the server has it ready."""
        form, kind = encode_multipart_formdata(
            {"file": ("picture", data, picture["type"]), "description": picture["alt"]}
        )
        headers = {**self._signed, "Content-Type": kind}
        answer = self._before_sending("POST", "/api/v2/media", headers=headers, body=form)
        media_id = answer.fields().get("id")
        if not isinstance(media_id, str):
            raise NotSentError("Mastodon took a picture and did not say what it calls it.")
        for _ in range(LOOKS_AT_PICTURE):
            if answer.status == HTTPStatus.OK:
                return media_id
            self._pause(1.0)
            answer = self._before_sending("GET", f"/api/v1/media/{media_id}")
        raise NotSentError("Mastodon is still working on a picture; nothing was sent.")

    def upload_video(self, video: Mapping[str, str], data: BinaryIO, size: int, key: str) -> str:
        """The same for a video, in pieces; the next attempt asks after the same one."""
        return MastodonVideos(self._before_sending, self._videos, self._pause).upload(
            video, data, size, key
        )

    def speak(self, fields: Mapping[str, Any], pictures: Sequence[str], key: str) -> Answer:
        """The status itself."""
        whole = {**fields, "media_ids": list(pictures)} if pictures else fields
        headers = {**self._signed, "Idempotency-Key": key}
        return self._wire.post_json(f"{self._base}/api/v1/statuses", whole, headers)

    def published(self, answer: Answer) -> Entry | None:
        """The status of an answer, with the words the server keeps of it."""
        try:
            return self._entry(answer.fields())
        except UnreachableError:
            return None  # it stands, and the timeline will say how

    def is_repeat(self, answer: Answer) -> bool:
        """Whether another request with our key is at work; Mastodon refuses no words again."""
        return answer.status == HTTPStatus.CONFLICT

    def entries(self, since: datetime) -> Iterator[Entry]:
        """The account's statuses, reshares left out."""
        address = f"/api/v1/accounts/{self._account()}/statuses"
        query = {"limit": str(PAGE), "exclude_reblogs": "true"}
        for _ in turns(query):
            page = self._list(address, query)
            for entry in map(self._entry, page):
                if entry.created_at < since:
                    return
                yield entry
            if not page:
                return
            query["max_id"] = str(page[-1].get("id"))

    def remove(self, platform_id: str) -> Answer:
        """Delete the status; 404 if it is gone."""
        return self._call("DELETE", f"/api/v1/statuses/{platform_id}")

    def standing(self, platform_id: str) -> Entry | None:
        """The status, if the server still shows it."""
        answer = self._read(f"/api/v1/statuses/{platform_id}")
        # A page without JSON is some proxy's, and proves nothing.
        if answer.status == HTTPStatus.NOT_FOUND and "error" in answer.fields():
            return None
        if answer.ok:
            return self._entry(answer.fields())
        raise UnreachableError(self.sentence(answer))

    def as_typed(self, shown: str, _sent: str, /) -> str:
        """The source of a status is what was typed."""
        return shown

    def sentence(self, answer: Answer) -> str:
        """The server's own words, or its status."""
        words = answer.fields().get("error")
        return f"Mastodon: {words}" if words else f"Mastodon answered {answer.status}."

    def _account(self) -> str:
        """What the server calls the account; asked once, and kept."""
        return own_account(self._sessions, self._session_name, self._base, self._asked_account)

    def _asked_account(self) -> str:
        answer = self._read("/api/v1/accounts/verify_credentials")
        account = answer.fields().get("id")
        if not answer.ok or not isinstance(account, str):
            raise error_for(answer, self.sentence(answer), self._clock(), UnreachableError)
        return account

    def _entry(self, status: Mapping[str, Any]) -> Entry:
        match status:
            case {
                "id": str(status_id),
                "url": str(url),
                "created_at": str(moment),
                "media_attachments": [*pictures],
            }:
                alts = tuple(str(picture.get("description") or "") for picture in pictures)
                created = moment_of(moment)
                answers = status.get("in_reply_to_id")
                said = self._words(status_id)
                return Entry(status_id, url, said, created, alts, answers and str(answers))
        raise UnreachableError("Mastodon's answer was not understood.")

    def _words(self, status_id: str) -> str:
        """The words as they were typed: a status itself comes as HTML."""
        answer = self._read(f"/api/v1/statuses/{status_id}/source")
        words = answer.fields().get("text")
        if not answer.ok or not isinstance(words, str):
            raise UnreachableError(self.sentence(answer))
        return words

    def _list(self, path: str, query: Mapping[str, str]) -> list[dict[str, Any]]:
        answer = self._read(path, query)
        page = answer.items()
        if not answer.ok or page is None:
            raise UnreachableError(self.sentence(answer))
        return page

    def _read(self, path: str, query: Mapping[str, str] | None = None) -> Answer:
        try:
            return self._call("GET", path, query=query)
        except WireError as error:
            raise UnreachableError(f"Mastodon could not be read ({error}).") from error

    def _before_sending(self, method: str, path: str, **more: Any) -> Answer:
        """An answer to a step before the status itself; nothing is published if it fails."""
        try:
            answer = self._call(method, path, **more)
        except WireError as error:
            raise NotSentError(f"A picture did not reach Mastodon ({error}).") from error
        if not answer.ok:
            raise error_for(answer, self.sentence(answer), self._clock(), NotSentError)
        return answer

    def _call(self, method: str, path: str, **more: Any) -> Answer:
        headers = more.pop("headers", self._signed)
        return self._wire.call(
            method, f"{self._base}{path}", headers={**self._signed, **headers}, **more
        )
