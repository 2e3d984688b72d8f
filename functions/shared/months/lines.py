"""A leaf with what it commits to, as one line of a month's records.

    {"envelope":{…},"leaf_index":7,"payload":{…},"salt":"…"}

Canonical JSON (RFC 8785), a newline behind it. The line is put together from the very bytes that
were hashed, and taken apart again without parsing: inside JSON a quote is always escaped, so none
of the seams can stand within a text, and the envelope holds nothing that is nested. `salt` is
base64; null once the text that was sealed in the payload was erased, and then nobody can say any
more that the payload is the one the envelope commits to (ADR 0022).
"""

import re
from binascii import a2b_base64, b2a_base64
from functools import lru_cache
from typing import NamedTuple

from shared.months.errors import BadLineError
from shared.recordlog.errors import PayloadMismatchError
from shared.recordlog.leaf import commitment
from shared.recordlog.tree import leaf_hash

BEGINNING, INDEX, PAYLOAD, SALT, END = (
    b'{"envelope":',
    b',"leaf_index":',
    b',"payload":',
    b',"salt":',
    b"}\n",
)
NO_SALT = b"null"
LINE = BEGINNING + b"%b" + INDEX + b"%d" + PAYLOAD + b"%b" + SALT + b"%b" + END
COMMITMENT = b',"payload_sha256":"'
"""As with the seams: this cannot stand within a text."""

COMMITMENT_BYTES = 64

TYPE = b',"type":"'
_ID = re.compile(rb',"id":"([0-9A-Z]{26})",')
_TYPE = re.compile(r"([a-z][a-z_]{0,39})\.[a-z][a-z_]{0,59}")
_INDEX = re.compile(rb"0|[1-9][0-9]{0,17}")
_SALT = re.compile(rb',"salt":(?:"(.{42}[^=]=)"|null)\}\n\Z')
NO_BASE64 = "its salt is not 32 bytes in base64"
_BEHIND = re.compile(
    b',"leaf_index":(' + _INDEX.pattern + rb'),"payload":(\{.*\})' + _SALT.pattern, re.DOTALL
)
"""All of a line but its envelope; 32 bytes are 43 characters of base64 and one to fill up."""

REGISTRY = frozenset({"account", "accounts", "credential", "person", "server"})
"""Nouns of acts that tell who may speak, where, and who answers for it."""

FOLLOWERS = frozenset({"review", "follower"})


class Line(NamedTuple):
    """One line, taken apart: `envelope` and `payload` to the byte; `salt` None once it is gone."""

    # A month has millions of them: a tuple costs a third of what a frozen dataclass does.

    leaf_index: int
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
        verify(self.envelope, self.payload, self.salt)


def verify(envelope: bytes, payload: bytes, salt: bytes | None) -> None:
    """PayloadMismatchError unless the payload is what the envelope commits to; where the salt is
    gone, nothing is claimed."""
    if salt is None:
        return
    begins = envelope.find(COMMITMENT) + len(COMMITMENT)
    if commitment(payload, salt).encode() != envelope[begins : begins + COMMITMENT_BYTES]:
        raise PayloadMismatchError(leaf_id_of(envelope))


def line_of(index: int, envelope: bytes, payload: bytes, salt: bytes | None) -> bytes:
    """The line of one leaf, with its newline."""
    spelt = NO_SALT if salt is None else b'"%b"' % b2a_base64(salt, newline=False)
    return LINE % (envelope, index, payload, spelt)


def read_line(data: bytes) -> Line:
    """A line, with its newline, taken apart; BadLineError."""
    middle = data.find(INDEX)
    behind = _BEHIND.fullmatch(data, middle) if middle > 0 else None
    envelope = data[len(BEGINNING) : middle]
    if behind is None or not data.startswith(BEGINNING) or not _is_object(envelope):
        raise BadLineError(_why_not(data))
    place, payload, spelt = behind.groups()
    return Line(int(place), envelope, payload, None if spelt is None else _salt(spelt))


def _salt(spelt: bytes) -> bytes:
    try:
        salt = a2b_base64(spelt)
    except ValueError as error:
        raise BadLineError(NO_BASE64) from error
    # Two spellings of one salt would let a bit be changed without anybody noticing.
    if b2a_base64(salt, newline=False) != spelt:
        raise BadLineError("its salt is not spelt as we spell it")
    return salt


def _why_not(data: bytes) -> str:
    """What keeps this from being a line."""
    middle = data.find(INDEX)
    behind = data.find(PAYLOAD, middle)
    if not data.startswith(BEGINNING) or not data.endswith(END) or middle < 0 or behind < 0:
        return "its seams are not where they should be"
    if not _INDEX.fullmatch(data, middle + len(INDEX), behind):
        return "its index is no number"
    if not _SALT.search(data, behind):
        return NO_BASE64
    return "its envelope or its payload is no object"


def _is_object(data: bytes) -> bool:
    return data.startswith(b"{") and data.endswith(b"}")


def leaf_id_of(envelope: bytes) -> str:
    """The id of a leaf; BadLineError."""
    found = _ID.search(envelope)
    if found is None:
        raise BadLineError("its envelope has no id of ours")
    return found[1].decode()


def entity_of(envelope: bytes) -> str:
    """The folder that a leaf's line stands in: the noun of its type; BadLineError."""
    return kind_of(envelope)[1]


def type_of(envelope: bytes) -> str:
    """The type of a leaf, such as post.submitted; BadLineError."""
    return kind_of(envelope)[0]


def kind_of(envelope: bytes) -> tuple[str, str]:
    """The type of a leaf, and the folder that its line stands in; BadLineError."""
    begins = envelope.rfind(TYPE) + len(TYPE)
    ends = envelope.find(b'",', begins)
    if begins < len(TYPE) or ends < 0:
        raise BadLineError("its envelope has no type of ours")
    return _kind(envelope[begins:ends])


@lru_cache(maxsize=1024)  # there are some hundred; a forgery may bring as many as it likes
def _kind(spelt: bytes) -> tuple[str, str]:
    found = _TYPE.fullmatch(spelt.decode("ascii", "replace"))
    if found is None:
        raise BadLineError("its envelope has no type of ours")
    noun = found[1]
    if noun in REGISTRY:
        return found[0], "registry"
    return found[0], "followers" if noun in FOLLOWERS else noun
