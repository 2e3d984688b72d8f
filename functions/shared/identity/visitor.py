"""A signed-in person, and what guards the forms that were served to them."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from shared.accounts.registry import Person
from shared.accounts.rights import Right, may
from shared.identity.session import (
    COOKIE,
    NotAllowedError,
    PersonFinder,
    SessionFinder,
    check_form,
    form_token,
    presented_token,
    who,
)

LEAVING = "sign-out"
"""The purpose of the one form that stands on every page."""


@dataclass(frozen=True)
class Visitor:
    """Who is asking, and the token they came with."""

    person: Person
    token: str = field(repr=False)

    def form_token(self, purpose: str) -> str:
        """What a form served to this visitor carries."""
        return form_token(self.token, purpose)

    def leave_token(self) -> str:
        """What the sign-out form carries, whichever page it is on."""
        return self.form_token(LEAVING)

    def check_form(self, purpose: str, sent: str) -> None:
        """ForgedFormError unless the form was served to this visitor."""
        check_form(self.token, purpose, sent)


class Asked(Protocol):
    """A request, as far as it says who is asking."""

    def header(self, name: str) -> str:
        """A header, or the empty string."""

    def cookie(self, name: str) -> str | None:
        """A cookie's value, or None."""


def visitor(
    asked: Asked, right: Right, sessions: SessionFinder, people: PersonFinder, now: datetime
) -> Visitor:
    """The visitor behind a bearer token or a cookie: UnknownSessionError if there is none,
    NotAllowedError if they may not do what this route is for.
    """
    token = presented_token(asked.header("authorization"), asked.cookie(COOKIE))
    guest = Visitor(who(token, sessions, people, now), token or "")
    answer = may(guest.person, right)
    if not answer.allowed:
        raise NotAllowedError(answer.reason)
    return guest
