"""Somebody's access is taken away or given back: on record, and felt at their very next request.

Nothing else has to be told: sessions, bearer tokens and approval links ask the registry each time,
and what was given before access ended stays void when it comes back (`access.is_in`).

StandingError
└── OwnStandingError   nobody changes their own access
"""

from datetime import datetime

from shared.accounts.acts import BECAME, person_subject
from shared.accounts.life import person_becomes
from shared.accounts.registry import Person, PersonStatus
from shared.posts.names import PersonId
from shared.recordlog.canonical import JSON
from shared.recordlog.leaf import Act
from shared.records.errors import ChangedError
from shared.records.people import People

ATTEMPTS = 3
LONGEST_WHY = 500


class StandingError(Exception):
    """Root of what keeps access from being changed."""


class OwnStandingError(StandingError):
    """Nobody changes their own access."""

    def __init__(self) -> None:
        super().__init__("Nobody changes their own access; ask a colleague of the web team.")


def becomes(
    person_id: PersonId,
    status: PersonStatus,
    *,
    by: Person,
    why: str,
    people: People,
    now: datetime,
    **more: JSON,
) -> Person:
    """The person with the new status. What a person may not become is a RegistryError; whoever
    else works on the entry is waited for, a few times.
    """
    if by.person_id == person_id:
        raise OwnStandingError
    for attempt in range(1, ATTEMPTS + 1):
        before = people.get(person_id)
        after = person_becomes(before, status, at=now, by=by.person_id, why=why)
        try:
            people.change(before, after, _act(before, after, by, {"why": why, **more}))
        except ChangedError:
            if attempt == ATTEMPTS:
                raise
        else:
            return after
    raise AssertionError  # the last attempt returned or raised


def _act(before: Person, after: Person, by: Person, more: dict[str, JSON]) -> Act:
    return Act(
        type=BECAME[after.status].value,
        account=None,
        subject=person_subject(after.person_id),
        at=after.history[-1].at,
        actor=by.person_id,
        approver=None,
        # Why is about a person: it lies in the payload, which can be erased, not in the envelope.
        reason=None,
        payload={"from": before.status.value, "to": after.status.value, **more},
    )
