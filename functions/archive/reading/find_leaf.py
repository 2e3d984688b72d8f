"""A leaf by its name: its index in the log, or its id.

FindError
└── NoLeafError    no leaf of that name in these months; carries it
"""

import re
from collections.abc import Iterator

from archive.reading.as_sealed import NoMonthError
from archive.reading.bags import Reading
from archive.reading.read_record import Record, find_record, read_record
from archive.reading.sealed_bag import Bag
from shared.records.pen import CROCKFORD

_INDEX = re.compile(r"0|[1-9][0-9]{0,17}", re.ASCII)
_LEAF_ID = re.compile(f"[0-7][{CROCKFORD}]{{25}}")
STAMP = 10
"""Characters of a ULID that tell its time, in milliseconds."""


class FindError(Exception):
    """Root of why something is not found."""


class NoLeafError(FindError):
    """No leaf of that name in these months."""

    def __init__(self, name: str) -> None:
        shown = ascii(name[:40])
        super().__init__(f"No leaf {shown} in these months. Give its index, or its id.")
        self.name = name


def find_leaf(reading: Reading, name: str) -> Record:
    """The record of a leaf by its index or its id; NoLeafError, UntrueBagError."""
    if _INDEX.fullmatch(name):
        try:
            return find_record(reading.holding(int(name)), int(name))
        except NoMonthError as error:
            raise NoLeafError(name) from error
    if _LEAF_ID.fullmatch(name):
        for bag in sorted(reading.bags, key=lambda bag: _is_before(bag, name)):
            for record in _named(bag, name):
                return record
    raise NoLeafError(name)


def _is_before(bag: Bag, leaf_id: str) -> bool:
    """Whether the month was over when the leaf was made: it holds it only if a clock was wrong."""
    made = 0
    for character in leaf_id[:STAMP]:
        made = made * len(CROCKFORD) + CROCKFORD.index(character)
    return bag.month.ends.timestamp() * 1000 <= made


def _named(bag: Bag, leaf_id: str) -> Iterator[Record]:
    seam = f'"id":"{leaf_id}"'.encode()
    for file in bag.record_files:
        for raw in bag.lines(file):
            if seam in raw:
                record = read_record(bag, file, raw)
                if record.envelope.leaf_id == leaf_id:
                    yield record
