import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.recordlog import tree
from shared.recordlog.errors import ProofError
from tests.unit.recordlog import logs

# The leaves and roots every implementation of RFC 6962 is checked with.
LEAVES = [
    bytes.fromhex(each)
    for each in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
INCLUSION = {
    (0, 1): [],
    (0, 8): [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
    (5, 8): [
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
    (2, 3): ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"],
    (1, 5): [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ],
}
CONSISTENCY = {
    (1, 1): [],
    (1, 8): [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
    (6, 8): [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
    (2, 5): [
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ],
}
EXHAUSTIVE = 600


class Nodes:
    """Every complete subtree of some entries, hashed once."""

    def __init__(self, entries):
        self.rows = [[tree.leaf_hash(entry) for entry in entries]]
        while len(self.rows[-1]) > 1:
            row = self.rows[-1]
            pairs = zip(row[::2], row[1::2], strict=False)
            self.rows.append([tree.node_hash(left, right) for left, right in pairs])

    def __call__(self, level, index):
        return self.rows[level][index]


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


def test_every_inclusion_proof_of_every_small_tree_verifies_and_breaks_with_one_bit():
    for size in range(1, EXHAUSTIVE + 1):
        for index in range(size):
            proof = tree.prove_inclusion(index, size, NODES)
            tree.verify_inclusion(index, size, NODES(0, index), proof, ROOT_OF[size])
            if proof:
                proof = one_bit_off(proof, size * 257 + index)
                assert refuses(
                    tree.verify_inclusion, index, size, NODES(0, index), proof, ROOT_OF[size]
                )


def test_every_consistency_proof_of_every_small_tree_verifies_and_breaks_with_one_bit():
    for new in range(EXHAUSTIVE + 1):
        for old in range(new + 1):
            roots = ROOT_OF[old], ROOT_OF[new]
            proof = tree.prove_consistency(old, new, NODES)
            tree.verify_consistency(old, new, *roots, proof)
            if proof:
                proof = one_bit_off(proof, new * 257 + old)
                assert refuses(tree.verify_consistency, old, new, *roots, proof)


def refuses(verify, *arguments):
    try:
        verify(*arguments)
    except ProofError:
        return True
    return False


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
