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
from shared.records.reading import Key, fetch
from shared.records.spelling import as_json, from_json, moment, written
from shared.records.tables import Tables
from shared.records.transaction import Write, commit

SEARCH = "search:"
Target = tuple[AccountId, PlatformName]


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
        keys = {each: Key(self._tables.impostors, (_name(*each),)) for each in targets}
        rows = fetch(self._tables.connection, keys.values())
        return {
            each: _search_of(each, rows[key].entry) if key in rows else Search(*each)
            for each, key in keys.items()
        }

    def keep(self, before: Search, after: Search) -> None:
        """How far it is now; ChangedError if another run was here meanwhile."""
        if before == after:
            return
        table = self._tables.impostors
        row = table(case_id=_name(after.account, after.platform), entry=_entry(after))
        begun = before != Search(before.account, before.platform)
        same = table.entry == _entry(before) if begun else table.entry.does_not_exist()
        changed = ChangedError("search", row.case_id, "was gone on with by somebody else")
        commit(self._tables.connection, [Write(row, same, lambda _: changed)])


def _name(account: AccountId, platform: PlatformName) -> str:
    return f"{SEARCH}{account}/{platform}"


def _entry(of: Search) -> str:
    return as_json(
        {
            "done_at": _text(of.done_at),
            "at": of.at,
            "more": of.more,
            "fault": of.fault,
            "since": _text(of.since),
            "waits_until": _text(of.waits_until),
        }
    )


def _search_of(target: Target, entry: str) -> Search:
    held: dict[str, Any] = from_json(entry)
    return Search(
        *target,
        done_at=_moment(held["done_at"]),
        at=held["at"],
        more=held["more"],
        fault=held["fault"],
        since=_moment(held["since"]),
        waits_until=_moment(held["waits_until"]),
    )


def _text(at: datetime | None) -> str | None:
    return written(at) if at else None


def _moment(text: str | None) -> datetime | None:
    return moment(text) if text else None
