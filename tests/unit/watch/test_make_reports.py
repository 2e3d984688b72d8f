"""Reports are made once each, go on where they were stopped, and ring when their time is over."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.accounts.registry import AccountStatus, StatusChange
from shared.reports.facts import Content, Facts, Sent
from shared.reports.report import Part
from tests.builders import an_account
from watch.reporting.make_reports import (
    LAST_DAY,
    TOGETHER,
    Desk,
    ReportsNotMadeError,
    last_month,
    make_reports,
)

NOW = datetime(2026, 12, 2, 6, 10, tzinfo=UTC)
MID = datetime(2026, 11, 14, tzinfo=UTC)
SENT = Sent(MID, Content.OTHER, frozenset({"x"}))
MINUTE = timedelta(minutes=1)


@dataclass
class World:
    """Reports in memory; an account's month takes a minute, `dies_at` is when it is killed."""

    accounts: list
    kept: dict = field(default_factory=dict)
    at: datetime = NOW
    asked: list = field(default_factory=list)
    dies_at: int = -1

    def all(self):
        return tuple(self.accounts)

    def facts(self, accounts, month, begins, ends):
        for account in accounts:
            if self.dies_at == len(self.asked):
                raise ConnectionError("killed here")
            self.asked.append((account, month, begins, ends))
            self.at += MINUTE
            yield account, Facts(sent=(SENT,))

    def state_each(self, reports):
        return [self.state(report) for report in tuple(reports)]

    def state(self, report):
        if report.report_id in self.kept:
            return False
        self.kept[report.report_id] = report
        return True

    def stated(self, month):
        return frozenset(name for name in self.kept if name.startswith(month))

    def several(self, names):
        return (self.kept[name] for name in names)

    def make(self, minutes=60):
        desk = Desk(self, self, self, lambda: self.at)
        return make_reports(desk, self.at, self.at + minutes * MINUTE)


def a_world(count=3):
    return World([an_account(f"team-{n}") for n in range(count)])


def test_each_accounts_report_is_made_and_then_the_forces():
    world = a_world()

    made = world.make()

    assert (made.month, made.made, made.left) == ("2026-11", 4, 0)
    assert list(world.kept) == [*(f"2026-11-team-{n}" for n in range(3)), "2026-11"]
    assert world.kept["2026-11"].accounts == 3
    assert world.kept["2026-11"].count(Part.CONTENT, "other") == 3


def test_whoever_fires_it_a_second_time_does_no_harm():
    world = a_world()
    world.make()
    before = dict(world.kept)

    assert world.make().made == 0
    assert world.kept == before


def test_it_stops_in_time_and_the_next_goes_on():
    world = a_world(TOGETHER + 2)

    first = world.make(minutes=2)
    second = world.make()

    assert (first.made, first.left) == (TOGETHER, 2)
    assert (second.made, second.left) == (3, 0)
    assert len(world.asked) == TOGETHER + 2


@given(st.integers(0, TOGETHER + 4))
def test_killed_anywhere_it_ends_with_the_same_reports(dies_at):
    world = a_world(TOGETHER + 3)
    world.dies_at = dies_at
    try:
        world.make()
    except ConnectionError:
        world.dies_at = -1
        world.make()

    teams = [f"2026-11-team-{n}" for n in range(TOGETHER + 3)]
    assert sorted(world.kept) == sorted(["2026-11", *teams])
    assert len(world.asked) - len(teams) < TOGETHER  # what was put is not counted again


def test_the_month_is_the_forces_own_and_not_the_clocks():
    june = last_month(datetime(2026, 7, 3, tzinfo=UTC))

    assert june.month == "2026-06"
    assert june.begins.astimezone(UTC) == datetime(2026, 5, 31, 23, tzinfo=UTC)
    assert june.ends.astimezone(UTC) == datetime(2026, 6, 30, 23, tzinfo=UTC)
    assert last_month(datetime(2027, 1, 2, tzinfo=UTC)).month == "2026-12"


@pytest.mark.parametrize(
    ("status", "closed_at", "reported"),
    [
        (AccountStatus.SUSPENDED, None, True),
        (AccountStatus.REQUESTED, None, False),
        (AccountStatus.APPROVED, None, False),
        (AccountStatus.CLOSED, MID, True),
        (AccountStatus.CLOSED, datetime(2026, 10, 31, tzinfo=UTC), False),
    ],
)
def test_only_an_account_that_may_have_spoken_has_a_report(status, closed_at, reported):
    history = (StatusChange(status, closed_at, "registrar", "Over."),) if closed_at else ()
    world = World([replace(an_account("leek"), status=status, history=history)])
    world.make()

    assert ("2026-11-leek" in world.kept) is reported


def test_a_force_without_accounts_has_no_report():
    assert World([]).make().made == 0


def test_what_is_missing_rings_on_the_last_day_and_not_before():
    world = a_world(TOGETHER + 2)
    made = world.make(minutes=1)

    made.ring(NOW)
    with pytest.raises(ReportsNotMadeError, match="2 accounts have no report of 2026-11"):
        made.ring(NOW.replace(day=LAST_DAY))
    world.make().ring(NOW.replace(day=LAST_DAY))
