"""Lines packed into the parts of a bag, and unpacked again: gzip, the same bytes for the same lines
by the same library; nothing in it says when or by whom.

Packed by ISA-L, which takes a sixth of zlib's time for less bytes; any gzip reads them, and
`verify.py` does so with the standard library.
"""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from isal import isal_zlib

from archive.sealing.closing import BrokenMonthError

LEVEL = 2
"""Half the time of level 3 for the same size: 0.28 of the lines (docs/archive.md)."""

GZIP = 31
"""What zlib takes for a gzip header without name and time, and the widest window."""

PACKED_PIECE = 1 << 15
"""What is unpacked at once: the unpacker copies whatever it is given and does not take."""

PIECE = 1 << 20
AT_ONCE = 128
"""Lines that are packed in one call: a call costs more than a line."""

LONGEST_LINE = 1 << 20
"""A payload is an item of a table, so it has 400 KB at most."""


class Pack:
    """One file of lines."""

    def __init__(self) -> None:
        self._packer = isal_zlib.compressobj(LEVEL, isal_zlib.DEFLATED, GZIP)
        self._packed: list[bytes] = []
        self._lines: list[bytes] = []

    def add(self, line: bytes) -> None:
        """Another line, with its newline."""
        self._lines.append(line)
        if len(self._lines) == AT_ONCE:
            self._pack()

    def finish(self) -> bytes:
        """The whole file."""
        self._pack()
        self._packed.append(self._packer.flush())
        return b"".join(self._packed)

    def _pack(self) -> None:
        self._packed.append(self._packer.compress(b"".join(self._lines)))
        self._lines.clear()


def unpacked(data: bytes) -> Iterator[bytes]:
    """The lines of a file, each with its newline, one at a time; BrokenMonthError."""
    rest = b""
    for piece in _pieces(data):
        whole = rest + piece
        ends = whole.rfind(b"\n") + 1
        yield from BytesIO(whole[:ends])
        rest = whole[ends:]
        if len(rest) > LONGEST_LINE:
            raise BrokenMonthError("A line of a part does not end.")
    if rest:
        raise BrokenMonthError("A part does not end with its last line.")


def _pieces(data: bytes) -> Iterator[bytes]:
    unpacker = isal_zlib.decompressobj(GZIP)
    try:
        for at in range(0, len(data), PACKED_PIECE):
            yield from _taken(unpacker, data[at : at + PACKED_PIECE])
        while not unpacker.eof:  # it may have taken everything, and not given everything
            piece = unpacker.decompress(b"", PIECE)
            if not piece:
                raise BrokenMonthError("A part ends too early.")
            yield piece
    except isal_zlib.error as error:  # type: ignore[misc]  # its stubs do not say what it is
        raise BrokenMonthError("A part cannot be unpacked.") from error
    if unpacker.unused_data:
        raise BrokenMonthError("Something stands behind the end of a part.")


def _taken(unpacker: Any, tail: bytes) -> Iterator[bytes]:
    while tail:
        if unpacker.eof:
            raise BrokenMonthError("Something stands behind the end of a part.")
        yield unpacker.decompress(tail, PIECE)
        tail = unpacker.unconsumed_tail
