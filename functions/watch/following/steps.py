"""What the state machine `follower_review` calls: parse, one deed, answer. May be repeated."""

import os
import secrets
from datetime import UTC, datetime
from typing import Any

from shared.followers.likeness import OurNames, our_names
from shared.followers.thresholds import read_thresholds
from shared.posts.names import AccountId
from shared.records.accounts import Accounts
from shared.records.follower_lists import FollowerLists
from shared.records.pen import Pen
from shared.records.platform_sessions import PlatformSessions
from shared.records.reviews import Reviews
from shared.records.tables import tables
from shared.settings.reading import read
from watch.following import read_followers as reading
from watch.following.read_list import Shelf
from watch.read_only_ways import opening_to_read
from watch.settings import ListSettings

PEN = Pen(secrets.token_bytes)
INSTEAD = "sign in there and look at the list"


def read_followers(event: dict[str, Any], _context: object, /) -> dict[str, Any]:
    """Read on in the lists of `account` for `month`: `{outcome, until}`, `until` for who waits."""
    settings = read(ListSettings, os.environ)
    kept = tables(settings.table_prefix)
    accounts = Accounts(kept, PEN)
    ours = OurNames(our_names(accounts.all()))
    limits = read_thresholds(settings.follower_thresholds)
    desk = reading.Desk(
        accounts,
        Reviews(kept, PEN),
        Shelf(FollowerLists(kept), ours, limits, lambda: datetime.now(UTC)),
        opening_to_read(settings.reading_prefix, INSTEAD, lambda: PlatformSessions(kept)),
        secrets.token_bytes,
    )
    account, month = AccountId(event["account"]), str(event["month"])
    told = reading.read_followers(desk, account, month, datetime.now(UTC))
    return {"outcome": told.outcome.value, "until": _stamp(told.until)}


def _stamp(until: datetime | None) -> str | None:
    """As a state machine waits for it."""
    if until is None:
        return None
    return until.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
