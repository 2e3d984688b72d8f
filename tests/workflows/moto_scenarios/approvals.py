"""Task tokens: what an approval stands on."""

from typing import Any

from tests.workflows.moto_scenarios.cloud import HOUR, Asked, Cloud, outcome

LONG = {"Type": "Wait", "Seconds": 90000, "End": True}


def cause_of_a_failure(cloud: Cloud) -> Any:
    """SendTaskFailure's cause reaches the state that catches it."""
    asked = Asked(cloud, "cause")
    caught = [{"ErrorEquals": ["Returned"], "ResultPath": "$.said", "Next": "Kept"}]
    execution = cloud.start(
        {
            "Ask": asked.state(Catch=caught),
            "Kept": {"Type": "Pass", "OutputPath": "$.said", "End": True},
        }
    )
    cloud.client("stepfunctions").send_task_failure(
        taskToken=asked.token(), error="Returned", cause="too long"
    )
    return cloud.end(execution)["output"]


def heartbeat_nobody_asked_for(cloud: Cloud) -> str:
    """A heartbeat to a Task without HeartbeatSeconds is harmless."""
    asked = Asked(cloud, "heartbeat")
    cloud.start({"Ask": asked.state()})
    return outcome(cloud.client("stepfunctions").send_task_heartbeat, taskToken=asked.token())


def second_decision(cloud: Cloud) -> list[str]:
    """One token, one decision, though the execution goes on."""
    asked = Asked(cloud, "second")
    execution = cloud.start({"Ask": asked.state(Next="Long"), "Long": LONG})
    token, decide = asked.token(), cloud.client("stepfunctions").send_task_success
    first = outcome(decide, taskToken=token, output='"yes"')
    cloud.wait_until_in(execution, "Long")
    return [first, outcome(decide, taskToken=token, output='"no"')]


def two_decisions_at_once(cloud: Cloud) -> list[str]:
    """The second is refused though the first has not been acted on yet."""
    asked = Asked(cloud, "at-once")
    cloud.start({"Ask": asked.state(Next="Long"), "Long": LONG})
    token, sfn = asked.token(), cloud.client("stepfunctions")
    return [
        outcome(sfn.send_task_success, taskToken=token, output='"yes"'),
        outcome(sfn.send_task_failure, taskToken=token, error="No"),
    ]


def decision_after_the_time_out(cloud: Cloud) -> str:
    """A decision that comes too late is refused, though the execution goes on."""
    asked = Asked(cloud, "too-late")
    caught = [{"ErrorEquals": ["States.Timeout"], "Next": "Long"}]
    execution = cloud.start(
        {"Ask": asked.state(TimeoutSeconds=1, Catch=caught, Next="Long"), "Long": LONG}
    )
    token = asked.token()
    cloud.clock.advance(HOUR)
    cloud.wait_until_in(execution, "Long")
    return outcome(cloud.client("stepfunctions").send_task_success, taskToken=token, output="1")


def decision_after_the_end(cloud: Cloud) -> str:
    """The token of an execution that is over is a closed token, not an unknown one."""
    asked = Asked(cloud, "after-the-end")
    execution = cloud.start({"Ask": asked.state()})
    token, decide = asked.token(), cloud.client("stepfunctions").send_task_success
    decide(taskToken=token, output="1")
    cloud.end(execution)
    return outcome(decide, taskToken=token, output="1")


def unknown_token(cloud: Cloud) -> str:
    """A token nobody was given."""
    return outcome(cloud.client("stepfunctions").send_task_success, taskToken="x", output="1")


def decision_that_is_not_json(cloud: Cloud) -> str:
    """The output of a Task is JSON."""
    asked = Asked(cloud, "not-json")
    cloud.start({"Ask": asked.state()})
    decide = cloud.client("stepfunctions").send_task_success
    return outcome(decide, taskToken=asked.token(), output="yes, please")


def asking_again(cloud: Cloud) -> str:
    """A retried Task asks with a token of its own, and waits for its own answer."""
    asked = Asked(cloud, "again")
    again = [{"ErrorEquals": ["Unsure"], "IntervalSeconds": 1, "MaxAttempts": 1}]
    execution = cloud.start({"Ask": asked.state(Retry=again)})
    first, sfn = asked.token(), cloud.client("stepfunctions")
    sfn.send_task_failure(taskToken=first, error="Unsure")
    second = asked.token()
    if first == second:
        return "the same token again"
    sfn.send_task_success(taskToken=second, output='"yes"')
    return cloud.end(execution)["status"]


SCENARIOS = (
    cause_of_a_failure,
    heartbeat_nobody_asked_for,
    second_decision,
    two_decisions_at_once,
    decision_after_the_time_out,
    decision_after_the_end,
    unknown_token,
    decision_that_is_not_json,
    asking_again,
)
