"""A month is sealed only after it was read back from the archive, every byte of it.

Every line is held against what it commits to, every leaf against its neighbours, and all of them
together against the root that was signed: what is sealed is what an auditor will find.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from archive.sealing.closing import BrokenMonthError, Shelf, within
from archive.sealing.packing import unpacked
from shared.months.bag import LOG, RECORDS, Part, parts_of
from shared.months.errors import BadLineError
from shared.months.lines import kind_of, read_line
from shared.months.month import Month
from shared.recordlog.canonical import JSON
from shared.recordlog.checkpoint import Checkpoint
from shared.recordlog.errors import PayloadMismatchError
from shared.recordlog.reader import read_bundle, read_tile
from shared.recordlog.tiles import HEIGHT, WIDTH, Edge, advance
from shared.recordlog.tree import EMPTY_ROOT


@dataclass
class Counts:
    """What is in a month."""

    leaves: int = 0
    erased: int = 0
    types: Counter[str] = field(default_factory=Counter)
    entities: Counter[str] = field(default_factory=Counter)
    parts: Counter[str] = field(default_factory=Counter)

    def as_json(self, month: Month) -> JSON:
        """As counts.json says it."""
        entities: dict[str, JSON] = {
            entity: {"leaves": leaves, "parts": self.parts[entity]}
            for entity, leaves in self.entities.items()
        }
        return {
            "entities": entities,
            "erased": self.erased,
            "leaves": self.leaves,
            "month": str(month),
            "types": dict(self.types),
        }


def read_back(month: Month, start: Checkpoint | None, end: Checkpoint, shelf: Shelf) -> Counts:
    """What the month holds, once it is proved to lead from one signed root to the other;
    BrokenMonthError says what does not."""
    first = start.size if start else 0
    edge = edge_at(month, first, end.size, shelf)
    if edge.root() != (start.root if start else EMPTY_ROOT):
        raise BrokenMonthError("The tiles do not have the root that the month starts with.")
    counts = Counts()
    for part in parts_of(first, end.size):
        files = _files(month, part, shelf)
        entries = _entries(month, part, files, shelf, counts)
        edge = advance(edge, entries)
    if edge.root() != end.root:
        raise BrokenMonthError("The leaves do not have the root that the month ends with.")
    return counts


def edge_at(month: Month, size: int, end: int, shelf: Shelf) -> Edge:
    """The right edge of the log at `size`, from the tiles of a bag that reaches to `end`."""

    def read(path: str) -> bytes | None:
        return shelf.read(within(month, LOG + path))

    tiles: list[bytes] = []
    while size >> HEIGHT * len(tiles):
        level = len(tiles)
        index, width = divmod(size >> HEIGHT * level, WIDTH)
        held = max(width, min(WIDTH, (end >> HEIGHT * level) - index * WIDTH))
        tiles.append(read_tile(read, level, index, held)[: width * 32] if width else b"")
    index, width = divmod(size, WIDTH)
    if not width or size == end:
        return Edge(size, tuple(tiles))
    entries = read_bundle(read, index, min(WIDTH, end - index * WIDTH))[:width]
    return Edge(size, tuple(tiles), tuple(entries))


def _files(month: Month, part: Part, shelf: Shelf) -> list[str]:
    ending = f"/part-{part.number:05}.jsonl.gz"
    return [path for path in shelf.paths(within(month, RECORDS)) if path.endswith(ending)]


def _entries(
    month: Month, part: Part, files: Iterable[str], shelf: Shelf, counts: Counts
) -> list[bytes]:
    """The envelopes of a part in the order of the log; BrokenMonthError if one is missing, stands
    twice, stands elsewhere, or is not what its line says."""
    slots: list[bytes] = [b""] * (part.after - part.first)
    for path in files:
        entity = path.removeprefix(within(month, RECORDS)).partition("/")[0]
        counts.parts[entity] += 1
        for index, envelope in _read(path, entity, shelf, counts):
            if not part.first <= index < part.after or slots[index - part.first]:
                raise BrokenMonthError(f"{path} holds leaf {index}, which does not belong there.")
            slots[index - part.first] = envelope
    missing = next((place for place, entry in enumerate(slots, part.first) if not entry), None)
    if missing is not None:
        raise BrokenMonthError(f"Leaf {missing} is in no file of its part.")
    return slots


def _read(path: str, entity: str, shelf: Shelf, counts: Counts) -> Iterator[tuple[int, bytes]]:
    data, before, kinds = shelf.read(path), -1, list[str]()
    if data is None:
        raise BrokenMonthError(f"{path} was there, and is gone.")
    for number, spelt in enumerate(unpacked(data), 1):
        try:
            line = read_line(spelt)
            line.verify()
            kind, belongs = kind_of(line.envelope)
        except (BadLineError, PayloadMismatchError) as error:
            raise BrokenMonthError(f"{path}, line {number}: {error}") from error
        if belongs != entity or line.leaf_index <= before:
            raise BrokenMonthError(f"{path}, line {number}: it does not belong there.")
        before = line.leaf_index
        kinds.append(kind)
        counts.erased += line.salt is None
        yield line.leaf_index, line.envelope
    counts.leaves += len(kinds)
    counts.types.update(kinds)
    counts.entities[entity] += len(kinds)
