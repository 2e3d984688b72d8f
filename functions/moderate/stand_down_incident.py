"""End a critical incident, or let other accounts speak while it lasts.

Standing down releases nothing by itself: what was queued before it, or while it lasted, waits for
a review of its own (`review_held`).
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime

from moderate.command import Command, on_incident
from moderate.declare_incident import known
from moderate.incident_errors import MayNotActError, OverError, WrongFieldError
from shared.accounts.acts import Happened
from shared.accounts.incident import Event, Incident
from shared.accounts.registry import Person
from shared.accounts.rights import Right, may
from shared.posts.names import AccountId, IncidentId
from shared.records.errors import ChangedError

TRIES = 3
"""How often an incident that was changed under our hands is looked at again."""

WHY_OVER = "Say why it is over, in a line; whoever is asked later has only this."
WHY_EXEMPT = "Say why they go on speaking, in a line."


def stand_down(
    incident_id: IncidentId, why: str, *, by: Person, command: Command, now: datetime
) -> Incident:
    """Over from now on, and everybody is told; OverError if it was before."""
    _check(by, why, WHY_OVER)

    def once(incident: Incident) -> Incident:
        over = replace(
            incident,
            stood_down_by=by.person_id,
            stood_down_at=now,
            stood_down_why=why.strip(),
        )
        act = on_incident(Happened.INCIDENT_STOOD_DOWN, over, by, now, why=why.strip())
        return command.incidents.stand_down(incident, over, act)

    over = _changed(incident_id, once, command)
    command.tell(over, Event.STOOD_DOWN)
    return over


def exempt(
    incident_id: IncidentId,
    accounts: Iterable[AccountId],
    why: str,
    *,
    by: Person,
    command: Command,
    now: datetime,
) -> Incident:
    """These accounts, and no others, go on speaking; OverError once it was stood down."""
    _check(by, why, WHY_EXEMPT)
    speaking = known(tuple(accounts), command)

    def once(incident: Incident) -> Incident:
        if incident.exempt == speaking:
            return incident
        after = replace(incident, exempt=speaking)
        payload = {"exempt": sorted(speaking), "before": sorted(incident.exempt)}
        act = on_incident(Happened.INCIDENT_EXEMPTED, after, by, now, why=why.strip(), **payload)
        return command.incidents.exempt(incident, after, act)

    return _changed(incident_id, once, command)


def _changed(
    incident_id: IncidentId, once: Callable[[Incident], Incident], command: Command
) -> Incident:
    """The incident after the change, made to it as it stands."""
    for tries_left in reversed(range(TRIES)):
        incident = command.incidents.get(incident_id)
        if not incident.active:
            raise OverError(incident)
        try:
            return once(incident)
        except ChangedError:
            if not tries_left:
                raise
    raise AssertionError("unreachable: the last try returns or raises")


def _check(by: Person, why: str, sentence: str) -> None:
    answer = may(by, Right.STAND_DOWN)
    if not answer.allowed:
        raise MayNotActError(answer.reason)
    if not why.strip():
        raise WrongFieldError("why", sentence)
