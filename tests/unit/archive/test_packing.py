"""Lines in, the same lines out; a damaged file is a sentence, and no bomb goes off."""

import gzip
import tracemalloc
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.sealing.closing import BrokenMonthError
from archive.sealing.packing import AT_ONCE, GZIP, PIECE, Pack, unpacked

LINE = st.binary(max_size=80).map(lambda data: data.replace(b"\n", b"") + b"\n")


def packed(lines):
    pack = Pack()
    for line in lines:
        pack.add(line)
    return pack.finish()


@given(st.lists(LINE, max_size=3 * AT_ONCE))
def test_what_was_packed_comes_out_line_by_line(lines):
    data = packed(lines)

    assert list(unpacked(data)) == lines
    assert gzip.decompress(data) == b"".join(lines)


@given(st.lists(LINE, max_size=20))
def test_the_same_lines_are_the_same_bytes_and_tell_neither_time_nor_name(lines):
    data = packed(lines)

    assert data == packed(lines)
    assert (data[3], data[4:8]) == (0, bytes(4))


@pytest.mark.parametrize("size", [PIECE - 1, PIECE, PIECE + 1, 3 * PIECE + 7])
def test_what_packs_to_almost_nothing_comes_out_whole(size):
    lines = [bytes([97 + number % 2]) * 999 + b"\n" for number in range(size // 1_000)]
    lines.append(b"z" * (size % 1_000) + b"\n")

    assert list(unpacked(packed(lines))) == lines


DATA = packed([b"one\n", b"two\n"])


@pytest.mark.parametrize(
    "damaged",
    [
        b"",
        DATA[:-1],
        DATA[:12],
        DATA + b"x",
        DATA + DATA,
        DATA[:-5] + b"\x00" + DATA[-4:],
        b"no gzip at all",
        gzip.compress(b"no newline at the end", mtime=0),
    ],
)
def test_a_damaged_file_is_refused(damaged):
    with pytest.raises(BrokenMonthError):
        list(unpacked(damaged))


def test_a_line_without_end_is_refused_before_it_fills_the_memory():
    packer = zlib.compressobj(9, zlib.DEFLATED, GZIP)
    bomb = b"".join(packer.compress(bytes(1 << 20)) for _ in range(200)) + packer.flush()
    tracemalloc.start()

    with pytest.raises(BrokenMonthError, match="does not end"):
        list(unpacked(bomb))

    assert tracemalloc.get_traced_memory()[1] < 20_000_000
    tracemalloc.stop()
