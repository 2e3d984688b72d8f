"""How much of what a platform allows in a stretch of time is used up, over all functions.

Kept beside the sessions, under a name of its own. A stretch begins with its first use.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from pynamodb.exceptions import PutError

from shared.posts.names import AccountId, PlatformName
from shared.records.rows import PlatformSessionRow
from shared.records.spelling import as_json, from_json, moment, written
from shared.records.tables import Tables

TRIES = 5
A_MOMENT = timedelta(seconds=20)


@dataclass(frozen=True)
class Pace:
    """So many in so long."""

    most: int
    within: timedelta


class PlatformPaces:
    """Where they are counted."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def take(
        self, account: AccountId, platform: PlatformName, what: str, pace: Pace, now: datetime
    ) -> datetime | None:
        """None if one more may be done now, and then it is counted; else when to come back."""
        table = self._tables.platform_sessions
        name = f"{platform}/{account}/{what}"
        for _ in range(TRIES):
            row = self._row(name)
            since, used = _used(row, pace, now)
            if used >= pace.most:
                return since + pace.within
            entry = as_json({"since": written(since), "used": used + 1})
            same = table.session == row.session if row else table.name.does_not_exist()
            try:
                table(name=name, session=entry).save(same)
            except PutError as error:
                if error.cause_response_code != "ConditionalCheckFailedException":
                    raise
            else:
                return None
        return now + A_MOMENT  # many at once; whoever comes back later has less to meet

    def _row(self, name: str) -> PlatformSessionRow | None:
        table = self._tables.platform_sessions
        try:
            return table.get(name, consistent_read=True)
        except table.DoesNotExist:
            return None


def _used(row: PlatformSessionRow | None, pace: Pace, now: datetime) -> tuple[datetime, int]:
    """Since when the stretch runs, and how many were done in it."""
    if row is None:
        return now, 0
    held = from_json(row.session)
    since = moment(held["since"])
    return (now, 0) if now >= since + pace.within else (since, int(held["used"]))
