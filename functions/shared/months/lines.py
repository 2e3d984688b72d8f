"""A leaf with what it commits to, as one line of a month's records.

    {"envelope":{…},"leaf_index":7,"payload":{…},"salt":"…"}

Canonical JSON (RFC 8785), a newline behind it. The line is put together from the very bytes that
were hashed, and taken apart again without parsing: inside JSON a quote is always escaped, so none
of the seams can stand within a text, and the envelope holds nothing that is nested. `salt` is
base64; null once the text that was sealed in the payload was erased, and then nobody can say any
more that the payload is the one the envelope commits to (ADR 0022).
"""

import base64
import re
from dataclasses import dataclass

from shared.months.errors import BadLineError
from shared.recordlog.errors import PayloadMismatchError
from shared.recordlog.leaf import SALT_BYTES, commitment
from shared.recordlog.tree import leaf_hash

BEGINNING, INDEX, PAYLOAD, SALT, END = (
    b'{"envelope":',
    b',"leaf_index":',
    b',"payload":',
    b',"salt":',
    b"}\n",
)
NO_SALT = b"null"
SALT_SPELT = 46
"""Characters of 32 bytes in base64, and their quotes."""

COMMITMENT = b',"payload_sha256":"'
"""As with the seams: this cannot stand within a text."""

_ID = re.compile(rb',"id":"([0-9A-Z]{26})",')
_TYPE = re.compile(rb',"type":"([a-z][a-z_]{0,39})\.([a-z][a-z_]{0,59})",')
_INDEX = re.compile(rb"0|[1-9][0-9]{0,17}")

REGISTRY = frozenset({"account", "accounts", "credential", "person", "server"})
"""Nouns of acts that tell who may speak, where, and who answers for it."""

FOLLOWERS = frozenset({"review", "follower"})


@dataclass(frozen=True)
class Line:
    """One line, taken apart: `envelope` and `payload` to the byte; `salt` None once it is gone."""

    index: int
    envelope: bytes
    payload: bytes
    salt: bytes | None

    @property
    def leaf_hash(self) -> bytes:
        """As it stands in the tree."""
        return leaf_hash(self.envelope)

    def verify(self) -> None:
        """PayloadMismatchError unless the payload is what the envelope commits to; where the salt
        is gone, nothing is claimed."""
        if self.salt is None:
            return
        found = commitment(self.payload, self.salt).encode()
        if self.envelope.find(COMMITMENT + found + b'"') < 0:
            raise PayloadMismatchError(leaf_id_of(self.envelope))


def line_of(index: int, envelope: bytes, payload: bytes, salt: bytes | None) -> bytes:
    """The line of one leaf, with its newline."""
    spelt = NO_SALT if salt is None else b'"' + base64.b64encode(salt) + b'"'
    place = str(index).encode()
    return b"".join((BEGINNING, envelope, INDEX, place, PAYLOAD, payload, SALT, spelt, END))


def read_line(data: bytes) -> Line:
    """A line, with its newline, taken apart; BadLineError."""
    middle = data.find(INDEX)
    behind = data.find(PAYLOAD, middle)
    if not data.startswith(BEGINNING) or not data.endswith(END) or middle < 0 or behind < 0:
        raise BadLineError("its seams are not where they should be")
    place = data[middle + len(INDEX) : behind]
    if not _INDEX.fullmatch(place):
        raise BadLineError("its index is no number")
    salt, ends = _salt(data)
    envelope, payload = data[len(BEGINNING) : middle], data[behind + len(PAYLOAD) : ends]
    if not all(each[:1] + each[-1:] == b"{}" for each in (envelope, payload)):
        raise BadLineError("its envelope or its payload is no object")
    return Line(int(place), envelope, payload, salt)


def _salt(data: bytes) -> tuple[bytes | None, int]:
    """The salt, and where what stands before it ends."""
    nothing = SALT + NO_SALT + END
    if data.endswith(nothing):
        return None, len(data) - len(nothing)
    ends = len(data) - len(END) - SALT_SPELT - len(SALT)
    spelt = data[ends + len(SALT) : -len(END)]
    try:
        salt = base64.b64decode(spelt[1:-1], validate=True)
    except ValueError as error:
        raise BadLineError("its salt is no base64") from error
    if not data.startswith(SALT, max(ends, 0)) or len(salt) != SALT_BYTES:
        raise BadLineError("its salt has not 32 bytes")
    # Two spellings of one salt would let a bit be changed without anybody noticing.
    if spelt != b'"' + base64.b64encode(salt) + b'"':
        raise BadLineError("its salt is not spelt as we spell it")
    return salt, ends


def leaf_id_of(envelope: bytes) -> str:
    """The id of a leaf; BadLineError."""
    found = _ID.search(envelope)
    if found is None:
        raise BadLineError("its envelope has no id of ours")
    return found[1].decode()


def entity_of(envelope: bytes) -> str:
    """The folder that a leaf's line stands in: the noun of its type; BadLineError."""
    found = _TYPE.search(envelope)
    if found is None:
        raise BadLineError("its envelope has no type of ours")
    noun = found[1].decode()
    if noun in REGISTRY:
        return "registry"
    return "followers" if noun in FOLLOWERS else noun


def type_of(envelope: bytes) -> str:
    """The type of a leaf, such as post.submitted; BadLineError."""
    found = _TYPE.search(envelope)
    if found is None:
        raise BadLineError("its envelope has no type of ours")
    return f"{found[1].decode()}.{found[2].decode()}"
