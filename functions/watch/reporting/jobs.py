"""The clock's call to this room: it reads no platform, and holds no key."""

import os
import secrets
from datetime import UTC, datetime, timedelta
from typing import Any

from shared.records.account_months import AccountMonths
from shared.records.accounts import Accounts
from shared.records.kept_tables import kept_tables
from shared.records.pen import Pen
from shared.records.reports import Reports
from shared.settings.reading import read
from watch.reporting.make_reports import Desk, make_reports
from watch.settings import TableSettings

PEN = Pen(secrets.token_bytes)

LONGEST_RUN = timedelta(minutes=8)
"""No report is begun after this; the function ends after ten minutes."""


def keep_reports(_event: dict[str, Any], _context: object, /) -> dict[str, Any]:
    """On the first mornings of a month: `{month, made, left}`; ReportsNotMadeError."""
    settings, now = read(TableSettings, os.environ), datetime.now(UTC)
    kept = kept_tables(settings.table_prefix)
    desk = Desk(
        Accounts(kept, PEN), AccountMonths(kept), Reports(kept, PEN), lambda: datetime.now(UTC)
    )
    made = make_reports(desk, now, now + LONGEST_RUN)
    made.ring(now)
    return {"month": made.month, "made": made.made, "left": made.left}
