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
    append = best_of(3, lambda: _grown(entries))
    prove, verify = _proving(entries, _grown(entries))
    log = f"{LEAVES:,} leaves of {ENTRY_BYTES} bytes, processor time"
    batched, old = f"{log}, in batches of {BATCH:,}", f"worst of {PROOFS:,} in a log of {OLD:,}"
    return [
        at_least("record log, append", LEAVES / append, "leaves/s", APPENDED, batched),
        at_least("record log, verify inclusion", PROOFS / verify, "proofs/s", VERIFIED, log),
        at_least("record log, generate proof", PROOFS / prove, "proofs/s", PROVED, log),
        at_most("record log, tiles a proof reads", _most_tile_reads(), "tiles", TILE_READS, old),
    ]


def _proving(entries: list[bytes], tiles: dict[str, bytes]) -> tuple[float, float]:
    """Seconds to prove leaves all over the log from its tiles, and to verify those proofs."""

    def nodes() -> TileNodes:
        return TileNodes(LEAVES, lambda *tile: tiles[tile_path(*tile)])

    def prove() -> list[tuple[int, tuple[bytes, ...]]]:
        cold = nodes()
        return [(index, prove_inclusion(index, LEAVES, cold)) for index in _spread(LEAVES)]

    proofs, whole = prove(), root(LEAVES, nodes())

    def verify() -> None:
        for index, proof in proofs:
            verify_inclusion(index, LEAVES, leaf_hash(entries[index]), proof, whole)

    return best_of(3, prove), best_of(3, verify)


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
    """Tiles read by the proof that reads most; what is in them does not matter to that."""
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
