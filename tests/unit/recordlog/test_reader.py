import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.recordlog import tree
from shared.recordlog.checkpoint import Checkpoint, sign_checkpoint
from shared.recordlog.errors import (
    BadSignatureError,
    InconsistentLogError,
    MissingObjectError,
    ProofError,
    RecordLogError,
)
from shared.recordlog.reader import Log, read_edge, verify_log
from shared.recordlog.tiles import Edge, entries_path, grow, tile_path, tile_root
from tests.unit.recordlog import logs

KNOWN = [logs.SIGNER.key]
ENTRIES = logs.some_entries(70_000)
SMALL = logs.a_stored_log(ENTRIES[:600])


@pytest.mark.parametrize("size", [0, 1, 255, 256, 257, 512, 600, 65_536, 65_537])
def test_a_whole_log_verifies(size):
    stored = logs.a_stored_log(ENTRIES[:size])

    found = verify_log(stored.get, KNOWN, logs.ORIGIN)

    assert (found.size, found.leaves_verified) == (size, size)
    assert found.checkpoint.root == grow(Edge(), ENTRIES[:size]).edge.root()


@settings(max_examples=150)
@given(st.sampled_from(sorted(SMALL)), st.integers(0))
def test_a_log_with_any_bit_flipped_anywhere_does_not_verify(path, bit):
    forged = SMALL | {path: logs.flip(SMALL[path], bit % (len(SMALL[path]) * 8))}

    with pytest.raises(RecordLogError):
        verify_log(forged.get, KNOWN, logs.ORIGIN)


@pytest.mark.parametrize("path", sorted(SMALL))
def test_a_log_with_any_object_missing_does_not_verify(path):
    robbed = {kept: data for kept, data in SMALL.items() if kept != path}

    with pytest.raises(MissingObjectError):
        verify_log(robbed.get, KNOWN, logs.ORIGIN)


def test_a_log_whose_tiles_were_rebuilt_around_a_forgery_does_not_verify():
    forged = logs.a_stored_log([*ENTRIES[:299], b"nothing happened here", *ENTRIES[300:600]])
    forged["checkpoint"] = SMALL["checkpoint"]

    with pytest.raises(InconsistentLogError):
        verify_log(forged.get, KNOWN, logs.ORIGIN)


def test_a_checkpoint_that_nobody_signed_does_not_verify():
    text, _, lines = SMALL["checkpoint"].decode().partition("\n\n")
    forged = SMALL | {"checkpoint": f"{text.replace('600', '599')}\n\n{lines}".encode()}

    with pytest.raises(BadSignatureError):
        verify_log(forged.get, KNOWN, logs.ORIGIN)


def test_a_partial_tile_may_be_gone_once_the_full_one_exists():
    grown = SMALL | grow(Edge(), ENTRIES[:1024]).objects
    del grown["tile/0/002.p/88"], grown["tile/entries/002.p/88"]

    log = Log(grown.get, KNOWN, logs.ORIGIN)
    proof = log.prove(599)

    assert log.entry(599) == ENTRIES[599]
    assert verify_log(grown.get, KNOWN, logs.ORIGIN).size == 600
    leaf = tree.leaf_hash(ENTRIES[599])
    tree.verify_inclusion(599, 600, leaf, proof.hashes, log.checkpoint.root)


@settings(max_examples=30)
@given(st.data())
def test_every_proof_from_tiles_verifies(data):
    size = data.draw(st.integers(1, 70_000))
    index, old = data.draw(st.integers(0, size - 1)), data.draw(st.integers(0, size))
    log = Log(logs.a_stored_log(ENTRIES[:size]).get, KNOWN, logs.ORIGIN)
    root = log.checkpoint.root

    leaf = tree.leaf_hash(log.entry(index))
    tree.verify_inclusion(index, size, leaf, log.prove(index).hashes, root)
    old_root = grow(Edge(), ENTRIES[:old]).edge.root()
    tree.verify_consistency(old, size, old_root, root, log.prove_grown(old))


@pytest.mark.parametrize("size", [0, 1, 256, 300, 65_536, 65_600])
def test_the_edge_read_back_is_the_edge_that_grew(size):
    growth = grow(Edge(), ENTRIES[:size])

    assert read_edge(growth.objects.get, size) == growth.edge


@pytest.mark.parametrize("index", [-1, 600])
def test_a_leaf_the_log_does_not_have_is_neither_shown_nor_proved(index):
    log = Log(SMALL.get, KNOWN, logs.ORIGIN)

    with pytest.raises(IndexError):
        log.entry(index)
    with pytest.raises(ProofError):
        log.prove(index)


def test_a_proof_in_a_log_of_ten_million_leaves_reads_six_tiles_at_most():
    # All leaves alike, so that 40,000 tiles are three different ones.
    size, read = 10_000_000, []
    leaf = tree.leaf_hash(b"")
    rows = [leaf]
    while len(rows) < 4:
        rows.append(tile_root(rows[-1] * 256))

    def fetch(path):
        if path == "checkpoint":
            return note
        read.append(path)
        _, level, *_, last = path.split("/")
        width = int(last) if ".p/" in path else 256
        return rows[int(level)] * width

    edge = Edge(size, tuple(rows[lvl] * ((size >> 8 * lvl) % 256) for lvl in range(3)))
    root = edge.root()
    note = sign_checkpoint(Checkpoint(logs.ORIGIN, size, root), [logs.SIGNER])
    for index in (0, 4_999_999, size - 300, size - 1):
        read.clear()
        proof = Log(fetch, KNOWN, logs.ORIGIN).prove(index)

        assert len(proof.hashes) <= 24
        assert len(read) <= 6
        tree.verify_inclusion(index, size, leaf, proof.hashes, root)


def test_paths_of_what_is_missing_are_named():
    empty = {"checkpoint": SMALL["checkpoint"]}
    log = Log(empty.get, KNOWN, logs.ORIGIN)

    with pytest.raises(MissingObjectError) as tile:
        log.prove(0)
    with pytest.raises(MissingObjectError) as entries:
        log.entry(0)
    assert tile.value.path in {tile_path(0, 0), tile_path(1, 0, 2)}
    assert entries.value.path == entries_path(0)
    with pytest.raises(MissingObjectError):
        Log({}.get, KNOWN, logs.ORIGIN)
