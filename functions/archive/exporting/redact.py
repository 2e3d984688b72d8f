"""Fields of records withheld: marked where they stood, each with its ground and a commitment.

A commitment is SHA-256 over 32 bytes of salt and the canonical value. The salts stay with the
force; one that is handed over later shows that a field was what it was said to be, and nobody can
guess a field from its commitment. Salts are drawn from a secret of the force by place (HMAC), so
that the same question with the same secret is the same pack, to the byte.

What is not withheld must not give away what is, for hashes can be tried. With any field of a
payload goes the leaf's salt, and from every record the plain hashes of words of ours
(`content_hash`); with any field of an envelope goes `payload_sha256`, because of the leaf hash, and
the salt as well, because with a whole payload that would be worked out again.

RedactionError
├── BadRedactionError    an order that says not which field, or not why
├── NowhereError         a field that is nowhere in the records, so that nothing is withheld
└── BadOpeningError      what is said to open a withheld field is no opening
"""

import base64
import hashlib
import hmac
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import cast

from archive.reading.pointers import EVERY, BadPointerError, names_in, places, replaced
from archive.reading.read_record import Record
from shared.recordlog.canonical import JSON, canonical_json
from shared.recordlog.errors import LeafError
from shared.recordlog.sealed import SEALED

SECRET_BYTES = SALT_BYTES = 32
PARTS = ("envelope", "payload")
SEALED_GROUND = "text of other people, sealed; it cannot be read from the archive"
WITH_WORDS = "a hash of words, which could be tried until they fit"
WITH_ENVELOPE = "else names could be tried until they fit the leaf hash"
HASHES = ("/payload/content_hash", "/payload/contents")
"""Where a payload has SHA-256 of words without a salt."""

EXCEPTIONS = "exception."
"""Their names hold the first letters of such a hash."""

COMMITMENT_FIELD = "/envelope/payload_sha256"
MOST_GROUND = 300


class RedactionError(Exception):
    """Root of what keeps fields from being withheld, or shown again."""


class BadRedactionError(RedactionError):
    """An order that says not which field, or not why."""


class NowhereError(RedactionError):
    """A field that is nowhere in the records."""

    def __init__(self, order: "Order") -> None:
        where = "any record" if order.leaf is None else f"leaf {order.leaf}"
        super().__init__(f"There is no {order.pointer} in {where}: nothing would be withheld.")


class BadOpeningError(RedactionError):
    """What is said to open a withheld field is no opening."""


@dataclass(frozen=True)
class Order:
    """That a field be withheld, of one leaf or (None) of all, on a ground such as s.40(2)."""

    leaf: int | None
    pointer: str
    ground: str


@dataclass(frozen=True)
class Opening:
    """What shows a withheld field again: its value and salt, and the commitment they give."""

    leaf: int
    pointer: str
    ground: str
    value: JSON
    salt: bytes = field(repr=False)

    @property
    def commitment(self) -> str:
        """Lower-case hexadecimal SHA-256 of salt and canonical value."""
        return hashlib.sha256(self.salt + canonical_json(self.value)).hexdigest()

    def as_json(self) -> dict[str, JSON]:
        """As the force keeps it."""
        return {
            "field": self.pointer,
            "ground": self.ground,
            "leaf_index": self.leaf,
            "salt": base64.b64encode(self.salt).decode(),
            "value": self.value,
        }


@dataclass(frozen=True)
class Redacted:
    """A record as it is given out, and what opens each field that is withheld."""

    record: Record
    given: Mapping[str, JSON]
    openings: tuple[Opening, ...]


def read_orders(data: bytes) -> tuple[Order, ...]:
    """The orders in a file: a list of {"leaf", "field", "ground"}; BadRedactionError."""
    try:
        listed = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise BadRedactionError("The list of redactions is no JSON.") from error
    if not isinstance(listed, list):
        raise BadRedactionError("The list of redactions is no list.")
    return tuple(_order(number, each) for number, each in enumerate(listed, 1))


def redact(
    records: Iterable[Record], orders: Sequence[Order], secret: bytes
) -> tuple[Redacted, ...]:
    """Each record with what is ordered withheld; NowhereError, BadRedactionError."""
    if len(secret) != SECRET_BYTES:
        raise BadRedactionError(f"The secret has {SECRET_BYTES} bytes, and stays with the force.")
    unused, every = set(orders), [*orders]
    if any(names_in(each.pointer)[0] == "payload" for each in orders):
        every += [Order(None, pointer, WITH_WORDS) for pointer in HASHES]
    done = tuple(_redacted(record, every, secret, unused) for record in records)
    for order in orders:
        if order in unused:
            raise NowhereError(order)
    return done


def read_opening(said: object) -> Opening:
    """An opening as it was kept; BadOpeningError."""
    try:
        held = cast("Mapping[str, JSON]", said)
        opening = Opening(
            cast("int", held["leaf_index"]),
            str(held["field"]),
            str(held["ground"]),
            held["value"],
            base64.b64decode(str(held["salt"]), validate=True),
        )
        canonical_json(opening.value)
    except (KeyError, TypeError, ValueError, LeafError) as error:
        raise BadOpeningError("This is no opening of a withheld field.") from error
    if type(opening.leaf) is not int or len(opening.salt) != SALT_BYTES:
        raise BadOpeningError("This is no opening of a withheld field.")
    return opening


def _redacted(
    record: Record, orders: Sequence[Order], secret: bytes, unused: set[Order]
) -> Redacted:
    envelope: JSON = json.loads(record.line.envelope)
    whole: JSON = {"envelope": envelope, "payload": record.payload}
    openings: dict[str, Opening] = {}
    for order in _in_force(record, orders):
        for pointer, value in places(whole, names_in(order.pointer)):
            unused.discard(order)
            # What is within something that is withheld goes with it.
            if not any(f"{pointer}/".startswith(f"{wider}/") for wider in openings):
                salt = _salt(secret, record, pointer)
                openings[pointer] = Opening(record.index, pointer, order.ground, value, salt)
    held = tuple(openings[pointer] for pointer in sorted(openings))
    marks = {each.pointer: _mark(each) for each in held}
    return Redacted(record, _given(record, replaced(whole, marks), held), held)


def _mark(opening: Opening) -> JSON:
    return {"commitment": opening.commitment, "withheld": opening.ground}


def _in_force(record: Record, orders: Sequence[Order]) -> list[Order]:
    """What is ordered of this record, widest first, with what has to go along with it."""
    ours = [each for each in orders if each.leaf in (None, record.index)]
    if record.is_sealed:
        ours.append(Order(record.index, f"/payload/{SEALED}", SEALED_GROUND))
    if ours and record.envelope.type.startswith(EXCEPTIONS):
        ours.append(Order(record.index, "/envelope/subject", WITH_WORDS))
    if any(names_in(each.pointer)[0] == "envelope" for each in ours):
        ours.append(Order(record.index, COMMITMENT_FIELD, WITH_ENVELOPE))
    return sorted(ours, key=lambda each: len(names_in(each.pointer)))


def _given(record: Record, given: JSON, held: Sequence[Opening]) -> Mapping[str, JSON]:
    salt = None if held else record.line.salt
    withheld: list[JSON] = [
        {"commitment": each.commitment, "field": each.pointer, "ground": each.ground}
        for each in held
    ]
    return {
        **cast("Mapping[str, JSON]", given),
        "leaf_hash": record.leaf_hash,
        "leaf_index": record.index,
        "month": str(record.bag.month),
        "salt": None if salt is None else base64.b64encode(salt).decode(),
        "withheld": withheld,
    }


def _salt(secret: bytes, record: Record, pointer: str) -> bytes:
    place = f"bluelamp-redaction/v1\n{record.bag.sealed.origin}\n{record.leaf_hash}\n{pointer}"
    return hmac.digest(secret, place.encode(), "sha256")


def _order(number: int, said: object) -> Order:
    if not isinstance(said, dict) or not said.keys() <= {"leaf", "field", "ground"}:
        raise BadRedactionError(f"Redaction {number} has other fields than leaf, field, ground.")
    leaf, name, ground = said.get("leaf", EVERY), said.get("field"), said.get("ground")
    if leaf != EVERY and (type(leaf) is not int or leaf < 0):
        raise BadRedactionError(f"Redaction {number}: a leaf is its index, or * for all.")
    if not isinstance(ground, str) or not 0 < len(ground.strip()) <= MOST_GROUND:
        raise BadRedactionError(f"Redaction {number} does not say on which ground.")
    try:
        names = names_in(str(name))
    except BadPointerError as error:
        raise BadRedactionError(f"Redaction {number}: {error}") from error
    if names[0] not in PARTS:
        raise BadRedactionError(
            f"Redaction {number}: a field is below /envelope or /payload; leaf index, leaf hash "
            "and month stay."
        )
    return Order(None if leaf == EVERY else leaf, str(name), ground.strip())
