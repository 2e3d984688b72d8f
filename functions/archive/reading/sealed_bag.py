"""One sealed month, opened: what its note says, its lines, and the log's tiles in it.

The note opens by a key that is known, the tag manifest is the one the note names, and every file is
the one the manifest names, compared whenever it is read; what no manifest names is not read. One
file is in memory at a time, never a month.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from archive.reading.as_sealed import NoMonthError, Shelf, UntrueBagError, as_named, sentence
from archive.reading.known_keys import Keys
from archive.sealing.closing import ClosingError
from archive.sealing.packing import unpacked
from shared.months import bag as layout
from shared.months.errors import MonthError
from shared.months.lines import Line, entity_of, read_line
from shared.months.month import Month
from shared.months.note import Sealed
from shared.recordlog.checkpoint import Checkpoint
from shared.recordlog.errors import PayloadMismatchError, RecordLogError
from shared.recordlog.proof import Proof
from shared.recordlog.reader import read_bundle, read_tile
from shared.recordlog.tiles import WIDTH, TileNodes, tile_width
from shared.recordlog.tree import HASH_BYTES, prove_inclusion

_RECORDS = re.compile(r"data/records/([a-z][a-z_]*)/part-(\d{5})\.jsonl\.gz", re.ASCII)
BUNDLES_KEPT, TILES_KEPT = 16, 64


@dataclass(frozen=True)
class RecordFile:
    """One file of lines: part `number` of an entity."""

    number: int
    entity: str
    path: str


@dataclass(frozen=True)
class Bag:
    """One month, opened: `sealed` is what its `note` says, `end` the checkpoint that the log had at
    its end, as signed in `end_note`; `files` has the SHA-256 of each file by its path; `vouched`
    says whether the keys were given, or are only those that lie in the bag."""

    sealed: Sealed
    note: bytes
    end: Checkpoint
    end_note: bytes
    keys: Keys
    vouched: bool
    files: Mapping[str, str]
    shelf: Shelf = field(repr=False)
    opened: Callable[[str], None] = field(repr=False)

    @property
    def month(self) -> Month:
        """Which month it is."""
        return self.sealed.month

    @property
    def span(self) -> str:
        """Which leaves are in it, in words."""
        start, end = self.sealed.start.size, self.sealed.end.size
        return f"{end - start} leaves, {start} to {end - 1}" if end > start else "no leaves"

    def read(self, path: str) -> bytes:
        """A file of the bag, as it was sealed; UntrueBagError."""
        wanted = self.files.get(path)
        if wanted is None:
            raise UntrueBagError(self.month, path, "the manifest names no such file")
        return as_named(self.shelf, self.month, path, wanted)

    @property
    def tag_manifest(self) -> bytes:
        """The file whose SHA-256 the note names."""
        return as_named(self.shelf, self.month, layout.TAG_MANIFEST, self.sealed.bag)

    @cached_property
    def record_files(self) -> tuple[RecordFile, ...]:
        """The files of lines, part by part."""
        found = (_RECORDS.fullmatch(path) for path in self.files)
        return tuple(
            sorted(
                (RecordFile(int(each[2]), each[1], each[0]) for each in found if each),
                key=lambda each: (each.number, each.entity),
            )
        )

    def lines(self, file: RecordFile) -> Iterator[bytes]:
        """The lines of a file, each with its newline; UntrueBagError."""
        self.opened(f"{layout.folder(self.month)}{file.path}")
        try:
            yield from unpacked(self.read(file.path))
        except ClosingError as error:
            raise UntrueBagError(self.month, file.path, sentence(error)) from error

    def envelope(self, index: int) -> bytes:
        """The entry of the log at `index`; NoMonthError where it is of another month."""
        if not self.holds(index):
            raise NoMonthError(f"holds leaf {index}")
        number, place = divmod(index, WIDTH)
        return self._bundle(number)[place]

    def holds(self, index: int) -> bool:
        """Whether the leaf was logged in this month."""
        return self.sealed.start.size <= index < self.sealed.end.size

    def line(self, index: int) -> tuple[Line, RecordFile]:
        """The line of a leaf, and the file it stands in; UntrueBagError."""
        file = self._file_of(index)
        seam = b',"leaf_index":%d,"payload":' % index
        for raw in self.lines(file):
            if seam not in raw:
                continue
            line = self.read_line(raw, file)
            if line.leaf_index == index:
                return line, file
        raise UntrueBagError(self.month, file.path, f"it has no line of leaf {index}")

    def read_line(self, raw: bytes, file: RecordFile) -> Line:
        """A line of that file, held against the log and what it commits to; UntrueBagError."""
        try:
            line = read_line(raw)
            line.verify()
        except (MonthError, PayloadMismatchError) as error:
            raise UntrueBagError(self.month, file.path, sentence(error)) from error
        if not self.holds(line.leaf_index) or self._hash_at(line.leaf_index) != line.leaf_hash:
            why = f"leaf {line.leaf_index} is another in the log"
            raise UntrueBagError(self.month, file.path, why)
        return line

    def _file_of(self, index: int) -> RecordFile:
        try:
            entity = entity_of(self.envelope(index))
        except MonthError as error:
            raise UntrueBagError(self.month, layout.LOG, sentence(error)) from error
        number = (index - self.sealed.start.size) // layout.PART
        return RecordFile(number, entity, layout.records_path(entity, number))

    def prove(self, index: int) -> Proof:
        """The proof that the leaf is in the log that the month ends with; UntrueBagError."""
        try:
            hashes = prove_inclusion(index, self.end.size, self._nodes)
        except RecordLogError as error:
            raise UntrueBagError(self.month, layout.LOG, sentence(error)) from error
        return Proof(index, hashes, self.end_note)

    @cached_property
    def _nodes(self) -> TileNodes:
        return TileNodes(self.end.size, lambda *tile: read_tile(self._of_log, *tile))

    def _hash_at(self, index: int) -> bytes:
        number, place = divmod(index, WIDTH)
        return self._hashes(number)[place * HASH_BYTES : (place + 1) * HASH_BYTES]

    @cached_property
    def _hashes(self) -> Callable[[int], bytes]:
        @lru_cache(maxsize=TILES_KEPT)
        def hashes(number: int) -> bytes:
            try:
                return read_tile(self._of_log, 0, number, tile_width(self.end.size, 0, number))
            except RecordLogError as error:
                raise UntrueBagError(self.month, layout.LOG, sentence(error)) from error

        return hashes

    @cached_property
    def _bundle(self) -> Callable[[int], list[bytes]]:
        @lru_cache(maxsize=BUNDLES_KEPT)
        def bundle(number: int) -> list[bytes]:
            try:
                return read_bundle(self._of_log, number, tile_width(self.end.size, 0, number))
            except RecordLogError as error:
                raise UntrueBagError(self.month, layout.LOG, sentence(error)) from error

        return bundle

    def _of_log(self, path: str) -> bytes | None:
        held = layout.LOG + path
        return self.read(held) if held in self.files else None
