"""Who is there for an account on a day, and which accounts are left with nobody (D04, X15)."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from shared.accounts.registry import Account, AccountStatus, Leave, Person, PersonStatus
from shared.posts.names import PersonId


def is_there(person: Person, day: date) -> bool:
    """Whether somebody can act for an account on this day. Leave that is planned counts as leave;
    a status of away without an end counts for every day.
    """
    planned = any(leave.includes(day) for leave in person.leave)
    return person.status is PersonStatus.ACTIVE and not planned


def covering(account: Account, people: Mapping[PersonId, Person], day: date) -> frozenset[PersonId]:
    """Who of the team is there on this day, and who stands in for those who are not."""
    there = {key for key in account.team if key in people and is_there(people[key], day)}
    for key in account.team & people.keys():
        for leave in people[key].leave:
            stand_in = people.get(leave.cover) if leave.cover and leave.includes(day) else None
            if stand_in and is_there(stand_in, day):
                there.add(stand_in.person_id)
    return frozenset(there)


def uncovered(
    accounts: Iterable[Account], people: Mapping[PersonId, Person], day: date
) -> tuple[Account, ...]:
    """The active accounts that nobody is there for on this day, in the order given."""
    return tuple(
        account
        for account in accounts
        if account.status is AccountStatus.ACTIVE and not covering(account, people, day)
    )


def with_leave(person: Person, leave: Leave) -> Person:
    """The person with these days away, periods in the order of their days."""
    periods = sorted({*person.leave, leave}, key=lambda period: (period.first_day, period.last_day))
    return replace(person, leave=tuple(periods))
