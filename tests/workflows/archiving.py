"""An archive on the local stack: months pass by the clock, and nobody does anything."""

import json
import subprocess
import time
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from archive.sequencing.signing import KmsSigner
from local.aws import REGION
from local.clock import Clock
from local.stack import Stack
from shared.months.bag import folder, note_path
from shared.months.month import month_of
from shared.months.note import open_month
from shared.recordlog.reader import Log, verify_log
from shared.records.log import recording
from shared.records.months import Months
from shared.records.outbox import Outbox
from shared.records.tables import tables
from shared.records.transaction import commit
from tests.builders import a_pen, an_act
from tests.workflows.force import eventually
from tests.workflows.verifying import verdict

VERIFIER = Path(__file__).parents[2] / "functions" / "archive" / "bagged" / "verify.py"
NIGHTLY = "ArchiveMonths"
STEP, QUIET_SECONDS = timedelta(minutes=5), 3.0
WAITING = {"WaitStateEntered", "TaskFailed", "TaskTimedOut"}


class Archive:
    """The stack's one log and its archive. Only the nightly job of sealing fires by itself."""

    def __init__(self, stack: Stack) -> None:
        self.stack, self.s3 = stack, stack.aws.client("s3")
        said = stack.environment("SealMonth")
        self.bucket, self.log_bucket = said["ARCHIVE_BUCKET"], said["LOG_BUCKET"]
        self.origin, self.prefix = said["LOG_ORIGIN"], said["TABLE_PREFIX"]
        self.tables = tables(self.prefix, REGION, stack.aws.dynamodb_endpoint)
        kms = stack.aws.client("kms")
        self.log_key = KmsSigner(kms, said["LOG_KEY_ID"], self.origin).key
        self.archive_key = KmsSigner(kms, said["ARCHIVE_KEY_ID"], said["ARCHIVE_NAME"]).key
        self.months = Months(self.tables, a_pen())
        self._keep_schedules(NIGHTLY)

    def _keep_schedules(self, *kept: str) -> None:
        scheduler = self.stack.aws.client("scheduler")
        for each in self.stack.schedules.read():
            if not any(name in each.name for name in kept):
                scheduler.delete_schedule(GroupName=each.group, Name=each.name)

    # ── what happens ──────────────────────────────────────────────────────────

    def record(self, acts: int) -> list[str]:
        """Acts happen now, and have their place in the log; their leaves' ids."""
        pen = a_pen()
        made = []
        for number in range(acts):
            act = an_act(at=self.now, payload={"number": number})
            writes = recording(self.tables, pen, act)
            commit(self.tables.connection, writes)
            made.append(writes[0].row.leaf_id)
        self.sequence()
        return made

    def sequence(self) -> None:
        """Whatever waits has its place in the log."""
        while Outbox(self.tables).pending(1):
            self.stack.call("SequenceLog", {})

    @property
    def now(self) -> datetime:
        return self.stack.clock.now()

    @property
    def month(self):
        """The month it is."""
        return month_of(self.now)

    def ready(self) -> None:
        """Whatever is over is sealed, and it is the midst of a month."""
        while due := self.stack.call("FindMonth", {})["month"]:
            assert self.night().startswith(f"{due}.")
        self.sequence()
        with self._asleep():
            if (noon := self.now.replace(day=10, hour=12)) > self.now:
                self.stack.clock.turn_to(noon)

    def pass_month(self):
        """The month ends, and it is one in the first night of the next; which it was. What is due
        in between is passed over, as if nobody had been there."""
        over = self.month
        with self._asleep():
            self.stack.clock.turn_to(over.ends + timedelta(hours=1))
        return over

    @contextmanager
    def _asleep(self):
        """No schedule fires meanwhile, or later for it."""
        self.stack.schedules.stop()
        self.stack.lambdas.settle()
        yield
        self.stack.schedules.start()

    def night(self) -> str:
        """Two in the night comes, and the execution that it starts runs to its end; its name, empty
        if it starts none."""
        before = {each["name"] for each in self.executions()}
        fired = len(self.stack.schedules.firings)
        tonight = self.now.replace(hour=2, minute=0, second=5)
        self.stack.clock.turn_to(tonight if tonight > self.now else tonight + timedelta(days=1))
        eventually(lambda: len(self.stack.schedules.firings) > fired)
        self.stack.lambdas.settle()
        [name] = {each["name"] for each in self.executions()} - before or {""}
        if name:
            self.until_over(name)
        return name

    # ── executions ────────────────────────────────────────────────────────────

    def executions(self) -> list[dict]:
        machine = self.stack.environment(NIGHTLY)["MONTHLY_ARCHIVE_ARN"]
        client = self.stack.aws.client("stepfunctions")
        return client.list_executions(stateMachineArn=machine)["executions"]

    def arn(self, name: str) -> str:
        machine = self.stack.environment(NIGHTLY)["MONTHLY_ARCHIVE_ARN"]
        return f"{machine.replace(':stateMachine:', ':execution:')}:{name}"

    def described(self, name: str) -> dict:
        return self.stack.aws.client("stepfunctions").describe_execution(
            executionArn=self.arn(name)
        )

    def status(self, name: str) -> str:
        return self.described(name)["status"]

    def until_over(self, name: str) -> str:
        """Turn the clock, minutes at a time, while it waits for it; how it ended."""
        seen, since = 0, time.monotonic()

        def ended() -> str | bool:
            nonlocal seen, since
            if (status := self.status(name)) != "RUNNING":
                return status
            if not (events := self._events(name)):
                return False  # it has only just begun
            last = events[-1]
            if last["id"] != seen:
                seen, since = last["id"], time.monotonic()
            # What happens inside a part is not told: long quiet there is a wait before another try.
            if last["type"] in WAITING or time.monotonic() - since > QUIET_SECONDS:
                self.stack.clock.advance(STEP)
                since = time.monotonic()
            return False

        return eventually(ended)

    def _events(self, name: str) -> list[dict]:
        client = self.stack.aws.client("stepfunctions")
        pages = client.get_paginator("get_execution_history").paginate(executionArn=self.arn(name))
        return [event for page in pages for event in page["events"]]

    def path(self, name: str) -> list[str]:
        """The states it went through."""
        entered = (
            each.get("stateEnteredEventDetails", {}).get("name") for each in self._events(name)
        )
        return [state for state in entered if state]

    def error(self, name: str) -> str:
        return self.described(name)["error"]

    # ── what is kept ──────────────────────────────────────────────────────────

    def read(self, path: str) -> bytes:
        return self.s3.get_object(Bucket=self.bucket, Key=path)["Body"].read()

    def paths(self, prefix: str = "") -> list[str]:
        pages = self.s3.get_paginator("list_objects_v2").paginate(Bucket=self.bucket, Prefix=prefix)
        return [each["Key"] for page in pages for each in page.get("Contents", ())]

    def within(self, month, path: str) -> bytes:
        return self.read(folder(month) + path)

    def said(self, month, path: str) -> dict:
        return json.loads(self.within(month, path))

    def sealed(self, month):
        """What its note says, by the archive's public key."""
        return open_month(self.read(note_path(month)), [self.archive_key], self.origin)

    def log(self) -> Log:
        """The live log, every leaf of it checked."""

        def read(path: str) -> bytes | None:
            try:
                return self.s3.get_object(Bucket=self.log_bucket, Key=path)["Body"].read()
            except self.s3.exceptions.NoSuchKey:
                return None

        verify_log(read, [self.log_key], self.origin)
        return Log(read, [self.log_key], self.origin)

    def leaves(self, kind: str) -> list[dict]:
        """The envelopes of one type in the log."""
        found = (json.loads(entry) for bundle in self.log().bundles() for entry in bundle)
        return [each for each in found if each["type"] == kind]

    def verified(self, where: Path, *months, known=()) -> subprocess.CompletedProcess:
        """What the program in the bags says of these months, copied into a folder."""
        bags = [path for month in months for path in self.paths(folder(month))]
        objects = {path: self.read(path) for path in (*bags, *map(note_path, months))}
        keys = [str(key) for key in (self.log_key, self.archive_key, *known)]
        return verdict(VERIFIER, where, objects, keys)


def midst_of_a_month() -> Clock:
    """A clock that begins on the tenth of next month: no test meets the end of one unasked."""
    now = datetime.now(UTC)
    return Clock(month_of(now).ends + timedelta(days=9, hours=12) - now)


@contextmanager
def an_archive(**options):
    """A fresh stack, with a log that has begun."""
    with Stack.start(**{"clock": midst_of_a_month(), **options}) as stack:
        archive = Archive(stack)
        archive.record(3)
        yield archive
