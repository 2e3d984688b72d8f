"""Proof files (C2SP tlog-proof): all that is needed to check offline that an entry was logged."""

import base64
from collections.abc import Sequence
from dataclasses import dataclass

from shared.recordlog.checkpoint import Checkpoint, decimal, open_checkpoint
from shared.recordlog.errors import MalformedError
from shared.recordlog.note import VerifierKey, decode_base64, parse_note
from shared.recordlog.tree import HASH_BYTES, leaf_hash, verify_inclusion

FIRST_LINE = "c2sp.org/tlog-proof@v1"


@dataclass(frozen=True)
class Proof:
    """Entry `index` is in the tree of this checkpoint; `hashes` run from the leaf to the root.

    `checkpoint` is the signed note, to the byte; `extra` is whatever travels along, and proves
    nothing.
    """

    index: int
    hashes: tuple[bytes, ...]
    checkpoint: bytes
    extra: bytes = b""


def format_proof(proof: Proof) -> bytes:
    """The `.tlog-proof` file."""
    lines = [FIRST_LINE]
    if proof.extra:
        lines.append(f"extra {base64.b64encode(proof.extra).decode()}")
    lines.append(f"index {proof.index}")
    lines.extend(base64.b64encode(each).decode() for each in proof.hashes)
    return "\n".join([*lines, "", ""]).encode() + proof.checkpoint


def parse_proof(data: bytes) -> Proof:
    """Read a `.tlog-proof` file, proving nothing; MalformedError unless it is well-formed."""
    head, blank, checkpoint = data.partition(b"\n\n")
    if not blank:
        raise MalformedError("proof", "it has no checkpoint after a blank line")
    try:
        first, *lines = head.decode("ascii").split("\n")
    except UnicodeDecodeError as error:
        raise MalformedError("proof", "it is not ASCII above the checkpoint") from error
    if first != FIRST_LINE:
        raise MalformedError("proof", f"its first line is not {FIRST_LINE}")
    extra = b""
    if lines and lines[0].startswith("extra "):
        extra = decode_base64(lines.pop(0).removeprefix("extra "), "proof")
        if not extra:
            raise MalformedError("proof", "its extra line is empty")
    if not lines or not lines[0].startswith("index "):
        raise MalformedError("proof", "it does not say the index")
    index = decimal(lines.pop(0).removeprefix("index "), "proof")
    parse_note(checkpoint)
    return Proof(index, tuple(_hash(line) for line in lines), checkpoint, extra)


def verify_proof(
    proof: Proof, entry: bytes, known: Sequence[VerifierKey], origin: str
) -> Checkpoint:
    """The checkpoint under which this entry was logged; UnverifiedError or ProofError if not."""
    checkpoint = open_checkpoint(proof.checkpoint, known, origin)
    verify_inclusion(proof.index, checkpoint.size, leaf_hash(entry), proof.hashes, checkpoint.root)
    return checkpoint


def _hash(line: str) -> bytes:
    raw = decode_base64(line, "proof")
    if len(raw) != HASH_BYTES:
        raise MalformedError("proof", "a line is not a SHA-256 hash")
    return raw
