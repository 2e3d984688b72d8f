"""What the deeds about incidents need, how each is put on record, and who is told of it."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from shared.accounts.acts import Happened, incident_subject
from shared.accounts.incident import Event, Incident
from shared.accounts.registry import Account, Person
from shared.conductor.executions import ConductorError, Executions
from shared.posts.names import AccountId
from shared.recordlog.canonical import JSON
from shared.recordlog.leaf import Act
from shared.records.accounts import Accounts
from shared.records.errors import NotFoundError
from shared.records.incidents import Incidents
from shared.records.pen import Pen
from shared.records.stopped import Stopped


@dataclass(frozen=True)
class Command:
    """Records, the machine that tells everybody, and the clock by which a drill is timed."""

    incidents: Incidents
    accounts: Accounts
    stopped: Stopped
    executions: Executions
    pen: Pen
    clock: Callable[[], datetime]

    def account(self, account_id: AccountId | None) -> Account | None:
        """The account, None where none is named or there is none."""
        if account_id is None:
            return None
        try:
            return self.accounts.get(account_id)
        except NotFoundError:
            return None

    def reached_by(self, incident: Incident) -> tuple[Account, ...]:
        """Every account that it keeps quiet."""
        return tuple(filter(incident.reaches, self.accounts.all()))

    def tell(self, incident: Incident, event: Event) -> None:
        """Start telling everybody; what fails here is started by the sweep."""
        with suppress(ConductorError):
            self.executions.tell(incident.incident_id, event.value)


def on_incident(
    happened: Happened, incident: Incident, by: Person | None, now: datetime, **payload: JSON
) -> Act:
    """Something happened to an incident. Words of people are in the payload: the envelope is for
    everybody to read."""
    return Act(
        type=happened.value,
        account=incident.lpt,
        subject=incident_subject(incident.incident_id),
        at=now,
        actor=by.person_id if by else "bluelamp",
        approver=None,
        reason=None,
        payload={"drill": incident.drill, **payload},
    )
