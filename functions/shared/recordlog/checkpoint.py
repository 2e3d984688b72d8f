"""Checkpoints (C2SP tlog-checkpoint): the size and root of a log, as its signed note says them."""

import base64
import re
from collections.abc import Sequence
from dataclasses import dataclass

from shared.recordlog.errors import InconsistentLogError, MalformedError
from shared.recordlog.note import Signer, VerifierKey, decode_base64, open_note, sign_note
from shared.recordlog.tree import EMPTY_ROOT, HASH_BYTES

_DECIMAL = re.compile("0|[1-9][0-9]{0,17}")
"""Up to 18 digits: every such count fits a signed 64-bit integer."""


@dataclass(frozen=True)
class Checkpoint:
    """What a log says of itself: its name, how many leaves it has, and their root (32 bytes)."""

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()
    """Further lines another log may have signed; we write none, for no monitor can check them."""

    def text(self) -> str:
        """The text that is signed."""
        lines = (self.origin, str(self.size), base64.b64encode(self.root).decode())
        return "".join(f"{line}\n" for line in (*lines, *self.extensions))


def sign_checkpoint(checkpoint: Checkpoint, signers: Sequence[Signer]) -> bytes:
    """The signed note; whoever calls has proved that it is consistent with the one before."""
    parse_checkpoint(checkpoint.text())
    return sign_note(checkpoint.text(), signers)


def open_checkpoint(data: bytes, known: Sequence[VerifierKey], origin: str) -> Checkpoint:
    """The checkpoint in a note that a known key carries, of the log we asked for."""
    checkpoint = parse_checkpoint(open_note(data, known).text)
    if checkpoint.origin != origin:
        raise InconsistentLogError(f"This is a checkpoint of {checkpoint.origin}, not of {origin}.")
    return checkpoint


def parse_checkpoint(text: str) -> Checkpoint:
    """Read a checkpoint's text, proving nothing; MalformedError unless it is to the byte."""
    match text.split("\n"):
        case [origin, size, root, *extensions, ""] if origin and all(extensions):
            pass
        case _:
            raise MalformedError("checkpoint", "it is not three full lines or more")
    checkpoint = Checkpoint(
        origin, decimal(size, "checkpoint"), decode_base64(root, "checkpoint"), tuple(extensions)
    )
    if len(checkpoint.root) != HASH_BYTES:
        raise MalformedError("checkpoint", "its root is not a SHA-256 hash")
    if checkpoint.size == 0 and checkpoint.root != EMPTY_ROOT:
        raise MalformedError("checkpoint", "an empty log has another root")
    return checkpoint


def decimal(text: str, thing: str) -> int:
    """A count in ASCII digits without leading zeros; MalformedError names the `thing`."""
    if not _DECIMAL.fullmatch(text):
        raise MalformedError(thing, "a number in it is not a plain decimal")
    return int(text)
