"""How far looking after published posts is, target by target of every account.

A round goes through the recent posts of an account on one platform, newest first, and then through
a few of the older ones, which take turns. A row holds where it goes on, what was found otherwise
and is not believed yet, and why nobody could look.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from shared.posts.exception_found import Doubt
from shared.posts.names import AccountId, PlatformName
from shared.records.errors import ChangedError
from shared.records.exception_rows import SILENT
from shared.records.listing import LONGEST_LISTING
from shared.records.reading import Key, fetch
from shared.records.spelling import as_json, from_json, moment, moment_if, written, written_if
from shared.records.tables import Tables
from shared.records.targets import Target, as_read, read_targets, row_name, target_of
from shared.records.together import are_written, commit_each
from shared.records.transaction import Write

ROUND = "round:"


@dataclass(frozen=True)
class Round:
    """One target's: `done_at` is when it last went through, `recent` where it goes on among recent
    posts if it is under way, `older` where it goes on among older ones; `doubts` by post, version
    and place; `fault` is why nobody could look, `since` when, and nobody asks before `waits_until`.
    """

    account: AccountId
    platform: PlatformName
    done_at: datetime | None = None
    under_way: bool = False
    recent: str | None = None
    older: str | None = None
    doubts: Mapping[str, Doubt] = field(default_factory=dict)
    fault: str = ""
    since: datetime | None = None
    waits_until: datetime | None = None


class Rounds:
    """Where rounds are kept."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def several(self, targets: Iterable[Target]) -> dict[Target, Round]:
        """The rounds of these targets; one that nobody began is empty."""
        table = self._tables.exceptions
        return read_targets(self._tables, table, ROUND, targets, read=_round_of, empty=Round)

    def silent(self, limit: int = LONGEST_LISTING) -> tuple[Round, ...]:
        """Targets that nobody could look at when it was tried last, longest first."""
        table = self._tables.exceptions
        keys = table.in_order.query(SILENT, limit=limit)
        rows = fetch(self._tables.connection, [Key(table, (row.exception_id,)) for row in keys])
        found = [_round_of(target_of(ROUND, row.exception_id), row.entry) for row in rows.values()]
        return tuple(sorted((r for r in found if r.fault), key=lambda r: (r.account, r.platform)))

    def keep(self, changes: Iterable[tuple[Round, Round]]) -> list[bool]:
        """How far targets are, from how each was read to how it is now; whether it is so of each,
        for where another run was meanwhile that one's word counts."""
        writes = [[self._going_on(before, after)] for before, after in changes]
        return are_written(commit_each(self._tables.connection, writes), unless=ChangedError)

    def _going_on(self, before: Round, after: Round) -> Write:
        table = self._tables.exceptions
        row = table(
            exception_id=row_name(ROUND, (after.account, after.platform)),
            entry=_entry(after),
            listed=SILENT if after.fault else None,
            found_at=written_if(after.since) if after.fault else None,
        )
        begun = before != Round(before.account, before.platform)
        same = as_read(table.entry, _entry(before) if begun else None)
        changed = ChangedError("round", row.exception_id, "was gone on with by somebody else")
        return Write(row, same, lambda _: changed)


def _entry(of: Round) -> str:
    doubts = {n: [written(d.since), d.digest, d.became] for n, d in of.doubts.items()}
    return as_json(
        {
            "done_at": written_if(of.done_at),
            "under_way": of.under_way,
            "recent": of.recent,
            "older": of.older,
            "doubts": doubts,
            "fault": of.fault,
            "since": written_if(of.since),
            "waits_until": written_if(of.waits_until),
        }
    )


def _round_of(target: Target, entry: str) -> Round:
    held: dict[str, Any] = from_json(entry)
    doubts = {n: Doubt(moment(at), *told) for n, (at, *told) in held["doubts"].items()}
    return Round(
        *target,
        done_at=moment_if(held["done_at"]),
        under_way=held["under_way"],
        recent=held["recent"],
        older=held["older"],
        doubts=doubts,
        fault=held["fault"],
        since=moment_if(held["since"]),
        waits_until=moment_if(held["waits_until"]),
    )
