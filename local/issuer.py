"""The force's sign-in on a laptop: an OpenID Connect issuer that believes whoever you say you are.

The product speaks to it as it speaks to Cognito: code flow with PKCE, real ES256 tokens, codes that
work once and for a minute. Only what proves a person is missing: there are no passwords of people
who do not exist.

    IssuerError
    ├── UnsoundRequestError   not a request the product makes; nobody is sent anywhere
    └── RefusedGrantError     a code that is unknown, used, too old, or another's
"""

import base64
import hashlib
import hmac
import secrets
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from joserfc import jwt
from joserfc.jwk import ECKey

from shared.accounts.registry import Person

CLIENT_ID = "bluelamp-local"
PLACE = "/local/issuer"
CODE_LASTS = timedelta(minutes=1)
TOKEN_LASTS = timedelta(minutes=5)
ALGORITHM = "ES256"
ASKED = ("client_id", "redirect_uri", "response_type", "scope", "state", "nonce", "code_challenge")


class IssuerError(Exception):
    """Root of what the issuer refuses."""


class UnsoundRequestError(IssuerError):
    """Not a request the product makes; nobody is sent anywhere."""


class RefusedGrantError(IssuerError):
    """A code that is unknown, used, too old, or another's."""


@dataclass(frozen=True)
class _Grant:
    person: Person
    nonce: str
    challenge: str
    redirect_uri: str
    given_at: datetime


@dataclass
class LocalIssuer:
    """One issuer for the product at `base_url`, whose people can all be chosen."""

    base_url: str
    now: Callable[[], datetime]
    people: Callable[[], Sequence[Person]]
    _grants: dict[str, _Grant] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _key: ECKey = field(default_factory=lambda: ECKey.generate_key("P-256", {"kid": "local"}))

    @property
    def url(self) -> str:
        """The issuer's own name."""
        return self.base_url + PLACE

    @property
    def parameters(self) -> dict[str, str]:
        """What the template is given of it."""
        return {"OidcIssuer": self.url, "OidcClientId": CLIENT_ID}

    def description(self) -> dict[str, Any]:
        """Where its doors are, as OpenID Connect Discovery writes it."""
        return {
            "issuer": self.url,
            "authorization_endpoint": f"{self.base_url}/local/sign-in",
            "token_endpoint": f"{self.url}/token",
            "jwks_uri": f"{self.url}/keys",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": [ALGORITHM],
            "code_challenge_methods_supported": ["S256"],
        }

    def keys(self) -> dict[str, Any]:
        """Its public key."""
        public = self._key.as_dict(private=False)
        return {"keys": [{**public, "use": "sig", "alg": ALGORITHM}]}

    def check(self, asked: Mapping[str, str]) -> None:
        """UnsoundRequestError unless the product asks, for itself, with PKCE."""
        sound = (
            asked.get("client_id") == CLIENT_ID
            and asked.get("redirect_uri") == f"{self.base_url}/sign-in/callback"
            and asked.get("response_type") == "code"
            and "openid" in asked.get("scope", "").split()
            and asked.get("code_challenge_method") == "S256"
            and all(asked.get(name) for name in ASKED)
        )
        if not sound:
            raise UnsoundRequestError("This is not how the product asks to sign somebody in.")

    def grant(self, asked: Mapping[str, str], person_id: str) -> str:
        """Where the browser goes with a code for this person; UnsoundRequestError."""
        self.check(asked)
        person = next((one for one in self.people() if one.person_id == person_id), None)
        if person is None:
            raise UnsoundRequestError("Nobody of that name is in the registry; choose somebody.")
        code = secrets.token_urlsafe(32)
        with self._lock:
            self._grants[code] = _Grant(
                person, asked["nonce"], asked["code_challenge"], asked["redirect_uri"], self.now()
            )
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def redeem(self, form: Mapping[str, str]) -> dict[str, Any]:
        """The tokens for a code, once; RefusedGrantError."""
        with self._lock:
            grant = self._grants.pop(form.get("code", ""), None)
        good = (
            grant is not None
            and form.get("grant_type") == "authorization_code"
            and form.get("client_id") == CLIENT_ID
            and form.get("redirect_uri") == grant.redirect_uri
            and hmac.compare_digest(_challenge(form.get("code_verifier", "")), grant.challenge)
            and self.now() < grant.given_at + CODE_LASTS
        )
        if grant is None or not good:
            raise RefusedGrantError("invalid_grant")
        seconds = int(TOKEN_LASTS.total_seconds())
        token = self._signed(grant)
        return {"id_token": token, "token_type": "Bearer", "expires_in": seconds}

    def _signed(self, grant: _Grant) -> str:
        now = int(self.now().timestamp())
        claims = {
            "iss": self.url,
            "aud": CLIENT_ID,
            "sub": grant.person.person_id,
            "email": grant.person.email,
            "email_verified": True,
            "nonce": grant.nonce,
            "iat": now,
            "exp": now + int(TOKEN_LASTS.total_seconds()),
        }
        return jwt.encode({"alg": ALGORITHM, "kid": "local"}, claims, self._key)


def _challenge(verifier: str) -> str:
    digest = hashlib.sha256(verifier.encode("utf-8", "surrogatepass")).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode("ascii")
