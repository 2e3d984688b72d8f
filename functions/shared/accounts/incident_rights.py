"""Who may declare a critical incident for whom, and who may see what it stopped (X14)."""

from shared.accounts.incident import Incident, Scope
from shared.accounts.registry import Account, AccountStatus, Level, Person, Role
from shared.accounts.rights import YES, Answer, Right, may

OWN_AREA = (
    "A commander declares for the area of their own team. For another, or for the whole force, "
    "ring the duty officer."
)
NOT_AN_AREA = "{title} is not the account of a local policing team; name the one of the area."


def may_declare(person: Person, scope: Scope, lpt: Account | None) -> Answer:
    """The centre for the force or any area; a commander for the area whose team they are of."""
    able = may(person, Right.DECLARE_INCIDENT)
    if not able.allowed:
        return able
    if lpt is not None and lpt.level is not Level.LPT:
        return Answer(False, NOT_AN_AREA.format(title=lpt.title))
    if person.role is not Role.LPT_COMMANDER:
        return YES
    if scope is Scope.AREA and lpt is not None and _is_of(person, lpt):
        return YES
    return Answer(False, OWN_AREA)


def may_see_stopped(person: Person, incident: Incident, lpt: Account | None) -> bool:
    """Whoever reads everything; and the commander of the area that it was declared for."""
    if may(person, Right.READ_ALL).allowed:
        return True
    if lpt is None or lpt.account_id != incident.lpt or person.role is not Role.LPT_COMMANDER:
        return False
    return may(person, Right.LOOK).allowed and person.person_id in lpt.team


def _is_of(person: Person, lpt: Account) -> bool:
    return person.person_id in lpt.team and lpt.status is not AccountStatus.CLOSED
