"""Time that can be turned: the local force's one clock.

It goes at the pace of real time plus an offset, and the offset only ever grows. Whoever waits by
it is woken when it is turned past the moment waited for, so that a day of waiting costs a test
nothing.

    ClockError
    └── ClockTurnedBackError    time was asked to go backwards

One turn is one leap: a wait that begins after the leap begins at the new time. A chain of waits
(approver, deputy, duty officer) therefore needs one turn each.
"""

import threading
import time
from datetime import UTC, datetime, timedelta

LONGEST_NAP = 600.0
"""Seconds after which a sleeper looks at the clock again: a laptop that slept wakes late."""


class ClockError(Exception):
    """The clock cannot do what was asked."""


class ClockTurnedBackError(ClockError):
    """Time was asked to go backwards, from `now` to `asked`."""

    def __init__(self, now: datetime, asked: datetime) -> None:
        super().__init__(
            f"the clock is at {now.isoformat()} and never goes backwards: "
            f"it cannot be turned to {asked.isoformat()}"
        )
        self.now = now
        self.asked = asked


class Clock:
    """Real time plus an offset that only grows; safe to share between threads."""

    def __init__(self, offset: timedelta = timedelta(0)) -> None:
        self._lock = threading.Lock()
        self._offset = offset.total_seconds()
        self._sleepers: dict[object, _Sleeper] = {}

    @property
    def offset(self) -> timedelta:
        """How far this clock is ahead of real time."""
        return timedelta(seconds=self._offset)

    def now(self) -> datetime:
        """The time by this clock, aware, in UTC."""
        return datetime.now(UTC) + self.offset

    def timestamp(self) -> float:
        """Seconds since the epoch by this clock."""
        return time.time() + self._offset

    def advance(self, by: timedelta) -> None:
        """Turn the clock forward and wake everyone whose time has come."""
        with self._lock:
            if by < timedelta(0):
                now = self.now()
                raise ClockTurnedBackError(now, now + by)
            self._offset += by.total_seconds()
        self._nudge_everyone()

    def turn_to(self, moment: datetime) -> None:
        """Turn the clock forward to an aware `moment`."""
        with self._lock:
            now = self.now()
            if moment < now:
                raise ClockTurnedBackError(now, moment)
            self._offset += (moment - now).total_seconds()
        self._nudge_everyone()

    @property
    def waiting(self) -> int:
        """How many wait by this clock."""
        with self._lock:
            return len(self._sleepers)

    @property
    def next_end(self) -> datetime | None:
        """When the first of them gives up; None where nobody waits."""
        with self._lock:
            ends = [sleeper.deadline for sleeper in self._sleepers.values()]
        return datetime.fromtimestamp(min(ends), UTC) if ends else None

    def wait(self, event: threading.Event, seconds: float) -> bool:
        """Like `event.wait(seconds)`, by this clock: True where the event was set in time."""
        sleeper = _Sleeper(event, self.timestamp() + seconds)
        ticket = object()
        with self._lock:
            self._sleepers[ticket] = sleeper
        try:
            return sleeper.sleep(self)
        finally:
            with self._lock:
                del self._sleepers[ticket]

    def sleep_until(self, moment: datetime, stop: threading.Event) -> bool:
        """Wait for an aware `moment`: True where `stop` was set before it came."""
        return self.wait(stop, (moment - self.now()).total_seconds())

    def _nudge_everyone(self) -> None:
        """Also those whose time has not come: they must shorten their nap."""
        with self._lock:
            sleepers = sorted(self._sleepers.values(), key=lambda sleeper: sleeper.deadline)
        for sleeper in sleepers:
            sleeper.nudge()


class _Sleeper:
    """One waiting thread: an event and the moment (seconds since the epoch) it gives up."""

    def __init__(self, event: threading.Event, deadline: float) -> None:
        self.deadline = deadline
        self._event = event
        # An Event offers no way to wake a waiter without setting it; its condition does.
        self._condition: threading.Condition = vars(event)["_cond"]

    def sleep(self, clock: Clock) -> bool:
        """Hold still until the event is set (True) or the deadline has come (False)."""
        with self._condition:
            while not self._event.is_set():
                left = self.deadline - clock.timestamp()
                if left <= 0:
                    return False
                self._condition.wait(min(left, LONGEST_NAP))
            return True

    def nudge(self) -> None:
        """Make the sleeper look at the clock again."""
        with self._condition:
            self._condition.notify_all()
