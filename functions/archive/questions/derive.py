"""A sealed month's lines become Parquet: one file for every eight parts of an entity.

The lines come from the opened bag, so each file of them is the one that was sealed; they are cut at
their seams, never put together again, and counted against the bag's own counts. Sorted by account
and time, because that is what is asked; in groups of twenty thousand rows, so that a question about
one account reads one group. Whoever makes it again makes the same bytes with the same library.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import accumulate
from os import SEEK_END
from pathlib import Path
from typing import TYPE_CHECKING

from archive.questions.engine import start
from archive.questions.errors import NotDerivedError
from archive.reading.sealed_bag import Bag, RecordFile
from shared.months import bag as layout
from shared.months.month import Month

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

PARTS_A_FILE = 8
"""Parts of 65,536 leaves: half a million leaves are sorted within the engine's memory; of twice as
many much would go to the disk and come back, which costs half as much again."""

GROUP = 20_480
"""Rows of one group, what a question about one account reads at least; a multiple of 2,048."""

LONGEST_LINE = 1 << 20
BUFFER = 4 << 20
"""Bytes. A payload is an item of a table, so a line is shorter than half of that."""

LEAVES = Path(__file__).with_name("leaves.sql").read_text("utf-8")

LINES = """SELECT line, part, CAST(behind - begins AS BIGINT) - strlen(line) - 1 AS line_offset
FROM (
  SELECT line,
    {numbers}[CAST(file_index AS BIGINT) + 1] AS part,
    {begins}[CAST(file_index AS BIGINT) + 1] AS begins,
    sum(strlen(line) + 1) OVER (ROWS UNBOUNDED PRECEDING) AS behind
  FROM read_csv($paths, columns = {{'line': 'VARCHAR'}}, auto_detect = false, header = false,
    delim = '\x01', quote = '', escape = '', new_line = '\\n', compression = 'gzip',
    max_line_size = {longest}, buffer_size = {buffer})
)"""
"""All parts are read in one go: several readers at once would not leave sorting its memory. A line
has no control character in it, for canonical JSON escapes them."""

COPY = """COPY ({leaves}) TO $out (
  FORMAT parquet, PARQUET_VERSION V2, COMPRESSION zstd, COMPRESSION_LEVEL 1, ROW_GROUP_SIZE {group}
)"""
"""The first level is half the work of the third, for a fifteenth more bytes; the encodings of the
second edition (lengths and numbers as differences) leave zstd a fifth less to do."""

Keep = Callable[[str, bytes], None]
"""Puts an object into the bucket of the copy, over whatever lies there."""


@dataclass(frozen=True)
class Derived:
    """One file of the copy: where it lies, how many leaves and bytes it has, and its SHA-256."""

    path: str
    leaves: int
    octets: int
    sha256: str


def parquet_path(entity: str, month: Month, number: int) -> str:
    """Where a file of the copy lies."""
    return f"{entity}/month={month}/part-{number}.parquet"


def derive_month(bag: Bag, scratch: Path, keep: Keep) -> list[Derived]:
    """The copy of one month, kept file by file; NotDerivedError. `scratch` is an empty folder with
    room for one file's parts and twice their unpacked size."""
    engine = start(scratch)
    try:
        derived = [_derived(bag, each, scratch, keep, engine) for each in _files(bag)]
    finally:
        engine.close()
    _require_counted(bag, derived)
    return derived


def write_parquet(
    parts: Sequence[tuple[int, Path]], entity: str, out: Path, engine: "DuckDBPyConnection"
) -> int:
    """The rows of these parts (number, `.jsonl.gz`) as one Parquet file; how many there are."""
    lengths = [_unpacked_length(path) for _, path in parts]
    lines = LINES.format(
        numbers=[number for number, _ in parts],
        begins=list(accumulate(lengths, initial=0))[:-1],
        longest=LONGEST_LINE,
        buffer=BUFFER,
    )
    sql = COPY.format(leaves=LEAVES.replace("{lines}", lines), group=GROUP)
    given = {"paths": [str(path) for _, path in parts], "entity": entity, "out": str(out)}
    done = engine.execute(sql, given).fetchone()
    return int(done[0]) if done else 0


def _unpacked_length(part: Path) -> int:
    """Bytes, as gzip says in its last four; a part is far from four gigabytes."""
    with part.open("rb") as packed:
        packed.seek(-4, SEEK_END)
        return int.from_bytes(packed.read(), "little")


def _files(bag: Bag) -> Iterator[tuple[str, int, tuple[RecordFile, ...]]]:
    """Which parts of an entity go into which file of the copy."""
    grouped: dict[tuple[str, int], list[RecordFile]] = defaultdict(list)
    for file in bag.record_files:
        grouped[file.entity, file.number // PARTS_A_FILE].append(file)
    for (entity, number), files in sorted(grouped.items()):
        yield entity, number, tuple(files)


def _derived(
    bag: Bag,
    wanted: tuple[str, int, tuple[RecordFile, ...]],
    scratch: Path,
    keep: Keep,
    engine: "DuckDBPyConnection",
) -> Derived:
    entity, number, files = wanted
    parts = [(each.number, scratch / f"{each.number}.jsonl.gz") for each in files]
    out = scratch / "out.parquet"
    try:
        for file, (_, path) in zip(files, parts, strict=True):
            path.write_bytes(bag.read(file.path))
        leaves = write_parquet(parts, entity, out, engine)
        data, path_of_it = out.read_bytes(), parquet_path(entity, bag.month, number)
        keep(path_of_it, data)
    finally:
        for path in (out, *(path for _, path in parts)):
            path.unlink(missing_ok=True)
    return Derived(path_of_it, leaves, len(data), sha256(data).hexdigest())


def _require_counted(bag: Bag, derived: Sequence[Derived]) -> None:
    """NotDerivedError unless every leaf that the bag counts is in the copy."""
    counted = json.loads(bag.read(layout.COUNTS))["leaves"]
    found = sum(each.leaves for each in derived)
    if found != counted:
        raise NotDerivedError(f"{bag.month} has {counted} leaves, and its copy has {found}.")
