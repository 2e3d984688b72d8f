"""A month is sealed because somebody asks for it: the same state machine that the clock starts.

The execution is named by month and moment, so asking again starts another: whichever comes second
finds what the first wrote, and comes to the same bytes. What became of it is read from the record,
never from the execution alone.

CloseError
├── NoMachineError    this stack has no state machine that seals months
├── NoAnswerError     AWS did not answer, or refused; carries what it said
└── StillRunningError nobody waits any longer; the execution goes on
"""

import argparse
import json
import secrets
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from local.audit.progress import Progress
from local.reach import OutOfReachError, reach
from shared.months.month import Month
from shared.records.errors import NotFoundError, RecordsError
from shared.records.months import Months, SealedMonth
from shared.records.pen import Pen

if TYPE_CHECKING:
    from mypy_boto3_stepfunctions.client import SFNClient

HELD, FOUND, WRONG_USE = 0, 1, 2
MACHINE = "monthly_archive"
LOOK_SECONDS = 2.0
RUNNING = "RUNNING"
CALLS = Config(
    connect_timeout=5, read_timeout=20, retries={"mode": "standard", "total_max_attempts": 4}
)


class CloseError(Exception):
    """Root of what keeps a month from being closed by hand."""


class NoMachineError(CloseError):
    """This stack has no state machine that seals months."""

    def __init__(self, stack: str) -> None:
        super().__init__(
            f"There is no state machine {stack}-{MACHINE} where your AWS credentials lead: "
            "check --stack, the credentials and the region."
        )


class NoAnswerError(CloseError):
    """AWS did not answer, or refused."""

    def __init__(self, said: object) -> None:
        super().__init__(f"AWS did not do it: {said}")


class StillRunningError(CloseError):
    """Nobody waits any longer; the execution goes on."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} is still running, and goes on. Ask again later.")


@dataclass(frozen=True)
class Ending:
    """How an execution ended: its status, and what it says of a failure."""

    name: str
    status: str
    error: str = ""
    cause: str = ""


class Machine:
    """The state machine of one stack that seals months."""

    def __init__(self, client: "SFNClient", stack: str) -> None:
        self._client = client
        self._stack = stack

    def seal(self, month: Month, now: datetime) -> str:
        """Start it; the name of the execution. NoMachineError, NoAnswerError."""
        name = f"{month}.by-hand.{now:%Y-%m-%dT%H-%M-%S}"
        given = json.dumps({"due": str(month)})
        return str(
            self._asked(
                self._client.start_execution,
                stateMachineArn=self._arn(),
                name=name,
                input=given,
            )["executionArn"]
        )

    def ending(self, arn: str) -> Ending | None:
        """How it ended; None while it runs. NoAnswerError."""
        said = self._asked(self._client.describe_execution, executionArn=arn)
        if said["status"] == RUNNING:
            return None
        return Ending(said["name"], said["status"], said.get("error", ""), said.get("cause", ""))

    def _arn(self) -> str:
        wanted = f"{self._stack}-{MACHINE}"
        after: dict[str, str] = {}
        while True:
            listed = self._asked(self._client.list_state_machines, **after)
            for machine in listed["stateMachines"]:
                if machine["name"] == wanted:
                    return str(machine["stateMachineArn"])
            if "nextToken" not in listed:
                raise NoMachineError(self._stack)
            after = {"nextToken": listed["nextToken"]}

    @staticmethod
    def _asked(call: Callable[..., Any], **given: str) -> Any:
        try:
            return call(**given)
        except (BotoCoreError, ClientError) as error:
            raise NoAnswerError(error) from error


@dataclass(frozen=True)
class Closed:
    """What there is to tell: the month, whether it was sealed before, and how it ended."""

    month: Month
    sealed: SealedMonth | None
    ending: Ending | None

    def as_json(self) -> dict[str, object]:
        """One object for programs."""
        said: dict[str, object] = {"month": str(self.month), "sealed": self.sealed is not None}
        if self.sealed:
            note = self.sealed.sealed
            said |= {"bag": note.bag, "recorded_at": self.sealed.recorded_at.isoformat()}
            said |= {"leaves": note.end.size - note.start.size, "size": note.end.size}
        if self.ending:
            said["execution"] = vars(self.ending)
        return said

    def as_text(self) -> str:
        """One sentence for people."""
        if self.sealed:
            note = self.sealed.sealed
            leaves = note.end.size - note.start.size
            when = f"{self.sealed.recorded_at:%Y-%m-%d %H:%M} UTC"
            was = "is" if self.ending else "was already"
            return f"{self.month} {was} sealed ({when}): {leaves} leaves, bag {note.bag}."
        if self.ending is None or self.ending.status == "SUCCEEDED":
            return (
                f"{self.month} is not sealed, and not due: by the force's clock it is not over, or "
                "the log does not reach back to it."
            )
        why = ": ".join(part for part in (self.ending.error, self.ending.cause) if part)
        return (
            f"{self.month} is not sealed. {self.ending.name} {self.ending.status.lower()}"
            f"{f' ({why})' if why else ''}. What to do: docs/archive.md, “When an alarm rings”."
        )


@dataclass(frozen=True)
class Watch:
    """The time as this command knows it: what it is, how long it looks, and how it waits."""

    now: Callable[[], datetime]
    passed: Callable[[], float]
    sleep: Callable[[float], None]


def close(
    month: Month,
    known: Callable[[], SealedMonth | None],
    machine: Machine,
    watch: Watch,
    *,
    wait_seconds: float,
) -> Closed:
    """Have the month sealed, unless it is. `known` reads the record; CloseError, RecordsError."""
    if sealed := known():
        return Closed(month, sealed, None)
    arn, until = machine.seal(month, watch.now()), watch.passed() + wait_seconds
    while (ending := machine.ending(arn)) is None:
        if watch.passed() > until:
            raise StillRunningError(arn.rsplit(":", 1)[-1])
        watch.sleep(LOOK_SECONDS)
    return Closed(month, known(), ending)


def run(given: argparse.Namespace) -> int:
    """Do it, and tell it. An exit code."""
    import boto3

    try:
        reached = reach(given.stack, given.port, given.domain)
        months = Months(reached.tables, Pen(secrets.token_bytes))
        origin = f"{reached.force.domain}/record-log"
        with Progress() as progress:
            progress.tell(f"{given.month} is being sealed")
            closed = close(
                given.month,
                lambda: _known(months, origin, given.month),
                Machine(boto3.client("stepfunctions", config=CALLS), given.stack),
                Watch(lambda: datetime.now(UTC), time.monotonic, time.sleep),
                wait_seconds=given.wait * 60,
            )
    except StillRunningError as error:
        print(error, file=sys.stderr)
        return FOUND
    except (CloseError, OutOfReachError, RecordsError) as error:
        print(error, file=sys.stderr)
        return WRONG_USE
    print(json.dumps(closed.as_json()) if given.json else closed.as_text())
    return HELD if closed.sealed else FOUND


def _known(months: Months, origin: str, month: Month) -> SealedMonth | None:
    try:
        return months.get(origin, month)
    except NotFoundError:
        return None
