"""Signed notes (C2SP signed-note): a text, a blank line, and signatures by named keys.

A key is written down as a *vkey*, `name+id+base64(type || public key)`. Verifying ignores keys we
do not know, and rejects the whole note when a key we do know did not make its signature.
"""

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import ClassVar, Protocol

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from shared.recordlog.errors import BadSignatureError, MalformedError, NoKnownSignatureError

ED25519 = 0x01
PUBLIC_KEY_BYTES = 32
KEY_ID_BYTES = 4
MAX_SIGNATURES = 100
MAX_NOTE_BYTES = 1_000_000
_DASH = "\N{EM DASH} "


@dataclass(frozen=True)
class NamedKey:
    """An Ed25519 public key (32 bytes) under the name of whoever signs with it; `kind` is what is
    signed with it, the key type of the C2SP documents."""

    name: str
    public_key: bytes
    kind: ClassVar[int]

    def __post_init__(self) -> None:
        if not is_name(self.name):
            raise MalformedError("key", "its name is empty or holds a space or a plus")
        if len(self.public_key) != PUBLIC_KEY_BYTES:
            raise MalformedError("key", "an Ed25519 public key has 32 bytes")

    @property
    def key_id(self) -> bytes:
        """The first four bytes of SHA-256(name, newline, type, public key)."""
        return sha256(self.name.encode() + b"\n" + self._encoded).digest()[:KEY_ID_BYTES]

    @property
    def _encoded(self) -> bytes:
        return bytes([self.kind]) + self.public_key

    def __str__(self) -> str:
        return f"{self.name}+{self.key_id.hex()}+{base64.b64encode(self._encoded).decode()}"


class VerifierKey(NamedKey):
    """A key that signs notes."""

    kind = ED25519

    def verifies(self, message: bytes, signature: bytes) -> bool:
        """Whether this key made that signature of that message."""
        try:
            Ed25519PublicKey.from_public_bytes(self.public_key).verify(signature, message)
        except InvalidSignature:
            return False
        return True


class Signer(Protocol):
    """Whoever can sign with one Ed25519 key, wherever the private half lies."""

    @property
    def key(self) -> VerifierKey:
        """The public half."""

    def sign(self, message: bytes) -> bytes:
        """64 bytes of Ed25519 signature over the message itself (RFC 8032, not pre-hashed)."""


class LocalSigner:
    """A private key held in this process, from its 32 bytes of seed: laptops and tests."""

    def __init__(self, name: str, seed: bytes) -> None:
        self._private = Ed25519PrivateKey.from_private_bytes(seed)
        self._key = VerifierKey(name, self._private.public_key().public_bytes_raw())

    @property
    def key(self) -> VerifierKey:
        """The public half."""
        return self._key

    def sign(self, message: bytes) -> bytes:
        """Sign the message itself."""
        return self._private.sign(message)


@dataclass(frozen=True)
class Signature:
    """One signature line: `key_id` has 4 bytes, `value` whatever the key's algorithm makes."""

    name: str
    key_id: bytes
    value: bytes

    def line(self) -> str:
        """As it stands in the note, with its newline."""
        return f"{_DASH}{self.name} {base64.b64encode(self.key_id + self.value).decode()}\n"


@dataclass(frozen=True)
class Note:
    """A text, ending in a newline, and its signatures, verified or not."""

    text: str
    signatures: tuple[Signature, ...]


def parse_key(vkey: str) -> VerifierKey:
    """Read a vkey; MalformedError if its id is not the one its key has."""
    match vkey.split("+", 2):  # base64 has pluses of its own
        case [name, key_id, encoded]:
            raw = decode_base64(encoded, "key")
        case _:
            raise MalformedError("key", "it is not name+id+key")
    if not raw or raw[0] != ED25519:
        raise MalformedError("key", "it is not an Ed25519 key")
    key = VerifierKey(name, raw[1:])
    if key.key_id.hex() != key_id:
        raise MalformedError("key", "its id belongs to another key")
    return key


def sign_note(text: str, signers: Sequence[Signer]) -> bytes:
    """The text signed by each of the signers, in their order."""
    _require_text(text)
    message = text.encode()
    lines = [Signature(s.key.name, s.key.key_id, s.sign(message)).line() for s in signers]
    return (text + "\n" + "".join(lines)).encode()


def open_note(data: bytes, known: Sequence[VerifierKey]) -> Note:
    """The note, carried by at least one known key; UnverifiedError if it is not."""
    note = parse_note(data)
    keys = {(key.name, key.key_id): key for key in known}
    message = note.text.encode()
    carried = False
    for signature in note.signatures:
        key = keys.get((signature.name, signature.key_id))
        if key is None:
            continue
        if not key.verifies(message, signature.value):
            raise BadSignatureError(key.name)
        carried = True
    if not carried:
        raise NoKnownSignatureError
    return note


def parse_note(data: bytes) -> Note:
    """Take a note apart, proving nothing; MalformedError unless it is well-formed."""
    if len(data) > MAX_NOTE_BYTES:
        raise MalformedError("note", f"it has more than {MAX_NOTE_BYTES} bytes")
    try:
        message = data.decode()
    except UnicodeDecodeError as error:
        raise MalformedError("note", "it is not UTF-8") from error
    text, blank, block = message.rpartition("\n\n")
    if not blank or not block.endswith("\n"):
        raise MalformedError("note", "it has no signatures after a blank line")
    _require_text(text + "\n")
    lines = block[:-1].split("\n")
    if len(lines) > MAX_SIGNATURES:
        raise MalformedError("note", f"it has more than {MAX_SIGNATURES} signatures")
    return Note(text + "\n", tuple(_signature(line) for line in lines))


def decode_base64(text: str, thing: str) -> bytes:
    """Standard base64 in its one canonical form; MalformedError names the `thing` it is part of."""
    try:
        raw = base64.b64decode(text.encode("ascii"), validate=True)
    except (binascii.Error, UnicodeEncodeError) as error:
        raise MalformedError(thing, "it holds something that is not base64") from error
    # Two spellings of one value would let a bit be changed without anybody noticing.
    if base64.b64encode(raw).decode() != text:
        raise MalformedError(thing, "its base64 is not in canonical form")
    return raw


def _signature(line: str) -> Signature:
    name, space, encoded = line.removeprefix(_DASH).partition(" ")
    if not line.startswith(_DASH) or not space or not is_name(name):
        raise MalformedError("note", "a signature line is not dash, name, signature")
    raw = decode_base64(encoded, "note")
    if len(raw) <= KEY_ID_BYTES:
        raise MalformedError("note", "a signature is too short")
    return Signature(name, raw[:KEY_ID_BYTES], raw[KEY_ID_BYTES:])


def _require_text(text: str) -> None:
    if not text.endswith("\n"):
        raise MalformedError("note", "its text does not end with a newline")
    if any(character < " " and character != "\n" for character in text):
        raise MalformedError("note", "its text holds a control character")


def is_name(name: str) -> bool:
    """Whether a key can be called so."""
    if any(character.isspace() or character < " " or character == "+" for character in name):
        return False
    return bool(name)
