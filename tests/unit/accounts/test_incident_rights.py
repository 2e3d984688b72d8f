"""Who may declare for whom (X14), and who may see what an incident stopped."""

import pytest

from shared.accounts.incident import Scope
from shared.accounts.incident_rights import may_declare, may_see_stopped
from shared.accounts.registry import AccountStatus, Level, PersonStatus, Role
from shared.posts.names import AccountId, PersonId
from tests.builders import a_person, an_account, an_incident

COMMANDER = a_person("cmdr-okoro", role=Role.LPT_COMMANDER)
OWN = an_account("city-cmdr", level=Level.LPT, owner=COMMANDER.person_id)
OTHER = an_account("moors-cmdr", level=Level.LPT, owner=PersonId("cmdr-else"))
TEAM = an_account("riverside", members=frozenset({COMMANDER.person_id}))
CLOSED = an_account(
    "old-cmdr", level=Level.LPT, owner=COMMANDER.person_id, status=AccountStatus.CLOSED
)
COMMS = a_person("comms-ray", role=Role.COMMS)

DECLARES = [
    (COMMANDER, Scope.AREA, OWN, True),
    (COMMANDER, Scope.AREA, OTHER, False),
    (COMMANDER, Scope.AREA, TEAM, False),
    (COMMANDER, Scope.AREA, CLOSED, False),
    (COMMANDER, Scope.AREA, None, False),
    (COMMANDER, Scope.FORCE, None, False),
    (COMMANDER, Scope.FORCE, OWN, False),
    (COMMS, Scope.FORCE, None, True),
    (COMMS, Scope.AREA, OTHER, True),
    (COMMS, Scope.AREA, None, True),
    (COMMS, Scope.AREA, TEAM, False),
    (a_person(role=Role.CORPORATE), Scope.FORCE, None, True),
    (a_person(role=Role.OFFICER), Scope.AREA, OWN, False),
    (a_person(role=Role.AUDITOR), Scope.FORCE, None, False),
    (a_person(role=Role.COMMS, status=PersonStatus.SUSPENDED), Scope.FORCE, None, False),
    (a_person(role=Role.COMMS, status=PersonStatus.AWAY), Scope.FORCE, None, False),
]


@pytest.mark.parametrize(("person", "scope", "lpt", "allowed"), DECLARES)
def test_a_commander_declares_for_their_own_area_and_the_centre_for_any(
    person, scope, lpt, allowed
):
    answer = may_declare(person, scope, lpt)

    assert answer.allowed is allowed
    assert allowed or answer.reason.endswith(".")


SEES = [
    (COMMS, None, True),
    (a_person(role=Role.AUDITOR), None, True),
    (COMMANDER, OWN, True),
    (COMMANDER, OTHER, False),
    (a_person(role=Role.OFFICER), OWN, False),
    (a_person("cmdr-okoro", role=Role.LPT_COMMANDER, status=PersonStatus.LEFT), OWN, False),
]


@pytest.mark.parametrize(("person", "lpt", "sees"), SEES)
def test_what_was_stopped_is_for_the_centre_the_audit_and_the_commander_of_the_area(
    person, lpt, sees
):
    incident = an_incident(scope=Scope.AREA, lpt=AccountId("city-cmdr"))

    assert may_see_stopped(person, incident, lpt) is sees


def test_a_commander_does_not_see_what_a_force_wide_one_stopped():
    assert not may_see_stopped(COMMANDER, an_incident(), OWN)
