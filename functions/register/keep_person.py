"""People are entered, changed, taught, go on leave, and lose or get back their access.

No deed here writes a name, an address or a number into the record log: leaves name people by id.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from register.desk import REFUSE, Desk, Registry, on_account, on_person
from register.errors import NoCoverError, NotThatPersonError
from register.standing import becomes
from shared.accounts.acts import Happened
from shared.accounts.cover import is_there, uncovered, with_leave
from shared.accounts.emails import work_email
from shared.accounts.errors import Fault, IncompletePersonError
from shared.accounts.faults import person_faults
from shared.accounts.mobiles import mobile_number
from shared.accounts.registry import (
    SHUT_OUT,
    Acceptance,
    Account,
    Leave,
    Person,
    PersonStatus,
)
from shared.accounts.rights import Right, may
from shared.accounts.training import Topic, taught
from shared.posts.localtime import LONDON
from shared.posts.names import PersonId
from shared.records.custodies import force_rotation
from shared.records.errors import AlreadyExistsError

LONGEST_LEAVE = timedelta(days=400)


def enter(found: Mapping[str, Any], *, by: Person, desk: Desk, now: datetime) -> Person:
    """Somebody new; name, role, work e-mail and mobile before any access (A15)."""
    person = _mended(Person(**found), desk)
    _check(person, None, desk)
    act = on_person(Happened.PERSON_ENTERED, person.person_id, by, now, role=person.role.value)
    desk.people.enter(person, act)
    return person


def change(
    person_id: PersonId, found: Mapping[str, Any], *, by: Person, desk: Desk, now: datetime
) -> Person:
    """Other particulars; nobody gives themselves another role or makes themselves senior."""
    before = desk.people.get(person_id)
    after = _mended(replace(before, **found), desk)
    raised = after.senior and not before.senior
    if by.person_id == person_id and (after.role is not before.role or raised):
        raise NotThatPersonError(
            "Nobody changes their own role or makes themselves senior; "
            "ask a colleague of the web team."
        )
    _check(after, before, desk)
    if after == before:
        return before
    fields = [name for name in found if getattr(before, name) != getattr(after, name)]
    act = on_person(
        Happened.PERSON_CHANGED, person_id, by, now, changed=list(fields), role=after.role.value
    )
    desk.people.change(before, after, act)
    return after


def teach(
    person_id: PersonId, topic: Topic, on: date, *, by: Person, desk: Desk, now: datetime
) -> Person:
    """A topic was taught on a day."""
    if on > now.date():
        raise IncompletePersonError((Fault("on", "Give the day on which it was taught."),))
    before = desk.people.get(person_id)
    after = replace(before, training=taught(before.training, topic, on))
    act = on_person(Happened.TRAINED, person_id, by, now, topic=topic.value, on=on.isoformat())
    desk.people.change(before, after, act)
    return after


def accept(person_id: PersonId, version: str, *, by: Person, desk: Desk, now: datetime) -> Person:
    """Somebody accepts a version of the force's policy today."""
    if not version.strip():
        raise IncompletePersonError((Fault("version", "Say which version of the policy."),))
    before = desk.people.get(person_id)
    accepted = Acceptance(version.strip(), now.astimezone(LONDON).date())
    act = on_person(Happened.POLICY_ACCEPTED, person_id, by, now, version=accepted.version)
    after = replace(before, acceptance=accepted)
    desk.people.change(before, after, act)
    return after


def plan_leave(
    person_id: PersonId, leave: Leave, *, by: Person, desk: Desk, now: datetime
) -> tuple[Person, tuple[Account, ...]]:
    """Days away; NoCoverError where that leaves an account with nobody, or whom to warn about."""
    before = desk.people.get(person_id)
    _check_leave(leave, now)
    if leave.cover:
        _check_cover(leave.cover, leave, desk)
    after = with_leave(before, leave)
    _check(after, before, desk)
    days = (leave.last_day - leave.first_day).days + 1
    bare = _bare(after, [leave.first_day + timedelta(days=n) for n in range(days)], desk)
    if bare and desk.cover == REFUSE:
        raise NoCoverError(tuple(account.title for account in bare))
    act = on_person(
        Happened.LEAVE_PLANNED,
        person_id,
        by,
        now,
        first_day=leave.first_day.isoformat(),
        last_day=leave.last_day.isoformat(),
        cover=leave.cover,
        without_cover=[account.account_id for account in bare],
    )
    desk.people.change(before, after, act)
    warn_of(bare, by=by, desk=desk, now=now)
    return after, bare


def stand(
    person_id: PersonId, status: PersonStatus, why: str, *, by: Person, desk: Desk, now: datetime
) -> Person:
    """Access is taken away or given back. Away may be refused for want of cover; suspension and
    leaving never are: they are felt at once, and what they leave behind is seen to.
    """
    before = desk.people.get(person_id)
    bare = _bare(replace(before, status=status), [now.astimezone(LONDON).date()], desk)
    if bare and status is PersonStatus.AWAY and desk.cover == REFUSE:
        raise NoCoverError(tuple(account.title for account in bare))
    after = becomes(person_id, status, by=by, why=why, people=desk.people, now=now)
    if status in SHUT_OUT:
        lost_access(frozenset({person_id}), by=by, desk=desk, now=now)
    if status is not PersonStatus.ACTIVE:
        warn_of(bare, by=by, desk=desk, now=now)
    return after


def lost_access(gone: frozenset[PersonId], *, by: Person, desk: Desk, now: datetime) -> None:
    """Every key that one of them knew has to be changed (P11)."""
    known = [custody for custody in desk.custodies.all() if custody.known_by & gone]
    force_rotation(desk.custodies, known, now, by.person_id)


def _mended(person: Person, desk: Desk) -> Person:
    """Address and number as they are kept; what cannot be is left for the check to tell."""
    faults = {fault.field for fault in person_faults(person, desk.force)}
    if "email" not in faults:
        person = replace(person, email=work_email(person.email, desk.force.domain))
    if "mobile" not in faults:
        person = replace(person, mobile=mobile_number(person.mobile))
    return person


def _check(person: Person, before: Person | None, desk: Desk) -> None:
    faults = list(person_faults(person, desk.force))
    if before is None or before.email != person.email:
        other = Registry(desk.accounts, desk.people).person_with(person.email)
        if other and other.person_id != person.person_id:
            faults.append(Fault("email", f"This is the address of {other.person_id} already."))
        elif desk.accounts.mailbox_holder(person.email):
            faults.append(Fault("email", "This is a team's mailbox; give the person's own."))
    if faults:
        raise IncompletePersonError(tuple(faults))
    if before is None and Registry(desk.accounts, desk.people).person(person.person_id):
        raise AlreadyExistsError("person", person.person_id)


def _check_leave(leave: Leave, now: datetime) -> None:
    if leave.last_day < now.astimezone(LONDON).date():
        raise IncompletePersonError((Fault("last_day", "These days are over already."),))
    if leave.last_day - leave.first_day > LONGEST_LEAVE:
        sentence = "Mark whoever is away for longer than a year as away instead."
        raise IncompletePersonError((Fault("last_day", sentence),))


def _check_cover(cover: PersonId, leave: Leave, desk: Desk) -> None:
    """Whoever stands in may write, and is there on every one of the days (D04)."""
    stand_in = Registry(desk.accounts, desk.people).person(cover)
    if stand_in is None:
        raise NotThatPersonError(f"There is no person {cover}.")
    days = (leave.last_day - leave.first_day).days + 1
    there = all(is_there(stand_in, leave.first_day + timedelta(days=n)) for n in range(days))
    if not may(stand_in, Right.WRITE).allowed or not there:
        raise NotThatPersonError(f"{cover} cannot cover: not a user who may write, or away too.")


def _bare(person: Person, days: list[date], desk: Desk) -> tuple[Account, ...]:
    """Their accounts that nobody would be there for on one of these days."""
    theirs = [account for account in desk.accounts.all() if person.person_id in account.team]
    if not theirs:
        return ()
    people = {each.person_id: each for each in desk.people.all()} | {person.person_id: person}
    found = {
        account.account_id: account for day in days for account in uncovered(theirs, people, day)
    }
    return tuple(found[key] for key in sorted(found))


def warn_of(bare: tuple[Account, ...], *, by: Person, desk: Desk, now: datetime) -> None:
    """On record, then by mail; the clock says it again every morning until somebody is there."""
    for account in bare:
        act = on_account(Happened.WITHOUT_COVER, account.account_id, by, now)
        desk.accounts.note(act)
    if bare:
        desk.warn(bare)
