"""Builders of small logs, and RFC 6962 §2.1 written down once more, naively, to compare with."""

from collections.abc import Sequence
from hashlib import sha256

from shared.recordlog.checkpoint import Checkpoint, sign_checkpoint
from shared.recordlog.note import LocalSigner
from shared.recordlog.tiles import Edge, grow

ORIGIN = "log.example/force"
SIGNER = LocalSigner(ORIGIN, bytes(range(32)))


def some_entries(count: int) -> list[bytes]:
    return [b"entry %d" % number for number in range(count)]


def a_stored_log(entries: Sequence[bytes], signers=(SIGNER,), origin=ORIGIN) -> dict[str, bytes]:
    growth = grow(Edge(), entries)
    checkpoint = Checkpoint(origin, growth.edge.size, growth.edge.root())
    return {**growth.objects, "checkpoint": sign_checkpoint(checkpoint, signers)}


def flip(data: bytes, bit: int) -> bytes:
    changed = bytearray(data)
    changed[bit // 8 % len(data)] ^= 1 << bit % 8
    return bytes(changed)


def naive_root(leaves: Sequence[bytes]) -> bytes:
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return sha256(b"\x00" + leaves[0]).digest()
    k = _split(len(leaves))
    return sha256(b"\x01" + naive_root(leaves[:k]) + naive_root(leaves[k:])).digest()


def naive_path(index: int, leaves: Sequence[bytes]) -> list[bytes]:
    if len(leaves) == 1:
        return []
    k = _split(len(leaves))
    if index < k:
        return [*naive_path(index, leaves[:k]), naive_root(leaves[k:])]
    return [*naive_path(index - k, leaves[k:]), naive_root(leaves[:k])]


def naive_consistency(old: int, leaves: Sequence[bytes], *, whole: bool = True) -> list[bytes]:
    if old == len(leaves):
        return [] if whole else [naive_root(leaves)]
    k = _split(len(leaves))
    if old <= k:
        return [*naive_consistency(old, leaves[:k], whole=whole), naive_root(leaves[k:])]
    return [*naive_consistency(old - k, leaves[k:], whole=False), naive_root(leaves[:k])]


def _split(count: int) -> int:
    k = 1
    while k * 2 < count:
        k *= 2
    return k
