"""The index of an MP4 (`moov`): the tracks that are seen and heard, and where their samples lie."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from .boxes import Box, SpoiltVideoError, boxes, free, number
from .leaves import LEAVES, lengths_of_units

WITHIN: Mapping[bytes, frozenset[bytes]] = {
    b"moov": frozenset({b"mvhd", b"trak"}),
    b"trak": frozenset({b"tkhd", b"edts", b"mdia"}),
    b"edts": frozenset({b"elst"}),
    b"mdia": frozenset({b"mdhd", b"hdlr", b"minf"}),
    b"minf": frozenset({b"vmhd", b"smhd", b"dinf", b"stbl"}),
    b"dinf": frozenset({b"dref"}),
    b"stbl": frozenset({b"stsd", b"stts", b"ctts", b"stss", b"stsz", b"stsc", b"stco", b"co64"}),
}
"""Which boxes are kept in which; every other one becomes free."""

PICTURES, SOUND = b"vide", b"soun"
WORDS = frozenset({b"text", b"sbtl", b"subt", b"clcp"})

MOST_SAMPLES = 200_000
"""Far more than two minutes of pictures and sound have."""

Range = tuple[int, int]


@dataclass(frozen=True)
class Track:
    """A track that is kept: its kind, seconds, size in pixels (nothing for sound), where in the
    file its samples lie, and of pictures how many bytes say the length of a unit."""

    kind: bytes
    seconds: float
    width: int
    height: int
    samples: tuple[Range, ...]
    width_of_lengths: int = 0


def tracks(data: bytearray, moov: Box) -> list[Track]:
    """The tracks that are seen and heard; all else in the index is blanked. SpoiltVideoError."""
    if any(box.kind == b"mvex" for box in boxes(data, moov.body, moov.end)):
        raise SpoiltVideoError("pieces")
    kept = []
    for box in boxes(data, moov.body, moov.end):
        if box.kind == b"trak":
            kind = _kind(data, box)
            if kind not in {PICTURES, SOUND}:
                free(data, box)
                continue
            kept.append(_track(data, box, kind))
        elif box.kind in WITHIN[b"moov"]:
            LEAVES[box.kind](data, box)
        else:
            free(data, box)
    return kept


def _kind(data: bytearray, trak: Box) -> bytes:
    """What a track is for; SpoiltVideoError for subtitles, which would be lost."""
    for mdia in boxes(data, trak.body, trak.end):
        for box in boxes(data, mdia.body, mdia.end) if mdia.kind == b"mdia" else ():
            if box.kind == b"hdlr":
                kind = bytes(data[box.body + 8 : box.body + 12])
                if kind in WORDS:
                    raise SpoiltVideoError("subtitles")
                return kind
    return b""


def _track(data: bytearray, trak: Box, kind: bytes) -> Track:
    found: dict[bytes, Box] = {}
    _keep(data, trak, found)
    needed = {b"mdhd", b"dref", b"stsd", b"stts", b"stsz", b"stsc"}
    if not needed <= set(found) or (b"stco" in found) == (b"co64" in found):
        raise SpoiltVideoError("broken")
    entry = found[b"stsd"].body + 8
    if (data[entry + 4 : entry + 8] == b"mp4a") != (kind == SOUND):
        raise SpoiltVideoError("broken")
    size = (number(data, entry + 32, 2), number(data, entry + 34, 2))
    width, height = size if kind == PICTURES else (0, 0)
    units = lengths_of_units(data, found[b"stsd"]) if kind == PICTURES else 0
    chunks = tuple(_samples(data, found))
    return Track(kind, _seconds(data, found), width, height, chunks, units)


def _keep(data: bytearray, parent: Box, found: dict[bytes, Box]) -> None:
    """Go through what is kept in a box, once of each kind, and blank all else."""
    for box in boxes(data, parent.body, parent.end):
        if box.kind not in WITHIN[parent.kind]:
            free(data, box)
            continue
        if box.kind in found:
            raise SpoiltVideoError("broken")
        found[box.kind] = box
        if box.kind in WITHIN:
            _keep(data, box, found)
        else:
            LEAVES[box.kind](data, box)


def _seconds(data: bytearray, found: Mapping[bytes, Box]) -> float:
    """How long its samples last together."""
    head, times = found[b"mdhd"].body, found[b"stts"].body
    scale = number(data, head + (20 if number(data, head, 1) else 12))
    if not scale:
        raise SpoiltVideoError("broken")
    count = number(data, times + 4)
    at = range(times + 8, times + 8 + 8 * count, 8)
    return sum(number(data, each) * number(data, each + 4) for each in at) / scale


def _samples(data: bytearray, found: Mapping[bytes, Box]) -> list[Range]:
    """Where its samples lie: each chunk as long as its samples together."""
    sizes, chunks = found[b"stsz"].body, found.get(b"stco") or found[b"co64"]
    alike, count = number(data, sizes + 4), number(data, sizes + 8)
    width = 4 if chunks.kind == b"stco" else 8
    chunk_count = number(data, chunks.body + 4)
    if not 0 < count <= MOST_SAMPLES or not 0 < chunk_count <= count:
        raise SpoiltVideoError("broken")
    ranges: list[Range] = []
    sample = 0
    for first, last, held in _runs(data, found[b"stsc"], chunk_count):
        for chunk in range(first, last):
            if not 0 < held <= count - sample:
                raise SpoiltVideoError("broken")
            start = number(data, chunks.body + 8 + width * chunk, width)
            each = (number(data, sizes + 12 + 4 * (sample + n)) for n in range(held))
            ranges.append((start, start + (alike * held if alike else sum(each))))
            sample += held
    if sample != count:
        raise SpoiltVideoError("broken")
    return ranges


def _runs(data: bytearray, box: Box, chunks: int) -> list[tuple[int, int, int]]:
    """First chunk, the one behind the last, and the samples in each."""
    count = number(data, box.body + 4)
    at = [box.body + 8 + 12 * n for n in range(count)]
    firsts = [number(data, each) - 1 for each in at]
    ends = [*firsts, chunks]
    if not firsts or firsts[0] != 0 or any(a >= b for a, b in pairwise(ends)):
        raise SpoiltVideoError("broken")
    held = (number(data, each + 4) for each in at)
    return list(zip(firsts, ends[1:], held, strict=True))
