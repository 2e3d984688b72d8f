"""One part of a month: its leaves as lines, by entity, and its slice of the log.

Parts depend on nothing but the log and the rows, so any worker may write any of them, at once or
again. What was erased since a part was written has lost its salt; the part that stands is kept.
"""

from collections import defaultdict
from collections.abc import Iterator
from itertools import islice, zip_longest

from archive.bucket import ObjectTakenError
from archive.sealing.begin_month import ends
from archive.sealing.closing import Desk, MissingPayloadError, OtherBytesError, keep, within
from archive.sealing.packing import Pack, unpacked
from shared.months.bag import LOG, Part, records_path
from shared.months.lines import entity_of, leaf_id_of, line_of, read_line, verify
from shared.months.logslice import Bundle, Tile, bundles_of, tiles_of
from shared.months.month import Month
from shared.posts.names import LeafId
from shared.recordlog.reader import read_stored_bundle, read_tile
from shared.recordlog.tiles import WIDTH, tile_width

CALL = 100
"""Payloads are fetched a hundred at once."""


def write_part(month: Month, part: Part, desk: Desk) -> None:
    """The part stands in the archive; OtherBytesError, MissingPayloadError."""
    packs: defaultdict[str, Pack] = defaultdict(Pack)
    for entity, line in _lines(part, month, desk):
        packs[entity].add(line)
    for entity, pack in sorted(packs.items()):
        _keep_lines(within(month, records_path(entity, part.number)), pack.finish(), desk)


def _lines(part: Part, month: Month, desk: Desk) -> Iterator[tuple[str, bytes]]:
    """Entity and line of its leaves in order, each held against what it commits to; the slice is
    copied on the way."""
    entries = enumerate(_entries(part, month, desk), part.first)
    while some := list(islice(entries, CALL)):
        ids = [LeafId(leaf_id_of(envelope)) for _, envelope in some]
        found = desk.payloads.several(ids)
        for (index, envelope), leaf_id in zip(some, ids, strict=True):
            kept = found.get(leaf_id)
            if kept is None:
                raise MissingPayloadError(leaf_id)
            verify(envelope, kept.payload, kept.salt)
            yield entity_of(envelope), line_of(index, envelope, kept.payload, kept.salt)


def _entries(part: Part, month: Month, desk: Desk) -> Iterator[bytes]:
    size = ends(month, desk).size

    def copied(number: int) -> list[bytes]:
        width = tile_width(size, 0, number)
        data, entries = read_stored_bundle(desk.read, number, width)
        tile = read_tile(desk.read, 0, number, width)
        keep(desk.shelf, within(month, LOG + Bundle(number, width).path), data)
        keep(desk.shelf, within(month, LOG + Tile(0, number, width).path), tile)
        return entries

    numbers = [each.index for each in bundles_of(part.first, part.after)]
    for number, entries in zip(numbers, desk.each(copied, numbers), strict=True):
        start = number * WIDTH
        yield from entries[max(part.first - start, 0) : part.after - start]


def keep_tiles(month: Month, start: int, desk: Desk) -> None:
    """The tiles that no part has copied: those above the leaves, and all of an empty month."""
    size = ends(month, desk).size
    for tile in tiles_of(start, size):
        if tile.level or start == size:
            data = read_tile(desk.read, tile.level, tile.index, tile.width)
            keep(desk.shelf, within(month, LOG + tile.path), data)


def _keep_lines(path: str, data: bytes, desk: Desk) -> None:
    try:
        desk.shelf.create(path, data)
    except ObjectTakenError as error:
        found = desk.shelf.read(path)
        if found != data and not (found and _says_the_same(found, data)):
            raise OtherBytesError(path) from error


def _says_the_same(stands: bytes, made: bytes) -> bool:
    """Whether both hold the same lines, but for salts that were destroyed since."""
    for old, new in zip_longest(unpacked(stands), unpacked(made)):
        if old is None or new is None:
            return False
        was, now = read_line(old), read_line(new)
        if was != now._replace(salt=was.salt):
            return False
        if now.salt is not None and now.salt != was.salt:
            return False
    return True
