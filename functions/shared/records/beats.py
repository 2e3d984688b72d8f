"""How far comparing accounts with what we know is, target by target of every account.

A row holds what an account is known to show, until when its timeline was read, which drifts stand
there, and why nobody could look. It changes in the same transaction as a drift is found in: what
one run found no other finds again.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from shared.drift.drift import Kind
from shared.drift.profile import Profile
from shared.posts.names import AccountId, PlatformName
from shared.records.errors import ChangedError
from shared.records.exception_rows import DRIFT_SILENT, ExceptionRow
from shared.records.listing import LONGEST_LISTING
from shared.records.spelling import as_json, from_json, moment_if, written_if
from shared.records.tables import Tables
from shared.records.targets import Target, as_read, read_targets, row_name, target_of
from shared.records.together import are_written, commit_each
from shared.records.transaction import Write

BEAT = "beat:"


@dataclass(frozen=True)
class Beat:
    """One target's: `began_at` is the first look, `read_to` until when the timeline was read;
    `known` is what the account is known to show, `drifts` what stood there otherwise at the last
    look, by its mark; `fault` is why nobody could look, `since` when, and nobody asks before
    `waits_until`. Moments are aware."""

    account: AccountId
    platform: PlatformName
    began_at: datetime | None = None
    read_to: datetime | None = None
    known: Profile = field(default_factory=dict)
    drifts: Mapping[str, str] = field(default_factory=dict)
    fault: str = ""
    since: datetime | None = None
    waits_until: datetime | None = None


class Beats:
    """Where it is kept."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def several(self, targets: Iterable[Target]) -> dict[Target, Beat]:
        """How far each of these is; one that nobody began is empty."""
        table = self._tables.exceptions
        return read_targets(self._tables, table, BEAT, targets, read=_beat_of, empty=Beat)

    def silent(self, limit: int = LONGEST_LISTING) -> tuple[Beat, ...]:
        """Targets that nobody could look at when it was tried last, by account."""
        table = self._tables.exceptions
        found = table.in_order.query(DRIFT_SILENT, limit=limit)
        targets = [target_of(BEAT, row.exception_id) for row in found]
        beats = [each for each in self.several(targets).values() if each.fault]
        return tuple(sorted(beats, key=lambda beat: (beat.account, beat.platform)))

    def keep(self, changes: Iterable[tuple[Beat, Beat]]) -> None:
        """How far targets are, from how each was read to how it is now, but for those where another
        run was meanwhile."""
        moved = [(before, after) for before, after in changes if before != after]
        writes = [[going_on(self._tables, before, after)] for before, after in moved]
        are_written(commit_each(self._tables.connection, writes), unless=ChangedError)


def going_on(tables: Tables, before: Beat, after: Beat) -> Write:
    """The write that takes it further; ChangedError if it is not as it was read."""
    table = tables.exceptions
    row: ExceptionRow = table(
        exception_id=row_name(BEAT, (after.account, after.platform)),
        entry=_entry(after),
        listed=DRIFT_SILENT if after.fault else None,
        found_at=written_if(after.since) if after.fault else None,
    )
    begun = before != Beat(before.account, before.platform)
    same = as_read(table.entry, _entry(before) if begun else None)
    changed = ChangedError("beat", row.exception_id, "was gone on with by somebody else")
    return Write(row, same, lambda _: changed)


def _entry(of: Beat) -> str:
    return as_json(
        {
            "began_at": written_if(of.began_at),
            "read_to": written_if(of.read_to),
            "known": {kind.value: value for kind, value in of.known.items()},
            "drifts": dict(of.drifts),
            "fault": of.fault,
            "since": written_if(of.since),
            "waits_until": written_if(of.waits_until),
        }
    )


def _beat_of(target: Target, entry: str) -> Beat:
    held: dict[str, Any] = from_json(entry)
    return Beat(
        *target,
        began_at=moment_if(held["began_at"]),
        read_to=moment_if(held["read_to"]),
        known={Kind(kind): value for kind, value in held["known"].items()},
        drifts=held["drifts"],
        fault=held["fault"],
        since=moment_if(held["since"]),
        waits_until=moment_if(held["waits_until"]),
    )
