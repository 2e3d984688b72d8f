"""Each step on LinkedIn: picture, post, list, delete (Posts API, version 202511)."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any
from urllib.parse import quote, urlsplit

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
from shared.platforms.linkedin.content import alts_of, article, pictured
from shared.platforms.linkedin.door import VERSIONED, bearer_of
from shared.platforms.linkedin.little import read, written
from shared.platforms.timeline import Entry, TimelinePlatform
from shared.platforms.wire import Answer, Wire, WireError
from shared.posts.content import Draft, Kind
from shared.posts.names import PlatformName

NAME = PlatformName("linkedin")

CARRIED = frozenset({Kind.ORIGINAL, Kind.CORRECTION})

MOST_PICTURES = 20
LONGEST_ALT = 4_086
PAGE = 100

EVERYBODY = {
    "visibility": "PUBLIC",
    "distribution": {
        "feedDistribution": "MAIN_FEED",
        "targetEntities": [],
        "thirdPartyDistributionChannels": [],
    },
    "lifecycleState": "PUBLISHED",
    "isReshareDisabledByAuthor": False,
}


def linkedin(
    credentials: Credentials,
    sessions: Sessions,
    *,
    wire: Wire,
    clock: Callable[[], datetime],
) -> TimelinePlatform:
    """One organisation: its secret's identifier is the organisation's number; its password a
    refresh token of the application `client_id`, or an access token (60 days) without one.
    """
    bearer = bearer_of(credentials, sessions, wire=wire, clock=clock)
    return TimelinePlatform(LinkedInService(credentials, bearer, wire, clock), clock)


class LinkedInService:
    """One organisation, over plain HTTP."""

    name = NAME
    label = "LinkedIn"
    keeps_alts = True
    answering: tuple[str, ...] = ()

    def __init__(
        self,
        credentials: Credentials,
        bearer: Bearer,
        wire: Wire,
        clock: Callable[[], datetime],
    ) -> None:
        self._base = credentials.service.rstrip("/")
        self._author = f"urn:li:organization:{credentials.identifier}"
        self._bearer = bearer
        self._wire = wire
        self._clock = clock

    def frozen_fields(self, draft: Draft) -> dict[str, Any]:
        """The words for everybody."""
        if draft.kind not in CARRIED:
            raise UnsupportedError(
                f"LinkedIn cannot carry a {draft.kind.value} yet; post it there."
            )
        if len(draft.media) > MOST_PICTURES:
            raise UnsupportedError(f"LinkedIn takes {MOST_PICTURES} pictures at most.")
        if any(len(media.alt) > LONGEST_ALT for media in draft.media):
            raise UnsupportedError(f"LinkedIn takes {LONGEST_ALT} characters of alt text at most.")
        alts = [media.alt for media in draft.media]
        post = {"author": self._author, "commentary": written(draft.text), **EVERYBODY}
        if draft.card and draft.media:
            raise UnsupportedError("LinkedIn shows pictures or the card of a link, not both.")
        if draft.card:
            post |= article(draft.card)
        return {"post": post, "alts": alts}

    def upload(self, picture: Mapping[str, str], data: bytes) -> str:
        """Ask where to, then hand it over there."""
        asked = {"initializeUploadRequest": {"owner": self._author}}
        answer = self._before_posting("/rest/images?action=initializeUpload", asked)
        match answer.fields():
            case {"value": {"uploadUrl": str(url), "image": str(image)}}:
                self._put(url, picture["type"], data)
                return image
        raise NotSentError("LinkedIn did not say where a picture goes.")

    def speak(self, fields: Mapping[str, Any], pictures: Sequence[str], _key: str, /) -> Answer:
        """The post itself; LinkedIn keeps no key of ours."""
        post = {**fields["post"], **pictured(pictures, fields["alts"])}
        return self._bearer.request(
            lambda signed: self._wire.post_json(
                f"{self._base}/rest/posts", post, {**signed, **VERSIONED}
            )
        )

    def published(self, answer: Answer) -> Entry | None:
        """The post that a header names, as LinkedIn shows it."""
        urn = answer.headers.get("x-restli-id", "")
        if not urn.startswith("urn:li:"):
            return None
        try:
            return self.standing(urn)
        except UnreachableError:
            return None  # it stands, and the list will say how

    def is_repeat(self, answer: Answer) -> bool:
        """Whether LinkedIn has these words already."""
        return (
            answer.status == HTTPStatus.UNPROCESSABLE_ENTITY
            and "duplicate" in str(answer.fields().get("message", "")).lower()
        )

    def entries(self, since: datetime) -> Iterator[Entry]:
        """The organisation's posts, newest first."""
        query = {"author": self._author, "q": "author", "count": str(PAGE), "sortBy": "CREATED"}
        for start in range(0, 100 * PAGE, PAGE):
            fields = self._read("/rest/posts", {**query, "start": str(start)}).fields()
            posts = fields.get("elements")
            if not isinstance(posts, list):
                raise UnreachableError("LinkedIn's answer was not understood.")
            for entry in map(_entry, posts):
                if entry.created_at < since:
                    return
                yield entry
            if len(posts) < PAGE:
                return
        raise UnreachableError("LinkedIn has more posts since then than anybody wrote.")

    def remove(self, platform_id: str) -> Answer:
        """Delete the post."""
        url = f"{self._base}/rest/posts/{quote(platform_id, safe='')}"
        return self._bearer.request(
            lambda signed: self._wire.call("DELETE", url, headers={**signed, **VERSIONED})
        )

    def standing(self, platform_id: str) -> Entry | None:
        """The post, if LinkedIn still shows it."""
        answer = self._read(f"/rest/posts/{quote(platform_id, safe='')}", or_gone=True)
        return None if answer.status == HTTPStatus.NOT_FOUND else _entry(answer.fields())

    def as_typed(self, shown: str, _sent: str, /) -> str:
        """LinkedIn adds nothing to words but its own way of writing them, which `little` reads."""
        return shown

    def sentence(self, answer: Answer) -> str:
        """LinkedIn's own words, or its status."""
        words = answer.fields().get("message")
        return f"LinkedIn: {words}" if words else f"LinkedIn answered {answer.status}."

    def _put(self, url: str, kind: str, data: bytes) -> None:
        if not self._is_theirs(url):
            raise NotSentError("LinkedIn wants a picture at an address that is not its own.")
        try:
            answer = self._bearer.request(
                lambda signed: self._wire.call(
                    "PUT", url, headers={**signed, "Content-Type": kind}, body=data
                )
            )
        except WireError as error:
            raise NotSentError(f"A picture did not reach LinkedIn ({error}).") from error
        if not answer.ok:
            raise error_for(answer, self.sentence(answer), self._clock(), NotSentError)

    def _is_theirs(self, url: str) -> bool:
        """Whether an address is the platform's own: our token goes nowhere else."""
        there, home = urlsplit(url), urlsplit(self._base)
        domain = ".".join((home.hostname or "").split(".")[-2:])
        host = there.hostname or ""
        return there.scheme == home.scheme and (
            host == home.hostname or host.endswith(f".{domain}")
        )

    def _read(
        self, path: str, query: Mapping[str, str] | None = None, *, or_gone: bool = False
    ) -> Answer:
        url = f"{self._base}{path}"
        try:
            answer = self._bearer.request(
                lambda signed: self._wire.call(
                    "GET", url, query=query, headers={**signed, **VERSIONED}
                )
            )
        except (WireError, PlatformError) as error:
            raise UnreachableError(f"LinkedIn could not be read ({error}).") from error
        gone = or_gone and answer.status == HTTPStatus.NOT_FOUND and "status" in answer.fields()
        if not (answer.ok or gone):
            raise UnreachableError(self.sentence(answer))
        return answer

    def _before_posting(self, path: str, fields: object) -> Answer:
        """An answer to a step before the post itself; nothing is published if it fails."""
        try:
            answer = self._bearer.request(
                lambda signed: self._wire.post_json(
                    f"{self._base}{path}", fields, {**signed, **VERSIONED}
                )
            )
        except WireError as error:
            raise NotSentError(f"A picture did not reach LinkedIn ({error}).") from error
        if not answer.ok:
            raise error_for(answer, self.sentence(answer), self._clock(), NotSentError)
        return answer


def _entry(post: Mapping[str, Any]) -> Entry:
    match post:
        case {"id": str(urn), "commentary": str(words), "createdAt": int(milliseconds)}:
            created = datetime.fromtimestamp(milliseconds / 1000, UTC)
            url = f"https://www.linkedin.com/feed/update/{urn}"
            return Entry(urn, url, read(words), created, alts_of(post.get("content")))
    raise UnreachableError("LinkedIn's answer was not understood.")
