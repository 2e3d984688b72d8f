"""Starting, stopping and naming executions; direct calls; event rules; finding; noise."""

import json
import logging
import os
import threading
from pathlib import Path
from typing import Any
from uuid import uuid4

import moto
from moto.stepfunctions.models import StateMachine
from moto.stepfunctions.parser.asl.antlr.runtime.ASLParser import ASLParser
from moto.stepfunctions.parser.asl.utils.boto_client import boto_client_for
from moto.stepfunctions.parser.backend.execution import Execution

from tests.workflows.moto_scenarios.cloud import (
    GLANCE,
    Asked,
    Cloud,
    meet,
    outcome,
    together,
)

LONG = {"Long": {"Type": "Wait", "Seconds": 90000, "End": True}}


def two_without_a_name(cloud: Cloud) -> str:
    """Executions nobody named do not collide."""
    machine = cloud.machine(LONG)
    start = cloud.client("stepfunctions").start_execution
    start(stateMachineArn=machine, input='{"first": true}')
    return outcome(start, stateMachineArn=machine, input='{"first": false}')


def name_aws_would_refuse(cloud: Cloud) -> list[str]:
    """A name with a forbidden character, and one that is too long."""
    machine = cloud.machine(LONG)
    start = cloud.client("stepfunctions").start_execution
    return [outcome(start, stateMachineArn=machine, name=name) for name in ("post#1", "n" * 81)]


def same_name_at_the_same_instant(cloud: Cloud) -> int:
    """Two starts of one name are one execution."""
    machine, name = cloud.machine(LONG), uuid4().hex
    meeting = threading.Barrier(2)
    before = StateMachine._handle_name_input_idempotency

    def wait(self: Any, *asked: Any) -> Any:
        found = before(self, *asked)
        meet(meeting, cloud)
        return found

    StateMachine._handle_name_input_idempotency = wait
    try:
        start = cloud.client("stepfunctions").start_execution
        together(lambda: start(stateMachineArn=machine, name=name, input="{}"))
    finally:
        StateMachine._handle_name_input_idempotency = before
    found = cloud.client("stepfunctions").list_executions(stateMachineArn=machine)
    return len(found["executions"])


def status_before_the_start(_cloud: Cloud) -> str:
    """An execution can be asked about the instant it is listed."""
    execution = Execution.__new__(Execution)
    execution.exec_status = None
    try:
        return execution.status
    except AttributeError as error:
        return type(error).__name__


def stopped_while_asking(cloud: Cloud) -> list[Any]:
    """An execution stopped while it waits for a decision is aborted at once, and says why."""
    asked = Asked(cloud, "stopped")
    caught = [{"ErrorEquals": ["States.ALL"], "Next": "Caught"}]
    execution = cloud.start({"Ask": asked.state(Catch=caught), "Caught": {"Type": "Succeed"}})
    cloud.wait_for_events(execution, "TaskSubmitted")
    answer = _stop(cloud, execution)
    events = cloud.client("stepfunctions").get_execution_history(executionArn=execution)["events"]
    return [answer["status"], answer.get("error"), answer.get("cause"), events[-1]["type"]]


def stopped_in_a_map(cloud: Cloud) -> str:
    """The same with several branches waiting."""
    asked = Asked(cloud, "stopped-map")
    each = {
        "Type": "Map",
        "ItemProcessor": {
            "ProcessorConfig": {"Mode": "INLINE"},
            "StartAt": "Ask",
            "States": {"Ask": asked.state()},
        },
        "End": True,
    }
    execution = cloud.start({"Each": each}, [1, 2, 3])
    cloud.wait_for_events(execution, "TaskSubmitted", 3)
    return _stop(cloud, execution)["status"]


def stopped_before_a_retry(cloud: Cloud) -> str:
    """The same in the pause before a retry."""

    def fail(_event: dict[str, Any]) -> None:
        raise ConnectionError

    again = {"ErrorEquals": ["ConnectionError"], "IntervalSeconds": 900, "MaxAttempts": 1}
    task = {
        "Type": "Task",
        "Resource": "arn:aws:states:::lambda:invoke",
        "Parameters": {
            "FunctionName": cloud.function("stopped-retry", fail),
            "Payload": {"function": "stopped-retry"},
        },
        "Retry": [again],
        "End": True,
    }
    execution = cloud.start({"Try": task})
    cloud.wait_for_events(execution, "TaskFailed")
    return _stop(cloud, execution)["status"]


def _stop(cloud: Cloud, execution: str) -> dict[str, Any]:
    cloud.client("stepfunctions").stop_execution(
        executionArn=execution, error="Withdrawn", cause="the author thought again"
    )
    return cloud.end(execution, 20 if cloud.repaired else GLANCE)


def clients_are_shared(_cloud: Cloud) -> bool:
    """Tasks do not make a boto3 client each."""
    return boto_client_for("eu-west-2", "lambda") is boto_client_for("eu-west-2", "lambda")


def definition_is_read_once(cloud: Cloud) -> int:
    """Starting an execution does not read its definition's text again; returns how often it was."""
    machine, read = cloud.machine({"Only": {"Type": "Succeed"}}), []
    before = ASLParser.state_machine

    def count(self: Any) -> Any:
        read.append(machine)
        return before(self)

    ASLParser.state_machine = count
    try:
        for number in range(3):
            start = cloud.client("stepfunctions").start_execution
            cloud.end(start(stateMachineArn=machine, name=f"n-{number}")["executionArn"])
    finally:
        ASLParser.state_machine = before
    return len(read)


def put_object_with_a_json_body(cloud: Cloud) -> str:
    """A direct call whose argument is JSON where the API takes bytes."""
    s3 = cloud.client("s3")
    where = {"LocationConstraint": "eu-west-2"}
    s3.create_bucket(Bucket="direct", CreateBucketConfiguration=where)
    task = {
        "Type": "Task",
        "Resource": "arn:aws:states:::aws-sdk:s3:putObject",
        "Parameters": {"Bucket": "direct", "Key": "k", "Body": {"a": 1}},
        "End": True,
    }
    return cloud.end(cloud.start({"Put": task}))["status"]


def execution_started_by_another(cloud: Cloud) -> list[Any]:
    """states:startExecution, its arguments and answer in the API's casing."""
    task = {
        "Type": "Task",
        "Resource": "arn:aws:states:::states:startExecution",
        "Parameters": {"StateMachineArn": cloud.machine(LONG), "Input": {"a": 1}},
        "End": True,
    }
    answer = cloud.end(cloud.start({"Start": task}))
    said = json.loads(answer.get("output", "{}"))
    return [answer["status"], sorted(said), str(said.get("StartDate"))[-1:]]


def event_beside_a_schedule_rule(cloud: Cloud) -> list[Any]:
    """A rule with only a schedule matches no event; functions and machines are called."""
    called: list[Any] = []
    events, machine = cloud.client("events"), cloud.machine({"End": {"Type": "Succeed"}})

    def take(event: dict[str, Any]) -> None:
        called.append(event["detail"])

    function = cloud.function("listener", take)
    events.put_rule(Name="hourly", ScheduleExpression="rate(1 hour)")
    events.put_targets(Rule="hourly", Targets=[{"Id": "1", "Arn": function}])
    events.put_rule(Name="news", EventPattern='{"source": ["bluelamp"]}')
    given = json.dumps({"function": "listener", "detail": "heard"})
    targets = [{"Id": "1", "Arn": function, "Input": given}, {"Id": "2", "Arn": machine}]
    events.put_targets(Rule="news", Targets=targets)
    entry = {"Source": "bluelamp", "DetailType": "x", "Detail": '{"post": 1}'}
    said = outcome(events.put_events, Entries=[entry])
    for name, ids in (("hourly", ["1"]), ("news", ["1", "2"])):
        events.remove_targets(Rule=name, Ids=ids)
    found = cloud.client("stepfunctions").list_executions(stateMachineArn=machine)
    return [said, called, len(found["executions"])]


def caught_failures_are_logged(_cloud: Cloud) -> bool:
    """What a state machine catches is no error of the local force."""
    return logging.getLogger("moto.stepfunctions.parser").isEnabledFor(logging.ERROR)


def service_is_found_without_the_disk(cloud: Cloud) -> int:
    """A call does not look through moto's folders for its service; returns how often it did."""
    tables, looked = cloud.client("dynamodb"), []
    tables.list_tables()
    before = os.listdir

    def count(*path: Any) -> list[str]:
        looked.extend(path)
        return before(*path)

    os.listdir = count
    try:
        tables.list_tables()
    finally:
        os.listdir = before
    return looked.count(str(Path(moto.__file__).parent))


SCENARIOS = (
    two_without_a_name,
    name_aws_would_refuse,
    same_name_at_the_same_instant,
    status_before_the_start,
    stopped_while_asking,
    stopped_in_a_map,
    stopped_before_a_retry,
    clients_are_shared,
    definition_is_read_once,
    put_object_with_a_json_body,
    execution_started_by_another,
    event_beside_a_schedule_rule,
    caught_failures_are_logged,
    service_is_found_without_the_disk,
)
