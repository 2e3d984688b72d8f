"""Declare a critical incident, or a drill of one: in force at once, then everybody is told.

From the moment the record is written no claim can follow that was not judged by it; the letters,
and the note of what was in flight, come after. If we die in between, the sweep sees to both.
"""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from moderate.command import Command, on_incident
from moderate.incident_errors import AlreadyLastsError, MayNotActError, WrongFieldError
from moderate.scene import note_scene
from shared.accounts.acts import Happened
from shared.accounts.incident import Event, Incident, Scope, folded
from shared.accounts.incident_rights import NOT_AN_AREA, may_declare
from shared.accounts.registry import Account, Level, Person
from shared.posts.names import AccountId, IncidentId
from shared.records.errors import AlreadyDeclaredError, RecordsError
from shared.records.pen import ENTROPY_BYTES, ulid

NO_REASON = "Say why, in a line; whoever is asked later has only this."
NO_AREA = "Name the account of a local policing team, or an area that an account has."
NO_SUCH = "There is no account {0}; look it up in the registry."


@dataclass(frozen=True)
class Declaration:
    """What somebody wants to declare."""

    scope: Scope
    why: str
    lpt: AccountId | None = None
    area: str = ""
    exempt: tuple[AccountId, ...] = ()
    drill: bool = False


def planned(wanted: Declaration, by: Person, command: Command, now: datetime) -> Incident:
    """The incident as it would be declared; MayNotActError, WrongFieldError, and
    AlreadyLastsError if one of the same reach lasts. Writes nothing."""
    lpt = _lpt(wanted, command)
    answer = may_declare(by, wanted.scope, lpt)
    if not answer.allowed:
        raise MayNotActError(answer.reason)
    why = wanted.why.strip()
    if not why:
        raise WrongFieldError("why", NO_REASON)
    incident = Incident(
        incident_id=IncidentId(ulid(now, command.pen.chance(ENTROPY_BYTES))),
        scope=wanted.scope,
        area=_area(wanted, lpt, command),
        lpt=lpt.account_id if lpt else None,
        why=why,
        declared_by=by.person_id,
        declared_at=now,
        exempt=known(wanted.exempt, command),
        drill=wanted.drill,
    )
    if standing := command.incidents.board().same_reach(incident):
        _the_same(standing, incident)
    return incident


def declare(incident: Incident, by: Person, command: Command) -> Incident:
    """In force from now on; the one that lasts where it was declared before in the same words."""
    act = on_incident(
        Happened.INCIDENT_DECLARED,
        incident,
        by,
        incident.declared_at,
        scope=incident.scope.value,
        area=incident.area,
        lpt=incident.lpt,
        why=incident.why,
        exempt=sorted(incident.exempt),
    )
    try:
        command.incidents.declare(incident, act)
    except AlreadyDeclaredError as error:
        return _the_same(error.incident, incident)
    with suppress(RecordsError):  # the machine that tells everybody notes it too
        note_scene(incident, command, effective_at=command.clock())
    command.tell(incident, Event.DECLARED)
    return incident


def known(exempt: Iterable[AccountId], command: Command) -> frozenset[AccountId]:
    """These accounts, all of which have to be in the registry; WrongFieldError."""
    for account_id in exempt:
        if command.account(account_id) is None:
            raise WrongFieldError("exempt", NO_SUCH.format(account_id))
    return frozenset(exempt)


def _lpt(wanted: Declaration, command: Command) -> Account | None:
    if wanted.scope is Scope.FORCE:
        if wanted.lpt or wanted.area:
            raise WrongFieldError("scope", "The whole force has no area; leave it out.")
        return None
    lpt = command.account(wanted.lpt)
    if wanted.lpt and lpt is None:
        raise WrongFieldError("lpt", NO_SUCH.format(wanted.lpt))
    if lpt and lpt.level is not Level.LPT:
        raise WrongFieldError("lpt", NOT_AN_AREA.format(title=lpt.title))
    return lpt


def _area(wanted: Declaration, lpt: Account | None, command: Command) -> str:
    if wanted.scope is Scope.FORCE:
        return ""
    if lpt is not None:
        return lpt.area
    meant = folded(wanted.area)
    found = next((a.area for a in command.accounts.all() if folded(a.area) == meant), "")
    if not meant or not found:
        raise WrongFieldError("area", NO_AREA)
    return found


def _the_same(standing: Incident, wanted: Incident) -> Incident:
    """A second click, or a request repeated for want of an answer, declares nothing new."""
    if (standing.declared_by, standing.why) != (wanted.declared_by, wanted.why):
        raise AlreadyLastsError(standing)
    return standing
