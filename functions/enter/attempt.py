"""One attempt to sign in, bound to the browser that began it.

A short-lived cookie holds 256 random bits; state, nonce and PKCE verifier are made from them, so
that nothing of an attempt is kept here and none of the three tells the others (RFC 7636, RFC 9700).
"""

import base64
import hashlib
import hmac
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

from enter.errors import ForeignAttemptError

COOKIE = "__Host-sign-in"
LASTS = timedelta(minutes=10)
SECRET_BYTES = 32

_SECRET = re.compile(r"[A-Za-z0-9_-]{43}", re.ASCII)
# Lax: the way back comes from the issuer's site, by following a link.
_FLAGS = "Path=/; Secure; HttpOnly; SameSite=Lax"


@dataclass(frozen=True)
class Attempt:
    """What this browser's attempt says on the way out, and must hear on the way back."""

    secret: str = field(repr=False)

    @property
    def state(self) -> str:
        """Comes back with the answer, or the answer is not for this browser."""
        return self._made("state")

    @property
    def nonce(self) -> str:
        """Stands in the ID token, or the token is not for this attempt."""
        return self._made("nonce")

    @property
    def verifier(self) -> str:
        """Redeems the code; whoever stole only the code does not know it."""
        return self._made("verifier")

    @property
    def challenge(self) -> str:
        """The verifier's hash, which may be seen (PKCE, S256)."""
        return _text(hashlib.sha256(self.verifier.encode("ascii")).digest())

    def cookie(self) -> str:
        """The Set-Cookie value that binds the attempt to the browser."""
        return f"{COOKIE}={self.secret}; {_FLAGS}; Max-Age={int(LASTS.total_seconds())}"

    def _made(self, purpose: str) -> str:
        key = self.secret.encode("ascii")
        return _text(hmac.new(key, purpose.encode("ascii"), hashlib.sha256).digest())


def begun(chance: Callable[[int], bytes]) -> Attempt:
    """A fresh attempt."""
    return Attempt(_text(chance(SECRET_BYTES)))


def resumed(cookie: str | None, state: str) -> Attempt:
    """The attempt of this browser that the answer with this state is for; ForeignAttemptError."""
    if cookie is None or not _SECRET.fullmatch(cookie):
        raise ForeignAttemptError
    attempt = Attempt(cookie)
    if not hmac.compare_digest(attempt.state.encode(), state.encode("utf-8", "surrogatepass")):
        raise ForeignAttemptError
    return attempt


def ended_cookie() -> str:
    """The Set-Cookie value that takes the attempt away."""
    return f"{COOKIE}=; {_FLAGS}; Max-Age=0"


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode("ascii")
