"""What sealed months say themselves of how long they are kept: what is in them, and what is held.

A hold is known from the leaves that it was approved and released; whatever was said of one since
the newest month was sealed is not known here.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from archive.reading.as_sealed import UntrueBagError, sentence
from archive.reading.read_record import Record, read_record
from archive.reading.sealed_bag import Bag
from shared.months.bag import COUNTS
from shared.months.errors import MonthError
from shared.months.legal_hold import LegalHoldError, Scope
from shared.months.month import Month, read_month
from shared.months.outlived import Contents
from shared.recordlog.acts import Happened

HOLDS = "hold"
TOLD = frozenset({Happened.HOLD_APPROVED.value, Happened.HOLD_RELEASED.value})


@dataclass(frozen=True)
class HoldTold:
    """A legal hold as leaves tell it: in force since leaf `index`, and not released."""

    hold_id: str
    scope: Scope
    index: int

    def covers(self, month: Month) -> bool:
        """Whether the month is held."""
        return self.scope.covers(month)


def contents_of(bag: Bag) -> Contents:
    """The types of its leaves, as they were counted when it was sealed; UntrueBagError."""
    try:
        counted = json.loads(bag.read(COUNTS))["types"]
    except (ValueError, KeyError, TypeError) as error:
        raise UntrueBagError(bag.month, COUNTS, "it does not count types of leaves") from error
    if not isinstance(counted, dict):
        raise UntrueBagError(bag.month, COUNTS, "it does not count types of leaves")
    return Contents(bag.month, frozenset(counted))


def holds_told(bags: Iterable[Bag]) -> tuple[HoldTold, ...]:
    """The holds in force after these months, the oldest first; UntrueBagError."""
    held: dict[str, HoldTold] = {}
    for record in sorted(_records(bags), key=lambda record: record.index):
        said: Mapping[str, Any] = record.payload
        hold_id = str(said.get("hold_id"))
        if record.envelope.type == Happened.HOLD_APPROVED.value:
            held[hold_id] = HoldTold(hold_id, _scope(record), record.index)
        else:
            held.pop(hold_id, None)
    return tuple(held.values())


def _records(bags: Iterable[Bag]) -> Iterator[Record]:
    for bag in bags:
        for file in bag.record_files:
            if file.entity == HOLDS:
                records = (read_record(bag, file, raw) for raw in bag.lines(file))
                yield from (each for each in records if each.envelope.type in TOLD)


def _scope(record: Record) -> Scope:
    said = record.payload
    try:
        first, last = (
            read_month(str(said[name])) if said[name] else None for name in ("from", "to")
        )
        return Scope(first, last, str(said["held"]) if said.get("held") else None)
    except (KeyError, MonthError, LegalHoldError) as error:
        why = f"leaf {record.index} does not say what it holds ({sentence(error)})"
        raise UntrueBagError(record.bag.month, record.file.path, why) from error
