"""The end of a month's bag: what explains it, what counts it, what names every byte, and the note.

The story: the rest of the slice; what goes along for whoever reads it one day; everything read
back; the manifest; the tag manifest; and last the signed note, after which the month is sealed.
Killed anywhere, it is done again and comes to the same bytes.
"""

import base64
from collections.abc import Iterator
from functools import cache, partial
from pathlib import Path

from archive.sealing.begin_month import ends, log_at_end, starts
from archive.sealing.closing import BrokenMonthError, Desk, Seal, keep, pin, within
from archive.sealing.read_back import read_back
from archive.sealing.write_part import keep_tiles
from shared.months import bag
from shared.months.logslice import Cut, bundles_of, tiles_of
from shared.months.month import Month
from shared.months.note import Sealed, open_month, sign_month
from shared.recordlog.canonical import canonical_json
from shared.recordlog.checkpoint import Checkpoint
from shared.recordlog.tree import EMPTY_ROOT, verify_consistency

ENCLOSED = Path(__file__).parents[1] / "bagged"
"""What goes along with every month."""

KINDS = frozenset({".py", ".txt", ".json"})


def seal_month(month: Month, desk: Desk, seal: Seal) -> Sealed:
    """The month's note stands, and what it says is true; BrokenMonthError, OtherBytesError."""
    before = desk.shelf.read(bag.note_path(month))
    if before is not None:
        return open_month(before, desk.archive_keys, desk.origin)
    end, start = ends(month, desk), starts(month, desk)
    keep_tiles(month, start.size if start else 0, desk)
    _enclose(month, start, end, desk)
    counts = read_back(month, start, end, desk.shelf)
    keep(desk.shelf, within(month, bag.COUNTS), canonical_json(counts.as_json(month)))
    previous = _bag_before(month, desk) if start else None
    digest = _manifests(month, previous, list(_payload(month, start, end, desk)), desk)
    sealed = Sealed(
        desk.origin,
        month,
        digest,
        Cut(start.size, start.root) if start else Cut(0, EMPTY_ROOT),
        Cut(end.size, end.root),
        previous,
    )
    keep(desk.shelf, bag.note_path(month), sign_month(sealed, seal.signers))
    return sealed


def _enclose(month: Month, start: Checkpoint | None, end: Checkpoint, desk: Desk) -> None:
    for name, data in enclosed().items():
        pin(desk.shelf, within(month, bag.DATA + name), partial(bytes, data))
    keys = "".join(f"{key}\n" for key in (*desk.log_keys, *desk.archive_keys)).encode()
    pin(desk.shelf, within(month, bag.KEYS), lambda: keys)
    keep(desk.shelf, within(month, bag.CONSISTENCY), _consistency(month, start, end, desk))


@cache
def enclosed() -> dict[str, bytes]:
    """The files that explain and verify a bag, by name."""
    paths = (path for path in sorted(ENCLOSED.rglob("*")) if path.suffix in KINDS)
    return {path.relative_to(ENCLOSED).as_posix(): path.read_bytes() for path in paths}


def _consistency(month: Month, start: Checkpoint | None, end: Checkpoint, desk: Desk) -> bytes:
    """That the log at the start is the beginning of the log at the end; ProofError."""
    size, root = (start.size, start.root) if start else (0, EMPTY_ROOT)
    proof = log_at_end(month, desk).prove_grown(size)
    verify_consistency(size, end.size, root, end.root, proof)
    spelt = [base64.b64encode(each).decode() for each in proof]
    return canonical_json({"end": end.size, "proof": spelt, "start": size})


def _bag_before(month: Month, desk: Desk) -> str:
    note = desk.shelf.read(bag.note_path(month.previous))
    if note is None:
        raise BrokenMonthError(f"{month.previous} has lost its note.")
    return open_month(note, desk.archive_keys, desk.origin).bag


def _payload(month: Month, start: Checkpoint | None, end: Checkpoint, desk: Desk) -> Iterator[str]:
    """What belongs to the bag. Whatever else lies in its folder is none of ours, and not named."""
    first = start.size if start else 0
    yield from (bag.DATA + name for name in enclosed())
    yield from (bag.END, bag.KEYS, bag.CONSISTENCY, bag.COUNTS)
    yield from (bag.LOG + tile.path for tile in tiles_of(first, end.size))
    yield from (bag.LOG + bundle.path for bundle in bundles_of(first, end.size))
    if start:
        yield bag.START
    for path in (bag.RECONCILIATION, bag.TIMESTAMP, bag.COSIGNATURES, bag.RECORDS):
        for found in desk.shelf.paths(within(month, path)):
            yield found.removeprefix(bag.folder(month))


def _manifests(month: Month, previous: str | None, payload: list[str], desk: Desk) -> str:
    """The hash of the whole bag, once all of it is named."""

    def measured(path: str) -> tuple[str, int]:
        data = desk.shelf.read(within(month, path))
        if data is None:
            raise BrokenMonthError(f"{path} was there, and is gone.")
        return bag.digest(data), len(data)

    found = list(desk.each(measured, payload))
    octets = sum(size for _, size in found)
    info = bag.bag_info(month, desk.origin, previous=previous, octets=octets, files=len(found))
    hashes = dict(zip(payload, (each for each, _ in found), strict=True))
    tags = {
        bag.BAGIT: bag.DECLARATION,
        bag.BAG_INFO: info,
        bag.MANIFEST: bag.manifest(hashes),
    }
    tags[bag.TAG_MANIFEST] = bag.manifest({path: bag.digest(data) for path, data in tags.items()})
    for path, data in tags.items():
        keep(desk.shelf, within(month, path), data)
    return bag.digest(tags[bag.TAG_MANIFEST])
