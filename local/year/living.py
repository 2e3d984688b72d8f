"""The clock of a year: turned from stop to stop, all that is due fires, and people act.

The stack's own scheduler does not look by itself here: what is due at a stop is fired when its
posts are there, and the next stop waits until every function and every state machine has come to
rest.

RestlessError   something runs on and on at a stop
"""

import os
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime

from local.bench.telling import progress
from local.clock import Clock
from local.moto_repairs import executions_rest, running_executions
from local.schedules import Due
from local.stack import Database, Stack
from local.worker.memory import Growth, keep_what_is_here
from local.year.crowd import Crowd, Tokens
from local.year.expected import CENTRE, Alert
from local.year.founding import found
from local.year.letters import take_letters
from local.year.memory import memory_of
from local.year.people import People
from local.year.story import LONDON, LONGER, Story

PATIENCE = 600.0
"""Seconds until whatever runs at a stop has to have come to rest."""

PULSE, SURE = 0.01, 3
"""So long between two looks, and so many on end until it is believed that executions rest."""


LISTENING = "Listen"
"""The function that hears what was said, and tells of it. Once it has, people can answer, whatever
else is still at work at a stop: nothing else has to do with mentions."""


class RestlessError(Exception):
    """A state machine does not come to rest; names it."""


@dataclass
class Lived:
    """What came of a year: every alert that arrived, events that were lost, seconds it took, and
    the most memory that all processes held, in bytes."""

    alerts: Counter[Alert] = field(default_factory=Counter)
    lost: list[str] = field(default_factory=list)
    seconds: float = 0.0
    memory: int = 0


@contextmanager
def a_force(story: Story, database: Database, workers: int) -> Iterator[Stack]:
    """A stack with the force of a story in it, at the story's first moment."""
    clock = Clock(story.begins - datetime.now(UTC))
    parameters = {"ContactCentreEmail": CENTRE}
    with Stack.start(
        clock=clock, database=database, parameters=parameters, shared_workers=workers
    ) as stack:
        stack.schedules.stop()
        crowd, tokens = Crowd(story, clock.now), Tokens(clock.now)
        stack.sandbox.audience, stack.sandbox.network = crowd, tokens
        found(stack, story)
        yield stack


def live(stack: Stack, story: Story) -> Lived:
    """Live it; NotAsToldError, RestlessError."""
    people, lived, began = People(stack, story), Lived(), time.monotonic()
    keep_what_is_here()
    growth, month = Growth(), ""
    for stop in story.stops:
        if month != f"{stop.astimezone(LONDON):%Y-%m}":
            month = f"{stop.astimezone(LONDON):%Y-%m}"
            progress(f"{month}, after {time.monotonic() - began:.0f} s")
        stack.clock.turn_to(stop)
        people.post(stop)
        stack.schedules.fire_due(_listening_first)
        lived.alerts.update(take_letters())  # those of the stop before, while functions work
        growth.cut()
        lived.memory = max(lived.memory, memory_of(os.getpid()))
        stack.lambdas.settle(PATIENCE, of=LISTENING)
        people.answer(stop)
        rest(stack)
        people.act(stop)
    lived.alerts.update(take_letters())
    lived.alerts.update(people.seen)
    lived.lost = [f"{each.function}: {each.error}" for each in stack.lambdas.lost]
    lived.seconds = time.monotonic() - began
    return lived


def rest(stack: Stack) -> None:
    """Let everything run to its end; what waits a while, to try again, is given it, within the
    longest that a stop may last."""
    latest = stack.clock.now() + LONGER
    while True:
        _come_to_rest(stack)
        end = stack.clock.next_end
        if end is None or end > latest:
            return
        stack.clock.turn_to(max(end, stack.clock.now()))
        stack.schedules.fire_due()


def _listening_first(due: Due) -> int:
    return 0 if due.schedule.target_arn.endswith(f"-{LISTENING}") else 1


def _come_to_rest(stack: Stack) -> None:
    """Wait until nothing runs any more but what waits for the clock."""
    until, looks = time.monotonic() + PATIENCE, 0
    while looks < SURE:
        stack.lambdas.settle(PATIENCE)
        running = running_executions()
        if not running:
            return
        looks = looks + 1 if executions_rest() else 0
        if time.monotonic() > until:
            raise RestlessError(", ".join(running))
        threading.Event().wait(PULSE)
