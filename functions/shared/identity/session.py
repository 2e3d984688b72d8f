"""Sign-in sessions.

A session token is 256 random bits, kept only as its SHA-256; it comes as the cookie
`__Host-session` or as a bearer token. Roles come from the registry on every request, so that a
leaver is out at once (policy.md P11).

IdentityError
├── UnknownSessionError   no token, or one that is unknown, ended or expired
├── NotAllowedError       known, but without the right that was asked for; says why
└── ForgedFormError       the form's token is not the one this session was given
"""

import hashlib
import hmac
from datetime import datetime, timedelta
from typing import Protocol

from shared.accounts.access import is_in
from shared.accounts.registry import SHUT_OUT, Person
from shared.accounts.rights import OUT
from shared.posts.names import PersonId

COOKIE = "__Host-session"
LASTS = timedelta(hours=4)
"""Half a shift. Whoever comes back later is sent round by the force's own sign-in, which as a rule
still knows them and asks nothing."""

LONGEST_TOKEN = 200


class IdentityError(Exception):
    """Root of what can be wrong with who is asking."""


class UnknownSessionError(IdentityError):
    """No session that is still good."""


class NotAllowedError(IdentityError):
    """Known, but without the right that was asked for; `str()` says why."""


class ForgedFormError(IdentityError):
    """A form that was not served to this session."""


class Held(Protocol):
    """A session as it is kept."""

    @property
    def person_id(self) -> PersonId:
        """Whose it is."""

    @property
    def created_at(self) -> datetime:
        """When they signed in."""


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
    """The person behind a token, or UnknownSessionError. Whoever lost access is out at once, and a
    session from before that does not come back to life with them.
    """
    if token is None or len(token) > LONGEST_TOKEN:
        raise UnknownSessionError("Sign in first; nobody is signed in here.")
    session = sessions.resolve(token, now)
    person = people.get(session.person_id)
    if not is_in(person, session.created_at):
        raise UnknownSessionError(_why_out(person))
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


def _why_out(person: Person) -> str:
    return OUT if person.status in SHUT_OUT else "Your session has ended. Sign in again."


def _bytes(text: str) -> bytes:
    # Whatever a stranger sends can be compared, half a surrogate pair too, and it is nobody's.
    return text.encode("utf-8", "surrogatepass")
