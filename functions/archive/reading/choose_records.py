"""The records that somebody asks for, in the order of the log, one at a time."""

import heapq
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import cast

from archive.reading.bags import Reading
from archive.reading.read_record import Record, read_record
from archive.reading.sealed_bag import Bag, RecordFile
from shared.months import bag as layout
from shared.recordlog.canonical import JSON


@dataclass(frozen=True)
class Wanted:
    """What is asked for; what is None is not asked. `types` are beginnings, such as `deletion.`;
    `who` is actor or approver; `since` is the first moment of the act, `until` the first beyond."""

    account: str | None = None
    who: str | None = None
    types: tuple[str, ...] = ()
    since: datetime | None = None
    until: datetime | None = None
    leaves: frozenset[int] | None = None

    def fits(self, record: Record) -> bool:
        """Whether a record is asked for."""
        said = record.envelope
        return (
            self.account in (None, said.account)
            and self.who in (None, said.actor, said.approver)
            and (not self.types or said.type.startswith(self.types))
            and (self.since is None or said.at >= self.since)
            and (self.until is None or said.at < self.until)
            and (self.leaves is None or record.index in self.leaves)
        )

    def as_json(self) -> dict[str, JSON]:
        """The question, as the answer repeats it."""
        asked: dict[str, JSON] = {
            "account": self.account,
            "leaves": None if self.leaves is None else cast("JSON", sorted(self.leaves)),
            "since": self.since.isoformat() if self.since else None,
            "types": list(self.types) or None,
            "until": self.until.isoformat() if self.until else None,
            "who": self.who,
        }
        return {name: value for name, value in asked.items() if value is not None}


def chosen(reading: Reading, wanted: Wanted) -> Iterator[Record]:
    """Every record that is asked for, in the order of the log; UntrueBagError."""
    seams = _seams(wanted)
    for bag in reading.bags:
        for number, files in groupby(bag.record_files, lambda file: file.number):
            if _may_hold(bag, number, wanted):
                streams = [_fitting(bag, file, wanted, seams) for file in files]
                yield from heapq.merge(*streams, key=lambda record: record.index)


def _fitting(bag: Bag, file: RecordFile, wanted: Wanted, seams: list[bytes]) -> Iterator[Record]:
    for raw in bag.lines(file):
        # Most lines are told apart without being parsed.
        if all(seam in raw for seam in seams):
            record = read_record(bag, file, raw)
            if wanted.fits(record):
                yield record


def _seams(wanted: Wanted) -> list[bytes]:
    """What stands in every line that fits."""
    seams = [] if wanted.account is None else [f'"account":{_spelt(wanted.account)}']
    seams += [] if wanted.who is None else [_spelt(wanted.who)]
    seams += [f'"type":"{wanted.types[0]}'] if len(wanted.types) == 1 else []
    return [seam.encode("utf-8", "surrogatepass") for seam in seams]


def _may_hold(bag: Bag, number: int, wanted: Wanted) -> bool:
    if wanted.leaves is None:
        return True
    first = bag.sealed.start.size + number * layout.PART
    return any(first <= index < first + layout.PART for index in wanted.leaves)


def _spelt(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
