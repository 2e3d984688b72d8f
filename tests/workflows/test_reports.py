"""A month is counted on its own rows, stated once, and shown to those whom it concerns."""

import json
from datetime import timedelta

import pytest

from local.force import AUDITOR
from shared.posts.life import State
from shared.posts.localtime import local
from tests.workflows.force import FREE, WATCHED, a_force


@pytest.fixture(scope="module")
def force():
    with a_force() as force:
        force.stack.schedules.stop()
        force.keep_leaves()
        yield force


@pytest.fixture(scope="module")
def made(force):
    """What was made of the month in which one post went out at once and another was approved."""
    began = local(force.stack.clock.now())
    free = force.submit("The road at Leek is open again.")
    asked = force.submit("Have you seen anything in Cheadle? Ring us on 101.", WATCHED)
    force.letter(asked)
    force.decide(asked, "approve")
    for each in (free, asked):
        force.until(each, State.PUBLISHED)
    second = (began.replace(day=1) + timedelta(days=32)).replace(day=2)
    force.turn(days=(second.date() - began.date()).days)
    return force.stack.call("MakeReports", {})


def leaves(force):
    rows = force.stack.tables.outbox.scan(consistent_read=True)
    told = (json.loads(bytes(row.envelope)) for row in rows)
    return [leaf["subject"] for leaf in told if leaf["type"] == "report.stated"]


def test_every_account_has_a_report_and_the_force_is_their_sum_and_each_is_stated_once(force, made):
    month, again = made["month"], force.stack.call("MakeReports", {})

    one = force.comms.get(f"/v1/reports/{month}-{FREE}").json()
    other = force.comms.get(f"/v1/reports/{month}-{WATCHED}").json()
    whole = force.comms.get(f"/v1/reports/{month}").json()
    assert (made["left"], again["made"]) == (0, 0)
    assert made["made"] == whole["accounts"] + 1
    assert one["parts"]["content"] == {"other": 1}
    assert one["parts"]["decisions"] == {"without": 1}
    assert other["parts"]["decisions"] == {"approve": 1}
    assert sum(other["parts"]["waited"].values()) == 1
    assert whole["parts"]["platforms"] == {"sandbox": 2}
    assert sorted(leaves(force)) == sorted({*leaves(force)})
    assert len(leaves(force)) == made["made"]
    assert any("MakeReports" in schedule.name for schedule in force.stack.schedules.read())


def test_an_account_is_shown_to_its_team_and_the_force_to_who_reads_everything(force, made):
    month, auditor = made["month"], force.caller(AUDITOR.person_id)

    own = force.officer.get(f"/reports/{month}-{FREE}")
    whole = auditor.get(f"/reports/{month}")
    hidden = force.officer.get(f"/reports/{month}")
    listed = [each["report_id"] for each in force.officer.get("/v1/reports").json()["reports"]]

    assert "<svg" in own.text
    assert "accounts together" in whole.text
    assert hidden.status == 404
    assert f"{month}-{FREE}" in listed
    assert month not in listed
    assert f"/reports/{month}" in auditor.get("/reports").text
