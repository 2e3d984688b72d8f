import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.recordlog import tree
from shared.recordlog.errors import ProofError
from tests.unit.recordlog import logs
from tests.unit.recordlog.nodes import Nodes
from tests.unit.recordlog.vectors import CONSISTENCY, INCLUSION, LEAVES, ROOTS

NODES = Nodes(logs.some_entries(1 << 12))
KNOWN = Nodes(LEAVES)
ROOT_OF = [tree.root(size, NODES) for size in range(len(NODES.rows[0]) + 1)]


@pytest.mark.parametrize("size", range(9))
def test_the_roots_of_rfc_6962(size):
    assert tree.root(size, KNOWN).hex() == ROOTS[size]


@pytest.mark.parametrize(("index", "size"), INCLUSION)
def test_the_inclusion_proofs_of_rfc_6962(index, size):
    proof = tree.prove_inclusion(index, size, KNOWN)

    assert [each.hex() for each in proof] == INCLUSION[index, size]
    tree.verify_inclusion(
        index, size, tree.leaf_hash(LEAVES[index]), proof, bytes.fromhex(ROOTS[size])
    )


@pytest.mark.parametrize(("old", "new"), CONSISTENCY)
def test_the_consistency_proofs_of_rfc_6962(old, new):
    proof = tree.prove_consistency(old, new, KNOWN)

    assert [each.hex() for each in proof] == CONSISTENCY[old, new]
    roots = bytes.fromhex(ROOTS[old]), bytes.fromhex(ROOTS[new])
    tree.verify_consistency(old, new, *roots, proof)


@pytest.mark.parametrize("size", [1, 2, 3, 5, 8, 13, 31, 32, 33, 67])
def test_roots_and_proofs_are_those_of_the_recursive_definition(size):
    entries = logs.some_entries(size)

    assert ROOT_OF[size] == logs.naive_root(entries)
    for place in range(size):
        assert list(tree.prove_inclusion(place, size, NODES)) == logs.naive_path(place, entries)
        found = tree.prove_consistency(place + 1, size, NODES)
        assert list(found) == logs.naive_consistency(place + 1, entries)


def one_bit_off(proof, bit):
    at = bit // 256 % len(proof)
    return (*proof[:at], logs.flip(proof[at], bit), *proof[at + 1 :])


SIZES = st.integers(1, 1 << 12)


@st.composite
def places(draw):
    size = draw(SIZES)
    return draw(st.integers(0, size - 1)), size


@given(places(), st.integers(0))
def test_an_inclusion_proof_with_any_bit_flipped_fails(place, bit):
    index, size = place
    entry, root = NODES(0, index), ROOT_OF[size]
    proof = tree.prove_inclusion(index, size, NODES)
    tree.verify_inclusion(index, size, entry, proof, root)

    tampered = [
        (logs.flip(entry, bit), proof, root),
        (entry, proof, logs.flip(root, bit)),
        (entry, (*proof, root), root),
    ]
    if proof:
        changed = one_bit_off(proof, bit)
        tampered += [(entry, changed, root), (entry, proof[:-1], root)]
    for bad_entry, bad_proof, bad_root in tampered:
        with pytest.raises(ProofError):
            tree.verify_inclusion(index, size, bad_entry, bad_proof, bad_root)


@given(places(), st.integers(0, 1 << 12))
def test_an_inclusion_proof_fits_no_other_place(place, other):
    index, size = place
    proof = tree.prove_inclusion(index, size, NODES)
    if other == index:
        return

    with pytest.raises(ProofError):
        tree.verify_inclusion(other, size, NODES(0, index), proof, ROOT_OF[size])


@given(places(), st.integers(0))
def test_a_consistency_proof_with_any_bit_flipped_fails(place, bit):
    old, new = place[0] + 1, place[1]
    roots = ROOT_OF[old], ROOT_OF[new]
    proof = tree.prove_consistency(old, new, NODES)
    tree.verify_consistency(old, new, *roots, proof)

    tampered = [
        (logs.flip(roots[0], bit), roots[1], proof),
        (roots[0], logs.flip(roots[1], bit), proof),
        (*roots, (*proof, roots[0])),
    ]
    if proof:
        changed = one_bit_off(proof, bit)
        tampered += [(*roots, changed), (*roots, proof[:-1]), (*roots, ())]
    for bad_old, bad_new, bad_proof in tampered:
        with pytest.raises(ProofError):
            tree.verify_consistency(old, new, bad_old, bad_new, bad_proof)


def test_a_tree_that_lost_or_changed_a_leaf_is_not_consistent():
    before = Nodes(logs.some_entries(37))
    forged = logs.some_entries(53)
    forged[11] = b"nothing happened here"
    after = Nodes(forged)

    with pytest.raises(ProofError):
        tree.verify_consistency(
            37,
            53,
            tree.root(37, before),
            tree.root(53, after),
            tree.prove_consistency(37, 53, after),
        )


@pytest.mark.parametrize(
    ("index", "size", "why"),
    [(-1, 5, "before the first"), (5, 5, "behind the last"), (0, 0, "an empty tree has none")],
)
def test_a_leaf_that_is_not_there_has_no_proof(index, size, why):
    with pytest.raises(ProofError):
        tree.prove_inclusion(index, size, NODES)
    with pytest.raises(ProofError):
        tree.verify_inclusion(index, size, bytes(32), (), ROOT_OF[size])


@pytest.mark.parametrize(("old", "new"), [(-1, 4), (5, 4)])
def test_a_tree_does_not_shrink(old, new):
    with pytest.raises(ProofError):
        tree.prove_consistency(old, new, NODES)
    with pytest.raises(ProofError):
        tree.verify_consistency(old, new, ROOT_OF[5], ROOT_OF[4], ())


def test_the_empty_tree_is_the_beginning_of_every_tree_but_only_by_its_own_root():
    tree.verify_consistency(0, 9, tree.EMPTY_ROOT, ROOT_OF[9], ())

    with pytest.raises(ProofError):
        tree.verify_consistency(0, 9, ROOT_OF[1], ROOT_OF[9], ())
    with pytest.raises(ProofError):
        tree.verify_consistency(0, 9, tree.EMPTY_ROOT, ROOT_OF[9], (bytes(32),))


@pytest.mark.parametrize("length", [0, 31, 33, 64])
def test_a_proof_of_something_else_than_hashes_is_refused(length):
    odd = b"x" * length

    with pytest.raises(ProofError):
        tree.verify_inclusion(0, 2, NODES(0, 0), (odd,), ROOT_OF[2])
    with pytest.raises(ProofError):
        tree.verify_consistency(1, 2, ROOT_OF[1], ROOT_OF[2], (odd,))
