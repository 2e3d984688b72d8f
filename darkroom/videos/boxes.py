"""The boxes an MP4 is made of (ISO/IEC 14496-12), read without trusting them.

A box says how long it is and what it is; the next one begins where it ends. Nothing is moved and
nothing becomes shorter: what has to go becomes `free`, its content zeros, so that every offset in
the file still holds.

SpoiltVideoError    the file cannot be used; `str()` tells whoever sent it what to do
"""

import struct
from typing import NamedTuple

LARGEST = 50_000_000
"""Bytes of a video: what reaches a platform within the minute that a function has (ADR 0021)."""

LONGEST = 140
"""Seconds of a video: as many as the strictest platform that takes videos (X)."""

MOST_BOXES = 1_000
"""Of one level; a file from a camera has a dozen."""

HEAD, LONG_HEAD = 8, 16

SENTENCES = {
    "unknown": "This is no video that can be read here. Send an MP4 (H.264 and AAC).",
    "picture": "This is a picture, not a video. Add it as a picture.",
    "quicktime": "This is a QuickTime film. Save it as MP4 (on an iPhone: Settings, Camera, "
    "Formats, Most Compatible, then share it as MP4) and send that.",
    "webm": "This is a WebM or Matroska film. Save it as MP4 (H.264 and AAC) and send that.",
    "other": "This is a film in a format that platforms do not take. Save it as MP4 (H.264 and "
    "AAC) and send that.",
    "hevc": "The pictures of this video are in H.265 (HEVC). Save it as H.264 (on an iPhone: "
    "Settings, Camera, Formats, Most Compatible) and send that.",
    "codec": "Only H.264 pictures with AAC sound, or none, can be sent. Save the video so and send "
    "that.",
    "pieces": "This video is stored in fragments, as from a stream. Save it as a plain MP4 and "
    "send that.",
    "elsewhere": "This video lies partly in other files. Save it whole, as MP4, and send that.",
    "subtitles": "This video has subtitles of their own, which platforms do not show. Write them "
    "into the picture and send that.",
    "tracks": "This video has several pictures or sounds to choose from. Save it with one of each "
    "and send that.",
    "broken": "This video is damaged or not whole. Save it anew, as MP4, and send that.",
    "large": "This video has more than 50 MB. Save it smaller or shorter and send that.",
    "long": "This video lasts longer than 2 minutes 20 seconds. Cut it and send that.",
    "size": "This video is narrower than 32 or wider than 4,096 pixels. Save it as 1080p and send "
    "that.",
}


class SpoiltVideoError(Exception):
    """The file cannot be used; `kind` names why, `str()` says what to do."""

    def __init__(self, kind: str) -> None:
        super().__init__(SENTENCES[kind])
        self.kind = kind


class Box(NamedTuple):
    """What it is, where it starts, where its content does, and where it ends."""

    kind: bytes
    start: int
    body: int
    end: int


def head_of(head: bytes, at: int, limit: int) -> Box:
    """The box whose first sixteen bytes these are; SpoiltVideoError where it cannot be one that
    ends by `limit`."""
    if len(head) < HEAD:
        raise SpoiltVideoError("broken")
    size, kind = struct.unpack(">I4s", head[:HEAD])
    length = HEAD
    if size == 1 and len(head) >= LONG_HEAD:
        (size,) = struct.unpack(">Q", head[HEAD:LONG_HEAD])
        length = LONG_HEAD
    elif size == 0:  # up to the end, whatever that is
        size = limit - at
    if size < length or at + size > limit:
        raise SpoiltVideoError("broken")
    return Box(kind, at, at + length, at + size)


def boxes(data: bytearray, start: int, end: int) -> list[Box]:
    """The boxes that fill a stretch to its last byte; SpoiltVideoError."""
    found: list[Box] = []
    while start < end:
        if len(found) == MOST_BOXES:
            raise SpoiltVideoError("broken")
        found.append(head_of(bytes(data[start : min(start + LONG_HEAD, end)]), start, end))
        start = found[-1].end
    return found


def blank(data: bytearray, start: int, length: int) -> None:
    """Zeros in the place of whatever stands there."""
    data[start : start + length] = bytes(length)


def free(data: bytearray, box: Box) -> None:
    """A box that says nothing any more, as long as it was."""
    data[box.start + 4 : box.start + HEAD] = b"free"
    blank(data, box.body, box.end - box.body)


def number(data: bytearray, at: int, length: int = 4) -> int:
    """A number as boxes hold it; SpoiltVideoError where there is none."""
    if at + length > len(data):
        raise SpoiltVideoError("broken")
    return int.from_bytes(data[at : at + length], "big")
