"""One act becomes one leaf: a small public envelope that commits to a private payload.

The envelope is what the tree hashes; it holds no wording. The payload (exact text, raw answers)
lives elsewhere, and the envelope carries `SHA-256(salt || payload)`: without the 32 random bytes
of salt nobody can guess the payload from its hash, so erasing payload and salt erases the text,
while every proof still holds.
"""

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from shared.recordlog.canonical import JSON, canonical_json
from shared.recordlog.errors import LeafError, MalformedError, PayloadMismatchError
from shared.recordlog.sealed import SEALED, Lock, seal

VERSION = 1
SALT_BYTES = 32
MAX_ENTRY_BYTES = 65_535
"""An entry's length is a big-endian uint16 in its bundle (C2SP tlog-tiles)."""

_NAMES = ("account", "actor", "approver", "at", "id", "payload_sha256", "reason", "subject")
_FIELDS = frozenset((*_NAMES, "type", "v"))


@dataclass(frozen=True)
class Act:
    """What somebody did: `type` in past tense, `subject` the thing it was done to, `at` aware.
    `personal` is text of people who are not ours; it is sealed, and can be erased (ADR 0022).
    """

    type: str
    account: str | None
    subject: str
    at: datetime
    actor: str
    approver: str | None
    reason: str | None
    payload: Mapping[str, JSON]
    personal: Mapping[str, JSON] = field(default_factory=dict, repr=False)


@dataclass(frozen=True)
class Leaf:
    """An act ready for the log: `envelope` goes into the tree, `payload` and `salt` do not; `key`
    opens what is sealed in the payload, and lies apart from it.
    """

    leaf_id: str
    envelope: bytes
    payload: bytes
    salt: bytes
    key: bytes | None = None


@dataclass(frozen=True)
class Envelope:
    """An envelope as read back from the log; `payload_sha256` is lower-case hexadecimal."""

    leaf_id: str
    type: str
    account: str | None
    subject: str
    at: datetime
    actor: str
    approver: str | None
    reason: str | None
    payload_sha256: str


def leaf(act: Act, leaf_id: str, salt: bytes, lock: Lock | None = None) -> Leaf:
    """Commit to the act; `leaf_id` is a ULID, `salt` is 32 fresh random bytes; the lock is needed
    where there is something personal in it.
    """
    if len(salt) != SALT_BYTES:
        raise LeafError(f"A salt has {SALT_BYTES} bytes, this one has {len(salt)}.")
    payload = canonical_json(_with_sealed(act, leaf_id, lock))
    envelope = canonical_json(
        {
            "account": act.account,
            "actor": act.actor,
            "approver": act.approver,
            "at": _stamp(act.at),
            "id": leaf_id,
            "payload_sha256": commitment(payload, salt),
            "reason": act.reason,
            "subject": act.subject,
            "type": act.type,
            "v": VERSION,
        }
    )
    if len(envelope) > MAX_ENTRY_BYTES:
        raise LeafError(
            f"The envelope has {len(envelope)} bytes, the log takes {MAX_ENTRY_BYTES}: "
            "long words belong in the payload."
        )
    return Leaf(leaf_id, envelope, payload, salt, lock.key if lock and act.personal else None)


def _with_sealed(act: Act, leaf_id: str, lock: Lock | None) -> Mapping[str, JSON]:
    if not act.personal:
        return act.payload
    if SEALED in act.payload:
        raise LeafError(f"“{SEALED}” in a payload is where personal text stands, and nothing else.")
    if lock is None:
        raise LeafError("Personal text is not recorded without a lock.")
    return {**act.payload, SEALED: seal(act.personal, lock, leaf_id)}


def commitment(payload: bytes, salt: bytes) -> str:
    """Lower-case hexadecimal SHA-256 of salt and payload."""
    return hashlib.sha256(salt + payload).hexdigest()


def verify_payload(envelope: bytes, payload: bytes, salt: bytes) -> None:
    """PayloadMismatchError unless this payload and salt are what the envelope commits to."""
    committed = read_envelope(envelope)
    found = commitment(payload, salt)
    if len(salt) != SALT_BYTES or not hmac.compare_digest(found, committed.payload_sha256):
        raise PayloadMismatchError(committed.leaf_id)


def read_envelope(entry: bytes) -> Envelope:
    """The fields of an entry of the log; MalformedError unless it is canonical to the byte."""
    try:
        fields = json.loads(entry)
        if not isinstance(fields, dict) or fields.keys() != _FIELDS:
            raise MalformedError("envelope", "its fields are not the ones we write")
        if fields["v"] is True or fields["v"] != VERSION:
            raise MalformedError("envelope", "its version is not 1")
        if canonical_json(fields) != entry:
            raise MalformedError("envelope", "it is not in canonical form")
        return Envelope(
            leaf_id=_text(fields["id"]),
            type=_text(fields["type"]),
            account=_text_or_none(fields["account"]),
            subject=_text(fields["subject"]),
            at=_moment(fields["at"]),
            actor=_text(fields["actor"]),
            approver=_text_or_none(fields["approver"]),
            reason=_text_or_none(fields["reason"]),
            payload_sha256=_text(fields["payload_sha256"]),
        )
    except (ValueError, RecursionError, LeafError) as error:
        raise MalformedError("envelope", "it is not JSON of the kind we write") from error


def _stamp(moment: datetime) -> str:
    if moment.tzinfo is None:
        raise LeafError("The time of an act must say its time zone.")
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="milliseconds") + "Z"


def _moment(value: object) -> datetime:
    text = _text(value)
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None or _stamp(moment) != text:
        raise MalformedError("envelope", "its time is not UTC with milliseconds")
    return moment


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise MalformedError("envelope", "a field is not a text")
    return value


def _text_or_none(value: object) -> str | None:
    return None if value is None else _text(value)
