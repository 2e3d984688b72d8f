"""What others said of the log at a month's end: witnesses' cosignatures, and the time of day.

A witness's signature is checked where its key is known, and otherwise said to be unchecked. Of a
timestamp it is checked that it is over this checkpoint; who signed it is OpenSSL's to say, for that
needs the certificates an auditor trusts.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

from archive.reading.as_sealed import UntrueBagError, sentence
from archive.reading.sealed_bag import Bag
from shared.months.bag import COSIGNATURES, END, TIMESTAMP
from shared.recordlog.canonical import JSON
from shared.recordlog.checkpoint import parse_checkpoint
from shared.recordlog.cosignature import TIME_BYTES, read_cosignature
from shared.recordlog.errors import RecordLogError
from shared.recordlog.note import Signature, parse_note

SIGNED = TIME_BYTES + 64
"""Bytes of a cosignature: a time, and Ed25519."""

COMMAND = "openssl ts -verify -in timestamp.tsr -data checkpoint -CAfile <the authority's root>"


@dataclass(frozen=True)
class Cosignature:
    """That a witness saw the log at `size`, at a second it names; `checked` by its own key."""

    witness: str
    size: int
    at: datetime
    checked: bool
    file: str

    def as_json(self) -> dict[str, JSON]:
        """As certificates give it."""
        return {
            "at": self.at.isoformat(),
            "checked": self.checked,
            "file": self.file,
            "size": self.size,
            "witness": self.witness,
        }


@dataclass(frozen=True)
class Timestamp:
    """That an authority saw the checkpoint at this time; `file` is its answer (RFC 3161)."""

    at: datetime
    sha256: str

    def as_json(self) -> dict[str, JSON]:
        """As certificates give it."""
        return {
            "at": self.at.isoformat(),
            "certificate": f"not checked here: {COMMAND}",
            "file": TIMESTAMP,
            "sha256": self.sha256,
        }


def cosignatures(bag: Bag) -> tuple[Cosignature, ...]:
    """What witnesses said, by their names; UntrueBagError where a known witness did not say it."""
    paths = sorted(path for path in bag.files if path.startswith(COSIGNATURES))
    found = (each for path in paths for each in _in_file(bag, path))
    return tuple(sorted(found, key=lambda each: (each.witness, each.size)))


def timestamp(bag: Bag) -> Timestamp | None:
    """The month's timestamp, if it has one; UntrueBagError where it is of something else."""
    if TIMESTAMP not in bag.files:
        return None
    from rfc3161_client import decode_timestamp_response  # six megabytes

    answer = bag.read(TIMESTAMP)
    try:
        told = decode_timestamp_response(answer).tst_info
        at, imprint = told.gen_time, told.message_imprint.message
    except ValueError as error:
        raise UntrueBagError(bag.month, TIMESTAMP, sentence(error)) from error
    if imprint not in _digests(bag.end_note):
        raise UntrueBagError(bag.month, TIMESTAMP, f"it is no timestamp of {END}")
    return Timestamp(at.replace(tzinfo=UTC) if at.tzinfo is None else at, bag.files[TIMESTAMP])


def _digests(data: bytes) -> tuple[bytes, ...]:
    from hashlib import sha384, sha512

    return sha256(data).digest(), sha384(data).digest(), sha512(data).digest()


def _in_file(bag: Bag, path: str) -> list[Cosignature]:
    try:
        note = parse_note(bag.read(path))
        seen = parse_checkpoint(note.text)
    except RecordLogError as error:
        raise UntrueBagError(bag.month, path, sentence(error)) from error
    if seen.origin != bag.sealed.origin or seen.size > bag.sealed.end.size:
        raise UntrueBagError(bag.month, path, "it is of another log, or of a later size")
    return [
        Cosignature(
            each.name,
            seen.size,
            _moment(bag, path, each.value[:TIME_BYTES]),
            _is_checked(bag, path, each),
            path,
        )
        for each in note.signatures
        if len(each.value) == SIGNED
    ]


def _moment(bag: Bag, path: str, stamp: bytes) -> datetime:
    try:
        return datetime.fromtimestamp(int.from_bytes(stamp, "big"), UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise UntrueBagError(bag.month, path, "a witness names no time") from error


def _is_checked(bag: Bag, path: str, signature: Signature) -> bool:
    """Whether the witness's key is known, and made this signature; UntrueBagError if not so."""
    named = (signature.name, signature.key_id)
    key = next((each for each in bag.keys.witnesses if (each.name, each.key_id) == named), None)
    if key is None:
        return False
    try:
        read_cosignature(bag.read(path), signature.line().encode(), key)
    except RecordLogError as error:
        raise UntrueBagError(bag.month, path, sentence(error)) from error
    return True
