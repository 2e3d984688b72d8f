"""The clock's call to this room: it reads no platform, and holds no key."""

import os
import secrets
from datetime import UTC, datetime
from typing import Any

from shared.conductor.executions import Executions, step_functions
from shared.records.accounts import Accounts
from shared.records.kept_tables import kept_tables
from shared.records.notices import Notices
from shared.records.pen import Pen
from shared.records.reviews import Reviews
from shared.settings.reading import read
from watch.following.begin_reviews import Desk, begin_reviews
from watch.following.state_reviews import state_reviews
from watch.settings import ReviewSettings

PEN = Pen(secrets.token_bytes)


def keep_reviews(_event: dict[str, Any], _context: object, /) -> dict[str, Any]:
    """Every morning: `{accounts, stated}`, how many are read today and which month was stated;
    ReviewsStalledError."""
    settings, now = read(ReviewSettings, os.environ), datetime.now(UTC)
    kept = kept_tables(settings.table_prefix)
    reviews = Reviews(kept, PEN)
    executions = Executions(step_functions, settings.follower_review_arn)
    begun = begin_reviews(Desk(Accounts(kept, PEN), reviews, executions), now)
    stated = state_reviews(reviews, Notices(kept, PEN), now)
    begun.ring()
    return {"accounts": begun.accounts, "stated": stated}
