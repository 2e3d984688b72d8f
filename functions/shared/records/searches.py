"""How far searching for impostors is, target by target of every account.

A round asks the questions of one account on one platform, in their order. A row holds which is the
next, and why nobody could search.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from shared.posts.names import AccountId, PlatformName
from shared.records.errors import ChangedError
from shared.records.spelling import as_json, from_json, moment_if, written_if
from shared.records.tables import Tables
from shared.records.targets import Target, as_read, read_targets, row_name
from shared.records.transaction import Write, commit

SEARCH = "search:"


@dataclass(frozen=True)
class Search:
    """One target's: `done_at` is when its last round ended, `at` the question with which the round
    goes on, `more` how many were alike in it and found no room; `fault` is why nobody could search,
    `since` when, and nobody asks before `waits_until`. Moments are aware."""

    account: AccountId
    platform: PlatformName
    done_at: datetime | None = None
    at: int = 0
    more: int = 0
    fault: str = ""
    since: datetime | None = None
    waits_until: datetime | None = None


class Searches:
    """Where it is kept."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def several(self, targets: Iterable[Target]) -> dict[Target, Search]:
        """How far each of these is; one that nobody searched is empty."""
        table = self._tables.impostors
        return read_targets(self._tables, table, SEARCH, targets, read=_search_of, empty=Search)

    def keep(self, before: Search, after: Search) -> None:
        """How far it is now; ChangedError if another run was here meanwhile."""
        if before == after:
            return
        table = self._tables.impostors
        row = table(case_id=row_name(SEARCH, (after.account, after.platform)), entry=_entry(after))
        begun = before != Search(before.account, before.platform)
        same = as_read(table.entry, _entry(before) if begun else None)
        changed = ChangedError("search", row.case_id, "was gone on with by somebody else")
        commit(self._tables.connection, [Write(row, same, lambda _: changed)])


def _entry(of: Search) -> str:
    return as_json(
        {
            "done_at": written_if(of.done_at),
            "at": of.at,
            "more": of.more,
            "fault": of.fault,
            "since": written_if(of.since),
            "waits_until": written_if(of.waits_until),
        }
    )


def _search_of(target: Target, entry: str) -> Search:
    held: dict[str, Any] = from_json(entry)
    return Search(
        *target,
        done_at=moment_if(held["done_at"]),
        at=held["at"],
        more=held["more"],
        fault=held["fault"],
        since=moment_if(held["since"]),
        waits_until=moment_if(held["waits_until"]),
    )
