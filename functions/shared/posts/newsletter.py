"""The weekly newsletter: what belongs into which issue.

An issue is called after the Friday it goes out; it tells what was published since nine o'clock on
the Friday before, on London's clock. What was taken away anywhere is not told again.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from shared.posts.localtime import LONDON, local

FRIDAY = 4
AT = time(9, 0)
WEEK = timedelta(days=7)


class Happened(StrEnum):
    """Types of leaves that speak of newsletters; none of them names a reader."""

    SENT = "newsletter.sent"


@dataclass(frozen=True)
class Issue:
    """The newsletter of one Friday: what was published from `since` until before `until` (UTC)."""

    day: date
    since: datetime
    until: datetime

    @property
    def name(self) -> str:
        """Such as 2026-11-27; later issues sort behind earlier ones."""
        return self.day.isoformat()

    @property
    def subject(self) -> str:
        """How leaves name it."""
        return f"newsletter:{self.name}"


@dataclass(frozen=True)
class Item:
    """One post of the week: who said what, when, and where it can be seen."""

    account_title: str
    text: str
    address: str
    at: datetime


def issue_of(now: datetime) -> Issue:
    """The latest issue that is due."""
    here = local(now)
    day = here.date() - timedelta(days=(here.weekday() - FRIDAY) % 7)
    if _nine(day) > now:
        day -= WEEK
    return Issue(day, _nine(day - WEEK), _nine(day))


def _nine(day: date) -> datetime:
    # By day and clock, not by hours: between two Fridays the clocks may change.
    return datetime.combine(day, AT, LONDON)
