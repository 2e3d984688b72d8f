"""Every tree of at most 600 leaves, with every proof there is, by exhaustion.

What is exhaustive: every (size, index) and every (old, new) verifies, and fails once any one of
its hashes, its leaf or its root has a bit changed, or its index; every bit of each of these up to
17 leaves. Beyond that one bit of each is changed, another for each proof: all 256 of each would be
400 million verifications (an hour and a half), and SHA-256 has no bits that count less.
"""

import random

import pytest

from shared.recordlog import tree
from shared.recordlog.errors import ProofError
from shared.recordlog.reader import Log
from shared.recordlog.tiles import Edge, TileNodes, grow, tile_path
from tests.unit.recordlog import logs
from tests.unit.recordlog.nodes import Nodes

LARGEST = 600
EVERY_BIT_UP_TO = 17
BANDS = (range(1, 301), range(301, 451), range(451, 601))
"""Of about the same work each, so that none runs out of time on a busy machine."""

ENTRIES = logs.some_entries(LARGEST)
NODES = Nodes(ENTRIES)
ROOT_OF = [tree.root(size, NODES) for size in range(LARGEST + 1)]

pytestmark = pytest.mark.thorough


def refuses(verify, *arguments):
    try:
        verify(*arguments)
    except ProofError:
        return True
    return False


def spoilt(hashes, bits):
    """The hashes with one bit changed, for each of them and each of these bits."""
    for at, each in enumerate(hashes):
        for bit in bits:
            yield (*hashes[:at], logs.flip(each, bit), *hashes[at + 1 :])


def bits_of(size, number):
    return range(256) if size <= EVERY_BIT_UP_TO else (number * 37 % 256,)


@pytest.mark.parametrize("sizes", BANDS, ids=str)
def test_every_inclusion_proof_verifies_and_fails_with_any_hash_or_index_changed(sizes):
    for size in sizes:
        for index in range(size):
            leaf, root = NODES(0, index), ROOT_OF[size]
            proof = tree.prove_inclusion(index, size, NODES)
            tree.verify_inclusion(index, size, leaf, proof, root)
            for one, other, *rest in spoilt((leaf, root, *proof), bits_of(size, size + index)):
                assert refuses(tree.verify_inclusion, index, size, one, rest, other)
            few = size <= EVERY_BIT_UP_TO
            for bit in range(size.bit_length()) if few else ((size + index) % size.bit_length(),):
                assert refuses(tree.verify_inclusion, index ^ 1 << bit, size, leaf, proof, root)


@pytest.mark.parametrize("sizes", BANDS, ids=str)
def test_every_consistency_proof_verifies_and_fails_with_any_hash_changed(sizes):
    for new in (*sizes, 0):
        for old in range(new + 1):
            roots = ROOT_OF[old], ROOT_OF[new]
            proof = tree.prove_consistency(old, new, NODES)
            tree.verify_consistency(old, new, *roots, proof)
            changed = spoilt((*roots, *proof), bits_of(new, new + old))
            for number, (before, after, *rest) in enumerate(changed):
                if old == 0 and number // len(bits_of(new, 0)) == 1:
                    continue  # nothing is the beginning of every tree, whatever its root
                assert refuses(tree.verify_consistency, old, new, before, after, rest)


def test_every_proof_that_is_cut_short_or_made_longer_fails():
    for size in range(1, LARGEST + 1):
        for place in range(size):
            leaf, root = NODES(0, place), ROOT_OF[size]
            proof = tree.prove_inclusion(place, size, NODES)
            grown = tree.prove_consistency(place + 1, size, NODES)
            roots = ROOT_OF[place + 1], root
            assert refuses(tree.verify_inclusion, place, size, leaf, (*proof, root), root)
            assert refuses(tree.verify_consistency, place + 1, size, *roots, (*grown, root))
            if proof:
                assert refuses(tree.verify_inclusion, place, size, leaf, proof[:-1], root)
            if grown:
                assert refuses(tree.verify_consistency, place + 1, size, *roots, grown[:-1])


def test_every_log_has_the_same_tiles_however_it_grew():
    chance = random.Random(600)  # noqa: S311 - the same batches each time
    for size in range(LARGEST + 1):
        edge, objects = Edge(), {}
        while edge.size < size:
            batch = chance.randint(1, max(1, size // 3))
            growth = grow(edge, ENTRIES[edge.size : min(size, edge.size + batch)])
            edge, objects = growth.edge, objects | growth.objects
        whole = grow(Edge(), ENTRIES[:size])
        assert edge == whole.edge
        assert edge.root() == ROOT_OF[size]
        assert {path: objects[path] for path in whole.objects} == whole.objects


def test_every_proof_from_tiles_is_that_of_the_tree():
    for size in range(1, LARGEST + 1):
        objects = grow(Edge(), ENTRIES[:size]).objects
        nodes = TileNodes(size, lambda *tile, kept=objects: kept[tile_path(*tile)])
        for place in range(size):
            assert tree.prove_inclusion(place, size, nodes) == tree.prove_inclusion(
                place, size, NODES
            )
            assert tree.prove_consistency(place + 1, size, nodes) == tree.prove_consistency(
                place + 1, size, NODES
            )


def test_every_leaf_of_every_stored_log_is_read_back():
    for size in range(1, LARGEST + 1, 7):
        stored = logs.a_stored_log(ENTRIES[:size])
        log = Log(stored.get, [logs.SIGNER.key], logs.ORIGIN)
        assert [entry for bundle in log.bundles() for entry in bundle] == ENTRIES[:size]
