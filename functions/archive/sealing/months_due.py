"""Which month is to be sealed next: the oldest that is over and is not."""

from datetime import datetime, timedelta

from shared.months.month import Month, month_of
from shared.recordlog.leaf import read_envelope
from shared.recordlog.reader import Log

PATIENCE = timedelta(days=3)
"""How long after its end a month may be without its seal before somebody is woken."""


class MonthMissingError(Exception):
    """A month ended days ago and is not sealed; raising it rings the alarm."""

    def __init__(self, month: Month) -> None:
        super().__init__(f"The month {month} is not sealed. Look at its executions.")
        self.month = month


def first_month(log: Log) -> Month | None:
    """The month in which its first act happened; None while there is no act."""
    if log.checkpoint.size == 0:
        return None
    return month_of(read_envelope(log.entry(0)).at)


def find_due(latest: Month | None, first: Month | None, now: datetime) -> Month | None:
    """The month after the `latest` that is sealed, or the `first` of all; None if it is not over,
    or there is nothing to seal."""
    month = latest.next if latest else first
    return month if month is not None and month.ends <= now else None


def require_in_time(due: Month | None, now: datetime) -> None:
    """MonthMissingError if a month has waited too long."""
    if due is not None and now >= due.ends + PATIENCE:
        raise MonthMissingError(due)
