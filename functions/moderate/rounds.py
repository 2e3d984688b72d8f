"""How long each round of asking lasts, and whom it is addressed to, by the urgency of a post.

prompt     Approvers on duty, the same again as a reminder, their deputies, everybody on duty: two
           and a half hours in all, nights and weekends included. Between 22:00 and 07:00 only the
           duty officer is asked: that is who is paid to be woken, and a reminder every half hour
           that wakes the whole team is soon muted by all of them. A round that lasts well into the
           morning is addressed as by day: nobody has to answer it before they get up.
routine    The same, measured in working time: what is sent on Friday evening is asked about until
           Monday, and nobody's weekend is spoilt. Where too little working time is left before it
           is due, it is asked about as a prompt one.
immediate  Everybody on duty at once and around the clock: 10 minutes, then three times 5.

A post with a time is asked about until it is due and not a second longer, and the last three rounds
keep their length as long as there is room for them; with too little room all rounds shrink alike,
down to a single one, and with none nobody is asked. What is decided later publishes nothing.
"""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from shared.accounts.routing import Step
from shared.posts.life import Urgency
from shared.posts.localtime import LONDON, local
from shared.posts.working_days import (
    OPENS,
    after_working_time,
    before_working_time,
    is_working,
    is_working_day,
    next_working_day,
)

STANDARD = (3600, 1800, 1800, 1800)
"""Seconds: approvers on duty, the same again as a reminder, their deputies, everybody."""

IMMEDIATE = (600, 300, 300, 300)

SHORTEST = 60
"""Seconds. A shorter round asks nobody anything."""

STEPS = (Step.FIRST, Step.REMINDER, Step.DEPUTIES, Step.LAST)
AT_ONCE = (Step.AT_ONCE, Step.AT_ONCE, Step.LAST, Step.LAST)

NIGHT_FALLS, MORNING = time(22), time(7)
WELL_INTO_THE_MORNING = timedelta(hours=1)


def rounds(now: datetime, due: datetime | None, urgency: Urgency) -> tuple[int, ...]:
    """Seconds per round, ended by a 0 that tells the state machine to stop asking."""
    if urgency is Urgency.IMMEDIATE:
        return _by_the_clock(now, due, IMMEDIATE)
    if urgency is Urgency.ROUTINE:
        ends = _in_working_time(now, due)
        if due is None or ends[-1] <= due:
            starts = (now, *ends[:-1])
            return (*(_seconds(end - start) for start, end in zip(starts, ends, strict=True)), 0)
    return _by_the_clock(now, due, STANDARD)


def step_of(number: int, seconds: int, urgency: Urgency, now: datetime) -> Step:
    """Whom the round of this number, from 0, is addressed to if it begins now."""
    if urgency is Urgency.IMMEDIATE:
        return AT_ONCE[min(number, len(AT_ONCE) - 1)]
    if urgency is Urgency.PROMPT and _keeps_people_up(now, now + timedelta(seconds=seconds)):
        return Step.NIGHT
    return STEPS[min(number, len(STEPS) - 1)]


def day_to_be_there(urgency: Urgency, now: datetime) -> date:
    """When those who are asked have to be there: today, for a routine post when work begins."""
    if urgency is Urgency.ROUTINE and not is_working(now):
        today = local(now)
        early = is_working_day(today.date()) and today.time() < OPENS
        return today.date() if early else next_working_day(today.date())
    return local(now).date()


def _by_the_clock(now: datetime, due: datetime | None, standard: Sequence[int]) -> tuple[int, ...]:
    if due is None:
        return (*standard, 0)
    room = int((due - now).total_seconds())
    later = sum(standard[1:])
    if room >= sum(standard):
        return (room - later, *standard[1:], 0)
    shrunk = tuple(seconds * room // sum(standard) for seconds in standard)
    if min(shrunk) >= SHORTEST:
        return (*shrunk, 0)
    return (room, 0) if room >= SHORTEST else (0,)


def _in_working_time(now: datetime, due: datetime | None) -> tuple[datetime, ...]:
    """When each round ends: one after the other, or the last ones laid back from when it is due."""
    ends: list[datetime] = []
    for seconds in STANDARD:
        ends.append(after_working_time(ends[-1] if ends else now, timedelta(seconds=seconds)))
    if due is None or ends[-1] > due:
        return tuple(ends)
    laid = [due]
    for seconds in reversed(STANDARD[1:]):
        laid.append(before_working_time(laid[-1], timedelta(seconds=seconds)))
    return tuple(reversed(laid))


def _keeps_people_up(begins: datetime, ends: datetime) -> bool:
    """Whether it begins at night, and is over before people had time to answer in the morning."""
    here = local(begins)
    if MORNING <= here.time() < NIGHT_FALLS:
        return False
    day = here.date() + timedelta(days=here.time() >= NIGHT_FALLS)
    return ends < datetime.combine(day, MORNING, LONDON) + WELL_INTO_THE_MORNING


def _seconds(lasting: timedelta) -> int:
    return int(lasting.total_seconds())
