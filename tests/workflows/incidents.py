"""Declaring, standing down and reviewing, as people do it: through the API."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from local.demo.caller import Heard
from local.force import COMMANDER, COMMS, DEPUTY, DUTY_OFFICER, OFFICER, PCSO
from local.mailbox import part
from shared.posts.life import State
from shared.posts.names import PersonId, PostId
from tests.workflows.force import Force, eventually

MOORLANDS = {"scope": "area", "lpt": "moorlands-cmdr"}
CONCERNED = {p.email for p in (OFFICER, PCSO, COMMANDER, COMMS, DEPUTY, DUTY_OFFICER)}
"""Whom a force-wide incident is told to, in the force we seed."""


def declare(force: Force, by: PersonId = COMMS.person_id, **body: Any) -> Heard:
    """What is answered to a declaration; for the whole force unless another scope is given."""
    given = {"scope": "force", "why": "Disorder in the town.", **body}
    return _past(force, force.caller(by).post_json("/v1/incidents", given))


def stand_down(force: Force, incident_id: str, by: PersonId = COMMS.person_id) -> Heard:
    """What is answered to a stand-down."""
    path = f"/v1/incidents/{incident_id}/stand-down"
    return _past(force, force.caller(by).post_json(path, {"why": "All quiet."}))


def _past(force: Force, heard: Heard) -> Heard:
    """The answer, two seconds later: the functions' clocks differ by milliseconds, as they do in
    the cloud, and whether an incident lasts is asked of the clock of whoever submits."""
    force.turn(seconds=2)
    return heard


@contextmanager
def declared(force: Force, **body: Any) -> Iterator[dict[str, Any]]:
    """An incident that lasts for as long as the block, or until it is stood down in it."""
    heard = declare(force, **body)
    assert heard.status == 201, heard.text
    incident = heard.json()
    try:
        yield incident
    finally:
        if read(force, incident)["active"]:
            assert stand_down(force, incident["incident_id"]).status == 200


def read(force: Force, incident: dict[str, Any], by: PersonId = COMMS.person_id) -> dict[str, Any]:
    """The incident as it is now."""
    found = force.caller(by).get(f"/v1/incidents/{incident['incident_id']}")
    assert found.status == 200, found.text
    return dict(found.json())


def report(force: Force, incident: dict[str, Any]) -> dict[str, Any]:
    """What it stopped."""
    found = force.comms.get(f"/v1/incidents/{incident['incident_id']}/report")
    assert found.status == 200, found.text
    return dict(found.json())


def held(force: Force, post_id: PostId) -> dict[str, Any]:
    """The line of the queue about this post, once it is on hold."""
    force.until(post_id, State.HELD)

    def line() -> dict[str, Any] | bool:
        listed = force.comms.get("/v1/held").json()["held"]
        return next((one for one in listed if one["post"]["post_id"] == post_id), False)

    return eventually(line)


def review(
    force: Force,
    post_id: PostId,
    decision: str,
    by: PersonId = COMMS.person_id,
    reason: str | None = "It still fits.",
) -> Heard:
    """What is answered to a review."""
    path = f"/v1/held/{post_id}/1/review"
    return force.caller(by).post_json(path, {"decision": decision, "reason": reason})


def told(force: Force, subject: str, incident: dict[str, Any]) -> list[str]:
    """Whom a letter with this in its subject was written to about this incident."""
    return [
        str(mail["To"])
        for mail in force.stack.mailbox
        if subject in str(mail["Subject"]) and incident["incident_id"] in part(mail, "plain")
    ]


def path_of(force: Force, incident: dict[str, Any], event: str) -> list[str]:
    """The states its telling went through, once it has ended."""
    client = force.stack.aws.client("stepfunctions")
    arn = telling(force, incident["incident_id"], event)
    eventually(lambda: client.describe_execution(executionArn=arn)["status"] != "RUNNING")
    events = client.get_execution_history(executionArn=arn, maxResults=1000)["events"]
    entered = (event.get("stateEnteredEventDetails", {}).get("name") for event in events)
    return [state for state in entered if state]


def telling(force: Force, incident_id: str, event: str) -> str:
    """The ARN of the execution that tells of it."""
    machine = force.stack.environment("ModerateApi")["INCIDENT_ARN"]
    return f"{machine.replace(':stateMachine:', ':execution:')}:{incident_id}-{event}"
