"""Witnesses (C2SP tlog-witness, tlog-cosignature): somebody else has seen the same log grow.

A witness signs our checkpoint with the time, and only if the log it saw before is the beginning of
this one. So a force that showed two logs to two people would need its witnesses to lie with it.
This is what is asked, and how an answer is read; whoever asks is in another room.
"""

import base64
from collections.abc import Sequence
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from shared.recordlog.checkpoint import decimal
from shared.recordlog.errors import BadSignatureError, MalformedError, NoKnownSignatureError
from shared.recordlog.note import NamedKey, Note, Signature, decode_base64, parse_note

COSIGNATURE = 0x04
"""The key type of `cosignature/v1`, Ed25519 over the text and a time."""

TIME_BYTES = 8


class WitnessKey(NamedKey):
    """The public half of a witness's key."""

    kind = COSIGNATURE


@dataclass(frozen=True)
class Cosigned:
    """A checkpoint that a witness has signed: the signature, and the second it did so (Unix)."""

    signature: Signature
    at: int


def parse_witness_key(vkey: str) -> WitnessKey:
    """Read a witness's vkey; MalformedError if its id is not the one its key has."""
    match vkey.split("+", 2):
        case [name, key_id, encoded]:
            raw = decode_base64(encoded, "key")
        case _:
            raise MalformedError("key", "it is not name+id+key")
    if not raw or raw[0] != COSIGNATURE:
        raise MalformedError("key", "it is not a witness's key of the kind cosignature/v1")
    key = WitnessKey(name, raw[1:])
    if key.key_id.hex() != key_id:
        raise MalformedError("key", "its id belongs to another key")
    return key


def request_body(old_size: int, proof: Sequence[bytes], note: bytes) -> bytes:
    """What is sent to `add-checkpoint`: the size it saw last, the proof from there, the note."""
    lines = (f"old {old_size}", *(base64.b64encode(each).decode() for each in proof), "")
    return "".join(f"{line}\n" for line in lines).encode() + note


def read_size(body: bytes) -> int:
    """The size in an answer 409, `text/x.tlog.size`; MalformedError for anything else."""
    try:
        return decimal(body.decode("ascii").removesuffix("\n"), "size")
    except UnicodeDecodeError as error:
        raise MalformedError("size", "it is not ASCII") from error


def read_cosignature(note: bytes, body: bytes, key: WitnessKey) -> Cosigned:
    """This witness's signature in the lines it answered; UnverifiedError, MalformedError."""
    text = parse_note(note).text
    # The lines of an answer are those that would stand below the text.
    answered: Note = parse_note(text.encode() + b"\n" + body)
    for signature in answered.signatures:
        if (signature.name, signature.key_id) == (key.name, key.key_id):
            return _verified(text, signature, key)
    raise NoKnownSignatureError


def cosigned_note(note: bytes, cosigned: Sequence[Cosigned]) -> bytes:
    """The note with the witnesses' lines below the log's own."""
    return note + "".join(each.signature.line() for each in cosigned).encode()


def cosigned_message(text: str, at: int) -> bytes:
    """What a witness signs."""
    return f"cosignature/v1\ntime {at}\n{text}".encode()


def _verified(text: str, signature: Signature, key: WitnessKey) -> Cosigned:
    stamp, value = signature.value[:TIME_BYTES], signature.value[TIME_BYTES:]
    at = int.from_bytes(stamp, "big")
    try:
        public = Ed25519PublicKey.from_public_bytes(key.public_key)
        public.verify(value, cosigned_message(text, at))
    except InvalidSignature as error:
        raise BadSignatureError(key.name) from error
    return Cosigned(signature, at)
