"""How many workers run at once, what becomes of events, and that all of it ends."""

import threading

import pytest

from local.lambdas import StoppedError, TooManyRequestsError
from tests.unit.local.houses import a_function, is_running


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


def test_what_is_queued_can_be_waited_for_and_not_for_ever(house, tmp_path):
    lambdas = house(a_function("greet.steps.shout"), a_function("greet.steps.wait_for_file"))
    lambdas.send("wait_for_file", {"file": str(tmp_path / "never")})
    lambdas.settle(0.05)

    (tmp_path / "never").touch()
    lambdas.send("shout", {"word": ""})
    lambdas.settle()

    assert [lost.function for lost in lambdas.lost] == ["Shout"]


def test_one_function_can_be_waited_for_while_another_is_at_work(house, tmp_path):
    lambdas = house(a_function("greet.steps.shout"), a_function("greet.steps.wait_for_file"))
    lambdas.send("wait_for_file", {"file": str(tmp_path / "never")})
    lambdas.send("shout", {"word": ""})

    lambdas.settle(3600, of="Shout")  # whoever waits for both is ended by the test's own time-out

    assert [lost.function for lost in lambdas.lost] == ["Shout"]
    (tmp_path / "never").touch()
    lambdas.settle()


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
