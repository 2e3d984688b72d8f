"""Handing one's approvals over for some days, and taking them back early: a person's own act.

Whoever is named is asked instead; they decide because they may themselves, never because of this.
"""

from dataclasses import replace
from datetime import date, datetime, timedelta

from register.desk import Desk, Registry, on_person
from register.errors import NoDelegationError, NotThatPersonError
from shared.accounts.acts import Happened
from shared.accounts.errors import Fault, IncompletePersonError
from shared.accounts.registry import Delegation, Person
from shared.accounts.rights import Right, may
from shared.accounts.same_person import is_same_person
from shared.identity.session import NotAllowedError
from shared.posts.localtime import local
from shared.posts.names import PersonId

LONGEST = timedelta(days=400)
DAY = timedelta(days=1)


def delegate(
    person_id: PersonId, found: Delegation, *, by: Person, desk: Desk, now: datetime
) -> Person:
    """Their approvals are asked of somebody else from the first day to the last."""
    before = _own(person_id, by, desk)
    faults = tuple(_faults(found, before, local(now).date()))
    if faults:
        raise IncompletePersonError(faults)
    to = Registry(desk.accounts, desk.people).person(found.to)
    if to is None or not may(to, Right.APPROVE).allowed or is_same_person(to, before):
        raise NotThatPersonError(f"{found.to} cannot decide for you; name another approver.")
    kept = sorted((*before.delegations, found), key=lambda each: each.first_day)
    after = replace(before, delegations=tuple(kept))
    act = on_person(
        Happened.DELEGATED,
        person_id,
        by,
        now,
        why=found.why,
        to=found.to,
        first_day=found.first_day.isoformat(),
        last_day=found.last_day.isoformat(),
    )
    desk.people.change(before, after, act)
    return after


def end_delegation(
    person_id: PersonId, first_day: date, *, by: Person, desk: Desk, now: datetime
) -> Person:
    """The delegation that begins on this day is over: they are asked themselves from now on."""
    before, today = _own(person_id, by, desk), local(now).date()
    ended = next((each for each in before.delegations if each.first_day == first_day), None)
    if ended is None or ended.last_day < today:
        raise NoDelegationError("There is no delegation from that day on that could be ended.")
    others = tuple(each for each in before.delegations if each is not ended)
    # The days on which it held stay in the entry; what never began leaves no trace but its leaves.
    cut = (replace(ended, last_day=today - DAY),) if ended.first_day < today else ()
    kept = sorted((*others, *cut), key=lambda each: each.first_day)
    act = on_person(
        Happened.DELEGATION_ENDED,
        person_id,
        by,
        now,
        to=ended.to,
        first_day=ended.first_day.isoformat(),
    )
    after = replace(before, delegations=tuple(kept))
    desk.people.change(before, after, act)
    return after


def _own(person_id: PersonId, by: Person, desk: Desk) -> Person:
    able = may(by, Right.APPROVE)
    if not able.allowed:
        raise NotAllowedError(able.reason)
    if by.person_id != person_id:
        raise NotAllowedError("Only they themselves hand their approvals over.")
    return desk.people.get(person_id)


def _faults(found: Delegation, before: Person, today: date) -> list[Fault]:
    faults = []
    if found.to == before.person_id:
        faults.append(Fault("to", "Name somebody else."))
    if not found.why.strip():
        faults.append(Fault("why", "Say why."))
    if found.last_day < found.first_day:
        faults.append(Fault("last_day", "It cannot end before it begins."))
    elif found.first_day < today:
        faults.append(Fault("first_day", "It can begin today at the earliest."))
    elif found.last_day - found.first_day > LONGEST:
        faults.append(Fault("last_day", f"At most {LONGEST.days} days; ask for another place."))
    if any(_overlap(found, each) for each in before.delegations):
        faults.append(Fault("first_day", "You have handed over some of these days already."))
    return faults


def _overlap(one: Delegation, other: Delegation) -> bool:
    return one.first_day <= other.last_day and other.first_day <= one.last_day
