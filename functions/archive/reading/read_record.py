"""A line of a month's records as a record: what it says, and everything that vouches for it.

Lines are sliced when months are searched; a record is made only of what goes into an answer, and
then nothing of it is taken on trust: commitment, place in the log and canonical form are held.
"""

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from archive.reading.as_sealed import UntrueBagError, sentence
from archive.reading.sealed_bag import Bag, RecordFile
from shared.months.lines import Line
from shared.recordlog.canonical import JSON, canonical_json
from shared.recordlog.errors import LeafError, RecordLogError
from shared.recordlog.leaf import Envelope, read_envelope
from shared.recordlog.sealed import SEALED


@dataclass(frozen=True)
class Record:
    """One leaf: its line to the byte, what its envelope and its payload say, and where it lies."""

    bag: Bag = field(repr=False)
    file: RecordFile
    line: Line
    envelope: Envelope
    payload: Mapping[str, JSON]

    @property
    def index(self) -> int:
        """Its place in the log."""
        return self.line.leaf_index

    @cached_property
    def leaf_hash(self) -> str:
        """As it stands in the tree, lower-case hexadecimal."""
        return self.line.leaf_hash.hex()

    @property
    def is_sealed(self) -> bool:
        """Whether it holds text of other people, which nobody can read here."""
        return SEALED in self.payload

    @property
    def is_erased(self) -> bool:
        """Whether that text is gone for good, and the salt of the leaf with it."""
        return self.line.salt is None

    @property
    def answer_line(self) -> bytes:
        """The same as one line of canonical JSON, put together from the bytes that were sealed."""
        line, salt = self.line, self.line.salt
        spelt = "null" if salt is None else f'"{base64.b64encode(salt).decode()}"'
        place = f'"leaf_hash":"{self.leaf_hash}","leaf_index":{self.index}'
        head = b'{"envelope":' + line.envelope + f',{place},"month":"{self.bag.month}"'.encode()
        return head + b',"payload":' + line.payload + f',"salt":{spelt}}}\n'.encode()

    def as_json(self) -> dict[str, JSON]:
        """As answers give it; the salt in base64, null once it is gone."""
        salt = self.line.salt
        envelope: JSON = json.loads(self.line.envelope)
        return {
            "envelope": envelope,
            "leaf_hash": self.leaf_hash,
            "leaf_index": self.index,
            "month": str(self.bag.month),
            "payload": self.payload,
            "salt": None if salt is None else base64.b64encode(salt).decode(),
        }


def read_record(bag: Bag, file: RecordFile, raw: bytes) -> Record:
    """The record of a line, with its newline; UntrueBagError."""
    return record_of(bag, file, bag.read_line(raw, file))


def record_of(bag: Bag, file: RecordFile, line: Line) -> Record:
    """The record of a line that was held against the log; UntrueBagError."""
    try:
        envelope = read_envelope(line.envelope)
        payload = json.loads(line.payload)
        is_ours = isinstance(payload, dict) and canonical_json(payload) == line.payload
    except (RecordLogError, LeafError, ValueError, RecursionError) as error:
        raise UntrueBagError(bag.month, file.path, sentence(error)) from error
    if not is_ours:
        where = f"the payload of leaf {line.leaf_index} is not canonical JSON"
        raise UntrueBagError(bag.month, file.path, where)
    return Record(bag, file, line, envelope, payload)


def find_record(bag: Bag, index: int) -> Record:
    """The record of a leaf of that month; NoMonthError, UntrueBagError."""
    line, file = bag.line(index)
    return record_of(bag, file, line)
