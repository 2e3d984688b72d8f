"""A slice is enough to prove that a month continues the one before, and holds nothing else."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.months.logslice import bundles_of, tiles_of
from shared.recordlog.tiles import Edge, grow, split_bundle, tile_width
from shared.recordlog.tree import EMPTY_ROOT
from tests.unit.recordlog import logs

ENTRIES = logs.some_entries(1100)
SIZES = st.integers(0, len(ENTRIES))
BIG = st.integers(0, 10**18 - 1)


def sliced(start, end):
    """A log as it was at `end`, but for what the slice leaves out."""
    objects = grow(Edge(), ENTRIES[:end]).objects
    paths = [each.path for each in (*tiles_of(start, end), *bundles_of(start, end))]
    assert len(paths) == len(set(paths))
    return {path: objects[path] for path in paths}


def edge_at(size, end, held):
    """The right edge of the log at `size`, by the slice alone."""
    rows, level = [], 0
    while count := size >> 8 * level:
        index, width = divmod(count, 256)
        tile = next((t for t in tiles_of(size, end) if (t.level, t.index) == (level, index)), None)
        rows.append(held[tile.path][: width * 32] if width else b"")
        level += 1
    return Edge(size, tuple(rows))


@settings(max_examples=60)
@given(SIZES, SIZES)
def test_a_slice_alone_gives_the_roots_at_its_start_and_its_end(one, other):
    start, end = sorted((one, other))
    held = sliced(start, end)

    for size in (start, end):
        edge = edge_at(size, end, held) if size else Edge()
        assert edge.root() == (logs.naive_root(ENTRIES[:size]) if size else EMPTY_ROOT)


@settings(max_examples=60)
@given(SIZES, SIZES)
def test_a_slice_holds_every_entry_of_its_month(one, other):
    start, end = sorted((one, other))
    held = sliced(start, end)

    found = {
        place: entry
        for bundle in bundles_of(start, end)
        for place, entry in enumerate(split_bundle(held[bundle.path]), bundle.index * 256)
    }
    assert [found[index] for index in range(start, end)] == ENTRIES[start:end]


@pytest.mark.parametrize("size", [0, 1, 255, 256, 257, 512, 1100])
def test_an_empty_month_has_the_tiles_of_its_edge_and_no_entries(size):
    assert list(bundles_of(size, size)) == []
    assert [(tile.level, tile.width) for tile in tiles_of(size, size)] == [
        (level, size >> 8 * level & 255) for level in range(2) if size >> 8 * level & 255
    ]


@given(BIG, st.integers(0, 3000))
def test_every_tile_is_as_wide_as_the_log_was_at_the_end(start, count):
    end = start + count

    for tile in tiles_of(start, end):
        assert tile.width == tile_width(end, tile.level, tile.index)
        assert 1 <= tile.width <= 256
        last = (tile.index + 1) << 8 * (tile.level + 1)
        assert last > start or tile.width < 256


@given(BIG, st.integers(0, 3000))
def test_a_slice_is_not_much_larger_than_its_month(start, count):
    tiles = list(tiles_of(start, start + count))

    assert len(tiles) <= count // 256 + 2 + 9 * 2
    assert len(list(bundles_of(start, start + count))) <= count // 256 + 2


def test_a_tile_and_the_bundle_below_it_lie_where_the_log_has_them():
    [tile] = tiles_of(0, 3)
    [bundle] = bundles_of(0, 3)

    assert (tile.path, bundle.path) == ("tile/0/000.p/3", "tile/entries/000.p/3")
