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
from shared.records.reading import Key, fetch
from shared.records.spelling import as_json, from_json, moment, written
from shared.records.tables import Tables
from shared.records.transaction import Write, commit

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

    def several(
        self, targets: Iterable[tuple[AccountId, PlatformName]]
    ) -> dict[tuple[AccountId, PlatformName], Ear]:
        """How far each of these is; one that nobody listened to is empty."""
        keys = {each: Key(self._tables.mentions, (_name(*each),)) for each in targets}
        rows = fetch(self._tables.connection, keys.values())
        return {
            each: _ear_of(each, rows[key].entry) if key in rows else Ear(*each)
            for each, key in keys.items()
        }

    def keep(self, before: Ear, after: Ear) -> None:
        """How far it is now; ChangedError if another run was here meanwhile."""
        if before == after:
            return
        table = self._tables.mentions
        row = table(mention_id=_name(after.account, after.platform), entry=_entry(after))
        begun = before != Ear(before.account, before.platform)
        same = table.entry == _entry(before) if begun else table.entry.does_not_exist()
        changed = ChangedError("ear", row.mention_id, "was gone on with by somebody else")
        commit(self._tables.connection, [Write(row, same, lambda _: changed)])


def _name(account: AccountId, platform: PlatformName) -> str:
    return f"{EAR}{account}/{platform}"


def _entry(of: Ear) -> str:
    return as_json(
        {
            "heard_to": _text(of.heard_to),
            "gap_since": _text(of.gap_since),
            "gap_at": of.gap_at,
            "fault": of.fault,
            "since": _text(of.since),
            "waits_until": _text(of.waits_until),
        }
    )


def _ear_of(target: tuple[AccountId, PlatformName], entry: str) -> Ear:
    held: dict[str, Any] = from_json(entry)
    return Ear(
        *target,
        heard_to=_moment(held["heard_to"]),
        gap_since=_moment(held["gap_since"]),
        gap_at=held["gap_at"],
        fault=held["fault"],
        since=_moment(held["since"]),
        waits_until=_moment(held["waits_until"]),
    )


def _text(at: datetime | None) -> str | None:
    return written(at) if at else None


def _moment(text: str | None) -> datetime | None:
    return moment(text) if text else None
