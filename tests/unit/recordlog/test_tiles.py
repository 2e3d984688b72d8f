import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.recordlog import tree
from shared.recordlog.errors import LeafError, MalformedError
from shared.recordlog.tiles import (
    Edge,
    TileNodes,
    bundle,
    entries_path,
    grow,
    split_bundle,
    tile_path,
    tile_width,
)
from tests.unit.recordlog import logs


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (tile_path(0, 0), "tile/0/000"),
        (tile_path(0, 0, 1), "tile/0/000.p/1"),
        (tile_path(63, 999), "tile/63/999"),
        (tile_path(1, 1000), "tile/1/x001/000"),
        (tile_path(0, 1234067), "tile/0/x001/x234/067"),
        (tile_path(0, 1234067, 255), "tile/0/x001/x234/067.p/255"),
        (tile_path(2, 10**9), "tile/2/x001/x000/x000/000"),
        (entries_path(0), "tile/entries/000"),
        (entries_path(273, 112), "tile/entries/273.p/112"),
        (entries_path(1234067), "tile/entries/x001/x234/067"),
    ],
)
def test_where_tiles_and_bundles_lie(path, expected):
    assert path == expected


def test_a_log_of_70_000_leaves_has_the_tiles_the_specification_counts():
    objects = grow(Edge(), [b""] * 70_000).objects

    full = [path for path in objects if ".p/" not in path]
    partial = {path for path in objects if ".p/" in path}
    assert sum(path.startswith("tile/0/") for path in full) == 273
    assert sum(path.startswith("tile/entries/") for path in full) == 273
    assert [path for path in full if path.startswith("tile/1/")] == ["tile/1/000"]
    assert partial == {
        "tile/0/273.p/112",
        "tile/entries/273.p/112",
        "tile/1/001.p/17",
        "tile/2/000.p/1",
    }


def test_a_log_of_256_leaves_has_one_full_tile_and_its_root_above():
    objects = grow(Edge(), logs.some_entries(256)).objects

    assert objects.keys() == {"tile/0/000", "tile/1/000.p/1", "tile/entries/000"}
    assert len(objects["tile/0/000"]) == 8192
    assert objects["tile/1/000.p/1"] == logs.naive_root(logs.some_entries(256))


def test_a_tile_is_the_hashes_and_a_bundle_the_entries_with_their_lengths():
    objects = grow(Edge(), [b"a", b"", b"bc" * 200]).objects

    assert objects["tile/0/000.p/3"] == b"".join(map(tree.leaf_hash, [b"a", b"", b"bc" * 200]))
    assert objects["tile/entries/000.p/3"] == b"\0\1a" + b"\0\0" + b"\x01\x90" + b"bc" * 200


@settings(max_examples=40)
@given(st.lists(st.integers(0, 700), max_size=6))
def test_however_a_log_grows_its_tiles_are_those_of_growing_at_once(batches):
    entries, edge, objects = logs.some_entries(sum(batches)), Edge(), {}
    for batch in batches:
        growth = grow(edge, entries[edge.size : edge.size + batch])
        edge = growth.edge
        objects |= growth.objects

    whole = grow(Edge(), entries)
    assert edge == whole.edge
    assert edge.root() == logs.naive_root(entries)
    assert {path: objects[path] for path in whole.objects} == whole.objects


@settings(max_examples=40)
@given(st.integers(1, 70_000), st.data())
def test_nodes_computed_from_tiles_are_those_of_the_tree(size, data):
    entries = logs.some_entries(size)
    objects = grow(Edge(), entries).objects

    def tile_at(level, index, width):
        assert width == tile_width(size, level, index)
        return objects[tile_path(level, index, width)]

    nodes = TileNodes(size, tile_at)
    level = data.draw(st.integers(0, size.bit_length() - 1))
    index = data.draw(st.integers(0, (size >> level) - 1))
    below = [tree.leaf_hash(e) for e in entries[index << level : (index + 1) << level]]
    while len(below) > 1:
        below = [tree.node_hash(*below[at : at + 2]) for at in range(0, len(below), 2)]

    assert nodes(level, index) == below[0]


def test_growing_by_nothing_changes_nothing():
    edge = grow(Edge(), logs.some_entries(300)).edge

    assert grow(edge, []).edge == edge
    assert grow(edge, []).objects == {}


@given(st.lists(st.binary(max_size=300)))
def test_a_bundle_gives_its_entries_back(entries):
    assert split_bundle(bundle(entries)) == entries


def test_the_longest_entry_fits_a_bundle_and_the_next_does_not():
    assert split_bundle(bundle([b"x" * 65_535])) == [b"x" * 65_535]
    with pytest.raises(LeafError):
        bundle([b"x" * 65_536])


@pytest.mark.parametrize("data", [b"\0", b"\0\1", b"\0\1a\0", b"\0\1a\0\2b"])
def test_a_bundle_that_ends_in_the_middle_is_refused(data):
    with pytest.raises(MalformedError):
        split_bundle(data)
