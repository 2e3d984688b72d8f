"""An MP4 becomes one that holds what is seen and heard, and nothing else; nothing is re-encoded.

The story: what the first bytes say it is; the boxes of the file, one after the other; the index
(`moov`), where only boxes that a player needs are kept and every word and moment in them is
blanked; then the samples, where every byte that no kept track plays becomes zero. What stands
behind the last box is cut, and of what an encoder wrote between the frames only captions are left.
Where and when it was taken, by whom, with what, thumbnails, GPS and motion tracks: none of it is on
the list of what is kept.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from .boxes import (
    HEAD,
    LARGEST,
    LONG_HEAD,
    LONGEST,
    MOST_BOXES,
    Box,
    SpoiltVideoError,
    head_of,
)
from .sei import blank_messages
from .tracks import PICTURES, SOUND, Range, Track, tracks

LARGEST_INDEX = 8_000_000
LARGEST_BRANDS = 256
MOST_STORES = 16
"""Boxes for samples; a camera makes one."""

PIECE = 1_048_576

BRANDS = frozenset(
    {b"isom", b"iso2", b"iso3", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"M4V "}
)
STILL = frozenset(
    {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"avif", b"avis"}
)
OLD_QUICKTIME = frozenset({b"moov", b"mdat", b"wide", b"pnot", b"skip"})
FRAGMENTS = frozenset({b"moof", b"styp", b"sidx"})
PIXELS = range(32, 4_097)


@dataclass(frozen=True)
class Seen:
    """What a clean video is: its size in pixels and how long it lasts."""

    width: int
    height: int
    milliseconds: int


def clean(file: BinaryIO) -> Seen:
    """Clean the file in place, and cut it where it ends; SpoiltVideoError leaves it spoilt."""
    size = file.seek(0, 2)
    if size > LARGEST:
        raise SpoiltVideoError("large")
    found = _of_file(file, size)
    moov = _only(found, b"moov")
    if moov.end - moov.start > LARGEST_INDEX:
        raise SpoiltVideoError("broken")
    file.seek(moov.start)
    index = bytearray(file.read(moov.end - moov.start))
    kept = tracks(index, Box(moov.kind, 0, moov.body - moov.start, len(index)))
    seen = _seen(kept)
    file.seek(moov.start)
    file.write(index)
    for box in found:
        if box.kind == b"mdat":
            _only_played(file, box, kept)
        elif box.kind not in {b"ftyp", b"moov"}:
            file.seek(box.start + 4)
            file.write(b"free")
            _zeros(file, box.body, box.end)
    _check_played(kept, found)
    for track in kept:
        if track.kind == PICTURES:
            blank_messages(file, track.samples, track.width_of_lengths)
    file.truncate(found[-1].end)
    return seen


def kind_of(head: bytes) -> str:
    """What the first bytes say it is: mp4, or why it is none."""
    if head.startswith(b"\x1aE\xdf\xa3"):
        return "webm"
    if head.startswith((b"\xff\xd8\xff", b"\x89PNG", b"GIF8")):
        return "picture"
    if head.startswith((b"\x00\x00\x01\xba", b"\x00\x00\x01\xb3", b"OggS", b"FLV", b"RIFF")):
        return "other"
    if head[4:8] in OLD_QUICKTIME:
        return "quicktime"
    if head[4:8] != b"ftyp":
        return "unknown"
    brand = head[8:12]
    if brand in STILL:
        return "picture"
    return "quicktime" if brand == b"qt  " else "mp4" if brand in BRANDS else "other"


def _of_file(file: BinaryIO, size: int) -> list[Box]:
    """The boxes of the file up to the last that is needed; SpoiltVideoError."""
    file.seek(0)
    kind = kind_of(file.read(LONG_HEAD))
    if kind != "mp4":
        raise SpoiltVideoError(kind)
    found = list(_walked(file, size))
    if any(box.kind in FRAGMENTS for box in found):
        raise SpoiltVideoError("pieces")
    if sum(box.kind == b"mdat" for box in found) > MOST_STORES:
        raise SpoiltVideoError("broken")
    _rewrite_brands(file, found[0])
    last = max((n for n, box in enumerate(found) if box.kind in {b"moov", b"mdat"}), default=0)
    return found[: last + 1]


def _walked(file: BinaryIO, size: int) -> Iterator[Box]:
    """Each box; what is none, behind an index and samples, is not part of the video."""
    at, kinds = 0, set[bytes]()
    for _ in range(MOST_BOXES):
        if at >= size:
            return
        file.seek(at)
        head = file.read(LONG_HEAD)
        try:
            box = head_of(head, at, size)
        except SpoiltVideoError:
            if kinds >= {b"moov", b"mdat"} and head[4:HEAD] not in {b"moov", b"mdat", b"moof"}:
                return
            raise
        kinds.add(box.kind)
        yield box
        at = box.end
    raise SpoiltVideoError("broken")


def _rewrite_brands(file: BinaryIO, box: Box) -> None:
    """What the file calls itself, in the names there are for it."""
    length = box.end - box.body
    if not HEAD <= length <= LARGEST_BRANDS or length % 4:
        raise SpoiltVideoError("broken")
    file.seek(box.body)
    told = file.read(length)
    names = [told[at : at + 4] for at in range(HEAD, length, 4)]
    known = b"".join(name if name in BRANDS else b"isom" for name in names)
    file.seek(box.body)
    file.write(told[:4] + bytes(4) + known)


def _only(found: list[Box], kind: bytes) -> Box:
    those = [box for box in found if box.kind == kind]
    if len(those) != 1:
        raise SpoiltVideoError("broken")
    return those[0]


def _seen(kept: list[Track]) -> Seen:
    """The one picture and the one sound at most; SpoiltVideoError."""
    pictures = [track for track in kept if track.kind == PICTURES]
    sounds = [track for track in kept if track.kind == SOUND]
    if len(pictures) != 1 or len(sounds) > 1:
        raise SpoiltVideoError("tracks" if pictures else "codec")
    [shown] = pictures
    seconds = max(track.seconds for track in kept)
    if seconds <= 0:
        raise SpoiltVideoError("broken")
    if seconds > LONGEST:
        raise SpoiltVideoError("long")
    if shown.width not in PIXELS or shown.height not in PIXELS:
        raise SpoiltVideoError("size")
    return Seen(shown.width, shown.height, max(1, round(seconds * 1000)))


def _check_played(kept: list[Track], found: list[Box]) -> None:
    """SpoiltVideoError unless every sample lies in a box for samples."""
    places = [(box.body, box.end) for box in found if box.kind == b"mdat"]
    for start, end in (each for track in kept for each in track.samples):
        if not any(first <= start and end <= last for first, last in places):
            raise SpoiltVideoError("broken")


def _only_played(file: BinaryIO, box: Box, kept: Iterable[Track]) -> None:
    """Zeros in the place of every byte that no track plays."""
    at = box.body
    played: list[Range] = sorted(each for track in kept for each in track.samples)
    for start, end in played:
        if at < start < box.end:
            _zeros(file, at, start)
        if start < box.end:
            at = max(at, min(end, box.end))
    if at < box.end:
        _zeros(file, at, box.end)


def _zeros(file: BinaryIO, start: int, end: int) -> None:
    file.seek(start)
    while start < end:
        length = min(PIECE, end - start)
        file.write(bytes(length))
        start += length
