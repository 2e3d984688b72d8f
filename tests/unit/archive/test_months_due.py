"""Which month is next: the oldest that is over and not sealed, and somebody is woken in time."""

from datetime import UTC, datetime, timedelta

import pytest

from archive.sealing.begin_month import log_at_end
from archive.sealing.months_due import MonthMissingError, find_due, first_month, require_in_time
from shared.recordlog.reader import Log
from tests.unit.archive.closing import (
    LOG_SIGNER,
    OCTOBER,
    ORIGIN,
    SEPTEMBER,
    a_world,
    close,
)


def log_of(world):
    return Log(world.live.get, [LOG_SIGNER.key], ORIGIN)


def test_the_first_month_is_that_of_the_first_act():
    assert first_month(log_of(a_world(october=3))) == OCTOBER
    assert first_month(log_of(a_world())) is None


@pytest.mark.parametrize(
    ("latest", "first", "now", "due"),
    [
        (None, None, OCTOBER.ends, None),
        (None, SEPTEMBER, SEPTEMBER.ends, SEPTEMBER),
        (None, SEPTEMBER, SEPTEMBER.ends - timedelta(seconds=1), None),
        (SEPTEMBER, SEPTEMBER, OCTOBER.ends - timedelta(seconds=1), None),
        (SEPTEMBER, SEPTEMBER, OCTOBER.ends, OCTOBER),
        (SEPTEMBER, SEPTEMBER, datetime(2027, 5, 1, tzinfo=UTC), OCTOBER),
    ],
)
def test_the_oldest_month_that_is_over_is_due(latest, first, now, due):
    assert find_due(latest, first, now) == due


def test_a_month_that_waits_for_three_days_rings():
    require_in_time(None, OCTOBER.ends)
    require_in_time(OCTOBER, OCTOBER.ends + timedelta(days=3) - timedelta(seconds=1))

    with pytest.raises(MonthMissingError, match="2026-10"):
        require_in_time(OCTOBER, OCTOBER.ends + timedelta(days=3))


def test_the_log_as_it_was_is_read_from_the_log_as_it_is():
    world = a_world(september=3, october=400)
    close(world, SEPTEMBER)

    log = log_at_end(SEPTEMBER, world.desk())

    assert log.checkpoint.size == 3
    assert [len(bundle) for bundle in log.bundles()] == [3]
    close(world, OCTOBER)
    assert log_at_end(OCTOBER, world.desk()).checkpoint.size == 403
