"""Every morning the centre is told what nobody would notice."""

import pytest

from local.force import COMMS, DEPUTY, REGISTRAR
from shared.posts.localtime import local
from shared.records.notices import Notices
from shared.records.spelling import written
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


def test_a_morning_that_went_through_is_left_alone_and_one_that_broke_off_is_not(force):
    force.turn(days=1)
    notices = Notices(force.stack.tables, force.pen)

    def again():
        """When this morning's run began, and whether it went through."""
        force.stack.call("TellMorning", {"once": True})
        return notices.several([named])[named]

    named = f"run-of-the-morning:{local(force.stack.clock.now()).date()}"
    nobody_came, second = again(), again()
    force.stack.tables.notices(notice_id=named, begun_at=written(force.stack.clock.now())).save()
    too_early = again()
    force.turn(minutes=11)
    died = again()

    assert nobody_came.told
    assert second == nobody_came
    assert not too_early.told
    assert died.told
    assert died.begun_at > too_early.begun_at


def test_the_clock_comes_twice_in_a_morning_and_goes_through_it_once(force):
    fires = [one for one in force.stack.schedules.read() if "TellMorning" in one.name]

    assert len(fires) == 2
    assert {one.target_input for one in fires} == {'{"once": true}'}
