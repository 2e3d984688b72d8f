"""When a platform said "not now" to an account, every function knows it, and none asks before.

Kept beside the sessions, under a name of its own, and read with the post in one call.
"""

from datetime import datetime

from pynamodb.exceptions import PutError

from shared.posts.names import AccountId, PlatformName
from shared.records.rows import PlatformSessionRow
from shared.records.spelling import moment, written
from shared.records.tables import Tables


def window_name(account: AccountId, platform: PlatformName) -> str:
    """What the row is called."""
    return f"{platform}/{account}/closed"


def closed_until(row: PlatformSessionRow | None) -> datetime | None:
    """Until when it is closed, by its row; None where nobody ever heard "not now"."""
    return moment(row.held_until) if row and row.held_until else None


class PlatformWindows:
    """Where closed windows are kept."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def close(self, account: AccountId, platform: PlatformName, until: datetime) -> None:
        """Nobody speaks there before `until`; a later end that is known stays."""
        table = self._tables.platform_sessions
        end = written(until)
        row = table(name=window_name(account, platform), session="{}", held_until=end)
        try:
            row.save(table.name.does_not_exist() | (table.held_until < end))
        except PutError as error:
            if error.cause_response_code != "ConditionalCheckFailedException":
                raise
