"""Each step on Viva Engage: message, own messages, delete (the REST API of Yammer's address)."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from http import HTTPStatus
from typing import Any, NoReturn
from urllib.parse import urlencode

from shared.platforms.base import (
    Credentials,
    PlatformError,
    Sessions,
    UnreachableError,
    UnsupportedError,
)
from shared.platforms.bearer import Bearer
from shared.platforms.own_account import own_account
from shared.platforms.timeline import Entry, TimelinePlatform, moment_of
from shared.platforms.turning import turns
from shared.platforms.viva_engage.door import CLOCK, bearer_of
from shared.platforms.wire import Answer, Wire, WireError
from shared.posts.content import Draft, Kind
from shared.posts.names import PlatformName

NAME = PlatformName("viva-engage")

CARRIED = frozenset({Kind.ORIGINAL, Kind.CORRECTION})

PAGE = 20
"""Messages a page; the most the API gives."""

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def viva_engage(
    credentials: Credentials,
    sessions: Sessions,
    *,
    wire: Wire,
    clock: Callable[[], datetime],
) -> TimelinePlatform:
    """One community: its secret's identifier is the community's number, its password a refresh
    token of the force's Entra ID for the application `client_id`, renewed at `token_url`.
    """
    bearer = bearer_of(credentials, sessions, wire=wire, clock=clock)
    return TimelinePlatform(VivaEngageService(credentials, sessions, bearer, wire), clock)


class VivaEngageService:
    """One community, over plain HTTP."""

    name = NAME
    label = "Viva Engage"
    keeps_alts = False
    answering: tuple[str, ...] = ()

    def __init__(
        self, credentials: Credentials, sessions: Sessions, bearer: Bearer, wire: Wire
    ) -> None:
        self._base = credentials.service.rstrip("/")
        self._community = credentials.identifier
        self._sessions = sessions
        self._bearer = bearer
        self._wire = wire
        self._account_name = f"viva-engage/{credentials.identifier}/account"

    def frozen_fields(self, draft: Draft) -> dict[str, Any]:
        """The words; links are welcome in them, attachments are not (Y07)."""
        if draft.kind not in CARRIED:
            sentence = f"Viva Engage cannot carry a {draft.kind.value} yet; post it there."
            raise UnsupportedError(sentence)
        if draft.media:
            sentence = "Viva Engage carries no attachments; link to the picture's page instead."
            raise UnsupportedError(sentence)
        return {"body": draft.text, "group_id": self._community}

    def upload(self, _picture: Mapping[str, str], _data: bytes, /) -> NoReturn:
        """Nothing is attached; `frozen_fields` has said so before."""
        raise UnsupportedError("Viva Engage carries no attachments.")

    def speak(self, fields: Mapping[str, Any], _pictures: Sequence[str], _key: str, /) -> Answer:
        """The message itself; no key of ours is kept."""
        body = urlencode(fields).encode()
        return self._call("POST", "/api/v1/messages.json", headers=FORM, body=body)

    def published(self, answer: Answer) -> Entry | None:
        """The message of an answer."""
        match answer.fields():
            case {"messages": [dict(message), *_]}:
                try:
                    return _entry(message)
                except UnreachableError:
                    return None  # it stands, and the list will say how
        return None

    def is_repeat(self, answer: Answer) -> bool:
        """Whether the same is under way; words are never refused for standing there already."""
        return answer.status == HTTPStatus.CONFLICT

    def entries(self, since: datetime) -> Iterator[Entry]:
        """What the account wrote, newest first."""
        path = f"/api/v1/messages/from_user/{self._account()}.json"
        query = {"limit": str(PAGE)}
        for _ in turns(query):
            fields = self._read(path, query).fields()
            messages = fields.get("messages")
            if not isinstance(messages, list):
                raise UnreachableError("Viva Engage's answer was not understood.")
            for entry in map(_entry, messages):
                if entry.created_at < since:
                    return
                yield entry
            if not messages or fields.get("meta", {}).get("older_available") is not True:
                return
            query["older_than"] = str(messages[-1]["id"])

    def remove(self, platform_id: str) -> Answer:
        """Delete the message."""
        return self._call("DELETE", f"/api/v1/messages/{platform_id}")

    def standing(self, platform_id: str) -> Entry | None:
        """The message, if it still stands."""
        answer = self._read(f"/api/v1/messages/{platform_id}.json", or_gone=True)
        return None if answer.status == HTTPStatus.NOT_FOUND else _entry(answer.fields())

    def as_typed(self, shown: str, _sent: str, /) -> str:
        """Nothing is added to words."""
        return shown

    def sentence(self, answer: Answer) -> str:
        """The network's own words, or its status."""
        match answer.fields():
            case {"response": {"message": str(words)}}:
                return f"Viva Engage: {words}"
        return f"Viva Engage answered {answer.status}."

    def _account(self) -> str:
        """Who writes; asked once, and kept."""
        return own_account(self._sessions, self._account_name, self._base, self._asked_account)

    def _asked_account(self) -> str:
        account = self._read("/api/v1/users/current.json").fields().get("id")
        if not isinstance(account, int):
            raise UnreachableError("Viva Engage did not say which account this is.")
        return str(account)

    def _read(
        self, path: str, query: Mapping[str, str] | None = None, *, or_gone: bool = False
    ) -> Answer:
        try:
            answer = self._call("GET", path, query=query)
        except (WireError, PlatformError) as error:
            raise UnreachableError(f"Viva Engage could not be read ({error}).") from error
        # A page without JSON is some proxy's, and proves nothing.
        gone = or_gone and answer.status == HTTPStatus.NOT_FOUND and "response" in answer.fields()
        if not (answer.ok or gone):
            raise UnreachableError(self.sentence(answer))
        return answer

    def _call(self, method: str, path: str, **more: Any) -> Answer:
        headers = more.pop("headers", {})
        return self._bearer.request(
            lambda signed: self._wire.call(
                method, f"{self._base}{path}", headers={**headers, **signed}, **more
            )
        )


def _entry(message: Mapping[str, Any]) -> Entry:
    match message:
        case {
            "id": int(message_id),
            "web_url": str(url),
            "created_at": str(moment),
            "body": {"plain": str(text)},
        }:
            created = moment_of(moment, CLOCK)
            pictures = ("",) * len(message.get("attachments") or ())
            return Entry(str(message_id), url, text, created, pictures)
    raise UnreachableError("Viva Engage's answer was not understood.")
