"""The Merkle tree of RFC 6962 and RFC 9162: hashes, proofs, and what the proofs prove.

A *node* (level, index) is the root of the complete subtree over the leaves
`index * 2**level` up to `(index + 1) * 2**level`; whoever asks for proofs supplies a `NodeAt`.
Sizes and indexes count leaves; every hash is 32 bytes; proofs run from the leaf to the root.
"""

import hmac
from collections.abc import Callable, Sequence
from hashlib import sha256
from typing import TypeAlias

from shared.recordlog.errors import ProofError

HASH_BYTES = 32
EMPTY_ROOT = sha256(b"").digest()

NodeAt: TypeAlias = Callable[[int, int], bytes]
"""(level, index) to the hash of that complete subtree."""


def leaf_hash(entry: bytes) -> bytes:
    """RFC 6962 §2.1; the leading zero keeps a leaf from being passed off as a node."""
    return sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """RFC 6962 §2.1."""
    return sha256(b"\x01" + left + right).digest()


def pair_up(hashes: bytes) -> bytes:
    """The level above a run of concatenated hashes; an odd last one has no parent yet."""
    whole = len(hashes) - len(hashes) % 64
    return b"".join([sha256(b"\x01" + hashes[at : at + 64]).digest() for at in range(0, whole, 64)])


def root(size: int, node: NodeAt) -> bytes:
    """The root of the first `size` leaves."""
    return EMPTY_ROOT if size == 0 else _range_hash(0, size, node)


def prove_inclusion(index: int, size: int, node: NodeAt) -> tuple[bytes, ...]:
    """RFC 6962 §2.1.1: the siblings between leaf `index` and the root of `size` leaves."""
    if not 0 <= index < size:
        raise ProofError(f"A tree of {size} leaves has no leaf {index}.")
    low, high, siblings = 0, size, []
    while high - low > 1:
        middle = low + _left_width(high - low)
        if index < middle:
            siblings.append((middle, high))
            high = middle
        else:
            siblings.append((low, middle))
            low = middle
    return tuple(_range_hash(a, b, node) for a, b in reversed(siblings))


def prove_consistency(old: int, new: int, node: NodeAt) -> tuple[bytes, ...]:
    """RFC 6962 §2.1.2: the tree of `old` leaves is the beginning of the tree of `new` leaves."""
    if not 0 <= old <= new:
        raise ProofError(f"A tree of {new} leaves cannot have grown from one of {old}.")
    if old in (0, new):
        return ()
    low, high, parts = 0, new, []
    while old != high:
        middle = low + _left_width(high - low)
        if old <= middle:
            parts.append((middle, high))
            high = middle
        else:
            parts.append((low, middle))
            low = middle
    # The verifier holds the old root itself, so it is left out when it is a node of the new tree.
    if low > 0:
        parts.append((low, high))
    return tuple(_range_hash(a, b, node) for a, b in reversed(parts))


def verify_inclusion(
    index: int, size: int, entry_hash: bytes, proof: Sequence[bytes], expected_root: bytes
) -> None:
    """RFC 9162 §2.1.3.2: ProofError unless leaf `index` of the tree has this hash."""
    if not 0 <= index < size:
        raise ProofError(f"A tree of {size} leaves has no leaf {index}.")
    _require_hashes(proof)
    place, last, found = index, size - 1, entry_hash
    for sibling in proof:
        if last == 0:
            raise ProofError("The proof is too long.")
        if place & 1 or place == last:
            found = node_hash(sibling, found)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            found = node_hash(found, sibling)
        place, last = place >> 1, last >> 1
    if last:
        raise ProofError("The proof is too short.")
    _require_same(found, expected_root, "The proof does not lead from the leaf to the root.")


def verify_consistency(
    old: int, new: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]
) -> None:
    """RFC 9162 §2.1.4.2: ProofError unless the old tree is the beginning of the new one."""
    if not 0 <= old <= new:
        raise ProofError(f"A tree of {new} leaves cannot have grown from one of {old}.")
    _require_hashes(proof)
    if old in (0, new):
        if proof:
            raise ProofError("The proof is too long.")
        before = EMPTY_ROOT if old == 0 else new_root
        _require_same(old_root, before, "The old root is not the root of the old size.")
        return
    path = [old_root, *proof] if old & (old - 1) == 0 else list(proof)
    found_old, found_new = _both_roots(old, new, path)
    _require_same(found_old, old_root, "The proof does not lead to the old root.")
    _require_same(found_new, new_root, "The proof does not lead to the new root.")


def _both_roots(old: int, new: int, path: list[bytes]) -> tuple[bytes, bytes]:
    if not path:
        raise ProofError("The proof is too short.")
    place, last = old - 1, new - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    found_old = found_new = path[0]
    for sibling in path[1:]:
        if last == 0:
            raise ProofError("The proof is too long.")
        if place & 1 or place == last:
            found_old = node_hash(sibling, found_old)
            found_new = node_hash(sibling, found_new)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            found_new = node_hash(found_new, sibling)
        place, last = place >> 1, last >> 1
    if last:
        raise ProofError("The proof is too short.")
    return found_old, found_new


def _range_hash(low: int, high: int, node: NodeAt) -> bytes:
    """Fold the complete subtrees of [low, high); `low` is a multiple of the largest of them."""
    parts = []
    while low < high:
        level = (high - low).bit_length() - 1
        parts.append(node(level, low >> level))
        low += 1 << level
    folded = parts.pop()
    while parts:
        folded = node_hash(parts.pop(), folded)
    return folded


def _left_width(width: int) -> int:
    """The largest power of two smaller than `width` (which is at least 2)."""
    return 1 << ((width - 1).bit_length() - 1)


def _require_hashes(proof: Sequence[bytes]) -> None:
    if any(len(part) != HASH_BYTES for part in proof):
        raise ProofError("The proof holds something that is not a SHA-256 hash.")


def _require_same(found: bytes, expected: bytes, sentence: str) -> None:
    if not hmac.compare_digest(found, expected):
        raise ProofError(sentence)
