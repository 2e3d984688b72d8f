"""Signing in to Bluesky as rarely as can be: 30 logins per five minutes are all an account has.

The ladder, one rung at a time: the stored session → refreshed when its token is stale → a new
login when even that is refused → SignInError. Every rung's result is stored for the next caller.
Whatever fails on the ladder fails before the post has left us.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeGuard
from urllib.parse import urlsplit

from shared.platforms.answers import error_for
from shared.platforms.base import (
    Credentials,
    NotSentError,
    PlatformError,
    RefusedError,
    Sessions,
    SignInError,
)
from shared.platforms.wire import Answer, Wire, WireError

STALE = frozenset({"ExpiredToken", "InvalidToken"})
"""What the server calls a token that is no longer good, with status 400 or 401."""


@dataclass(frozen=True)
class SignedIn:
    """One session: whose (`did`), where it signed in (`door`), where its server is (`service`),
    and the two tokens."""

    did: str
    door: str
    service: str
    access: str
    refresh: str

    def __repr__(self) -> str:
        return f"SignedIn({self.did!r}, {self.service!r}, ***)"

    @classmethod
    def from_stored(cls, stored: Mapping[str, Any] | None, door: str) -> "SignedIn | None":
        """The stored session, or None where nothing usable is stored for this door."""
        try:
            session = cls(**(stored or {}))
        except TypeError:
            return None
        return session if session.door == door else None

    def as_stored(self) -> dict[str, Any]:
        return {
            "did": self.did,
            "door": self.door,
            "service": self.service,
            "access": self.access,
            "refresh": self.refresh,
        }


Request = Callable[[SignedIn], Answer]
"""One authorised exchange, given the session to make it with."""


class Ladder:
    """Makes requests as one account, signing in only when it must."""

    def __init__(
        self,
        wire: Wire,
        credentials: Credentials,
        sessions: Sessions,
        clock: Callable[[], datetime],
    ) -> None:
        self._wire = wire
        self._credentials = credentials
        self._sessions = sessions
        self._clock = clock
        self._door = credentials.service.rstrip("/")
        self._name = f"bluesky/{credentials.identifier}"

    def current(self) -> SignedIn:
        """The stored session, or a new login."""
        stored = self._sessions.load(self._name)
        return SignedIn.from_stored(stored, self._door) or self._login()

    def request(self, make: Request) -> Answer:
        """The answer to `make`, tried a second time if the token proved stale.

        A stale token is refused before anything is done, so the second try repeats nothing.
        """
        session = self.current()
        answer = make(session)
        if not is_stale(answer):
            return answer
        answer = make(self._renewed(session))
        if is_stale(answer):
            raise SignInError(sentence(answer))
        return answer

    def _renewed(self, session: SignedIn) -> SignedIn:
        url = f"{session.service}/xrpc/com.atproto.server.refreshSession"
        answer = self._exchange(url, None, {"Authorization": f"Bearer {session.refresh}"})
        if answer.ok:
            return self._keep(answer, session.service)
        if answer.status in (400, 401):
            return self._login()
        raise self._error(answer)

    def _login(self) -> SignedIn:
        fields = {
            "identifier": self._credentials.identifier,
            "password": self._credentials.password,
        }
        answer = self._exchange(f"{self._door}/xrpc/com.atproto.server.createSession", fields, {})
        if answer.ok:
            return self._keep(answer, self._door)
        raise self._error(answer)

    def _exchange(self, url: str, fields: object | None, headers: Mapping[str, str]) -> Answer:
        try:
            if fields is None:
                return self._wire.call("POST", url, headers=headers)
            return self._wire.post_json(url, fields, headers)
        except WireError as error:
            raise NotSentError(f"Bluesky could not be reached to sign in ({error}).") from error

    def _keep(self, answer: Answer, service: str) -> SignedIn:
        fields = answer.fields()
        try:
            session = SignedIn(
                did=fields["did"],
                door=self._door,
                service=home_of(fields.get("didDoc"), service),
                access=fields["accessJwt"],
                refresh=fields["refreshJwt"],
            )
        except KeyError as error:
            raise NotSentError("Bluesky's answer to the sign-in was not understood.") from error
        self._sessions.save(self._name, session.as_stored())
        return session

    def _error(self, answer: Answer) -> PlatformError:
        error = error_for(answer, sentence(answer), self._clock(), NotSentError)
        # At this door a plain no (a wrong password, a closed account) is about who we are.
        return SignInError(str(error)) if isinstance(error, RefusedError) else error


def is_stale(answer: Answer) -> bool:
    """Whether the server refused the token, not the request."""
    return answer.status in (400, 401) and str(answer.fields().get("error")) in STALE


def sentence(answer: Answer) -> str:
    """The server's own words, or the status where it has none."""
    fields = answer.fields()
    words = fields.get("message") or fields.get("error")
    return f"Bluesky: {words}" if words else f"Bluesky answered {answer.status}."


def home_of(did_document: object, service: str) -> str:
    """The server that keeps the account: large services sign people in at another door.

    A token is never taken from an encrypted service to an open one.
    """
    schemes = {"https", urlsplit(service).scheme}
    match did_document:
        case {"service": [*entries]}:
            homes = [entry for entry in entries if _is_home(entry)]
            urls = [str(home["serviceEndpoint"]) for home in homes]
            return next((u.rstrip("/") for u in urls if urlsplit(u).scheme in schemes), service)
    return service


def _is_home(entry: object) -> TypeGuard[Mapping[str, object]]:
    match entry:
        case {"id": str(name), "serviceEndpoint": str()}:
            return name.endswith("#atproto_pds")
    return False
