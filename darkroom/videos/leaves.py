"""What each innermost box may hold: its numbers stay, its words and moments go.

Whatever is longer than its own numbers say is blanked behind them: nothing hides in a box that is
kept.
"""

from collections.abc import Callable, Mapping

from .boxes import Box, SpoiltVideoError, blank, boxes, free, number

Places = tuple[tuple[int, int], ...]

FIXED: Mapping[bytes, Mapping[int, tuple[int, Places]]] = {
    b"mvhd": {
        0: (100, ((1, 3), (4, 8), (26, 10), (72, 24))),
        1: (112, ((1, 3), (4, 16), (38, 10), (84, 24))),
    },
    b"tkhd": {
        0: (84, ((4, 8), (16, 4), (24, 8), (38, 2))),
        1: (96, ((4, 16), (24, 4), (36, 8), (50, 2))),
    },
    b"mdhd": {0: (24, ((1, 3), (4, 8), (22, 2))), 1: (36, ((1, 3), (4, 16), (34, 2)))},
    b"vmhd": {0: (12, ())},
    b"smhd": {0: (8, ((1, 3), (6, 2)))},
}
"""By kind and version: how many bytes there are, and which of them say when, or nothing."""

TABLES: Mapping[bytes, tuple[int, int]] = {
    b"stts": (4, 8),
    b"ctts": (4, 8),
    b"stss": (4, 4),
    b"stsc": (4, 12),
    b"stco": (4, 4),
    b"co64": (4, 8),
}
"""Where the number of entries stands, and how long each is."""

VISUAL, SOUND = 78, 28
"""Bytes of a sample entry before the boxes in it."""

KEPT_IN_VISUAL = {b"avcC": 4_096, b"pasp": 8, b"clap": 32, b"btrt": 12, b"colr": 11}
KEPT_IN_SOUND = {b"esds": 256, b"btrt": 12}
"""Boxes of a sample entry that players need, and how long they may be."""

H264 = frozenset({b"avc1", b"avc3"})
HEVC = frozenset({b"hvc1", b"hev1", b"dvh1", b"dvhe"})
AAC = 0x40
"""What MPEG-4 calls it (object type indication)."""

URL, DEPENDS = 0x40, 0x80
"""Flags of a stream whose description lies elsewhere, or hangs on another's."""


def fixed(data: bytearray, box: Box) -> None:
    """A box of numbers that all have their place."""
    known = FIXED[box.kind].get(number(data, box.body, 1))
    if known is None or box.end - box.body < known[0]:
        raise SpoiltVideoError("broken")
    for offset, length in known[1]:
        blank(data, box.body + offset, length)
    _end(data, box, known[0])


def table(data: bytearray, box: Box) -> None:
    """A list of numbers, as long as it says it is."""
    at, each = TABLES[box.kind]
    _end(data, box, at + 4 + each * number(data, box.body + at))


def sizes(data: bytearray, box: Box) -> None:
    """The sizes of samples: one for all, or one for each."""
    alike, count = number(data, box.body + 4), number(data, box.body + 8)
    _end(data, box, 12 if alike else 12 + 4 * count)


def edits(data: bytearray, box: Box) -> None:
    """Which stretches are played."""
    each = 20 if number(data, box.body, 1) else 12
    _end(data, box, 8 + each * number(data, box.body + 4))


def handler(data: bytearray, box: Box) -> None:
    """What kind of track it is; never what somebody called it."""
    if box.end - box.body < 20:  # noqa: PLR2004 - up to its name
        raise SpoiltVideoError("broken")
    blank(data, box.body + 4, 4)
    blank(data, box.body + 12, box.end - box.body - 12)


def references(data: bytearray, box: Box) -> None:
    """Where the samples lie: in this very file, else SpoiltVideoError."""
    entries = boxes(data, box.body + 8, box.end)
    if number(data, box.body + 4) != 1 or len(entries) != 1:
        raise SpoiltVideoError("elsewhere")
    [entry] = entries
    if entry.kind != b"url " or number(data, entry.body) != 1:
        raise SpoiltVideoError("elsewhere")
    blank(data, entry.body + 4, entry.end - entry.body - 4)


def descriptions(data: bytearray, box: Box) -> None:
    """How the samples are coded: H.264 or AAC, once; SpoiltVideoError."""
    entries = boxes(data, box.body + 8, box.end)
    if number(data, box.body + 4) != 1 or len(entries) != 1:
        raise SpoiltVideoError("codec")
    [entry] = entries
    if entry.kind in H264:
        blank_in(data, entry, ((0, 6), (8, 16), (36, 4), (42, 32)), VISUAL)
        _within(data, entry, VISUAL, KEPT_IN_VISUAL, b"avcC")
    elif entry.kind == b"mp4a":
        if number(data, entry.body + 8, 2):  # QuickTime's own, longer description of sound
            raise SpoiltVideoError("codec")
        blank_in(data, entry, ((0, 6), (8, 8), (20, 4)), SOUND)
        _within(data, entry, SOUND, KEPT_IN_SOUND, b"esds")
    else:
        raise SpoiltVideoError("hevc" if entry.kind in HEVC else "codec")


def lengths_of_units(data: bytearray, box: Box) -> int:
    """How many bytes say the length of each unit of H.264 (ISO/IEC 14496-15 §5.3.3.1)."""
    [entry] = boxes(data, box.body + 8, box.end)
    [told] = [b for b in boxes(data, entry.body + VISUAL, entry.end) if b.kind == b"avcC"]
    return (number(data, told.body + 4, 1) & 3) + 1


def blank_in(data: bytearray, entry: Box, places: Places, length: int) -> None:
    """Blank these places of a sample entry that has its whole length."""
    if entry.end - entry.body < length:
        raise SpoiltVideoError("broken")
    for offset, size in places:
        blank(data, entry.body + offset, size)


def _within(
    data: bytearray, entry: Box, start: int, kept: Mapping[bytes, int], needed: bytes
) -> None:
    seen: set[bytes] = set()
    for box in boxes(data, entry.body + start, entry.end):
        plain = box.kind != b"colr" or data[box.body : box.body + 4] == b"nclx"
        if box.kind in seen or not plain or box.end - box.body > kept.get(box.kind, -1):
            free(data, box)
            continue
        if box.kind == b"esds" and not _is_aac(bytes(data[box.body : box.end])):
            raise SpoiltVideoError("codec")
        seen.add(box.kind)
    if needed not in seen:
        raise SpoiltVideoError("codec")


def _is_aac(told: bytes) -> bool:
    """Whether a description of sound (ISO/IEC 14496-1 §7.2.6.5) is of AAC, and of here."""
    at = _past_length(told, 4, 0x03)
    if at < 0 or at + 3 > len(told) or told[at + 2] & (URL | DEPENDS):
        return False
    at = _past_length(told, at + 3, 0x04)
    return 0 <= at < len(told) and told[at] == AAC


def _past_length(told: bytes, at: int, tag: int) -> int:
    """Where the content of a descriptor begins; -1 if it is another."""
    if at >= len(told) or told[at] != tag:
        return -1
    for place in range(at + 1, min(at + 5, len(told))):
        if not told[place] & 0x80:
            return place + 1
    return -1


def _end(data: bytearray, box: Box, length: int) -> None:
    """Nothing stands behind the numbers; SpoiltVideoError where there are fewer."""
    if box.body + length > box.end:
        raise SpoiltVideoError("broken")
    blank(data, box.body + length, box.end - box.body - length)


LEAVES: Mapping[bytes, Callable[[bytearray, Box], None]] = {
    **dict.fromkeys(FIXED, fixed),
    **dict.fromkeys(TABLES, table),
    b"stsz": sizes,
    b"elst": edits,
    b"hdlr": handler,
    b"dref": references,
    b"stsd": descriptions,
}
"""By kind, what becomes of a box that is kept."""
