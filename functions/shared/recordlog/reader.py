"""Reading a stored log: fetch its tiles, prove from them, and check every leaf of it.

`read` takes an object's path below the log's prefix and gives its bytes, or None where there is
no such object; it may read a bucket, a folder or a month's bag.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from shared.recordlog.checkpoint import Checkpoint, open_checkpoint
from shared.recordlog.errors import InconsistentLogError, MalformedError, MissingObjectError
from shared.recordlog.note import VerifierKey
from shared.recordlog.proof import Proof
from shared.recordlog.tiles import (
    HEIGHT,
    WIDTH,
    Edge,
    TileNodes,
    bundle,
    entries_path,
    grow,
    split_bundle,
    tile_path,
    tile_width,
)
from shared.recordlog.tree import HASH_BYTES, leaf_hash, prove_consistency, prove_inclusion

Read: TypeAlias = Callable[[str], bytes | None]

CHECKPOINT_PATH = "checkpoint"


@dataclass(frozen=True)
class Verification:
    """A log that held: its signed size, and how many leaves were hashed again to see it."""

    checkpoint: Checkpoint
    size: int
    leaves_verified: int


class Log:
    """A stored log at one signed checkpoint; every answer is about that size."""

    def __init__(self, read: Read, known: Sequence[VerifierKey], origin: str) -> None:
        self._read = read
        self.note = _required(read, CHECKPOINT_PATH)
        self.checkpoint = open_checkpoint(self.note, known, origin)
        self._nodes = TileNodes(self.checkpoint.size, lambda *tile: read_tile(read, *tile))

    def bundles(self) -> Iterator[list[bytes]]:
        """Every entry in order, one bundle in memory at a time."""
        for index in range(-(-self.checkpoint.size // WIDTH)):
            yield self.bundle(index)

    def entry(self, index: int) -> bytes:
        """The entry at `index`; IndexError beyond the checkpoint."""
        if not 0 <= index < self.checkpoint.size:
            raise IndexError(f"The log has {self.checkpoint.size} leaves, no leaf {index}.")
        place, within = divmod(index, WIDTH)
        return self.bundle(place)[within]

    def prove(self, index: int) -> Proof:
        """The proof that entry `index` is in the log, ready to be handed out."""
        hashes = prove_inclusion(index, self.checkpoint.size, self._nodes)
        return Proof(index, hashes, self.note)

    def prove_grown(self, old_size: int) -> tuple[bytes, ...]:
        """The proof that the log of `old_size` leaves is the beginning of this one."""
        return prove_consistency(old_size, self.checkpoint.size, self._nodes)

    def bundle(self, index: int) -> list[bytes]:
        """The entries of that bundle, as many as there are at this checkpoint."""
        return read_bundle(self._read, index, tile_width(self.checkpoint.size, 0, index))


def verify_log(read: Read, known: Sequence[VerifierKey], origin: str) -> Verification:
    """Hash every entry again and hold tiles, root and signature against it; raises what is wrong.

    Memory stays at one bundle, whatever the size of the log.
    """
    log = Log(read, known, origin)
    edge = Edge()
    for entries in log.bundles():
        growth = grow(edge, entries)
        for path, rebuilt in growth.objects.items():
            # Unfinished tiles of the way here need not be stored; those of the end come below.
            if path.startswith("tile/entries/") or ".p/" in path:
                continue
            _require_same(path, _required(read, path), rebuilt)
        edge = growth.edge
    for level, rebuilt in enumerate(edge.tiles):
        index, width = divmod(edge.size >> HEIGHT * level, WIDTH)
        if width:
            stored = read_tile(read, level, index, width)
            _require_same(tile_path(level, index, width), stored, rebuilt)
    if edge.root() != log.checkpoint.root:
        raise InconsistentLogError("The entries do not have the root that was signed.")
    return Verification(log.checkpoint, log.checkpoint.size, edge.size)


def read_edge(read: Read, size: int) -> Edge:
    """What is needed to append to the stored log of `size` leaves."""
    tiles: list[bytes] = []
    while size >> HEIGHT * len(tiles):
        index, width = divmod(size >> HEIGHT * len(tiles), WIDTH)
        tiles.append(read_tile(read, len(tiles), index, width) if width else b"")
    index, width = divmod(size, WIDTH)
    entries = read_bundle(read, index, width) if width else []
    # They will be written again in a longer bundle, so they must be what was signed.
    if b"".join(map(leaf_hash, entries)) != b"".join(tiles[:1]):
        raise InconsistentLogError(f"{entries_path(index, width)} is not what its tile says.")
    return Edge(size, tuple(tiles), tuple(entries))


def read_tile(read: Read, level: int, index: int, width: int) -> bytes:
    """The first `width` hashes of that tile, from the full one if the partial one is gone."""
    for held in (width, WIDTH):
        data = read(path := tile_path(level, index, held))
        if data is None:
            continue
        if len(data) != held * HASH_BYTES:
            raise MalformedError("tile", f"{path} does not have {held} hashes")
        return data[: width * HASH_BYTES]
    raise MissingObjectError(tile_path(level, index, width))


def read_bundle(read: Read, index: int, width: int) -> list[bytes]:
    """The first `width` entries under that level-0 tile."""
    return read_stored_bundle(read, index, width)[1]


def read_stored_bundle(read: Read, index: int, width: int) -> tuple[bytes, list[bytes]]:
    """The bundle of the first `width` entries under that level-0 tile, and those entries."""
    for held in (width, WIDTH):
        data = read(path := entries_path(index, held))
        if data is None:
            continue
        entries = split_bundle(data)
        if len(entries) != held:
            raise MalformedError("entry bundle", f"{path} does not have {held} entries")
        return (data, entries) if held == width else (bundle(entries[:width]), entries[:width])
    raise MissingObjectError(entries_path(index, width))


def _required(read: Read, path: str) -> bytes:
    data = read(path)
    if data is None:
        raise MissingObjectError(path)
    return data


def _require_same(path: str, stored: bytes, rebuilt: bytes) -> None:
    if stored != rebuilt:
        raise InconsistentLogError(f"{path} is not the tile of the entries.")
