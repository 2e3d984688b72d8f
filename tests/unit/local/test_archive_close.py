"""A month sealed by hand: what is started, how long it is followed, and what is told in the end."""

import json
from datetime import UTC, datetime

import pytest
from botocore.exceptions import ClientError

from local.archive.close import (
    Closed,
    Ending,
    Machine,
    NoAnswerError,
    NoMachineError,
    StillRunningError,
    Watch,
    close,
)
from local.cli import main
from shared.months.logslice import Cut
from shared.months.month import Month
from shared.months.note import Sealed, sign_month
from shared.recordlog.note import LocalSigner
from shared.records.months import SealedMonth

OCTOBER = Month(2026, 10)
NOW = datetime(2026, 11, 3, 9, 30, 5, tzinfo=UTC)
ARN = "arn:aws:states:eu-west-2:123456789012:stateMachine:moorshire-monthly_archive"


class Steps:
    """Step Functions as far as this needs it: machines on pages, and statuses one after another."""

    def __init__(
        self, *statuses, pages=(("moorshire-publication",), ("moorshire-monthly_archive",))
    ):
        self.statuses, self.pages, self.started = list(statuses), pages, []

    def list_state_machines(self, nextToken="0"):  # noqa: N803 - the name is AWS's
        at = int(nextToken)
        machines = [
            {"name": name, "stateMachineArn": ARN.replace("moorshire-monthly_archive", name)}
            for name in self.pages[at]
        ]
        more = {"nextToken": str(at + 1)} if at + 1 < len(self.pages) else {}
        return {"stateMachines": machines, **more}

    def start_execution(self, **given):
        self.started.append(given)
        return {"executionArn": f"{ARN.replace('stateMachine', 'execution')}:{given['name']}"}

    def describe_execution(self, executionArn):  # noqa: N803
        status = self.statuses.pop(0) if len(self.statuses) > 1 else self.statuses[0]
        said = {"name": executionArn.rsplit(":", 1)[-1], "status": status}
        if status == "FAILED":
            said |= {"error": "MonthBroken", "cause": "A step failed five times."}
        return said


class Waiting:
    """Time that passes only by waiting."""

    def __init__(self):
        self.seconds = 0.0

    def sleep(self, seconds):
        self.seconds += seconds

    @property
    def watch(self):
        return Watch(lambda: NOW, lambda: self.seconds, self.sleep)


@pytest.fixture
def sealed():
    origin = "moorshire.example/record-log"
    start, end = Cut(5, b"\1" * 32), Cut(12, b"\2" * 32)
    said = Sealed(origin, OCTOBER, "ab" * 32, start, end, "cd" * 32)
    return SealedMonth(
        sign_month(said, [LocalSigner("moorshire.example/archive", b"a" * 32)]).decode(), NOW
    )


def closing(steps, *known, wait_seconds=60.0):
    """`close` of October, where each look at the record finds the next of `known`."""
    looks = iter(known)
    machine = Machine(steps, "moorshire")
    return close(OCTOBER, lambda: next(looks), machine, Waiting().watch, wait_seconds=wait_seconds)


def test_a_month_that_is_sealed_is_told_and_nothing_is_started(sealed):
    steps = Steps()

    closed = closing(steps, sealed)

    assert steps.started == []
    assert closed.as_text() == (
        f"2026-10 was already sealed (2026-11-03 09:30 UTC): 7 leaves, bag {'ab' * 32}."
    )


def test_a_month_is_sealed_by_the_machine_of_that_stack_and_followed_to_its_end(sealed):
    steps = Steps("RUNNING", "RUNNING", "SUCCEEDED")

    closed = closing(steps, None, sealed)

    [started] = steps.started
    assert started["stateMachineArn"] == ARN
    assert started["name"] == "2026-10.by-hand.2026-11-03T09-30-05"
    assert json.loads(started["input"]) == {"due": "2026-10"}
    assert "is sealed" in closed.as_text()
    assert closed.as_json() == {
        "month": "2026-10",
        "sealed": True,
        "bag": "ab" * 32,
        "recorded_at": NOW.isoformat(),
        "leaves": 7,
        "size": 12,
        "execution": {"name": started["name"], "status": "SUCCEEDED", "error": "", "cause": ""},
    }


def test_a_month_that_is_not_due_is_told_to_be_so():
    closed = closing(Steps("SUCCEEDED"), None, None)

    assert closed.sealed is None
    assert closed.as_text().startswith("2026-10 is not sealed, and not due:")


def test_what_failed_is_told_by_the_words_of_the_machine():
    closed = closing(Steps("RUNNING", "FAILED"), None, None)

    assert "failed (MonthBroken: A step failed five times.)" in closed.as_text()
    assert closed.as_json()["execution"]["error"] == "MonthBroken"


def test_a_month_that_is_sealed_though_the_next_one_failed_is_sealed(sealed):
    closed = closing(Steps("FAILED"), None, sealed)

    assert closed.as_text().startswith("2026-10 is sealed")


def test_nobody_waits_for_ever_and_the_execution_goes_on():
    with pytest.raises(StillRunningError, match=r"2026-10\.by-hand\S+ is still running"):
        closing(Steps("RUNNING"), None, None, wait_seconds=10)


def test_a_stack_that_is_not_there_is_named():
    with pytest.raises(NoMachineError, match="moorshire-monthly_archive"):
        closing(Steps("SUCCEEDED", pages=(("other-monthly_archive",),)), None)


def test_what_aws_refuses_is_told():
    class Refusing(Steps):
        def start_execution(self, **given):
            refused = {"Error": {"Code": "AccessDeniedException", "Message": "Not yours."}}
            raise ClientError(refused, "StartExecution")

    with pytest.raises(NoAnswerError, match="Not yours"):
        closing(Refusing("SUCCEEDED"), None)


@pytest.mark.parametrize("typed", ["2026-13", "october", "2026-10/..", ""])
def test_a_month_is_written_as_its_folder_is(typed, capsys):
    with pytest.raises(SystemExit) as ended:
        main(["archive", "close", "--month", typed])

    assert ended.value.code == 2
    assert "--month" in capsys.readouterr().err


def test_without_a_force_here_it_is_said_how_to_name_one(monkeypatch, tmp_path, capsys):
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)
    monkeypatch.setattr("local.reach.BUILD", tmp_path)

    assert main(["archive", "close", "--month", "2026-10"]) == 2
    assert "start `bluelamp run`, or name --stack" in capsys.readouterr().err


def test_an_ending_without_words_is_still_a_sentence():
    closed = Closed(OCTOBER, None, Ending("2026-10.by-hand", "TIMED_OUT"))

    assert "2026-10.by-hand timed_out. What to do" in closed.as_text()
