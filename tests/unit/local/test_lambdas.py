"""Handlers run in processes of their own and fail as they fail on Lambda."""

import os
import signal
from datetime import UTC, datetime, timedelta

import pytest

from local.lambdas import NoSuchFunctionError, PayloadTooLargeError
from tests.unit.local.houses import CLOUD, CODE, a_function


def test_a_handler_gets_the_event_and_a_context(house):
    lambdas = house(a_function("greet.steps.tell"))

    told = lambdas.call("tell", {"word": "café"}).result()

    assert told["event"] == {"word": "café"}
    assert told["function_name"] == "tell"
    assert told["arn"] == "arn:aws:lambda:eu-west-2:123456789012:function:tell"
    assert told["memory"] == "256"
    assert 0 < told["remaining"] <= 20_000
    assert len(told["request_id"]) == 36


def test_a_function_is_found_by_its_arn(house):
    function = a_function("greet.steps.tell")

    assert house(function).call(function.arn, {}).result()["function_name"] == "tell"


def test_a_handler_sees_its_own_environment_and_no_other(house, monkeypatch):
    monkeypatch.setenv("SECRET_OF_THE_PARENT", "not for you")
    lambdas = house(a_function("greet.steps.tell", environment={"TABLE": "things"}))

    told = lambdas.call("tell", {}).result()

    assert told["environment"]["TABLE"] == "things"
    assert told["environment"]["AWS_ENDPOINT_URL"] == CLOUD["AWS_ENDPOINT_URL"]
    assert told["environment"]["PYTHONPATH"] == told["folder"] == str(CODE)
    assert "SECRET_OF_THE_PARENT" not in told["environment"]


def test_a_handler_cannot_import_the_local_stack(house):
    assert house(a_function("greet.steps.trespass")).call("trespass", {}).result() == []


def test_a_worker_stays_warm(house):
    lambdas = house(a_function("greet.steps.tell"))

    first, second = (lambdas.call("tell", {}).result() for _ in range(2))

    assert first["pid"] == second["pid"]
    assert second["calls"] == 2


def test_what_a_handler_prints_does_not_reach_the_answer(house):
    assert house(a_function("greet.steps.chatter")).call("chatter", {}).result() == {"input": ""}


def test_an_exception_is_reported_by_its_class(house):
    outcome = house(a_function("greet.steps.shout")).call("shout", {})

    error = outcome.result()
    assert outcome.fault == "Unhandled"
    assert (error["errorType"], error["errorMessage"]) == ("TooQuietError", "Say something.")
    assert "in shout" in error["stackTrace"][0]
    assert "TooQuietError" in outcome.log_tail


@pytest.mark.parametrize(
    ("handler", "kind"),
    [
        ("greet.steps.unspeakable", "Runtime.MarshalError"),
        ("greet.steps.endless", "Function.ResponseSizeTooLarge"),
        ("greet.steps.die", "Runtime.ExitError"),
        ("greet.nowhere.found", "Runtime.ImportModuleError"),
        ("greet.steps.absent", "Runtime.HandlerNotFound"),
    ],
)
def test_a_handler_that_misbehaves_fails_by_lambdas_own_name(house, handler, kind):
    lambdas = house(a_function(handler))

    outcome = lambdas.call(handler.rpartition(".")[2], {})

    assert (outcome.fault, outcome.result()["errorType"]) == ("Unhandled", kind)


@pytest.mark.thorough
def test_a_handler_that_takes_too_long_is_killed_and_started_afresh(house):
    lambdas = house(a_function("greet.steps.hang", timeout=1))

    outcome = lambdas.call("hang", {})

    assert outcome.result()["errorType"] == "Sandbox.Timedout"
    assert "Task timed out after 1.00 seconds" in outcome.result()["errorMessage"]
    assert lambdas.pids() == []


def test_a_worker_that_died_is_replaced(house):
    lambdas = house(a_function("greet.steps.die"))

    outcomes = [lambdas.call("die", {}).result()["errorType"] for _ in range(2)]

    assert outcomes == ["Runtime.ExitError"] * 2


def test_a_worker_that_somebody_ended_is_replaced_without_a_word(house):
    lambdas = house(a_function("greet.steps.tell"))
    first = lambdas.call("tell", {}).result()["pid"]
    os.kill(first, signal.SIGKILL)
    os.waitid(os.P_PID, first, os.WEXITED | os.WNOWAIT)

    second = lambdas.call("tell", {})

    assert second.fault == ""
    assert lambdas.pids() == [second.result()["pid"]] != [first]


def test_an_unknown_function_is_refused(house):
    with pytest.raises(NoSuchFunctionError, match="no function elsewhere"):
        house().call("elsewhere", {})


def test_an_event_over_the_quota_is_refused(house):
    lambdas = house(a_function("greet.steps.tell"))

    with pytest.raises(PayloadTooLargeError):
        lambdas.call("tell", "x" * 7_000_000)
    with pytest.raises(PayloadTooLargeError):
        lambdas.send("tell", "x" * 2_000_000)


def test_a_turned_clock_is_seen_by_the_handler(house):
    lambdas = house(a_function("greet.steps.tell"))
    seen = []

    for days in (0, 30, 400):
        house.offset = timedelta(days=days)
        seen.append(datetime.fromisoformat(lambdas.call("tell", {}).result()["now"]))

    now = datetime.now(UTC)
    ahead = [round((moment - now) / timedelta(days=1)) for moment in seen]
    assert ahead == [0, 30, 400]
