"""The certificate that goes with exhibits: who made it, with what, from which months, and how each
record can be checked by anybody.

What it says is data first (`certificate.json`, canonical), whose SHA-256 stands at the foot of what
is printed from it (`certificate_paper`). The declaration is the force's solicitor's to word.
Nothing in it comes from a clock or from chance but what is handed in.

CertificateError
└── BadWordsError    a name, role or declaration that is empty, endless, or not readable
"""

import base64
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import cached_property
from hashlib import sha256
from typing import cast
from unicodedata import category

from rfc8785 import dumps

from archive.exporting.prove_leaf import Proven
from archive.exporting.set_type import UNSEEN
from archive.reading.attested import Cosignature, Timestamp, cosignatures, timestamp
from archive.reading.bags import Reading
from archive.reading.sealed_bag import Bag
from shared.months.month import Month
from shared.recordlog.canonical import JSON
from shared.recordlog.note import parse_note

HOW_MADE = (
    "Bluelamp is the system through which the force speaks to the public on social media. Each of "
    "its records is made by the system at the moment of the act it tells of, in the ordinary "
    "course of that business, and by nobody’s hand. Words and reasons are supplied by the member "
    "of the force whom the record names as actor, who had signed in under their own name; whoever "
    "it names as approver decided about exactly those words. What names “bluelamp” as actor was "
    "done by the system itself."
)
"""Who supplies and who approves: the particulars that section 117 of the Criminal Justice Act 2003
asks for, as far as a system can give them."""

HOW_KEPT = (
    "Each record is a leaf of an append-only Merkle log (RFC 9162), whose size and root are "
    "signed. After each month its records are sealed in a bag (RFC 8493) that is signed, names the "
    "bag before it, and lies in storage that is locked for as long as the force has set."
)
CLOCK = (
    "Times are UTC. The time of an act is that of the computer that recorded it, kept by the cloud "
    "provider’s time service. No record can be younger than a timestamp or a cosignature of a "
    "checkpoint that holds it."
)
NO_GAPS = "None: every month from the first that was read to the last was read."
NOTHING_WITHHELD = "Nothing is withheld."


MOST_NAMED, MOST_DECLARED = 160, 4_000


class CertificateError(Exception):
    """Root of what keeps a certificate from being made."""


class BadWordsError(CertificateError):
    """A name, role or declaration that is empty, endless, or not readable."""


@dataclass(frozen=True)
class Maker:
    """Who produces the exhibits; BadWordsError."""

    name: str
    role: str

    def __post_init__(self) -> None:
        _require_words("name of whoever produces it", self.name)
        _require_words("role of whoever produces it", self.role)


@dataclass(frozen=True)
class System:
    """Which Bluelamp: its version, the git commit, the SHA-256 of the list of its dependencies."""

    name: str
    version: str
    commit: str
    lock_sha256: str


@dataclass(frozen=True)
class Asked:
    """The question, word for word, who put it and when (aware); BadWordsError."""

    words: str
    operator: str
    at: datetime

    def __post_init__(self) -> None:
        _require_words("name of whoever asked", self.operator)


@dataclass(frozen=True)
class Verified:
    """What an independent verifier said: which tool, which version of it, its whole output."""

    tool: str
    version: str
    output: str
    held: bool


@dataclass(frozen=True)
class Exhibit:
    """A proved record under the label by which a witness produces it, such as AB1."""

    label: str
    proven: Proven


@dataclass(frozen=True)
class Certificate:
    """All of it."""

    maker: Maker
    system: System
    asked: Asked
    reading: Reading
    exhibits: tuple[Exhibit, ...]
    verified: tuple[Verified, ...]
    declaration: str = ""

    def __post_init__(self) -> None:
        if self.declaration:
            _require_words("declaration", self.declaration, MOST_DECLARED, "\n")

    @property
    def bags(self) -> tuple[Bag, ...]:
        """The months that the exhibits are from, oldest first."""
        found = {each.proven.record.bag.month: each.proven.record.bag for each in self.exhibits}
        return tuple(found[month] for month in sorted(found))

    @cached_property
    def said_of(self) -> Mapping[Month, tuple[tuple[Cosignature, ...], Timestamp | None]]:
        """What others said of each of these months."""
        return {bag.month: (cosignatures(bag), timestamp(bag)) for bag in self.bags}

    @cached_property
    def data(self) -> bytes:
        """What it says: the bytes of certificate.json, which the printed page is bound to."""
        said: dict[str, JSON] = {
            "asked": {
                "at": _spelt(self.asked.at),
                "operator": self.asked.operator,
                "question": self.asked.words,
            },
            "clock": CLOCK,
            "declaration": self.declaration or None,
            "exhibits": [exhibit_json(each) for each in self.exhibits],
            "gaps": [str(each) for each in self.reading.missing],
            "how_kept": HOW_KEPT,
            "how_made": HOW_MADE,
            "logs": [self._log(bag) for bag in self.bags],
            "maker": cast("JSON", asdict(self.maker)),
            "read": self.reading.as_json(),
            "system": cast("JSON", asdict(self.system)),
            "verified": cast("JSON", [asdict(each) for each in self.verified]),
            "withheld": sealed_leaves(self.exhibits),
        }
        return dumps(said)

    @property
    def sha256(self) -> str:
        """Of what it says, lower-case hexadecimal."""
        return sha256(self.data).hexdigest()

    def _log(self, bag: Bag) -> JSON:
        signed, stamped = self.said_of[bag.month]
        return {
            "bag": bag.sealed.bag,
            "checkpoint": bag.end_note.decode(),
            "cosignatures": [each.as_json() for each in signed],
            "keys": str(bag.keys).splitlines(),
            "month": str(bag.month),
            "note": bag.note.decode(),
            "timestamp": stamped.as_json() if stamped else None,
        }


def exhibit_json(exhibit: Exhibit) -> dict[str, JSON]:
    """What is said of one exhibit: the record, its exact bytes, and where it stands."""
    proven, record = exhibit.proven, exhibit.proven.record
    salt = record.line.salt
    return {
        "envelope": record.line.envelope.decode(),
        "envelope_sha256": proven.envelope_sha256,
        "label": exhibit.label,
        "leaf_hash": record.leaf_hash,
        "leaf_id": record.envelope.leaf_id,
        "leaf_index": record.index,
        "manifest_line": proven.manifest_line,
        "month": str(record.bag.month),
        "payload": record.line.payload.decode(),
        "payload_sha256": proven.payload_sha256,
        "proof": proven.file.decode(),
        "salt": None if salt is None else base64.b64encode(salt).decode(),
        "subject": record.envelope.subject,
    }


def sealed_leaves(exhibits: Sequence[Exhibit]) -> list[JSON]:
    """What cannot be read in them: text of other people, sealed, and erased or not."""
    return [
        {
            "exhibit": each.label,
            "field": "/payload/sealed",
            "why": "erased" if each.proven.record.is_erased else "sealed",
        }
        for each in exhibits
        if each.proven.record.is_sealed
    ]


def signers_of(bag: Bag) -> tuple[str, ...]:
    """Whose signatures the checkpoint carries, by name and key id."""
    note = parse_note(bag.end_note)
    return tuple(f"{each.name} ({each.key_id.hex()})" for each in note.signatures)


def read_certificate(data: bytes) -> Mapping[str, JSON]:
    """What a certificate says, from its bytes."""
    said: Mapping[str, JSON] = json.loads(data)
    return said


def _spelt(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _require_words(what: str, text: str, most: int = MOST_NAMED, besides: str = "") -> None:
    unseen = any(category(each) in UNSEEN for each in text if each not in f" {besides}")
    if not text.strip() or len(text) > most or unseen:
        raise BadWordsError(f"The {what} has 1 to {most} letters, and none that cannot be seen.")
