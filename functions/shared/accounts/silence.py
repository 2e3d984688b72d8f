"""The ladder of a silent account: its owner is reminded, then whoever is above, then communications
are told, and at last closing it is proposed (policy.md D02, D28, B29).

Each step comes after a further silence, counted from the moment of the step before it, and never
twice in one silence. A post begins a new silence; so does being opened, or being kept open although
it is quiet. While a critical incident keeps the account quiet, or nobody is there for it, no time
counts and nothing is told.

SilenceError
└── BadWaitsError   a text that is no three numbers of days; says how to write them
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from shared.accounts.registry import Account, AccountStatus

NOTHING = timedelta(0)
_WAITS = re.compile(r"([1-9]\d{0,2}),([1-9]\d{0,2}),([1-9]\d{0,2})", re.ASCII)


class SilenceError(Exception):
    """Root of what is wrong with the ladder."""


class BadWaitsError(SilenceError):
    """A text that does not say how long each step waits."""

    def __init__(self, text: str) -> None:
        super().__init__(f"Write three numbers of days, such as 7,14,28, not {text[:40]!a}.")


class Step(StrEnum):
    """The steps of the ladder, in their order."""

    OWNER = "owner"
    ABOVE = "above"
    CENTRE = "centre"
    CLOSURE = "closure"


@dataclass(frozen=True)
class Waits:
    """How long the silence lasts further before each step after the first."""

    above: timedelta = timedelta(days=7)
    centre: timedelta = timedelta(days=14)
    closure: timedelta = timedelta(days=28)


USUAL_WAITS = Waits()


@dataclass(frozen=True)
class Pause:
    """A time in which nobody expects a post; from its beginning, up to its end."""

    begins: datetime
    ends: datetime


@dataclass(frozen=True)
class Silence:
    """One silence of one account: since when, how long it may last, when no time counted, and when
    each step was told."""

    since: datetime
    longest: timedelta
    pauses: tuple[Pause, ...] = ()
    told: Mapping[Step, datetime] | None = None


def read_waits(text: str) -> Waits:
    """The waits as a setting says them, in days: above, communications, closing; BadWaitsError."""
    match = _WAITS.fullmatch(text.replace(" ", ""))
    if match is None:
        raise BadWaitsError(text)
    return Waits(*(timedelta(days=int(each)) for each in match.groups()))


def begun(account: Account, spoken_at: datetime | None) -> datetime | None:
    """When the silence of an account began: at its last post, or when it was opened or kept open.
    None if nobody knows of any of them."""
    opened = [step.at for step in account.history if step.status is AccountStatus.ACTIVE]
    known = [at for at in (spoken_at, account.kept_open_at, *opened[-1:]) if at is not None]
    return max(known, default=None)


def counted(since: datetime, until: datetime, pauses: Iterable[Pause]) -> timedelta:
    """How much of this time counts as silence; pauses that overlap count once."""
    total, reached = until - since, since
    for pause in sorted(pauses, key=lambda each: each.begins):
        begins, ends = max(pause.begins, reached), min(pause.ends, until)
        if begins < ends:
            total, reached = total - (ends - begins), ends
    return max(total, NOTHING)


def is_paused(pauses: Iterable[Pause], now: datetime) -> bool:
    """Whether nobody expects a post now."""
    return any(pause.begins <= now < pause.ends for pause in pauses)


def next_step(silence: Silence, now: datetime, waits: Waits = USUAL_WAITS) -> Step | None:
    """The step that is due now, None if none is: never two at once, never one before another."""
    if is_paused(silence.pauses, now):
        return None
    wait_of = {
        Step.OWNER: silence.longest,
        Step.ABOVE: waits.above,
        Step.CENTRE: waits.centre,
        Step.CLOSURE: waits.closure,
    }
    told, since = silence.told or {}, silence.since
    for step in Step:
        if step not in told:
            return step if counted(since, now, silence.pauses) >= wait_of[step] else None
        since = max(since, told[step])
    return None
