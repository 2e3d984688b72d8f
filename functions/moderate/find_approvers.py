"""Finds whom to ask: those on duty and who stands in for them; anybody before nobody."""

from datetime import date

from shared.accounts.registry import Person
from shared.accounts.rota import stand_ins
from shared.accounts.routing import Asked, Question, Step, asked, goes_beyond_duty
from shared.posts.names import PersonId
from shared.records.people import People
from shared.records.snapshot import Snapshots


def find_approvers(
    question: Question, step: Step, day: date, *, people: People, snapshots: Snapshots
) -> tuple[Asked, ...]:
    """Whom this step is addressed to. Where nobody on duty may decide, every approver who may;
    nobody only if there is none in the whole registry.
    """
    everybody = people.all() if goes_beyond_duty(question, step) else None
    known = everybody or _with_stand_ins(people.on_duty(), day, snapshots)
    found = asked(question, step, known, day)
    return found or asked(question, Step.ANYBODY, everybody or people.all(), day)


def _with_stand_ins(
    on_duty: tuple[Person, ...], day: date, snapshots: Snapshots
) -> tuple[Person, ...]:
    """They and whoever is named to stand in for one of them, and for one of those in turn."""
    known: dict[PersonId, Person] = {person.person_id: person for person in on_duty}
    sought: set[PersonId] = set()
    while missing := stand_ins(known.values(), day) - known.keys() - sought:
        sought |= missing
        known |= snapshots.read(people=missing).people
    return tuple(known.values())
