"""One attempt to sign in, bound to the browser that began it.

A short-lived cookie holds 256 random bits; state, nonce and PKCE verifier are made from them, so
that nothing of an attempt is kept here and none of the three tells the others (RFC 7636, RFC 9700).
Beside them it holds where to go afterwards, which can only be the page of one approval.
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

_APPROVAL = r"[0-9A-HJKMNP-TV-Z]{26}-[1-9][0-9]{0,4}"
_KEPT = re.compile(rf"([A-Za-z0-9_-]{{43}})(?:\.({_APPROVAL}))?", re.ASCII)
_BACK = re.compile(rf"/approvals/({_APPROVAL})", re.ASCII)
FIRST_PAGE = "/posts"
# Lax: the way back comes from the issuer's site, by following a link.
_FLAGS = "Path=/; Secure; HttpOnly; SameSite=Lax"


@dataclass(frozen=True)
class Attempt:
    """What this browser's attempt says on the way out, and must hear on the way back; `approval`
    is which one it came from, if it came from one.
    """

    secret: str = field(repr=False)
    approval: str = ""

    @property
    def back(self) -> str:
        """Where to go afterwards."""
        return f"/approvals/{self.approval}" if self.approval else FIRST_PAGE

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
        kept = f"{self.secret}.{self.approval}" if self.approval else self.secret
        return f"{COOKIE}={kept}; {_FLAGS}; Max-Age={int(LASTS.total_seconds())}"

    def _made(self, purpose: str) -> str:
        key = self.secret.encode("ascii")
        return _text(hmac.new(key, purpose.encode("ascii"), hashlib.sha256).digest())


def begun(chance: Callable[[int], bytes], to: str = "") -> Attempt:
    """A fresh attempt; `to` is where it shall lead, and counts only if it is an approval's page: a
    way back that anybody could choose would lead anywhere.
    """
    found = _BACK.fullmatch(to)
    return Attempt(_text(chance(SECRET_BYTES)), found[1] if found else "")


def resumed(cookie: str | None, state: str) -> Attempt:
    """The attempt of this browser that the answer with this state is for; ForeignAttemptError."""
    kept = _KEPT.fullmatch(cookie or "")
    if kept is None:
        raise ForeignAttemptError
    attempt = Attempt(kept[1], kept[2] or "")
    if not hmac.compare_digest(attempt.state.encode(), state.encode("utf-8", "surrogatepass")):
        raise ForeignAttemptError
    return attempt


def ended_cookie() -> str:
    """The Set-Cookie value that takes the attempt away."""
    return f"{COOKIE}=; {_FLAGS}; Max-Age=0"


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode("ascii")
