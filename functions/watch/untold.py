"""Finds incidents that nobody was told of: the declaration is on record, and we died before the
letters. Telling is named by incident and event, so what runs is not started twice."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from shared.accounts.incident import Event, Incident
from shared.conductor.executions import ExecutionOverError, Executions, NoAnswerError
from shared.posts.names import IncidentId
from shared.records.incidents import Incidents

PATIENCE = timedelta(seconds=30)
"""A crash is assumed after this long; what is merely slow is harmlessly asked again."""

RECENT = timedelta(days=1)
"""So long after it happened people are still told; then it is no news, and the alarm has rung."""


class UntoldError(Exception):
    """Telling ended and nobody recorded that it was done; raising it rings the alarm."""


@dataclass(frozen=True)
class Untold:
    """How many tellings were started, and the names of those that ended without a record."""

    started: int
    over: tuple[str, ...]

    def ring(self) -> None:
        """UntoldError where telling ended and nobody knows who was told."""
        if self.over:
            raise UntoldError("Nobody knows who was told of these: " + ", ".join(self.over))


def start_untold(incidents: Incidents, executions: Executions, now: datetime) -> Untold:
    """Start telling of what happened in the last day and was not told of."""
    started, over = 0, []
    for incident_id, event in _happened(incidents.board().incidents, now):
        if incidents.get(incident_id).telling(event) is not None:
            continue
        try:
            executions.tell(incident_id, event.value)
            started += 1
        except ExecutionOverError:
            if incidents.get(incident_id).telling(event) is None:  # not recorded meanwhile
                over.append(f"{incident_id} {event.value}")
        except NoAnswerError:
            continue  # the next sweep is a minute away
    return Untold(started, tuple(over))


def _happened(incidents: tuple[Incident, ...], now: datetime) -> Iterator[tuple[IncidentId, Event]]:
    for incident in incidents:
        moments = {
            Event.DECLARED: incident.declared_at,
            Event.STOOD_DOWN: incident.stood_down_at,
        }
        for event, at in moments.items():
            if at is not None and now - RECENT < at < now - PATIENCE:
                yield incident.incident_id, event
