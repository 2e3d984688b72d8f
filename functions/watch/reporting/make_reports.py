"""In the first days of a month the last one's reports are made: each account's, then the force's.

Each is put once, with its leaf, so that whoever is stopped, or fired twice, goes on with those that
are not there yet. The force's is made when no account's is missing. After the last day on which it
is tried, it rings.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from shared.accounts.registry import Account, AccountStatus
from shared.posts.localtime import LONDON, local
from shared.posts.names import AccountId
from shared.records.account_months import AccountMonths
from shared.records.accounts import Accounts
from shared.records.published import in_parts
from shared.records.reports import Reports
from shared.reports.count import Span, count
from shared.reports.report import Report, report_name, whole

LAST_DAY = 8
"""Of the next month: until then what is left is gone on with."""

TOGETHER = 10
"""Accounts whose reports are made and put together; it takes seconds."""

ONE_DAY = timedelta(days=1)
SPEAKS = frozenset({AccountStatus.ACTIVE, AccountStatus.SUSPENDED})


class ReportsNotMadeError(Exception):
    """Reports that are missing though their time is over; raising it rings the alarm."""

    def __init__(self, month: str, left: int) -> None:
        super().__init__(
            f"{left} accounts have no report of {month}. See why, then fire MakeReports until "
            "none is left."
        )


@dataclass(frozen=True)
class Desk:
    """Records, and the clock."""

    accounts: Accounts
    months: AccountMonths
    reports: Reports
    clock: Callable[[], datetime]


@dataclass(frozen=True)
class Made:
    """How many reports were made now, of which month, and how many accounts' are `left`."""

    month: str
    made: int
    left: int

    def ring(self, now: datetime) -> None:
        """ReportsNotMadeError, once nobody tries any more."""
        if self.left and local(now).day >= LAST_DAY:
            raise ReportsNotMadeError(self.month, self.left)


def make_reports(desk: Desk, now: datetime, until: datetime) -> Made:
    """Make those of last month that are missing, beginning no more of them after `until`."""
    span = last_month(now)
    stated = desk.reports.stated(span.month)
    wanted = [each for each in desk.accounts.all() if _spoke(each, span)]
    left = [each for each in wanted if report_name(each.account_id, span.month) not in stated]
    made = 0
    for part in in_parts(left, TOGETHER):
        if desk.clock() >= until:
            return Made(span.month, made, len(left) - made)
        desk.reports.state_each(_reports(desk, part, span))
        made += len(part)
    if wanted and report_name(None, span.month) not in stated:
        _state_whole(desk, span, [each.account_id for each in wanted])
        made += 1
    return Made(span.month, made, 0)


def last_month(now: datetime) -> Span:
    """The month before this one on the force's own calendar; moments are aware."""
    ends = local(now).date().replace(day=1)
    begins = (ends - ONE_DAY).replace(day=1)
    first, last = (datetime(day.year, day.month, 1, tzinfo=LONDON) for day in (begins, ends))
    return Span(f"{begins:%Y-%m}", first, last)


def _reports(desk: Desk, accounts: list[Account], span: Span) -> Iterator[Report]:
    known = {each.account_id: each for each in accounts}
    for key, facts in desk.months.facts(tuple(known), span.month, span.begins, span.ends):
        yield count(known[key], facts, span, desk.clock())


def _state_whole(desk: Desk, span: Span, accounts: list[AccountId]) -> None:
    names = [report_name(each, span.month) for each in accounts]
    desk.reports.state(whole(span.month, desk.reports.several(names), desk.clock()))


def _spoke(account: Account, span: Span) -> bool:
    """Whether it may have spoken in that month: one that was closed before it did not."""
    if account.status is AccountStatus.CLOSED:
        return bool(account.history) and account.history[-1].at >= span.begins
    return account.status in SPEAKS
