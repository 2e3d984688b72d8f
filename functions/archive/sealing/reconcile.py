"""The log against the tables: does each leaf of a month have its row, and each row its leaf?

The rows come from an export of the table, which is the table as it was at one moment. A row whose
leaf belongs to another month, or waits in the outbox for its turn, is in order; one whose leaf is
nowhere was written past the log, and that is told.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from archive.sealing.begin_month import ends, log_at_end, starts
from archive.sealing.closing import Desk, pin, within
from shared.months.bag import RECONCILIATION
from shared.months.lines import leaf_id_of
from shared.months.logslice import bundles_of
from shared.months.month import Month
from shared.recordlog.canonical import JSON, canonical_json
from shared.recordlog.tiles import WIDTH

MOST_TOLD = 1000
"""Ids that are named; the numbers count them all."""


@dataclass(frozen=True)
class Export:
    """The rows of a table at one moment, by the ids of their leaves."""

    at: datetime
    leaf_ids: Iterable[str]


@dataclass(frozen=True)
class Reconciled:
    """What was found; empty where log and table agree."""

    only_in_log: tuple[str, ...]
    only_in_table: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Whether they agree."""
        return not self.only_in_log and not self.only_in_table


def reconcile(
    month: Month, export: Export, is_in_log: Callable[[str], bool], desk: Desk
) -> Reconciled:
    """Compare, and keep what was found with the month; `is_in_log` looks for a leaf anywhere else,
    the outbox included."""
    wanted = _leaves(month, desk)
    leaves, rows, strangers = len(wanted), 0, []
    first, last = min(wanted, default=""), max(wanted, default="")
    for leaf_id in export.leaf_ids:
        if leaf_id in wanted:
            wanted.discard(leaf_id)
            rows += 1
        elif first < leaf_id < last and not is_in_log(leaf_id):
            strangers.append(leaf_id)
    found = Reconciled(tuple(sorted(wanted)), tuple(sorted(strangers)))
    said: dict[str, JSON] = {
        "exported_at": export.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "leaves": leaves,
        "month": str(month),
        "only_in_log": list(found.only_in_log[:MOST_TOLD]),
        "only_in_table": list(found.only_in_table[:MOST_TOLD]),
        "only_in_table_count": len(found.only_in_table),
        "rows": rows,
        "source": "export",
    }
    pin(desk.shelf, within(month, RECONCILIATION), lambda: canonical_json(said))
    return found


def leave_unreconciled(month: Month, why: str, desk: Desk) -> None:
    """There was no export; the month says so."""
    said = canonical_json({"month": str(month), "source": "none", "why": why})
    pin(desk.shelf, within(month, RECONCILIATION), lambda: said)


def _leaves(month: Month, desk: Desk) -> set[str]:
    start, end = starts(month, desk), ends(month, desk)
    first, log = start.size if start else 0, log_at_end(month, desk)
    found: set[str] = set()
    for bundle in bundles_of(first, end.size):
        entries = log.bundle(bundle.index)
        place = bundle.index * WIDTH
        mine = entries[max(first - place, 0) : end.size - place]
        found.update(map(leaf_id_of, mine))
    return found
