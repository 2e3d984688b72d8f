"""Step Functions waits by the clock: Wait states, time-outs, heartbeats, retries, whole executions.

Every wait of an execution ends at the first of three: what it waits for, its time by the clock, or
the end of the execution. Two exceptions keep work in hand unharmed when the clock is turned: a
plain Task (no task token) times out in real time, because what it calls works in real time; and a
decision that was accepted before its time-out was seen still counts.
"""

import datetime
import json
import re
import threading
import time as real_time
from collections.abc import Callable
from functools import partial
from typing import Any

from local.moto_repairs import tokens
from local.moto_repairs.attaching import ClockInUse, DatetimeByClock, StandIn, module, replace

ASL = "stepfunctions.parser.asl"
RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")

_here = threading.local()
"""What the running thread of the interpreter is about: `env`, and in a Task its `attempt`."""


def repair(in_use: ClockInUse) -> None:
    """Attach all of it."""
    replace(module(f"{ASL}.eval.callback.callback"), "Event", partial(EventByClock, in_use))
    latch = StandIn(threading, Event=partial(Latch, in_use))
    replace(module(f"{ASL}.eval.environment"), "threading", latch)
    thread = StandIn(threading, Thread=partial(ThreadByClock, in_use))
    replace(module(f"{ASL}.component.program.program"), "threading", thread)
    _repair_wait_states(in_use)
    _repair_retries(in_use)
    _repair_tasks(in_use)
    _repair_dates(in_use)


class EventByClock(threading.Event):
    """An event whose time-out runs by the clock."""

    def __init__(self, in_use: ClockInUse) -> None:
        super().__init__()
        self._in_use = in_use

    def wait(self, timeout: float | None = None) -> bool:
        """Like Event.wait, by the clock."""
        return super().wait() if timeout is None else self._in_use.clock.wait(self, timeout)


class Latch(EventByClock):
    """The end of an execution, or of a part of it: once set it stays set, and others follow it.

    moto sets its event and clears it at once; whoever was not waiting in that instant missed it.
    """

    def __init__(self, in_use: ClockInUse) -> None:
        super().__init__(in_use)
        self._followers: set[threading.Event] = set()
        self._guard = threading.Lock()

    def set(self) -> None:
        """Set this, and all that follow."""
        with self._guard:
            super().set()
            for follower in self._followers:
                follower.set()

    def clear(self) -> None:
        """An end stays an end."""

    def lead(self, follower: threading.Event) -> None:
        """Set `follower` too, when the end comes or if it has come."""
        with self._guard:
            self._followers.add(follower)
            if self.is_set():
                follower.set()

    def leave(self, follower: threading.Event) -> None:
        """Lead `follower` no more."""
        with self._guard:
            self._followers.discard(follower)


class ThreadByClock(threading.Thread):
    """A thread that is waited for by the clock: an execution's own time-out."""

    def __init__(self, in_use: ClockInUse, **how: Any) -> None:
        super().__init__(**how)
        self._in_use = in_use
        self._over = threading.Event()

    def run(self) -> None:
        """Run, and say when it is over."""
        try:
            super().run()
        finally:
            self._over.set()

    def join(self, timeout: float | None = None) -> None:
        """Like Thread.join, by the clock."""
        if timeout is None or self._in_use.clock.wait(self._over, timeout):
            super().join()


class Attempt:
    """One try of a Task: how long it may take, and the task token it may be waiting with."""

    def __init__(self, in_use: ClockInUse, state: Any, env: Any) -> None:
        waits = getattr(getattr(state, "resource", None), "condition", None) is not None
        self._clock = in_use.clock if waits else None
        self._token = tokens.opened(env) if waits else None
        self._end: Latch = env.program_state_event
        self._done: threading.Event | None = None

    def done(self) -> "Done":
        """The event that this try is over, which the end of the execution sets too."""
        self._done = Done(self)
        self._end.lead(self._done)
        return self._done

    def wait(self, done: threading.Event, seconds: float) -> bool:
        """True where it is over in time."""
        if self._clock is None:
            return threading.Event.wait(done, seconds)
        if self._clock.wait(done, seconds):
            return True
        if self._token is None or tokens.given_up(self._token):
            return False
        return threading.Event.wait(done)

    def close(self) -> None:
        """Nobody waits any more: release its thread and refuse later decisions."""
        if self._done is not None:
            self._end.leave(self._done)
        if self._token is not None:
            tokens.close(self._token)


class Done(threading.Event):
    """That an attempt is over; waited for as long as the attempt may take."""

    def __init__(self, attempt: Attempt) -> None:
        super().__init__()
        self._attempt = attempt

    def wait(self, timeout: float | None = None) -> bool:
        """True where it is over in time."""
        return self._attempt.wait(self, timeout if timeout is not None else threading.TIMEOUT_MAX)


def _repair_tasks(in_use: ClockInUse) -> None:
    execute_state = module(f"{ASL}.component.state.exec.execute_state")

    def done() -> Done:
        attempt: Attempt = _here.attempt
        return attempt.done()

    def evaluate(state: Any, env: Any) -> None:
        attempt = _here.attempt = Attempt(in_use, state, env)
        try:
            before(state, env)
        except Exception:
            # An execution that has ended has nobody to tell; raising would give it a second ending.
            if env.is_running():
                raise
        finally:
            attempt.close()

    replace(execute_state, "threading", StandIn(threading, Event=done))
    before: Callable[[Any, Any], None] = replace(
        execute_state.ExecutionState, "_evaluate_with_timeout", evaluate
    )


def _repair_retries(in_use: ClockInUse) -> None:
    retrier = module(f"{ASL}.component.common.retry.retrier_decl")

    def sleep(seconds: float) -> None:
        in_use.clock.wait(_here.env.program_state_event, seconds)

    def evaluate(self: Any, env: Any) -> None:
        _here.env = env
        before(self, env)

    replace(retrier, "time", StandIn(real_time, sleep=sleep))
    before: Callable[[Any, Any], None] = replace(retrier.RetrierDecl, "_eval_body", evaluate)


def _repair_wait_states(in_use: ClockInUse) -> None:
    waits = f"{ASL}.component.state.wait.wait_function"

    def wait(_self: Any, env: Any, wait_seconds: float) -> None:
        in_use.clock.wait(env.program_state_event, wait_seconds)

    def seconds_until(self: Any, env: Any) -> float:
        self.string.eval(env=env)
        text = env.stack.pop()
        moment = _moment(text)
        if moment is None:
            failure = module(f"{ASL}.component.common.error_name.failure_event")
            raise failure.FailureEventException(self._create_failure_event(env, json.dumps(text)))
        return (moment - in_use.clock.now()).total_seconds()

    timestamp = module(f"{waits}.timestamp").Timestamp
    replace(module(f"{waits}.wait_function").WaitFunction, "_wait_interval", wait)
    replace(timestamp, "_get_wait_seconds", seconds_until)
    replace(timestamp, "_from_timestamp_string", staticmethod(_moment))


def _moment(text: object) -> datetime.datetime | None:
    """The moment an RFC 3339 text names, to the microsecond; None where it names none."""
    if not isinstance(text, str) or not RFC3339.fullmatch(text):
        return None
    try:
        return datetime.datetime.fromisoformat(text)
    except ValueError:
        return None


def _repair_dates(in_use: ClockInUse) -> None:
    """Histories, executions and $$.State.EnteredTime show the clock's time."""
    DatetimeByClock.in_use = in_use
    by_clock = StandIn(datetime, datetime=DatetimeByClock)
    for place in (f"{ASL}.component.state.state", "stepfunctions.parser.models"):
        replace(module(place), "datetime", by_clock)
    replace(module("stepfunctions.parser.backend.execution"), "datetime", by_clock)
    manager = module(f"{ASL}.eval.event.event_manager").EventManager
    replace(
        manager, "_get_current_timestamp", staticmethod(partial(DatetimeByClock.now, datetime.UTC))
    )
