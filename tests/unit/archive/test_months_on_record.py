"""Which months are missing, and since when that is late."""

from datetime import UTC, datetime

import pytest

from archive.auditing.months_on_record import missing_months
from shared.months.month import Month

SEPTEMBER, OCTOBER, NOVEMBER = (Month(2026, number) for number in (9, 10, 11))


@pytest.mark.parametrize(
    ("sealed", "now", "missing"),
    [
        ((), (2026, 12, 20), []),
        ((OCTOBER,), (2026, 11, 30), []),
        ((OCTOBER,), (2026, 12, 1), [(NOVEMBER, False)]),
        ((OCTOBER,), (2026, 12, 3), [(NOVEMBER, False)]),
        ((OCTOBER,), (2026, 12, 4), [(NOVEMBER, True)]),
        ((SEPTEMBER,), (2026, 12, 1), [(OCTOBER, True), (NOVEMBER, False)]),
        ((SEPTEMBER, NOVEMBER), (2026, 12, 9), [(OCTOBER, True)]),
    ],
)
def test_a_month_is_missing_from_its_end_and_late_three_days_after(sealed, now, missing):
    found = missing_months(sealed, datetime(*now, tzinfo=UTC))

    assert [(each.month, each.late) for each in found] == missing
    assert [each.since for each in found] == [each.month.ends for each in found]
