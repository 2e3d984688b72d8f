"""What the state machine `follower_review` calls: parse, one deed, answer. May be repeated."""

import os
import secrets
from datetime import UTC, datetime
from functools import cache
from typing import Any

from shared.followers.thresholds import read_thresholds
from shared.posts.names import AccountId
from shared.records.accounts import Accounts
from shared.records.follower_lists import FollowerLists
from shared.records.kept_tables import kept_tables
from shared.records.pen import Pen
from shared.records.platform_sessions import PlatformSessions
from shared.records.reviews import Reviews
from shared.settings.reading import read
from watch.following import read_followers as reading
from watch.following.names_of_ours import NamesOfOurs
from watch.following.read_list import Shelf
from watch.means import Means
from watch.read_only_ways import READABLE, opening_to_read
from watch.settings import ListSettings

PEN = Pen(secrets.token_bytes)
INSTEAD = "sign in there and look at the list"


def read_followers(event: dict[str, Any], _context: object, /) -> dict[str, Any]:
    """Read on in the lists of `accounts` for `month`: `{outcome, accounts, month, until}`, those
    that are left, and `until` for who waits."""
    settings = read(ListSettings, os.environ)
    kept, now = kept_tables(settings.table_prefix), datetime.now(UTC)
    ours = _names_of_ours(settings.table_prefix).at(now)
    limits = read_thresholds(settings.follower_thresholds)
    means = Means(settings.reading_prefix, READABLE, lambda: PlatformSessions(kept))
    desk = reading.Desk(
        Accounts(kept, PEN),
        Reviews(kept, PEN),
        Shelf(FollowerLists(kept), ours, limits, lambda: datetime.now(UTC)),
        opening_to_read(means, INSTEAD),
        secrets.token_bytes,
        means.expect,
    )
    accounts, month = [AccountId(each) for each in event["accounts"]], str(event["month"])
    left = reading.read_followers(desk, accounts, month, now)
    told = {"outcome": left.outcome.value, "until": _stamp(left.until)}
    return {"accounts": [*left.accounts], "month": month, **told}


@cache
def _names_of_ours(table_prefix: str) -> NamesOfOurs:
    """Those that this function keeps while it is warm."""
    return NamesOfOurs(Accounts(kept_tables(table_prefix), PEN).all)


def _stamp(until: datetime | None) -> str | None:
    """As a state machine waits for it."""
    if until is None:
        return None
    return until.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
