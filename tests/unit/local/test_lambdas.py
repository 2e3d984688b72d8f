"""Handlers run in processes of their own and fail as they fail on Lambda."""

import os
import signal
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from local.function import Function
from local.lambdas import (
    Lambdas,
    NoSuchFunctionError,
    PayloadTooLargeError,
    StoppedError,
    TooManyRequestsError,
)

CODE = Path(__file__).parent / "assets" / "small" / "functions"
CLOUD = {"AWS_REGION": "eu-west-2", "AWS_ENDPOINT_URL": "http://127.0.0.1:1"}


def a_function(handler, **settings):
    name = handler.rpartition(".")[2]
    defaults = {"timeout": 20, "memory": 256}
    return Function(
        logical_id=name.title(),
        name=name,
        arn=f"arn:aws:lambda:eu-west-2:123456789012:function:{name}",
        handler=handler,
        folder=CODE,
        **{**defaults, **settings},
    )


class House:
    """Some functions on a clock that can be set."""

    def __init__(self, folder):
        self.offset = timedelta()
        self._folder = folder
        self.running = []

    def __call__(self, *functions):
        known = {function.logical_id: function for function in functions}
        lambdas = Lambdas(known, CLOUD, lambda: self.offset, self._folder / "logs")
        self.running.append(lambdas)
        return lambdas


@pytest.fixture
def house(tmp_path):
    house = House(tmp_path)
    yield house
    for lambdas in house.running:
        lambdas.stop()


def is_running(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


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
    while is_running(first) and Path(f"/proc/{first}/stat").read_text().split()[2] != "Z":
        threading.Event().wait(0.01)

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


def test_calls_run_side_by_side_in_workers_of_their_own(house, tmp_path):
    lambdas = house(a_function("greet.steps.wait_for_file"))
    go = tmp_path / "go"
    pids = []

    def call():
        pids.append(lambdas.call("wait_for_file", {"file": str(go)}).result()["pid"])

    threads = [threading.Thread(target=call) for _ in range(2)]
    for thread in threads:
        thread.start()
    while len(lambdas.pids()) < 2:
        threading.Event().wait(0.01)
    go.touch()
    for thread in threads:
        thread.join()

    assert len(set(pids)) == 2


def test_a_reserved_concurrency_of_one_is_kept(house, tmp_path):
    lambdas = house(a_function("greet.steps.wait_for_file", reserved=1))
    go = tmp_path / "go"
    lambdas.send("wait_for_file", {"file": str(go)})
    while not lambdas.pids():
        threading.Event().wait(0.01)

    with pytest.raises(TooManyRequestsError):
        lambdas.call("wait_for_file", {"file": str(go)})

    go.touch()
    assert lambdas.call("wait_for_file", {"file": str(go)}, wait=True).fault == ""


def test_an_event_that_always_fails_is_tried_again_and_then_kept_as_lost(house, tmp_path):
    lambdas = house(a_function("greet.steps.shout", retries=2))

    lambdas.send("shout", {"word": ""})
    while not lambdas.lost:
        threading.Event().wait(0.01)

    [lost] = lambdas.lost
    tries = (tmp_path / "logs" / "Shout.log").read_text().count("TooQuietError: Say something.")
    assert tries == 3
    assert (lost.function, lost.event) == ("Shout", {"word": ""})
    assert lost.error["errorType"] == "TooQuietError"


def test_stopping_ends_every_worker_even_a_busy_one(house, tmp_path):
    lambdas = house(a_function("greet.steps.tell"), a_function("greet.steps.hang"))
    lambdas.call("tell", {})
    lambdas.send("hang", {})
    while len(lambdas.pids()) < 2:
        threading.Event().wait(0.01)
    pids = lambdas.pids()

    lambdas.stop()

    assert not any(is_running(pid) for pid in pids)
    with pytest.raises(StoppedError):
        lambdas.call("tell", {})
