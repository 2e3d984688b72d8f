"""EventBridge Scheduler's schedules, made to fire by the local clock.

moto keeps schedules and never fires one. Here they are read from it anew every second (so that
one made while running counts too), what has come due since the last look is called, oldest first,
and what became of each call is kept in `firings`.

When the clock is turned far, at() and cron() fire for every occurrence passed over, and rate()
once: a job that runs every minute has nothing to do 1,500 times.

    ScheduleError                   (occurrences.py)
    ├── ScheduleNotFoundError       no schedule of that name
    └── UnsupportedTargetError      a target that is neither a function nor a state machine
"""

import logging
import threading
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from botocore.exceptions import BotoCoreError, ClientError

from local.clock import Clock
from local.occurrences import Expression, ScheduleError, parse

LOG = logging.getLogger(__name__)

LOOK_SECONDS = 1.0
"""How often the schedules are looked at; they are kept to the minute in the cloud."""

TURNED_SECONDS = 30.0
"""More than this between two looks, and the clock was turned."""

FIRINGS_KEPT = 1000


class ScheduleNotFoundError(ScheduleError):
    """No schedule is called `name`."""

    def __init__(self, name: str) -> None:
        super().__init__(f"there is no schedule {name!r}")
        self.name = name


class UnsupportedTargetError(ScheduleError):
    """A schedule calls something the local force cannot call."""

    def __init__(self, name: str, arn: str) -> None:
        super().__init__(f"schedule {name!r} calls {arn}: neither a function nor a state machine")
        self.arn = arn


@dataclass(frozen=True)
class Schedule:
    """One schedule as the scheduler keeps it, its expression read."""

    group: str
    name: str
    arn: str
    expression: Expression
    zone: ZoneInfo
    counted_from: datetime
    start: datetime | None
    end: datetime | None
    enabled: bool
    target_arn: str
    target_input: str
    gone_when_done: bool
    """An at() schedule that asks to be deleted once it has fired."""

    def due(self, after: datetime, until: datetime) -> list[datetime]:
        """The occurrences in (after, until], oldest first."""
        if not self.enabled:
            return []
        until = min(until, self.end) if self.end else until
        moments = self.expression.between(after, until, self.zone, self.counted_from)
        return [moment for moment in moments if not self.start or moment >= self.start]


@dataclass(frozen=True)
class Due:
    """A schedule and the moment it was due."""

    schedule: Schedule
    at: datetime


@dataclass(frozen=True)
class Firing:
    """What became of one call: `error` is None where the target took it."""

    name: str
    due_at: datetime
    fired_at: datetime
    error: str | None


def due_between(schedules: Iterable[Schedule], after: datetime, until: datetime) -> list[Due]:
    """What falls due in (after, until], oldest first."""
    due = [Due(schedule, at) for schedule in schedules for at in schedule.due(after, until)]
    return sorted(due, key=lambda one: (one.at, one.schedule.name))


class Schedules:
    """The local scheduler; `client(service)` gives boto3 clients that have their time-outs. Where
    the clock was turned, `settle` waits for what was under way: in the cloud a minute passes.
    """

    def __init__(
        self,
        client: Callable[[str], Any],
        clock: Clock,
        settle: Callable[[], None] = lambda: None,
    ) -> None:
        self._client = client
        self._clock = clock
        self._settle = settle
        self._seen = clock.now()
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None
        self._editions: dict[tuple[str, datetime, datetime], Schedule] = {}
        self.firings: deque[Firing] = deque(maxlen=FIRINGS_KEPT)

    def start(self) -> None:
        """Begin to fire; an expression that cannot be kept is refused here."""
        self.read()
        self._seen = self._clock.now()
        self._stop.clear()
        self._thread = threading.Thread(target=self._run, name="schedules", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Fire no more; returns when the last call is out."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    def read(self) -> list[Schedule]:
        """Every schedule of every group; one is fetched again only when it has changed."""
        pages = self._client("scheduler").get_paginator("list_schedules").paginate()
        kept = {}
        for entry in (entry for page in pages for entry in page["Schedules"]):
            edition = (entry["Arn"], entry["CreationDate"], entry["LastModificationDate"])
            kept[edition] = self._editions.get(edition) or self._fetch(entry)
        self._editions = kept
        return list(kept.values())

    def _fetch(self, entry: dict[str, Any]) -> Schedule:
        group, name = entry["GroupName"], entry["Name"]
        return _schedule(self._client("scheduler").get_schedule(GroupName=group, Name=name))

    def due_between(self, after: datetime, until: datetime) -> list[Due]:
        """What falls due in (after, until], oldest first."""
        return due_between(self.read(), after, until)

    def fire(self, name: str) -> Firing:
        """Fire one by hand, by its name or "group/name"; its target's refusal is raised."""
        for schedule in self.read():
            if name in {schedule.name, f"{schedule.group}/{schedule.name}"}:
                due = Due(schedule, self._clock.now())
                self._deliver(due)
                return self._keep(due, error=None)
        raise ScheduleNotFoundError(name)

    def fire_due(self, rank: Callable[[Due], int] = lambda _: 0) -> list[Firing]:
        """Fire what has come due since the last look: lowest rank first, then what is oldest."""
        after, until = self._seen, self._clock.now()
        due = sorted(self.due_between(after, until), key=rank)
        self._seen = until
        if due and (until - after).total_seconds() > TURNED_SECONDS:
            self._settle()
        return [self._fire(one) for one in due]

    def _run(self) -> None:
        while not self._clock.wait(self._stop, LOOK_SECONDS):
            try:
                self.fire_due()
            except (BotoCoreError, ClientError, ScheduleError):
                LOG.exception("the schedules could not be read; trying again")

    def _fire(self, due: Due) -> Firing:
        try:
            self._deliver(due)
            if due.schedule.gone_when_done:
                self._client("scheduler").delete_schedule(
                    GroupName=due.schedule.group, Name=due.schedule.name
                )
        except (BotoCoreError, ClientError, ScheduleError) as error:
            LOG.warning("schedule %s did not fire: %s", due.schedule.name, error)
            return self._keep(due, error=str(error))
        return self._keep(due, error=None)

    def _keep(self, due: Due, error: str | None) -> Firing:
        firing = Firing(due.schedule.name, due.at, self._clock.now(), error)
        self.firings.append(firing)
        return firing

    def _deliver(self, due: Due) -> None:
        """Hand the target its input, and do not wait for what it makes of it."""
        schedule, call = due.schedule, str(uuid4())
        payload = _filled(schedule, due.at, call)
        if ":lambda:" in schedule.target_arn:
            self._client("lambda").invoke(
                FunctionName=schedule.target_arn, InvocationType="Event", Payload=payload
            )
        elif ":states:" in schedule.target_arn:
            self._client("stepfunctions").start_execution(
                stateMachineArn=schedule.target_arn, name=f"{schedule.name}-{call}", input=payload
            )
        else:
            raise UnsupportedTargetError(schedule.name, schedule.target_arn)


def _schedule(answer: dict[str, Any]) -> Schedule:
    """Read GetSchedule's answer."""
    target = answer["Target"]
    start, end = answer.get("StartDate"), answer.get("EndDate")
    return Schedule(
        group=answer["GroupName"],
        name=answer["Name"],
        arn=answer["Arn"],
        expression=parse(answer["ScheduleExpression"]),
        zone=ZoneInfo(answer.get("ScheduleExpressionTimezone") or "UTC"),
        # Without a StartDate a rate begins at once (user guide, "Rate-based schedules").
        counted_from=(start or answer["CreationDate"]).astimezone(UTC),
        start=start.astimezone(UTC) if start else None,
        end=end.astimezone(UTC) if end else None,
        enabled=answer.get("State", "ENABLED") == "ENABLED",
        target_arn=target["Arn"],
        target_input=target.get("Input") or "{}",
        gone_when_done=answer.get("ActionAfterCompletion") == "DELETE",
    )


def _filled(schedule: Schedule, at: datetime, call: str) -> str:
    """The target's input with the scheduler's context attributes filled in."""
    text = schedule.target_input
    for name, value in (
        ("schedule-arn", schedule.arn),
        ("scheduled-time", at.strftime("%Y-%m-%dT%H:%M:%SZ")),
        ("execution-id", call),
        ("attempt-number", "1"),
    ):
        text = text.replace(f"<aws.scheduler.{name}>", value)
    return text
