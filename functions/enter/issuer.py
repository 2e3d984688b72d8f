"""The force's own sign-in, as OpenID Connect describes it: where it is, its keys, its tokens.

Its description and keys are read once an hour; a key we have not seen yet is looked for at once,
but not more often than once a minute, so that a stranger's forged tokens cost nobody anything.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode, urlsplit

from enter.attempt import Attempt
from enter.errors import CodeRefusedError, IssuerSilentError

GOOD_FOR = timedelta(hours=1)
LOOKED_AGAIN = timedelta(minutes=1)
LARGEST_ANSWER = 200_000
LOOPBACK = frozenset({"127.0.0.1", "localhost"})
DESCRIBED = ("authorization_endpoint", "token_endpoint", "jwks_uri")
OK, REFUSED = 200, 4

Fetch = Callable[[str, Mapping[str, str] | None], tuple[int, bytes]]
"""GETs an address, or POSTs a form to it: status and body; IssuerSilentError."""


@dataclass
class _Kept:
    """What was read of the issuer, and when."""

    places: dict[str, str]
    keys: dict[str, dict[str, Any]]
    read_at: datetime


@dataclass
class Issuer:
    """One issuer and what we are called there."""

    url: str
    client_id: str
    fetch: Fetch = field(default_factory=lambda: over_https)
    _kept: _Kept | None = None

    def way_in(self, attempt: Attempt, back_to: str, now: datetime, prompt: str = "") -> str:
        """Where the browser is sent to sign in."""
        asked = {
            "response_type": "code",
            "client_id": self.client_id,
            "redirect_uri": back_to,
            "scope": "openid email",
            "state": attempt.state,
            "nonce": attempt.nonce,
            "code_challenge": attempt.challenge,
            "code_challenge_method": "S256",
            **({"prompt": prompt} if prompt else {}),
        }
        return f"{self._read(now).places['authorization_endpoint']}?{urlencode(asked)}"

    def redeem(self, code: str, attempt: Attempt, back_to: str, now: datetime) -> str:
        """The ID token for a code; CodeRefusedError, IssuerSilentError."""
        form = {
            "grant_type": "authorization_code",
            "client_id": self.client_id,
            "code": code,
            "redirect_uri": back_to,
            "code_verifier": attempt.verifier,
        }
        status, body = self.fetch(self._read(now).places["token_endpoint"], form)
        if status // 100 == REFUSED:
            raise CodeRefusedError
        token = _fields(status, body).get("id_token")
        if not isinstance(token, str):
            raise IssuerSilentError
        return token

    def key(self, key_id: str, now: datetime) -> dict[str, Any] | None:
        """The public key of this id, as a JSON Web Key; None if the issuer has none."""
        kept = self._read(now)
        if key_id not in kept.keys and now - kept.read_at >= LOOKED_AGAIN:
            self._kept = None
            kept = self._read(now)
        return kept.keys.get(key_id)

    def _read(self, now: datetime) -> _Kept:
        # A clock that was turned back makes nothing older than it is.
        if self._kept is None or not timedelta() <= now - self._kept.read_at < GOOD_FOR:
            described = _fields(*self.fetch(f"{self.url}/.well-known/openid-configuration", None))
            places = {name: described.get(name) for name in DESCRIBED}
            if described.get("issuer") != self.url or not all(map(self._is_safe, places.values())):
                raise IssuerSilentError
            found = _fields(*self.fetch(str(places["jwks_uri"]), None)).get("keys")
            keys = found if isinstance(found, list) else []
            by_id = {k["kid"]: k for k in keys if isinstance(k, dict) and "kid" in k}
            self._kept = _Kept({n: str(p) for n, p in places.items()}, by_id, now)
        return self._kept

    def _is_safe(self, place: object) -> bool:
        """TLS, always; only a laptop's own issuer is reached without."""
        if not isinstance(place, str):
            return False
        own, parts = urlsplit(self.url), urlsplit(place)
        if own.scheme == "http":
            return own.hostname in LOOPBACK and parts.netloc == own.netloc
        return parts.scheme == "https"


def over_https(url: str, form: Mapping[str, str] | None) -> tuple[int, bytes]:
    """One exchange, never repeated and never redirected."""
    import urllib3  # only somebody who signs in needs it

    kind = {"Content-Type": "application/x-www-form-urlencoded"} if form else {}
    pool = urllib3.PoolManager(retries=False, timeout=urllib3.Timeout(connect=3.0, read=8.0))
    try:
        answer = pool.request(
            "POST" if form else "GET",
            url,
            headers={"Accept": "application/json", "Connection": "close", **kind},
            body=urlencode(form).encode() if form else None,
            redirect=False,
            preload_content=False,
        )
        return answer.status, answer.read(LARGEST_ANSWER)
    except urllib3.exceptions.HTTPError as error:
        # Its text may hold the address with a code in it.
        raise IssuerSilentError from type(error)()
    finally:
        pool.clear()


def _fields(status: int, body: bytes) -> dict[str, Any]:
    try:
        fields = json.loads(body) if status == OK else None
    except ValueError as error:
        raise IssuerSilentError from error
    if not isinstance(fields, dict):
        raise IssuerSilentError
    return fields
