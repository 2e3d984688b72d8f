"""Schedules fire by the clock: once for what a turn passed over, and every outcome is kept."""

import json
import threading
from datetime import UTC, datetime, timedelta
from queue import SimpleQueue
from zoneinfo import ZoneInfo

import pytest
from botocore.exceptions import ClientError

from local.clock import Clock
from local.occurrences import ScheduleExpressionError, parse
from local.schedules import Schedule, ScheduleNotFoundError, Schedules, due_between

JOB = "arn:aws:lambda:eu-west-2:123456789012:function:Job"
FLOW = "arn:aws:states:eu-west-2:123456789012:stateMachine:flow"
QUEUE = "arn:aws:sqs:eu-west-2:123456789012:queue"


class FakeCloud:
    """The three clients the schedules use, in memory; calls are kept in order."""

    def __init__(self) -> None:
        self.entries: dict[str, dict] = {}
        self.calls: SimpleQueue[tuple[str, dict]] = SimpleQueue()
        self.refusing: str | None = None
        self.fetched = 0

    def __call__(self, _service: str) -> "FakeCloud":
        return self

    def put(self, name: str, expression: str, arn: str = JOB, **other) -> None:
        self.entries[name] = {
            "GroupName": "default",
            "Name": name,
            "Arn": f"arn:aws:scheduler:eu-west-2:123456789012:schedule/default/{name}",
            "ScheduleExpression": expression,
            "ScheduleExpressionTimezone": "Europe/London",
            "CreationDate": datetime(2026, 1, 1, tzinfo=UTC),
            "LastModificationDate": datetime.now(UTC),
            "State": "ENABLED",
            "Target": {"Arn": arn, "Input": other.pop("target_input", "{}")},
        } | other

    def get_paginator(self, _operation: str) -> "FakeCloud":
        return self

    def paginate(self) -> list[dict]:
        return [{"Schedules": [entry]} for entry in list(self.entries.values())]

    def get_schedule(self, **named) -> dict:
        self.fetched += 1
        return self.entries[named["Name"]]

    def delete_schedule(self, **named) -> None:
        del self.entries[named["Name"]]

    def invoke(self, **call) -> None:
        self._take("invoke", call)

    def start_execution(self, **call) -> None:
        self._take("start_execution", call)

    def _take(self, operation: str, call: dict) -> None:
        if self.refusing and self.refusing in str(call):
            raise ClientError({"Error": {"Code": "No", "Message": "not now"}}, operation)
        self.calls.put((operation, call))

    def taken(self) -> list[str]:
        """The targets called so far, in order."""
        calls = [self.calls.get()[1] for _ in range(self.calls.qsize())]
        return [call.get("FunctionName") or call["stateMachineArn"] for call in calls]


def local_midnight(clock: Clock) -> None:
    """Turn the clock to just after the next midnight in London."""
    london = clock.now().astimezone(ZoneInfo("Europe/London"))
    midnight = (london + timedelta(days=1)).replace(hour=0, minute=0, second=1)
    clock.turn_to(midnight.astimezone(UTC))


def a_schedule(expression: str, name: str = "tick", **other) -> Schedule:
    fields = {
        "group": "default",
        "arn": "arn",
        "zone": ZoneInfo("UTC"),
        "counted_from": datetime(2026, 1, 1, tzinfo=UTC),
        "start": None,
        "end": None,
        "enabled": True,
        "target_arn": JOB,
        "target_input": "{}",
        "gone_when_done": False,
    }
    return Schedule(name=name, expression=parse(expression), **(fields | other))


def test_what_is_due_comes_oldest_first_whatever_the_schedule():
    first, third = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 1, 3, tzinfo=UTC)
    daily = a_schedule("cron(0 6 * * ? *)", "daily")
    once = a_schedule("at(2026-01-02T05:00:00)", "once")

    due = due_between([daily, once], first, third)

    assert [(one.schedule.name, one.at.day) for one in due] == [
        ("daily", 1),
        ("once", 2),
        ("daily", 2),
    ]


@pytest.mark.parametrize(
    "bounds",
    [
        {"enabled": False},
        {"start": datetime(2026, 1, 3, tzinfo=UTC)},
        {"end": datetime(2026, 1, 1, 5, tzinfo=UTC)},
    ],
    ids=["disabled", "not yet", "no more"],
)
def test_a_schedule_outside_its_bounds_is_not_due(bounds):
    schedule = a_schedule("cron(0 6 * * ? *)", **bounds)
    first, second = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 1, 2, tzinfo=UTC)

    assert due_between([schedule], first, second) == []


def test_a_rate_passed_over_by_a_turn_of_25_hours_fires_once():
    cloud, clock = FakeCloud(), Clock()
    cloud.put("sequence", "rate(1 minute)")
    schedules = Schedules(cloud, clock)

    clock.advance(timedelta(hours=25))
    fired = schedules.fire_due()

    assert [firing.name for firing in fired] == ["sequence"]
    assert cloud.taken() == [JOB]
    assert schedules.fire_due() == []


def test_what_ranks_lower_is_fired_before_what_was_due_for_longer():
    cloud, clock = FakeCloud(), Clock()
    for name, expression in (("a", "rate(1 hour)"), ("b", "rate(1 hour)"), ("c", "rate(1 minute)")):
        cloud.put(name, expression)
    schedules = Schedules(cloud, clock)

    clock.advance(timedelta(hours=1, seconds=5))
    fired = schedules.fire_due(lambda due: due.schedule.name != "c")

    assert [firing.name for firing in fired] == ["c", "a", "b"]


def test_where_the_clock_was_turned_what_was_under_way_comes_first():
    cloud, clock, story = FakeCloud(), Clock(), []
    cloud.put("sequence", "rate(1 minute)")
    schedules = Schedules(cloud, clock, lambda: story.append(cloud.taken()))

    schedules.fire_due()
    clock.advance(timedelta(hours=1))
    schedules.fire_due()

    assert story == [[]]
    assert cloud.taken() == [JOB]


def test_a_cron_passed_over_by_a_turn_fires_for_each_occurrence():
    cloud, clock = FakeCloud(), Clock()
    cloud.put("daily", "cron(30 6 * * ? *)", FLOW)
    local_midnight(clock)
    schedules = Schedules(cloud, clock)

    clock.advance(timedelta(days=3))
    fired = schedules.fire_due()

    assert cloud.taken() == [FLOW] * 3
    assert [firing.due_at for firing in fired] == sorted(firing.due_at for firing in fired)


def test_a_function_gets_its_input_with_the_context_filled_in_and_is_not_waited_for():
    cloud, clock = FakeCloud(), Clock()
    cloud.put("job", "rate(1 hour)", target_input='{"at": "<aws.scheduler.scheduled-time>"}')
    schedules = Schedules(cloud, clock)
    clock.advance(timedelta(hours=1))

    due_at = schedules.fire_due()[0].due_at
    operation, call = cloud.calls.get()

    assert (operation, call["InvocationType"]) == ("invoke", "Event")
    assert json.loads(call["Payload"]) == {"at": due_at.strftime("%Y-%m-%dT%H:%M:%SZ")}


def test_every_execution_of_a_state_machine_is_named_after_its_schedule():
    cloud = FakeCloud()
    cloud.put("flow", "rate(1 hour)", FLOW, target_input='{"month": "2026-01"}')
    schedules = Schedules(cloud, Clock())

    schedules.fire("flow")
    schedules.fire("default/flow")

    first, second = cloud.calls.get()[1], cloud.calls.get()[1]
    assert first["name"].startswith("flow-")
    assert first["name"] != second["name"]
    assert first["input"] == '{"month": "2026-01"}'


def test_a_schedule_that_asks_for_it_is_deleted_once_it_has_fired():
    cloud, clock = FakeCloud(), Clock()
    soon = clock.now().astimezone(ZoneInfo("Europe/London")) + timedelta(hours=2)
    cloud.put("once", f"at({soon:%Y-%m-%dT%H:%M:%S})", ActionAfterCompletion="DELETE")
    schedules = Schedules(cloud, clock)

    clock.advance(timedelta(hours=3))

    assert [firing.name for firing in schedules.fire_due()] == ["once"]
    assert cloud.entries == {}


def test_a_target_that_refuses_is_recorded_and_the_next_still_fires():
    cloud, clock = FakeCloud(), Clock()
    cloud.put("a-bad", "rate(1 hour)", JOB)
    cloud.put("b-odd", "rate(1 hour)", QUEUE)
    cloud.put("c-good", "rate(1 hour)", FLOW)
    cloud.refusing = JOB
    schedules = Schedules(cloud, clock)

    clock.advance(timedelta(hours=1))
    bad, odd, good = schedules.fire_due()

    assert "not now" in bad.error
    assert "neither a function nor a state machine" in odd.error
    assert good.error is None
    assert list(schedules.firings) == [bad, odd, good]


def test_a_schedule_is_fetched_again_only_when_it_has_changed():
    cloud = FakeCloud()
    cloud.put("job", "rate(1 hour)")
    schedules = Schedules(cloud, Clock())

    schedules.read()
    schedules.read()
    assert cloud.fetched == 1

    cloud.put("job", "rate(2 hours)")
    assert schedules.read()[0].expression == parse("rate(2 hours)")
    assert cloud.fetched == 2


def test_a_schedule_that_is_not_there_cannot_be_fired():
    with pytest.raises(ScheduleNotFoundError, match="no schedule 'nightly'"):
        Schedules(FakeCloud(), Clock()).fire("nightly")


def test_an_expression_that_cannot_be_kept_stops_the_start():
    cloud = FakeCloud()
    cloud.put("odd", "cron(0 9 15W * ? *)")

    with pytest.raises(ScheduleExpressionError, match="15W"):
        Schedules(cloud, Clock()).start()


def test_started_schedules_fire_as_soon_as_the_clock_is_turned_and_stop_when_told():
    cloud, clock = FakeCloud(), Clock()
    cloud.put("sequence", "rate(1 minute)")
    schedules = Schedules(cloud, clock)

    schedules.start()
    clock.advance(timedelta(hours=25))
    operation, call = cloud.calls.get(timeout=20)
    schedules.stop()

    assert (operation, call["FunctionName"]) == ("invoke", JOB)
    assert not [thread for thread in threading.enumerate() if thread.name == "schedules"]
