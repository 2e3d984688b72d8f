"""Every morning the centre is told what nobody would notice."""

import pytest

from local.force import COMMS, DEPUTY, REGISTRAR
from tests.workflows.force import a_force


@pytest.fixture(scope="module")
def force():
    with a_force() as force:
        force.stack.schedules.stop()
        yield force


def test_keys_are_due_after_ninety_days_and_the_web_team_is_reminded(force):
    early = force.stack.call("TellMorning", {})
    force.turn(days=80)

    told = force.stack.call("TellMorning", {})

    due = [str(mail) for mail in force.stack.mailbox if "need you" in str(mail)]
    assert (early["keys"], told["keys"]) == (0, 4)
    assert len(due) == 1
    assert REGISTRAR.email in due[0]


def test_accounts_that_nobody_is_there_for_are_told_to_every_approver_on_duty(force):
    registrar = force.caller(REGISTRAR.person_id)
    assert force.stack.call("TellMorning", {})["uncovered"] == 0
    gone = {"status": "left", "why": "Retired."}
    assert registrar.post_json("/v1/people/p-commander/status", gone).status == 200

    told = force.stack.call("TellMorning", {})

    letters = [str(mail) for mail in force.stack.mailbox if "Moorlands Commander" in str(mail)]
    assert told["uncovered"] == 1
    assert all(any(who.email in letter for letter in letters) for who in (COMMS, DEPUTY))
