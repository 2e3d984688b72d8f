"""Every ending of the machine that tells people of an incident, and the path that leads there."""

import json
import threading
from contextlib import contextmanager

import pytest
import yaml

from local.force import COMMS, OFFICER, PCSO
from local.tools import ROOT
from shared.accounts.incident import Event, Scope
from shared.conductor.executions import Executions
from shared.posts.names import AccountId, IncidentId
from shared.records.incidents import Incidents
from shared.records.outbox import Outbox
from shared.records.people import People
from tests.builders import a_person, an_account, an_act, an_incident
from tests.workflows.force import FREE, a_force, eventually
from tests.workflows.incidents import (
    CONCERNED,
    MOORLANDS,
    declared,
    path_of,
    read,
    stand_down,
    telling,
    told,
)

BATCH = ["TellAffected", "IsEverybodyTold?"]
AGAIN = [*BATCH, "WaitForTheMailService"]
FAULT = ["TellAffected", "CountFault", "IsAnotherTryWorthwhile?"]

PATHS = {
    "told": ["BeginToTell", *BATCH, "Told"],
    "told in two batches": ["BeginToTell", *BATCH * 2, "Told"],
    "told at the second try": ["BeginToTell", *AGAIN, *BATCH, "Told"],
    "somebody cannot be reached": ["BeginToTell", *AGAIN * 2, *BATCH, "SomebodyNotTold"],
    "nothing can be told": [
        "BeginToTell",
        *[*FAULT, "WaitAfterAFault"] * 29,
        *FAULT,
        "NotTold",
    ],
}

TRIES = 3
"""How often one letter is brought to the mail service before it is left for later."""


@pytest.fixture(scope="module")
def force():
    with a_force() as force:
        force.stack.schedules.stop()  # leaves stay where they can be read; the sweep is called
        yield force


@pytest.fixture(scope="module")
def post_office(force):
    office = PostOffice()
    force.stack.watch_cloud(office.watch)
    return office


class PostOffice:
    """A mail service that has no time for letters to some; `tries` counts what it was brought."""

    def __init__(self):
        self.busy_for, self.tries = set(), 0
        self.most = None

    def watch(self, cloud):
        def answer(environ, start_response):
            if not environ["PATH_INFO"].endswith("/outbound-emails") or not self.busy_for:
                return cloud(environ, start_response)
            body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
            environ["wsgi.input"] = Again(body)
            to = json.loads(body)["Destination"]["ToAddresses"]
            if not self.busy_for & set(to) or self.tries == self.most:
                return cloud(environ, start_response)
            self.tries += 1
            kind = ("Content-Type", "application/json")
            error = ("x-amzn-ErrorType", "TooManyRequestsException")
            start_response("429 Too Many Requests", [kind, error])
            return [b'{"message": "Not now."}']

        return answer

    @contextmanager
    def busy(self, *addresses, tries=None):
        """Busy for letters to these, as long as the block lasts or for so many of them."""
        self.busy_for, self.tries, self.most = set(addresses), 0, tries
        try:
            yield
        finally:
            self.busy_for = set()


class Again:
    """A body that was read once and can be read once more."""

    def __init__(self, body):
        self._body = body

    def read(self, size=-1):
        part = self._body if size < 0 else self._body[:size]
        self._body = self._body[len(part) :]
        return part


def turn_until_ended(force, incident, event="declared"):
    """Turn the clock through every wait; the path of states."""
    client, arn = force.stack.aws.client("stepfunctions"), telling_of(force, incident, event)
    while client.describe_execution(executionArn=arn)["status"] == "RUNNING":
        force.turn(seconds=61)
        threading.Event().wait(0.2)
    return path_of(force, incident, event)


def nobody_is_being_told(force):
    """Whether every earlier telling is over; the clock is turned for those that wait."""
    machine = force.stack.environment("ModerateApi")["INCIDENT_ARN"]
    client = force.stack.aws.client("stepfunctions")
    running = client.list_executions(stateMachineArn=machine, statusFilter="RUNNING")["executions"]
    if running:
        force.turn(seconds=61)
    return not running


def telling_of(force, incident, event):
    return telling(force, incident["incident_id"], event)


def test_everybody_is_told_of_the_declaration_and_of_its_end_each_once(force):
    with declared(force, **MOORLANDS) as incident:
        assert path_of(force, incident, "declared") == PATHS["told"]
    assert path_of(force, incident, "stood_down") == PATHS["told"]

    for subject in ("Stop posting", "You may post again"):
        letters = told(force, subject, incident)
        assert set(letters) == CONCERNED
        assert len(letters) == len(CONCERNED)
    letters = {one["event"]: one["letters"] for one in read(force, incident)["told"]}
    assert letters == {"declared": len(CONCERNED), "stood_down": len(CONCERNED)}


def test_a_large_team_is_told_in_batches(force):
    crowd = [a_person(f"pc-{n:02d}") for n in range(20)]
    act = an_act("person.entered", at=force.stack.clock.now())
    for person in crowd:
        People(force.stack.tables, force.pen).enter(person, act)
    members = frozenset(person.person_id for person in crowd)
    force.accounts.enter(an_account("crowd", area="Crowd", members=members), act)

    with declared(force, scope="area", area="Crowd") as incident:
        assert path_of(force, incident, "declared") == PATHS["told in two batches"]

    letters = told(force, "Stop posting", incident)
    assert {person.email for person in crowd} <= set(letters)
    assert len(letters) == len(set(letters))


def test_whoever_the_mail_service_had_no_time_for_is_told_a_minute_later(force, post_office):
    eventually(lambda: nobody_is_being_told(force))  # its letters would use up the tries
    some_time = post_office.busy(PCSO.email, tries=TRIES)
    with some_time, declared(force, **MOORLANDS) as incident:
        path = turn_until_ended(force, incident)

    assert path == PATHS["told at the second try"]
    assert sorted(told(force, "Stop posting", incident)) == sorted(CONCERNED)


def test_who_cannot_be_reached_at_all_is_named_and_an_alarm_rings(force, post_office):
    with post_office.busy(OFFICER.email, COMMS.email), declared(force, **MOORLANDS) as incident:
        path = turn_until_ended(force, incident)

    client = force.stack.aws.client("stepfunctions")
    ended = client.describe_execution(executionArn=telling_of(force, incident, "declared"))
    assert path == PATHS["somebody cannot be reached"]
    assert (ended["status"], ended["error"]) == ("FAILED", "SomebodyNotTold")
    (first,) = [one for one in read(force, incident)["told"] if one["event"] == "declared"]
    assert first["undelivered"] == [COMMS.person_id, OFFICER.person_id]
    page = force.comms.get(f"/incidents/{incident['incident_id']}")
    assert "Not reached, ring them: Dilys Penhale, PC Asha Rowley" in page.text


def test_what_cannot_be_told_at_all_is_tried_for_half_an_hour_and_rings(force):
    machine = force.stack.environment("ModerateApi")["INCIDENT_ARN"]
    conductor = Executions(lambda: force.stack.aws.client("stepfunctions"), machine)
    conductor.tell(IncidentId("01NOBODY"), "declared")

    path = turn_until_ended(force, {"incident_id": "01NOBODY"})

    assert path == PATHS["nothing can be told"]


def test_if_we_die_before_the_letters_the_sweep_sends_them(force):
    area = {"scope": Scope.AREA, "area": "Moorlands", "lpt": AccountId(MOORLANDS["lpt"])}
    lasting = an_incident("01UNTOLD", declared_at=force.stack.clock.now(), **area)
    incidents = Incidents(force.stack.tables, force.pen)
    incidents.declare(lasting, an_act("incident.declared", at=lasting.declared_at))
    incident = {"incident_id": lasting.incident_id}

    force.turn(minutes=2)
    assert force.stack.call("ResumeStalled", {})["telling"] == 1

    eventually(lambda: incidents.get(lasting.incident_id).telling(Event.DECLARED))
    assert set(told(force, "Stop posting", incident)) == CONCERNED
    assert path_of(force, incident, "declared") == PATHS["told"]
    assert stand_down(force, lasting.incident_id).status == 200


def test_every_act_is_a_leaf_and_no_leaf_says_why(force):
    with declared(force, exempt=[FREE], **MOORLANDS) as incident:
        path_of(force, incident, "declared")
    path_of(force, incident, "stood_down")

    leaves = [p.envelope.decode() for p in Outbox(force.stack.tables).pending(1000)]

    mine = [json.loads(leaf) for leaf in leaves if incident["incident_id"] in leaf]
    assert sorted(leaf["type"] for leaf in mine) == [
        "incident.declared",
        "incident.stood_down",
        "incident.told",
        "incident.told",
    ]
    assert not any("Disorder" in leaf or "quiet" in leaf for leaf in leaves)


def test_every_state_of_the_machine_is_on_some_path():
    machine = yaml.safe_load((ROOT / "statemachines" / "incident.asl.yaml").read_text())

    assert set(machine["States"]) == {state for path in PATHS.values() for state in path}


def test_every_ending_of_the_machine_ends_some_path():
    machine = yaml.safe_load((ROOT / "statemachines" / "incident.asl.yaml").read_text())
    endings = {n for n, state in machine["States"].items() if state["Type"] in {"Succeed", "Fail"}}

    assert endings == {path[-1] for path in PATHS.values()}
