"""The weeks before an election, in which a force keeps out of everything political."""

from dataclasses import dataclass
from datetime import date, timedelta

from shared.policy.errors import InvalidPackError
from shared.policy.fields import Fields

LONGEST = timedelta(days=100)
"""A longer period is a slip of the pen: a year typed wrong would hold posts for months."""


@dataclass(frozen=True)
class Period:
    """The time before one election, first and last day included."""

    name: str
    first: date
    last: date

    def includes(self, day: date) -> bool:
        """Whether a day lies in it."""
        return self.first <= day <= self.last


def periods(fields: Fields) -> tuple[Period, ...]:
    """The pack's `pre_election`: name to first and last day."""
    return tuple(_period(name, part) for name, part in fields.groups("pre_election"))


def _period(name: str, fields: Fields) -> Period:
    period = Period(name, fields.day("first"), fields.day("last"))
    fields.nothing_else()
    if not period.first <= period.last <= period.first + LONGEST:
        raise InvalidPackError(
            fields.path("last"), f"is before the first day, or more than {LONGEST.days} days after"
        )
    return period
