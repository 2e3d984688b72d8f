"""Whom the force's sign-in vouches for is looked up in the registry, and let in or not.

The registry decides, never the token: it has one person with this work e-mail, and they have
access. Whoever lost it has, by coming this far, verified their e-mail anew; that is noted, and
the web team may give access back (policy.md P11, P12).
"""

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime

from enter.errors import ShutOutError, UnknownPersonError
from enter.id_token import Vouched
from shared.accounts.acts import Happened, person_subject
from shared.accounts.registry import SHUT_OUT, Person
from shared.identity.session import LASTS
from shared.recordlog.leaf import Act
from shared.records.entrances import Entrances
from shared.records.errors import AmbiguousEmailError, ChangedError, NotFoundError
from shared.records.people import People


@dataclass(frozen=True)
class Desk:
    """What signing in needs of the records."""

    people: People
    entrances: Entrances


def sign_in(who: Vouched, token: str, desk: Desk, now: datetime) -> Person:
    """Open a session under this token; UnknownPersonError, ShutOutError."""
    person = _registered(who.email, desk.people)
    if person.status in SHUT_OUT:
        _note_verified(person, desk.people, now)
        raise ShutOutError
    act = _act(Happened.SIGNED_IN, person, now)
    desk.entrances.open(token, person.person_id, now + LASTS, act)
    return person


def sign_out(person: Person, token: str, desk: Desk, now: datetime) -> None:
    """End every session of this person, the one they came with first."""
    desk.entrances.close(token, person.person_id, _act(Happened.SIGNED_OUT, person, now))


def _registered(email: str, people: People) -> Person:
    try:
        person = people.by_email(email)
    except (NotFoundError, AmbiguousEmailError) as error:
        raise UnknownPersonError from error
    # The index may lag behind the registry, and folds letters that no address of ours has.
    if not email.isascii() or person.email.lower() != email.lower():
        raise UnknownPersonError
    return person


def _note_verified(person: Person, people: People, now: datetime) -> None:
    """Once for each time that access was taken away."""
    lost = [change.at for change in person.history if change.status in SHUT_OUT]
    if person.reverified_at and all(at < person.reverified_at for at in lost):
        return
    with suppress(ChangedError):  # somebody is at work on this entry; the next sign-in notes it
        after = replace(person, reverified_at=now)
        people.change(person, after, _act(Happened.REVERIFIED, person, now))


def _act(happened: Happened, person: Person, now: datetime) -> Act:
    return Act(
        type=happened.value,
        account=None,
        subject=person_subject(person.person_id),
        at=now,
        actor=person.person_id,
        approver=None,
        reason=None,
        payload={"role": person.role.value, "status": person.status.value},
    )
