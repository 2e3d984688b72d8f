"""The approvers' rota of a day: each place, and who is there for it.

Whoever is on leave or has handed their approvals over is stood in for by who they named, and that
person by who they named in turn.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from shared.accounts.cover import is_there
from shared.accounts.registry import Person, PersonStatus
from shared.posts.names import PersonId


@dataclass(frozen=True)
class Place:
    """A place on the rota: whose it is, who is there, and how early they are asked."""

    taken_by: Person
    owner: Person
    duty: int


def places_of(people: Collection[Person], able: Collection[PersonId], day: date) -> Iterator[Place]:
    """In the order of the rota, every place that somebody of the able is there for."""
    known = {person.person_id: person for person in people}
    rota = [
        (person.duty, person.person_id)
        for person in people
        if person.duty is not None and person.status is PersonStatus.ACTIVE
    ]
    for duty, person_id in sorted(rota):
        taken_by = _there_for(known[person_id], known, day)
        if taken_by and taken_by.person_id in able:
            yield Place(taken_by, known[person_id], duty)


def stand_ins(people: Iterable[Person], day: date) -> frozenset[PersonId]:
    """Who is named to stand in for any of these on this day."""
    named = (_named_for(person, day) for person in people)
    return frozenset(person_id for person_id in named if person_id)


def is_free(person: Person, day: date) -> bool:
    """At work this day, and has not handed their approvals over."""
    handed_over = any(each.includes(day) for each in person.delegations)
    return is_there(person, day) and not handed_over


def _there_for(owner: Person, known: Mapping[PersonId, Person], day: date) -> Person | None:
    """From one to the next who stands in; None where that leads nowhere or round in a ring."""
    seen: set[PersonId] = set()
    person: Person | None = owner
    while person and not is_free(person, day):
        seen.add(person.person_id)
        named = _named_for(person, day)
        person = known.get(named) if named and named not in seen else None
    return person


def _named_for(person: Person, day: date) -> PersonId | None:
    """Their delegate on this day, or else who covers their leave."""
    delegates = (each.to for each in person.delegations if each.includes(day))
    covers = (leave.cover for leave in person.leave if leave.includes(day) and leave.cover)
    return next(delegates, None) or next(covers, None)
