"""A calendar month, by UTC: records belong to the month in which they were logged."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from shared.months.errors import BadMonthError

_WRITTEN = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])", re.ASCII)
DECEMBER = 12


@dataclass(frozen=True, order=True)
class Month:
    """One month of this century; written 2026-10, as its folder is called."""

    year: int
    number: int

    def __str__(self) -> str:
        return f"{self.year:04}-{self.number:02}"

    @property
    def begins(self) -> datetime:
        """Its first moment."""
        return datetime(self.year, self.number, 1, tzinfo=UTC)

    @property
    def ends(self) -> datetime:
        """The first moment that is not in it any more."""
        return self.next.begins

    @property
    def next(self) -> "Month":
        """The month after it."""
        if self.number == DECEMBER:
            return Month(self.year + 1, 1)
        return Month(self.year, self.number + 1)

    @property
    def previous(self) -> "Month":
        """The month before it."""
        if self.number == 1:
            return Month(self.year - 1, DECEMBER)
        return Month(self.year, self.number - 1)


def read_month(text: str) -> Month:
    """The month that is written so; BadMonthError."""
    match = _WRITTEN.fullmatch(text)
    if match is None:
        raise BadMonthError(text)
    return Month(int(match[1]), int(match[2]))


def month_of(moment: datetime) -> Month:
    """The month an aware moment is in."""
    at = moment.astimezone(UTC)
    return Month(at.year, at.month)
