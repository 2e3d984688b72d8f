"""The clock's call to this room: it searches platforms, with keys that only read."""

import os
import secrets
from datetime import UTC, datetime
from typing import Any

from shared.records.accounts import Accounts
from shared.records.impostors import Impostors
from shared.records.pen import Pen
from shared.records.platform_sessions import PlatformSessions
from shared.records.reviews import Reviews
from shared.records.searches import Searches
from shared.records.snapshot import Snapshots
from shared.records.tables import Tables
from shared.settings.reading import read
from watch.following.reviews_due import months_waiting
from watch.impostors.from_reviews import from_reviews
from watch.impostors.keep_found import keep_found
from watch.impostors.look_again import look_again
from watch.impostors.look_for import Desk, look_for
from watch.impostors.searching_ways import opening_to_search
from watch.jobs import kept
from watch.settings import ReadingSettings

PEN = Pen(secrets.token_bytes)


def look_for_impostors(_event: dict[str, Any], _context: object, /) -> dict[str, Any]:
    """Every day: `{found, asked, silent, looked, gone}`."""
    settings, tables = read(ReadingSettings, os.environ), kept()
    desk, now = _desk(settings, tables), datetime.now(UTC)
    flagged = _from_reviews(desk, tables, now)
    seen = look_again(desk, now)
    searched = look_for(desk, now)
    return {
        "found": flagged + searched.found,
        "asked": searched.asked,
        "silent": searched.silent,
        "looked": seen.looked,
        "gone": seen.gone,
    }


def _from_reviews(desk: Desk, tables: Tables, now: datetime) -> int:
    reviews = Reviews(tables, PEN)
    known = [each for month in months_waiting(now) for each in reviews.of_month(month)]
    accounts = {each.account_id: each for each in desk.accounts.all()} if known else {}
    return keep_found(from_reviews(known, accounts), desk.impostors, now)


def _desk(settings: ReadingSettings, tables: Tables) -> Desk:
    return Desk(
        Accounts(tables, PEN),
        Searches(tables),
        Impostors(tables, PEN),
        Snapshots(tables),
        opening_to_search(settings.reading_prefix, lambda: PlatformSessions(tables)),
        lambda: datetime.now(UTC),
    )
