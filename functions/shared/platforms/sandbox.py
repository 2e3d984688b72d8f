"""The sandbox platform: a social platform on a laptop or a trial stack, spoken to over HTTP.

Like many real ones it pays no heed to idempotency keys, so every send looks before it speaks:
the key travels in the post as its `reference`, and the timeline is read back for it. Two sends
at the same moment are kept apart by the server's own refusal of duplicates where it has one,
else only by the caller's claim.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Any

from shared.platforms.answers import error_for, spent_until
from shared.platforms.base import (
    NO_CLUES,
    Before,
    Clues,
    Credentials,
    Frozen,
    MediaBytes,
    NotSentError,
    PlatformError,
    Receipt,
    RefusedError,
    Sessions,
    SignInError,
    UncertainError,
    UnreachableError,
    check_answering,
)
from shared.platforms.sandbox_media import Exchange, Uploads, named
from shared.platforms.turning import turns
from shared.platforms.videos import check_carried
from shared.platforms.wire import Answer, NeverLeftError, Wire, WireError
from shared.posts.content import Draft
from shared.posts.names import PlatformName

MARGIN = timedelta(days=1)
"""How far two clocks may disagree before a timeline would be left too early."""


class Sandbox:
    """One account on a sandbox server."""

    name = PlatformName("sandbox")
    settles_after = timedelta(0)

    def __init__(
        self,
        credentials: Credentials,
        sessions: Sessions,
        *,
        wire: Wire,
        clock: Callable[[], datetime],
    ) -> None:
        self._wire = wire
        self._credentials = credentials
        self._sessions = sessions
        self._clock = clock
        self._base = credentials.service.rstrip("/")
        self._session_name = f"sandbox/{credentials.identifier}"
        self._uploads = Uploads(wire, self._base, self._signed, self._error)

    def prepare(
        self, draft: Draft, key: str, now: datetime, before: Before | None = None
    ) -> Frozen:
        """Words, pictures and key; the sandbox carries every kind of post."""
        check_carried(draft, self.name)
        check_answering(draft, before)
        request = {
            "text": draft.text,
            "reference": key,
            "language": draft.language,
            "kind": draft.kind.value,
            "about": draft.about,
            "pictures": [named(picture) for picture in draft.media],
            "prepared_at": now.isoformat(),
        }
        if before:
            request["answers"] = before.parent.platform_id
        return Frozen(platform=self.name, key=key, request=request)

    def send(self, frozen: Frozen, media: MediaBytes) -> Receipt:
        """Look, and speak only if it has not been said."""
        try:
            there = self._look(frozen)
        except (WireError, UnreachableError) as error:
            raise NotSentError(f"Not sent, for it could not be looked for ({error}).") from error
        if there is not None:
            return there
        fields = {
            **frozen.request,
            "pictures": self._uploads.all(frozen.request["pictures"], media),
        }
        try:
            answer = self._signed(
                lambda headers: self._wire.post_json(
                    f"{self._base}/v1/posts", fields, {**headers, "Idempotency-Key": frozen.key}
                )
            )
        except NeverLeftError as error:
            raise NotSentError(f"The sandbox could not be reached ({error}).") from error
        except WireError as error:
            raise UncertainError(f"The sandbox's answer was lost ({error}).") from error
        if answer.status == HTTPStatus.CONFLICT:
            return self._said_already(frozen, answer)
        if not answer.ok:
            raise self._error(answer, UncertainError)
        receipt = _receipt(answer.fields(), UncertainError)
        return replace(receipt, resume_at=spent_until(answer, self._clock()))

    def find(self, frozen: Frozen, clues: Clues = NO_CLUES) -> Receipt | None:
        """Our post on our own timeline, by the key it carries."""
        try:
            there = self._look(frozen)
            return None if there is None or there.platform_id in clues.taken else there
        except (WireError, PlatformError) as error:
            raise UnreachableError(f"The sandbox could not be read ({error}).") from error

    def shown(self, receipt: Receipt) -> Receipt | None:
        """The post under its number."""
        try:
            answer = self.ask(f"/v1/posts/{receipt.platform_id}", {})
        except (WireError, PlatformError) as error:
            raise UnreachableError(f"The sandbox could not be read ({error}).") from error
        if answer.status == HTTPStatus.NOT_FOUND:
            return None
        if not answer.ok:
            raise UnreachableError("The sandbox could not be read.")
        return _receipt(answer.fields(), UnreachableError)

    def delete(self, receipt: Receipt) -> None:
        """Delete it and read back that it is gone."""
        url = f"{self._base}/v1/posts/{receipt.platform_id}"
        try:
            answer = self._signed(lambda headers: self._wire.call("DELETE", url, headers=headers))
        except WireError:
            answer = None  # lost or never sent: what stands there now decides
        if answer is not None and answer.refused and answer.status != HTTPStatus.NOT_FOUND:
            raise self._error(answer, UncertainError)
        try:
            stands = self.shown(receipt) is not None
        except UnreachableError as error:
            raise UncertainError(f"Whether the post is gone is unknown. {error}") from error
        if stands:
            raise UncertainError("The post may still stand on the sandbox; delete it again.")

    def ask(self, path: str, query: Mapping[str, str]) -> Answer:
        """A look at anything on the server; WireError, or an error of signing in."""
        return self.act("GET", path, query=query)

    def act(self, method: str, path: str, **more: Any) -> Answer:
        """Any request at all, JSON among `more` as `fields`; errors as of `ask`."""
        send = self._wire.send_json if "fields" in more else self._wire.call
        url = f"{self._base}{path}"
        return self._signed(lambda headers: send(method, url, headers=headers, **more))

    def _look(self, frozen: Frozen) -> Receipt | None:
        """`find`, before its errors are told apart."""
        oldest = datetime.fromisoformat(frozen.request["prepared_at"]) - MARGIN
        for post in self._timeline():
            if post.get("reference") == frozen.key:
                return _receipt(post, UnreachableError)
            if datetime.fromisoformat(post["created_at"]) < oldest:
                return None
        return None

    def _timeline(self) -> Iterator[dict[str, Any]]:
        """Our posts, newest first, page by page; an error as soon as one page fails."""
        query: dict[str, str] = {}
        for _ in turns(query):
            fields = self._page(dict(query))
            yield from fields["posts"]
            if not fields.get("next"):
                return
            query["before"] = str(fields["next"])

    def _page(self, query: Mapping[str, str]) -> dict[str, Any]:
        url = f"{self._base}/v1/timeline"
        answer = self._signed(
            lambda headers: self._wire.call("GET", url, query=query, headers=headers)
        )
        if answer.ok and "posts" in answer.fields():
            return answer.fields()
        raise self._error(answer, UnreachableError)

    def _said_already(self, frozen: Frozen, answer: Answer) -> Receipt:
        """A duplicate, says the server: ours from another attempt, or somebody's before us?"""
        try:
            there = self.find(frozen)
        except UnreachableError as error:
            raise UncertainError(str(error)) from error
        if there is None:
            raise RefusedError(_sentence(answer))
        return there

    def _signed(self, exchange: Exchange) -> Answer:
        """The answer to a signed request, made a second time if the token had expired."""
        stored = self._sessions.load(self._session_name) or {}
        known = stored.get("service") == self._base
        answer = exchange(_bearer(str(stored["token"]) if known else self._sign_in()))
        if answer.status != HTTPStatus.UNAUTHORIZED:
            return answer
        answer = exchange(_bearer(self._sign_in()))
        if answer.status == HTTPStatus.UNAUTHORIZED:
            raise SignInError(_sentence(answer))
        return answer

    def _sign_in(self) -> str:
        fields = {
            "identifier": self._credentials.identifier,
            "password": self._credentials.password,
        }
        try:
            answer = self._wire.post_json(f"{self._base}/v1/sessions", fields, {})
        except WireError as error:
            raise NotSentError(f"The sandbox could not be reached to sign in ({error}).") from error
        if not answer.ok:
            raise self._error(answer, NotSentError)
        token = str(answer.fields().get("token"))
        self._sessions.save(self._session_name, {"service": self._base, "token": token})
        return token

    def _error(self, answer: Answer, unsettled: type[PlatformError]) -> PlatformError:
        return error_for(answer, _sentence(answer), self._clock(), unsettled)


def _receipt(post: Mapping[str, Any], otherwise: type[PlatformError]) -> Receipt:
    match post:
        case {"id": str(post_id), "url": str(url), "text": str(text)}:
            return Receipt(post_id, url, text)
    raise otherwise("The sandbox's answer was not understood.")


def _sentence(answer: Answer) -> str:
    match answer.fields():
        case {"error": {"message": str(message)}}:
            return f"Sandbox: {message}"
    return f"The sandbox answered {answer.status}."


def _bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}
