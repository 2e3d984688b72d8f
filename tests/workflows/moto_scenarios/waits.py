"""Waiting by the clock."""

import os
import threading
import time
from datetime import UTC, datetime, timedelta
from typing import Any

from local.moto_repairs import executions_rest
from tests.workflows.moto_scenarios.cloud import GLANCE, HOUR, PATIENCE, Asked, Cloud, poll


def approval_expires(cloud: Cloud) -> str:
    """An approval nobody gives expires when the clock is turned a day."""
    asked = Asked(cloud, "expires")
    execution = cloud.start({"Ask": asked.state()})
    asked.token()
    return cloud.turned(execution)


def approval_expires_by_its_path(cloud: Cloud) -> str:
    """The same, its time-out read from the input."""
    asked = Asked(cloud, "expires-by-path")
    state = asked.state(TimeoutSecondsPath="$.seconds")
    del state["TimeoutSeconds"]
    execution = cloud.start({"Ask": state}, {"seconds": 90000})
    asked.token()
    return cloud.turned(execution)


def heartbeat_missed(cloud: Cloud) -> str:
    """A heartbeat that does not come."""
    asked = Asked(cloud, "missed")
    execution = cloud.start({"Ask": asked.state(HeartbeatSeconds=3600)})
    asked.token()
    return cloud.turned(execution, 2 * HOUR)


def _wait(cloud: Cloud, given: Any = None, **how: Any) -> str:
    execution = cloud.start({"Long": {"Type": "Wait", "End": True} | how}, given)
    return cloud.turned(execution)


def wait_seconds(cloud: Cloud) -> str:
    """Wait, Seconds."""
    return _wait(cloud, Seconds=90000)


def wait_seconds_path(cloud: Cloud) -> str:
    """Wait, SecondsPath."""
    return _wait(cloud, {"seconds": 90000}, SecondsPath="$.seconds")


def wait_timestamp(cloud: Cloud) -> str:
    """Wait, Timestamp."""
    return _wait(cloud, Timestamp=_tomorrow(cloud, "Z"))


def wait_timestamp_path(cloud: Cloud) -> str:
    """Wait, TimestampPath."""
    return _wait(cloud, {"due_at": _tomorrow(cloud, "Z")}, TimestampPath="$.due_at")


def wait_for_a_moment_with_an_offset(cloud: Cloud) -> str:
    """Wait, TimestampPath, in local time."""
    return _wait(cloud, {"due_at": _tomorrow(cloud, "+00:00")}, TimestampPath="$.due_at")


def _tomorrow(cloud: Cloud, zone: str) -> str:
    return f"{cloud.now() + 24 * HOUR:%Y-%m-%dT%H:%M:%S}{zone}"


def wait_is_never_short(cloud: Cloud) -> bool:
    """Whoever waits for a moment does not wake before it, not by a fraction of a second."""
    due = (cloud.now() + timedelta(seconds=2.5)).replace(microsecond=999_000)
    text = f"{due:%Y-%m-%dT%H:%M:%S}.999Z"
    execution = cloud.start({"Due": {"Type": "Wait", "Timestamp": text, "End": True}})
    cloud.end(execution)
    history = cloud.client("stepfunctions").get_execution_history(executionArn=execution)
    return history["events"][-1]["timestamp"] >= due


def wait_on_a_machine_far_east(cloud: Cloud) -> str:
    """A moment is a moment, whatever the machine's time zone."""
    os.environ["TZ"] = "Asia/Tokyo"
    time.tzset()
    try:
        due = f"{cloud.now() + 2 * HOUR:%Y-%m-%dT%H:%M:%SZ}"
        execution = cloud.start({"Due": {"Type": "Wait", "Timestamp": due, "End": True}})
        return cloud.end(execution, GLANCE)["status"]
    finally:
        del os.environ["TZ"]
        time.tzset()


def retry_interval(cloud: Cloud) -> str:
    """The pause before a retry."""

    def fail(_event: dict[str, Any]) -> None:
        raise ConnectionError

    arn = cloud.function("fails", fail)
    execution = cloud.start({"Try": _call(arn, "fails", Retry=[_again(90000)])})
    return cloud.turned(execution)


def execution_time_out(cloud: Cloud) -> str:
    """An execution that takes longer than it may."""
    long = {"Long": {"Type": "Wait", "Seconds": 900000, "End": True}}
    return cloud.turned(cloud.start(long, TimeoutSeconds=90000))


def work_in_hand(cloud: Cloud) -> str:
    """A function at work is not timed out by turning the clock: it has not worked a day."""
    at_work, finish = threading.Event(), threading.Event()

    def work(_event: dict[str, Any]) -> bool:
        at_work.set()
        return finish.wait(20)

    arn = cloud.function("works", work)
    execution = cloud.start({"Work": _call(arn, "works", TimeoutSeconds=60)})
    at_work.wait(20)
    cloud.clock.advance(25 * HOUR)
    cloud.end(execution, GLANCE)
    finish.set()
    return cloud.end(execution)["status"]


def rest_is_told(cloud: Cloud) -> list[bool]:
    """An execution does not rest while its function is at work, and rests while it waits; nor is
    its time-out, for which somebody waits all the while, a reason to say that it rests."""
    at_work, finish = threading.Event(), threading.Event()

    def work(_event: dict[str, Any]) -> bool:
        at_work.set()
        return finish.wait(20)

    arn = cloud.function("works-on", work)
    work_state = _call(arn, "works-on", Next="Long")
    del work_state["End"]
    states = {"Work": work_state, "Long": {"Type": "Wait", "Seconds": 90000, "End": True}}
    execution = cloud.start(states, TimeoutSeconds=180000)
    at_work.wait(20)
    before = executions_rest()
    finish.set()
    cloud.wait_until_in(execution, "Long")
    return [before, poll(executions_rest, PATIENCE) is True]


def short_time_out_of_a_plain_task(cloud: Cloud) -> str:
    """A function that really takes too long is timed out, the clock turned or not."""
    finish = threading.Event()
    arn = cloud.function("slow", lambda _event: finish.wait(20))
    execution = cloud.start({"Work": _call(arn, "slow", TimeoutSeconds=1)})
    answer = cloud.end(execution)
    finish.set()
    return answer["error"]


def fifty_wait_at_once(cloud: Cloud) -> int:
    """One turn ends them all."""
    machine = cloud.machine({"Long": {"Type": "Wait", "Seconds": 90000, "End": True}})
    sfn = cloud.client("stepfunctions")
    before = cloud.clock.waiting
    for number in range(50):
        sfn.start_execution(stateMachineArn=machine, name=f"wait-{number}")
    poll(lambda: cloud.clock.waiting - before == 50, 20 if cloud.repaired else GLANCE)
    cloud.clock.advance(26 * HOUR)

    def succeeded() -> int:
        pages = sfn.get_paginator("list_executions").paginate(
            stateMachineArn=machine, statusFilter="SUCCEEDED"
        )
        return sum(len(page["executions"]) for page in pages)

    poll(lambda: succeeded() == 50, 20 if cloud.repaired else GLANCE)
    return succeeded()


def dates_follow_the_clock(cloud: Cloud) -> list[bool]:
    """StartDate, the history and $$.State.EnteredTime are the clock's."""
    cloud.clock.advance(25 * HOUR)
    ahead = datetime.now(UTC) + cloud.clock.offset - HOUR
    entered = {"Type": "Pass", "Parameters": {"at.$": "$$.State.EnteredTime"}, "End": True}
    execution = cloud.start({"Now": entered})
    answer = cloud.end(execution)
    history = cloud.client("stepfunctions").get_execution_history(executionArn=execution)
    at = answer["output"].split('"')[3]
    times = answer["startDate"], history["events"][0]["timestamp"], datetime.fromisoformat(at)
    return [moment > ahead for moment in times]


def _call(arn: str, name: str, **fields: Any) -> dict[str, Any]:
    return {
        "Type": "Task",
        "Resource": "arn:aws:states:::lambda:invoke",
        "Parameters": {"FunctionName": arn, "Payload": {"function": name}},
        "End": True,
    } | fields


def _again(seconds: int) -> dict[str, Any]:
    return {"ErrorEquals": ["ConnectionError"], "IntervalSeconds": seconds, "MaxAttempts": 1}


SCENARIOS = (
    approval_expires,
    approval_expires_by_its_path,
    heartbeat_missed,
    wait_seconds,
    wait_seconds_path,
    wait_timestamp,
    wait_timestamp_path,
    wait_for_a_moment_with_an_offset,
    wait_is_never_short,
    wait_on_a_machine_far_east,
    retry_interval,
    execution_time_out,
    work_in_hand,
    rest_is_told,
    short_time_out_of_a_plain_task,
    fifty_wait_at_once,
    dates_follow_the_clock,
)
