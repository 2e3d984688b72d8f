"""What an encoder wrote between the frames of H.264 (SEI, Rec. ITU-T H.264 annex D): user data that
is no captions is blanked, in place.

Dashboard and body-worn cameras write time, place and their own number there; players need none of
it. A message stays as long as it was: its bytes become 0xFF, but for those that keep an emulation
prevention byte what it is. Captions (ATSC A/53, DTV) stay.
"""

from collections.abc import Iterable, Iterator
from typing import BinaryIO

from .boxes import SpoiltVideoError

SEI = 6
"""The type of such a unit."""

REGISTERED, UNREGISTERED = 4, 5
CAPTIONS = (b"\xb5\x00\x31GA94", b"\xb5\x00\x31DTG1")
"""How closed captions begin: country, provider, and what they are."""

LARGEST = 65_536
"""Bytes of one unit; what is longer is no message that a camera writes."""

FULL = 0xFF
EMULATED, PREVENTING = b"\0\0", 3
"""Two zeros would begin a start code; a 3 behind them says that they do not."""


def blank_messages(file: BinaryIO, samples: Iterable[tuple[int, int]], width: int) -> None:
    """Go through the units of every sample, whose lengths are `width` bytes; SpoiltVideoError."""
    for start, end in samples:
        for at, length in _units(file, start, end, width):
            if length > LARGEST:
                raise SpoiltVideoError("broken")
            file.seek(at)
            unit = bytearray(file.read(length))
            if _blanked(unit):
                file.seek(at)
                file.write(unit)


def _units(file: BinaryIO, start: int, end: int, width: int) -> Iterator[tuple[int, int]]:
    """Where each message unit of a sample is, and how long."""
    while start < end:
        file.seek(start)
        head = file.read(width + 1)
        length = int.from_bytes(head[:width], "big")
        start += width
        if len(head) <= width or start + length > end:
            raise SpoiltVideoError("broken")
        if length and head[width] & 0x1F == SEI:
            yield start, length
        start += length


def _blanked(unit: bytearray) -> bool:
    """Blank the messages of a unit that are no captions; whether that changed anything."""
    before = bytes(unit)
    places, preventing = _read(unit)
    at = 0
    while at + 1 < len(places):  # the last byte only says that this is the end
        kind, at = _number(before, places, at)
        size, at = _number(before, places, at)
        message = places[at : at + size]
        begins = bytes(before[place] for place in message[: len(CAPTIONS[0])])
        if kind == UNREGISTERED or (kind == REGISTERED and begins not in CAPTIONS):
            _blank(unit, message, preventing)
        at += size
    return bytes(unit) != before


def _read(unit: bytearray) -> tuple[list[int], set[int]]:
    """The places of the unit's bytes behind its head, and of those that only prevent emulation."""
    places, preventing, zeros = list[int](), set[int](), 0
    for place in range(1, len(unit)):
        if zeros >= len(EMULATED) and unit[place] == PREVENTING:
            preventing.add(place)
            zeros = 0
            continue
        zeros = zeros + 1 if unit[place] == 0 else 0
        places.append(place)
    return places, preventing


def _number(unit: bytes, places: list[int], at: int) -> tuple[int, int]:
    """A kind or a size, and where it ends."""
    value = 0
    while at < len(places):
        byte = unit[places[at]]
        value, at = value + byte, at + 1
        if byte != FULL:
            break
    return value, at


def _blank(unit: bytearray, message: list[int], preventing: set[int]) -> None:
    """0xFF everywhere, but zeros before a byte that prevents emulation, and 1 behind it."""
    for place in message:
        if {place + 1, place + 2} & preventing:
            unit[place] = 0
        else:
            unit[place] = 1 if place - 1 in preventing else FULL
