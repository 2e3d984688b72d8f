"""Months that were disposed of, as later months tell it: who let them go, and by which leaf.

An approval names the month and all that went before it, for the leaf that let those go may be gone
with its own month by then. One that was refused afterwards does not count. Nothing that tables say
is believed here: a month whose bag is gone, and of which no sealed month says so, is missing.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from archive.reading.as_sealed import UntrueBagError, sentence
from archive.reading.read_record import Record, read_record
from archive.reading.sealed_bag import Bag
from shared.months.errors import MonthError
from shared.months.month import Month, read_month
from shared.recordlog.acts import Happened

DISPOSALS = "disposal"
TOLD = frozenset(
    {
        Happened.DISPOSAL_APPROVED.value,
        Happened.DISPOSAL_REFUSED.value,
        Happened.DISPOSAL_BEGUN.value,
    }
)


@dataclass(frozen=True)
class Told:
    """That two people let a month go: the bag it had, and the leaf that says so."""

    disposal_id: str
    month: Month
    bag: str
    index: int


def disposals_told(bags: Iterable[Bag]) -> tuple[Told, ...]:
    """The months that were let go, as these tell it, the oldest leaf first; UntrueBagError."""
    stands: dict[str, tuple[Told, ...]] = {}
    for record in sorted(_records(bags), key=lambda record: record.index):
        told = tuple(_told(record))
        if record.envelope.type == Happened.DISPOSAL_REFUSED.value:
            stands.pop(told[0].disposal_id, None)
        else:  # approved, or begun, if the month of the approval is gone itself
            stands.setdefault(told[0].disposal_id, told)
    return tuple(each for told in stands.values() for each in told)


def _records(bags: Iterable[Bag]) -> Iterator[Record]:
    for bag in bags:
        for file in bag.record_files:
            if file.entity == DISPOSALS:
                records = (read_record(bag, file, raw) for raw in bag.lines(file))
                yield from (each for each in records if each.envelope.type in TOLD)


def _told(record: Record) -> Iterator[Told]:
    said: Mapping[str, Any] = record.payload
    try:
        disposal_id = str(said["disposal_id"])
        for each in (said, *said.get("gone", ())):
            yield Told(disposal_id, read_month(str(each["month"])), str(each["bag"]), record.index)
    except (KeyError, TypeError, MonthError) as error:
        why = f"leaf {record.index} does not say what it lets go ({sentence(error)})"
        raise UntrueBagError(record.bag.month, record.file.path, why) from error
