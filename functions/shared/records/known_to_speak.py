"""When accounts are known to have spoken: what one morning found out, the next need not ask.

It is kept for many accounts together, and it is only a help. That a post went out stays true: what
is kept can be older than the newest, and never wrong. What is lost is asked of the posts again.
"""

from collections.abc import Mapping
from datetime import datetime

from shared.posts.names import AccountId
from shared.records.published import in_parts
from shared.records.reading import Key, fetch
from shared.records.spelling import as_json, from_json, moment, written
from shared.records.tables import Tables

TOGETHER = 2000
"""Accounts in a row; their names and moments fill half of what DynamoDB lets a row be."""


class KnownToSpeak:
    """Where it is kept: among the notices, for mornings ask it."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def read(self, accounts: int) -> dict[AccountId, datetime]:
        """What is known, of a force that has so many accounts."""
        keys = [Key(self._tables.notices, (_name(each),)) for each in range(_rows(accounts))]
        rows = fetch(self._tables.connection, keys).values()
        told = [pair for row in rows for pair in from_json(row.entry).items()]
        return {AccountId(account): moment(at) for account, at in told}

    def keep(self, known: Mapping[AccountId, datetime], now: datetime) -> None:
        """This instead of what was known."""
        for number, part in enumerate(in_parts(sorted(known), TOGETHER)):
            entry = as_json({account: written(known[account]) for account in part})
            row = self._tables.notices(notice_id=_name(number), begun_at=written(now), entry=entry)
            row.save()


def _rows(accounts: int) -> int:
    return -(-accounts // TOGETHER)


def _name(number: int) -> str:
    return f"known-to-speak:{number}"
