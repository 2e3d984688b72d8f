"""How far listening to what others say is, target by target of every account.

Listening reads newest first. What could not be read to its end is a gap: where it goes on, and back
to which moment. A row holds both, and why nobody could listen.
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
from shared.records.together import are_written, commit_each
from shared.records.transaction import Write

EAR = "ear:"


@dataclass(frozen=True)
class Ear:
    """One target's: everything said until `heard_to` was read, but for a gap that reaches back to
    `gap_since` and goes on at `gap_at` (None: from the newest on); `fault` is why nobody could
    listen, `since` when, and nobody asks before `waits_until`. Moments are aware.
    """

    account: AccountId
    platform: PlatformName
    heard_to: datetime | None = None
    gap_since: datetime | None = None
    gap_at: str | None = None
    fault: str = ""
    since: datetime | None = None
    waits_until: datetime | None = None


class Ears:
    """Where it is kept."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def several(self, targets: Iterable[Target]) -> dict[Target, Ear]:
        """How far each of these is; one that nobody listened to is empty."""
        table = self._tables.mentions
        return read_targets(self._tables, table, EAR, targets, read=_ear_of, empty=Ear)

    def keep(self, changes: Iterable[tuple[Ear, Ear]]) -> tuple[Ear, ...]:
        """How far targets are, from how each was read to how it is now; those that are so, without
        any where another run was meanwhile."""
        asked = tuple(changes)
        moved = [(before, after) for before, after in asked if before != after]
        writes = [[self._keeping(before, after)] for before, after in moved]
        outcomes = commit_each(self._tables.connection, writes)
        told = zip(moved, are_written(outcomes, unless=ChangedError), strict=True)
        lost = {after for (_, after), is_kept in told if not is_kept}
        return tuple(after for _, after in asked if after not in lost)

    def _keeping(self, before: Ear, after: Ear) -> Write:
        table = self._tables.mentions
        row = table(mention_id=row_name(EAR, (after.account, after.platform)), entry=_entry(after))
        begun = before != Ear(before.account, before.platform)
        same = as_read(table.entry, _entry(before) if begun else None)
        changed = ChangedError("ear", row.mention_id, "was gone on with by somebody else")
        return Write(row, same, lambda _: changed)


def _entry(of: Ear) -> str:
    return as_json(
        {
            "heard_to": written_if(of.heard_to),
            "gap_since": written_if(of.gap_since),
            "gap_at": of.gap_at,
            "fault": of.fault,
            "since": written_if(of.since),
            "waits_until": written_if(of.waits_until),
        }
    )


def _ear_of(target: Target, entry: str) -> Ear:
    held: dict[str, Any] = from_json(entry)
    return Ear(
        *target,
        heard_to=moment_if(held["heard_to"]),
        gap_since=moment_if(held["gap_since"]),
        gap_at=held["gap_at"],
        fault=held["fault"],
        since=moment_if(held["since"]),
        waits_until=moment_if(held["waits_until"]),
    )
