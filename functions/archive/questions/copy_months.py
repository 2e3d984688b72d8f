"""Every sealed month has its copy; one that has none, or an older edition of it, gets one.

A note beside the copy, written last, says of which bag it was made and in which edition. Whoever is
killed before that leaves files that the next run writes again.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol

from archive.questions.columns import EDITION
from archive.questions.derive import derive_month
from archive.reading.bags import Bags
from archive.reading.sealed_bag import Bag
from shared.months.month import Month
from shared.recordlog.canonical import JSON, canonical_json


class Copied(Protocol):
    """The bucket of the copy."""

    def read(self, path: str) -> bytes | None:
        """The object, or None."""

    def put(self, path: str, data: bytes) -> None:
        """Write it, whatever is there."""


def note_of(month: Month) -> str:
    """Where the note of a month's copy lies."""
    return f"copied/{month}.json"


def copy_months(
    bags: Bags, copied: Copied, scratch: Path, *, is_time: Callable[[], bool] = lambda: True
) -> Iterator[Month]:
    """The months that were copied now, oldest first; UntrueBagError, NotDerivedError. None is begun
    once it is not time any more."""
    for month in bags.months:
        if not is_time():
            return
        bag = bags.bag(month)
        if not _is_copied(bag, copied):
            copy_month(bag, copied, scratch)
            yield month


def copy_month(bag: Bag, copied: Copied, scratch: Path) -> None:
    """The copy of this bag stands, and its note; UntrueBagError, NotDerivedError."""
    with TemporaryDirectory(dir=scratch) as room:
        derived = derive_month(bag, Path(room), copied.put)
    files: list[JSON] = [asdict(each) for each in derived]
    said: JSON = {"bag": bag.sealed.bag, "edition": EDITION, "files": files}
    copied.put(note_of(bag.month), canonical_json(said))


def _is_copied(bag: Bag, copied: Copied) -> bool:
    note = copied.read(note_of(bag.month))
    said = json.loads(note) if note else {}
    return (said.get("bag"), said.get("edition")) == (bag.sealed.bag, EDITION)
