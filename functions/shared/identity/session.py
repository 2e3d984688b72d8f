"""Sign-in sessions.

A session token is 256 random bits, kept only as its SHA-256; it comes as the cookie
`__Host-session` or as a bearer token. Roles come from the registry on every request, so that a
leaver is out at once (policy.md P11).

IdentityError
├── UnknownSessionError   no token, or one that is unknown, ended or expired
└── ForgedFormError       the form's token is not the one this session was given
"""

import hashlib
import hmac
from datetime import datetime, timedelta
from typing import Protocol

from shared.accounts.registry import Person, PersonStatus
from shared.posts.names import PersonId

COOKIE = "__Host-session"
LASTS = timedelta(hours=10)
"""One shift and its hand-over."""

LONGEST_TOKEN = 200


class IdentityError(Exception):
    """Root of what can be wrong with who is asking."""


class UnknownSessionError(IdentityError):
    """No session that is still good."""


class ForgedFormError(IdentityError):
    """A form that was not served to this session."""


class Held(Protocol):
    """A session as it is kept."""

    @property
    def person_id(self) -> PersonId:
        """Whose it is."""


class SessionFinder(Protocol):
    """Where sessions are looked up."""

    def resolve(self, token: str, now: datetime) -> Held:
        """Whose session this is; an error of its own if it is unknown or over."""


class PersonFinder(Protocol):
    """Where people are looked up."""

    def get(self, person_id: PersonId) -> Person:
        """The person; an error of its own if there is none."""


def presented_token(authorization: str, cookie: str | None) -> str | None:
    """The token in a bearer header, else in the cookie, else None."""
    scheme, _, token = authorization.partition(" ")
    if scheme.lower() == "bearer" and token.strip():
        return token.strip()
    return cookie or None


def who(token: str | None, sessions: SessionFinder, people: PersonFinder, now: datetime) -> Person:
    """The active person behind a token, or UnknownSessionError."""
    if token is None or len(token) > LONGEST_TOKEN:
        raise UnknownSessionError("Sign in first; nobody is signed in here.")
    person = people.get(sessions.resolve(token, now).person_id)
    if person.status not in {PersonStatus.ACTIVE, PersonStatus.AWAY}:
        raise UnknownSessionError("Your access has ended. Ask the web team.")
    return person


def form_token(secret: str, purpose: str) -> str:
    """What a form carries so that only a page served to the holder of `secret` can send it."""
    return hmac.new(_bytes(secret), _bytes(purpose), hashlib.sha256).hexdigest()


def check_form(secret: str | None, purpose: str, sent: str) -> None:
    """ForgedFormError unless `sent` is the token that was served."""
    served = "" if secret is None else form_token(secret, purpose)
    if not served or not hmac.compare_digest(_bytes(served), _bytes(sent)):
        raise ForgedFormError("This form is out of date; reload the page and send it again.")


def session_cookie(token: str) -> str:
    """The Set-Cookie value of a new session."""
    return f"{COOKIE}={token}; Path=/; Secure; HttpOnly; SameSite=Lax"


def ended_cookie() -> str:
    """The Set-Cookie value that takes the session away."""
    return f"{COOKIE}=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0"


def _bytes(text: str) -> bytes:
    # Whatever a stranger sends can be compared, half a surrogate pair too, and it is nobody's.
    return text.encode("utf-8", "surrogatepass")
