"""Requests signed with an access token that ends and is renewed (OAuth 2, RFC 6749 §6).

Some platforms give a new refresh token with every renewal and forget the old one, so two renewals
at once would lock the account out. `Bearer` renews alone (`Sessions.alone`): whoever waited finds
the new token and renews nothing. A token is renewed before it ends, and once more when the
platform calls it stale; whatever fails here fails before a post has left us.
"""

import base64
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

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

EARLY = timedelta(minutes=2)
"""So long before its end a token is renewed: a request under way must not meet the end."""

UNSAID = timedelta(hours=1)
"""How long a token is taken to last where the platform does not say."""

REFRESH_LASTS = "refresh_token_expires_in"

LONGEST_SECONDS = 20 * 366 * 24 * 60 * 60
"""No platform means more, and a calendar has an end."""

Exchange = Callable[[Mapping[str, str]], Answer]
"""One request, given the headers that sign it."""


@dataclass(frozen=True)
class Grant:
    """What a platform gave: the token to sign with, until when (ISO 8601), and what renews it;
    `seed` is the refresh token of the secret it all began with, so that new keys begin anew.
    """

    access: str
    refresh: str
    ends_at: str
    seed: str
    refresh_ends_at: str = ""
    """Until when it can be renewed, where the platform tells (LinkedIn)."""

    def __repr__(self) -> str:
        return f"Grant(ends_at={self.ends_at!r}, ***)"


@dataclass(frozen=True)
class Door:
    """Where one account's tokens are renewed, and what they are kept as."""

    platform: str
    url: str
    scope: str = ""
    secret_in_form: bool = False
    """Whether the application's secret travels in the form, not in a header (RFC 6749 §2.3.1)."""


class Bearer:
    """Signs requests of one account."""

    def __init__(
        self,
        door: Door,
        credentials: Credentials,
        sessions: Sessions,
        *,
        wire: Wire,
        clock: Callable[[], datetime],
    ) -> None:
        self._door = door
        self._credentials = credentials
        self._sessions = sessions
        self._wire = wire
        self._clock = clock
        self._name = f"{door.platform}/{credentials.identifier}"

    def request(self, exchange: Exchange) -> Answer:
        """The answer, asked for a second time if the token proved stale: a stale token is refused
        before anything is done. SignInError if it is refused all the same.
        """
        if not self._credentials.client_id:  # a token that was given for long, and is not renewed
            return self._let_in(exchange({"Authorization": f"Bearer {self._credentials.password}"}))
        grant = self._current()
        answer = exchange(_signed(grant))
        if answer.status != HTTPStatus.UNAUTHORIZED:
            return answer
        return self._let_in(exchange(_signed(self._renewed(grant))))

    def _let_in(self, answer: Answer) -> Answer:
        if answer.status == HTTPStatus.UNAUTHORIZED:
            raise SignInError(f"{self._door.platform} refuses the account's keys.")
        return answer

    def _current(self) -> Grant:
        grant = self._stored()
        if grant is None or self._clock() >= datetime.fromisoformat(grant.ends_at) - EARLY:
            return self._renewed(grant)
        return grant

    def _stored(self) -> Grant | None:
        try:
            grant = Grant(**(self._sessions.load(self._name) or {}))
        except TypeError:
            return None
        return grant if grant.seed == self._credentials.password else None

    def _renewed(self, stale: Grant | None) -> Grant:
        with self._sessions.alone(self._name):
            known = self._stored()
            if known is not None and (stale is None or known.access != stale.access):
                return known  # whoever was before us has renewed it
            grant = self._asked_for(known.refresh if known else self._credentials.password)
            told = {k: v for k, v in asdict(grant).items() if v or k != "refresh_ends_at"}
            self._sessions.save(self._name, told)
            return grant

    def _asked_for(self, refresh: str) -> Grant:
        form = {"grant_type": "refresh_token", "refresh_token": refresh}
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        client, secret = self._credentials.client_id, self._credentials.client_secret
        if secret and self._door.secret_in_form:
            form |= {"client_id": client, "client_secret": secret}
        elif secret:
            pair = base64.b64encode(f"{client}:{secret}".encode()).decode()
            headers["Authorization"] = f"Basic {pair}"
        else:
            form["client_id"] = client
        if self._door.scope:
            form["scope"] = self._door.scope
        try:
            answer = self._wire.call(
                "POST", self._door.url, headers=headers, body=urlencode(form).encode()
            )
        except WireError as error:
            sentence = f"{self._door.platform} could not be reached to sign in ({error})."
            raise NotSentError(sentence) from error
        if not answer.ok:
            raise self._refusal(answer)
        return self._grant(answer.fields(), refresh)

    def _grant(self, fields: Mapping[str, Any], refresh: str) -> Grant:
        access = fields.get("access_token")
        if not isinstance(access, str) or not access.strip():
            raise NotSentError(f"{self._door.platform} let us in without a token; ours was kept.")
        lasts = _lasting(fields.get("expires_in"))
        ends = self._clock() + (UNSAID if lasts is None else lasts)
        refreshable = _lasting(fields.get(REFRESH_LASTS))
        renewable_until = (self._clock() + refreshable).isoformat() if refreshable else ""
        renewed = fields.get("refresh_token")
        kept = renewed if isinstance(renewed, str) and renewed.strip() else refresh
        seed = self._credentials.password
        return Grant(access, kept, ends.isoformat(), seed, renewable_until)

    def _refusal(self, answer: Answer) -> PlatformError:
        platform = self._door.platform
        sentence = f"{platform} answered {answer.status} to the sign-in."
        error = error_for(answer, sentence, self._clock(), NotSentError)
        # A plain no at this door is about who we are, not about what we wanted to say.
        return SignInError(sentence) if isinstance(error, RefusedError) else error


def _lasting(seconds: object) -> timedelta | None:
    """How long a token lasts, None where the platform does not say, or says nonsense."""
    if not isinstance(seconds, int) or isinstance(seconds, bool):
        return None
    return timedelta(seconds=seconds) if seconds <= LONGEST_SECONDS else None


def _signed(grant: Grant) -> dict[str, str]:
    return {"Authorization": f"Bearer {grant.access}"}
