"""The record log: growing it, proving from it, and how many tiles a proof needs when it is old."""

from hashlib import sha256

from local.bench.clocks import best_of
from local.bench.row import Row, at_least, at_most
from shared.recordlog.tiles import WIDTH, Edge, TileNodes, grow, tile_path
from shared.recordlog.tree import leaf_hash, prove_inclusion, root, verify_inclusion

LEAVES = 100_000
BATCH = 1_000
ENTRY_BYTES = 350
"""As long as an envelope is."""

PROOFS = 1_000
OLD = 10_000_000
"""Leaves: a year of the whole country."""

APPENDED, VERIFIED, PROVED = 100_000, 30_000, 1_000
TILE_READS = 6


def rows() -> list[Row]:
    """Append, verify, prove, and the tiles a proof reads at ten million leaves."""
    entries = [b"%0*d" % (ENTRY_BYTES, number) for number in range(LEAVES)]
    tiles = _grown(entries)
    nodes = TileNodes(LEAVES, lambda *tile: tiles[tile_path(*tile)])
    proofs = [(index, prove_inclusion(index, LEAVES, nodes)) for index in _spread(LEAVES)]
    whole = root(LEAVES, nodes)

    def prove() -> None:
        cold = TileNodes(LEAVES, lambda *tile: tiles[tile_path(*tile)])
        for index, _ in proofs:
            prove_inclusion(index, LEAVES, cold)

    def verify() -> None:
        for index, proof in proofs:
            verify_inclusion(index, LEAVES, leaf_hash(entries[index]), proof, whole)

    log = f"{LEAVES:,} leaves of {ENTRY_BYTES} bytes, processor time"
    return [
        at_least(
            "record log, append",
            LEAVES / best_of(3, lambda: _grown(entries)),
            "leaves/s",
            APPENDED,
            f"{log}, in batches of {BATCH:,}",
        ),
        at_least(
            "record log, verify inclusion", PROOFS / best_of(3, verify), "proofs/s", VERIFIED, log
        ),
        at_least(
            "record log, generate proof",
            PROOFS / best_of(3, prove),
            "proofs/s",
            PROVED,
            f"{log}, leaves far apart",
        ),
        at_most(
            "record log, tiles a proof reads",
            _most_tile_reads(),
            "tiles",
            TILE_READS,
            f"the worst of {PROOFS:,} leaves of a log of {OLD:,}",
        ),
    ]


def _spread(size: int) -> list[int]:
    """Places all over a log, the first and the last among them."""
    return [round(step * (size - 1) / (PROOFS - 1)) for step in range(PROOFS)]


def _grown(entries: list[bytes]) -> dict[str, bytes]:
    """Every object of the log, by path."""
    edge, objects = Edge(), {}
    for at in range(0, len(entries), BATCH):
        growth = grow(edge, entries[at : at + BATCH])
        edge = growth.edge
        objects.update(growth.objects)
    return objects


def _most_tile_reads() -> int:
    """Tiles read by the proof that reads most; the tiles hold invented hashes."""
    tile = b"".join(sha256(bytes([number])).digest() for number in range(WIDTH))
    read: list[tuple[int, int, int]] = []

    def tile_at(level: int, index: int, width: int) -> bytes:
        read.append((level, index, width))
        return tile[: width * len(sha256().digest())]

    most = 0
    for index in _spread(OLD):
        read.clear()
        prove_inclusion(index, OLD, TileNodes(OLD, tile_at))
        most = max(most, len(read))
    return most
