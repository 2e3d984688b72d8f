"""The clock: it goes by itself, is turned forward, wakes who waits, and never goes back."""

import threading
from datetime import UTC, datetime, timedelta
from queue import SimpleQueue

import pytest
from hypothesis import given
from hypothesis import strategies as st

from local.clock import Clock, ClockTurnedBackError

HOUR = timedelta(hours=1)
PATIENCE = 20
"""Real seconds after which a test gives up on a thread: reached only where something is broken."""


class Waiter(threading.Thread):
    """A thread that waits by a clock and keeps the answer."""

    def __init__(self, clock: Clock, seconds: float, woken=None, event=None):
        super().__init__(daemon=True)
        self.event = event or threading.Event()
        self.answer: bool | None = None
        self._clock, self._seconds, self._woken = clock, seconds, woken
        self.start()

    def run(self) -> None:
        self.answer = self._clock.wait(self.event, self._seconds)
        if self._woken is not None:
            self._woken.put(self._seconds)

    def awaited(self) -> bool | None:
        self.join(PATIENCE)
        return self.answer


def settle(clock: Clock, waiting: int) -> None:
    """Hold on until so many threads wait by the clock."""
    for _ in range(PATIENCE * 1000):
        if clock.waiting == waiting:
            return
        threading.Event().wait(0.001)
    pytest.fail(f"{clock.waiting} wait by the clock, not {waiting}")


def test_an_unturned_clock_shows_real_time_in_utc():
    before, now, after = datetime.now(UTC), Clock().now(), datetime.now(UTC)

    assert before <= now <= after
    assert now.tzinfo is UTC


def test_a_turned_clock_is_ahead_of_real_time_by_its_offset():
    clock = Clock()

    clock.advance(25 * HOUR)
    clock.advance(HOUR)

    assert clock.offset == 26 * HOUR
    assert datetime.now(UTC) + 26 * HOUR - clock.now() < timedelta(minutes=1)


def test_a_clock_turned_to_a_moment_has_reached_it():
    clock = Clock()
    moment = clock.now() + 8 * HOUR

    clock.turn_to(moment)

    assert moment - timedelta(milliseconds=1) <= clock.now() < moment + timedelta(minutes=1)


@pytest.mark.parametrize(
    "turn",
    [lambda clock: clock.advance(-HOUR), lambda clock: clock.turn_to(clock.now() - HOUR)],
    ids=["advance", "turn_to"],
)
def test_a_clock_never_goes_backwards_and_says_so(turn):
    clock = Clock()

    with pytest.raises(ClockTurnedBackError, match="never goes backwards") as refusal:
        turn(clock)

    assert refusal.value.asked < refusal.value.now
    assert clock.offset == timedelta(0)


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(TypeError):
        Clock().turn_to(datetime(2030, 1, 1))  # noqa: DTZ001 - the mistake under test


def test_turning_the_clock_past_a_waiters_time_wakes_it_with_no():
    clock = Clock()
    waiter = Waiter(clock, 24 * 3600)
    settle(clock, waiting=1)

    clock.advance(25 * HOUR)

    assert waiter.awaited() is False
    assert clock.waiting == 0


def test_an_event_wakes_its_waiter_with_yes_though_the_clock_stands():
    clock = Clock()
    waiter = Waiter(clock, 24 * 3600)
    settle(clock, waiting=1)

    waiter.event.set()

    assert waiter.awaited() is True


def test_a_turn_that_does_not_reach_a_waiter_leaves_it_waiting():
    clock = Clock()
    near, far = Waiter(clock, 3600), Waiter(clock, 3 * 3600)
    settle(clock, waiting=2)

    clock.advance(2 * HOUR)

    assert near.awaited() is False
    assert far.answer is None
    clock.advance(2 * HOUR)
    assert far.awaited() is False


def test_an_event_already_set_is_seen_without_waiting():
    event = threading.Event()
    event.set()

    assert Clock().wait(event, 3600) is True
    assert Clock().wait(event, -1) is True


def test_a_time_already_past_is_not_waited_for():
    assert Clock().wait(threading.Event(), 0) is False
    assert Clock().wait(threading.Event(), -5) is False


def test_a_short_wait_ends_by_itself():
    assert Clock().wait(threading.Event(), 0.01) is False


def test_the_longest_time_out_of_a_state_machine_can_be_waited_for():
    clock = Clock()
    waiter = Waiter(clock, 99_999_999)
    settle(clock, waiting=1)

    clock.advance(timedelta(seconds=99_999_998))
    assert waiter.answer is None
    clock.advance(HOUR)

    assert waiter.awaited() is False


def test_several_threads_may_wait_for_one_event():
    clock, event = Clock(), threading.Event()
    waiters = [Waiter(clock, seconds, event=event) for seconds in (60, 3600, 7200)]
    settle(clock, waiting=3)

    clock.advance(timedelta(minutes=5))
    settle(clock, waiting=2)
    event.set()

    assert [waiter.awaited() for waiter in waiters] == [False, True, True]


def test_hundreds_of_waiters_are_all_woken_by_one_turn():
    clock = Clock()
    woken: SimpleQueue[float] = SimpleQueue()
    waiters = [Waiter(clock, 60 * minute, woken) for minute in range(1, 301)]
    settle(clock, waiting=300)

    clock.advance(timedelta(minutes=150.5))
    early = sorted(woken.get(timeout=PATIENCE) for _ in range(150))

    assert early == [60 * minute for minute in range(1, 151)]
    clock.advance(timedelta(minutes=150))
    assert all(waiter.awaited() is False for waiter in waiters)


def test_sleeping_until_a_moment_ends_when_the_clock_is_turned_there():
    clock = Clock()
    moment, stop = clock.now() + 6 * HOUR, threading.Event()
    stopped: SimpleQueue[bool] = SimpleQueue()
    threading.Thread(target=lambda: stopped.put(clock.sleep_until(moment, stop))).start()
    settle(clock, waiting=1)

    clock.turn_to(moment + timedelta(seconds=1))

    assert stopped.get(timeout=PATIENCE) is False


def test_sleeping_until_a_moment_ends_at_once_when_told_to_stop():
    stop = threading.Event()
    stop.set()
    clock = Clock()

    assert clock.sleep_until(clock.now() + HOUR, stop) is True


@given(turns=st.lists(st.timedeltas(timedelta(0), timedelta(days=400)), max_size=20))
def test_the_offset_is_the_sum_of_all_turns_and_time_only_grows(turns):
    clock, seen = Clock(), []

    for turn in turns:
        seen.append(clock.now())
        clock.advance(turn)

    assert seen == sorted(seen)
    assert abs(clock.offset - sum(turns, timedelta(0))) < timedelta(milliseconds=1)


def test_a_clock_tells_when_the_first_of_those_who_wait_gives_up():
    clock = Clock()
    assert clock.next_end is None
    late, early = Waiter(clock, 7200), Waiter(clock, 60)
    settle(clock, 2)

    [first, second] = sorted([clock.next_end - clock.now() for _ in range(2)])
    assert timedelta(0) < first <= second <= timedelta(seconds=60)

    clock.advance(HOUR)
    early.awaited()
    assert timedelta(minutes=59) < clock.next_end - clock.now() <= HOUR
    late.event.set()
    assert late.awaited() is True
    assert clock.next_end is None
