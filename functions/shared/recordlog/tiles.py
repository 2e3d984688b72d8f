"""The tree as C2SP tlog-tiles: where a tile lies, what is in it, and how a log grows by some.

A tile holds 256 hashes in a row of one tile level; a hash of level L + 1 is the root of a full
tile of level L. A tile that is not full yet lies under its width, `.p/<W>`, and has no parent.
Entries lie in bundles, 256 to one, each entry after its length as a big-endian uint16.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from shared.recordlog.errors import LeafError, MalformedError
from shared.recordlog.leaf import MAX_ENTRY_BYTES
from shared.recordlog.tree import HASH_BYTES, leaf_hash, pair_up, root

HEIGHT = 8
WIDTH = 1 << HEIGHT
TILE_BYTES = WIDTH * HASH_BYTES

TileAt: TypeAlias = Callable[[int, int, int], bytes]
"""(tile level, index, width) to that many concatenated hashes."""

PYRAMIDS_KEPT = 64


def tile_path(level: int, index: int, width: int = WIDTH) -> str:
    """Where the tile lies, below the log's prefix."""
    return f"tile/{level}/{_place(index, width)}"


def entries_path(index: int, width: int = WIDTH) -> str:
    """Where the bundle of the entries under that level-0 tile lies."""
    return f"tile/entries/{_place(index, width)}"


def _place(index: int, width: int) -> str:
    digits = str(index)
    digits = digits.zfill(-(-len(digits) // 3) * 3)
    groups = [digits[at : at + 3] for at in range(0, len(digits), 3)]
    name = "/".join([*("x" + group for group in groups[:-1]), groups[-1]])
    return name if width == WIDTH else f"{name}.p/{width}"


def tile_width(size: int, level: int, index: int) -> int:
    """How many hashes that tile has in a log of `size` leaves: 0 to 256."""
    return max(0, min(WIDTH, (size >> HEIGHT * level) - index * WIDTH))


def bundle(entries: Sequence[bytes]) -> bytes:
    """The entries, each after its length; LeafError for one that is too long."""
    if any(len(entry) > MAX_ENTRY_BYTES for entry in entries):
        raise LeafError(f"An entry of the log has at most {MAX_ENTRY_BYTES} bytes.")
    return b"".join([len(entry).to_bytes(2, "big") + entry for entry in entries])


def split_bundle(data: bytes) -> list[bytes]:
    """The entries of a bundle; MalformedError when the lengths do not come out."""
    entries, at = [], 0
    while at < len(data):
        start = at + 2
        at = start + int.from_bytes(data[at:start], "big")
        if start > len(data) or at > len(data):
            raise MalformedError("entry bundle", "it ends in the middle of an entry")
        entries.append(data[start:at])
    return entries


@dataclass(frozen=True)
class Edge:
    """The right edge of a log, all that is needed to go on from: the hashes in the unfinished
    tile of each level (concatenated, maybe none), and the entries of the unfinished bundle.
    """

    size: int = 0
    tiles: tuple[bytes, ...] = ()
    entries: tuple[bytes, ...] = ()

    def root(self) -> bytes:
        """The root of the whole log, which its edge determines."""
        pyramids = [_pyramid(tile) for tile in self.tiles]

        def node(level: int, index: int) -> bytes:
            # The subtrees a root is folded from all end in an unfinished tile.
            return _node_in(pyramids[level // HEIGHT], level % HEIGHT, index)

        return root(self.size, node)


@dataclass(frozen=True)
class Growth:
    """A log that grew: its new edge, and every object that is new, by path."""

    edge: Edge
    objects: dict[str, bytes]


def grow(edge: Edge, entries: Sequence[bytes]) -> Growth:
    """Append entries; the objects depend on nothing but the leaves, however they are batched."""
    if not entries:
        return Growth(edge, {})
    objects: dict[str, bytes] = {}
    waiting = [*edge.entries, *entries]
    first = edge.size // WIDTH
    for at in range(0, len(waiting), WIDTH):
        part = waiting[at : at + WIDTH]
        objects[entries_path(first + at // WIDTH, len(part))] = bundle(part)
    return Growth(_grow_tiles(edge, entries, objects), objects)


def advance(edge: Edge, entries: Sequence[bytes]) -> Edge:
    """The edge alone of what `grow` makes, for whoever only wants its root."""
    return _grow_tiles(edge, entries, {}) if entries else edge


def _grow_tiles(edge: Edge, entries: Sequence[bytes], objects: dict[str, bytes]) -> Edge:
    tiles: list[bytes] = []
    hashes = b"".join([leaf_hash(entry) for entry in entries])
    size = edge.size + len(entries)
    while size >> HEIGHT * len(tiles):
        level = len(tiles)
        before = edge.tiles[level] if level < len(edge.tiles) else b""
        rest, hashes = _grow_level(
            level, edge.size >> HEIGHT * (level + 1), before, hashes, objects
        )
        tiles.append(rest)
    unfinished = size % WIDTH
    kept = (*edge.entries, *entries[-unfinished:])[-unfinished:] if unfinished else ()
    return Edge(size, tuple(tiles), kept)


def _grow_level(
    level: int, index: int, before: bytes, hashes: bytes, objects: dict[str, bytes]
) -> tuple[bytes, bytes]:
    """Write the tiles that `hashes` fill; what is left unfinished, and the roots of the full."""
    row, roots, at = before + hashes, [], 0
    while len(row) - at >= TILE_BYTES:
        tile = row[at : at + TILE_BYTES]
        objects[tile_path(level, index)] = tile
        roots.append(tile_root(tile))
        index, at = index + 1, at + TILE_BYTES
    rest = row[at:]
    if rest and hashes:
        objects[tile_path(level, index, len(rest) // HASH_BYTES)] = rest
    return rest, b"".join(roots)


def tile_root(tile: bytes) -> bytes:
    """The root over the 256 hashes of a full tile."""
    while len(tile) > HASH_BYTES:
        tile = pair_up(tile)
    return tile


class TileNodes:
    """The nodes of a log of `size` leaves, computed from its tiles: a `tree.NodeAt`."""

    def __init__(self, size: int, tile_at: TileAt) -> None:
        self._size = size
        self._tile_at = tile_at
        self._pyramid_at = lru_cache(maxsize=PYRAMIDS_KEPT)(self._fetch)

    def __call__(self, level: int, index: int) -> bytes:
        """The hash of that complete subtree; neighbours are served from tiles already fetched."""
        tile_level, height = divmod(level, HEIGHT)
        return _node_in(self._pyramid_at(tile_level, index >> HEIGHT - height), height, index)

    def _fetch(self, level: int, index: int) -> tuple[bytes, ...]:
        return _pyramid(self._tile_at(level, index, tile_width(self._size, level, index)))


def _node_in(pyramid: tuple[bytes, ...], height: int, index: int) -> bytes:
    at = index % (WIDTH >> height) * HASH_BYTES
    return pyramid[height][at : at + HASH_BYTES]


def _pyramid(tile: bytes) -> tuple[bytes, ...]:
    """The rows of a tile from its hashes up, without the root, which is the next level's."""
    rows = [tile]
    while len(rows) < HEIGHT:
        rows.append(pair_up(rows[-1]))
    return tuple(rows)
