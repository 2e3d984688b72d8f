"""Whether a sealed month has outlived what it is kept for: its time, its lock and every hold.

Nothing is disposed of here. A month that is due may go; it goes only where the force has switched
that on, and two people agree. Whatever is not known keeps the month.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from shared.months.month import Month
from shared.months.retention import NoClassError, RecordClass, Schedule, class_of, longest


class Hold(Protocol):
    """That something be kept, whatever its time: a `legal_hold.LegalHold`, or what a bag tells."""

    @property
    def hold_id(self) -> str:
        """What it is found by."""

    def covers(self, month: Month) -> bool:
        """Whether the month is held."""


@dataclass(frozen=True)
class Contents:
    """What of a sealed month decides when it may go: the types of its leaves, and the moment its
    objects are locked until. Where nobody asked the bucket the lock is None."""

    month: Month
    types: frozenset[str]
    locked_until: datetime | None = None


@dataclass(frozen=True)
class Standing:
    """How a month stands: `until` its longest class is kept (None for ever), `by` that class (None
    where a type has no class), and why it stays, a sentence each. It is due where none is left."""

    month: Month
    until: datetime | None
    by: RecordClass | None
    stays: tuple[str, ...]

    @property
    def is_due(self) -> bool:
        """Whether nothing keeps it any more."""
        return not self.stays


def standing(
    contents: Contents, schedules: Sequence[Schedule], now: datetime, holds: Iterable[Hold]
) -> Standing:
    """How one month stands at `now`; a hold is stronger than every schedule."""
    month = contents.month
    held = [f"held by legal hold {each.hold_id}" for each in holds if each.covers(month)]
    if contents.locked_until is not None and now < contents.locked_until:
        held.append(f"locked until {contents.locked_until:%Y-%m-%d}")
    try:
        classes = {class_of(each) for each in contents.types}
    except NoClassError as error:
        return Standing(month, None, None, (*held, str(error)))
    by, until = longest(classes, month, schedules)
    if until is None:
        return Standing(month, None, by, (f"{by} are kept for ever", *held))
    young = (f"{by} are kept until {until:%Y-%m-%d}",) if now < until else ()
    return Standing(month, until, by, (*young, *held))


def due(
    months: Iterable[Contents],
    schedules: Sequence[Schedule],
    now: datetime,
    holds: Sequence[Hold],
) -> tuple[Standing, ...]:
    """The months that may go, oldest first."""
    every = (standing(each, schedules, now, holds) for each in months)
    return tuple(
        sorted((each for each in every if each.is_due), key=lambda standing: standing.month)
    )
