"""Files as they were sealed: read from where months lie, and held against the hash that names them.

BagError
├── NoMonthError         no such month is sealed here; says which
├── DisposedError        the month was disposed of; carries the month and the leaf that says so
├── UntrueBagError       something in a bag is not what was sealed; says where and what
└── BrokenChainError     two months contradict each other
"""

import re
from collections.abc import Iterable
from hashlib import sha256
from typing import Protocol

from shared.months import bag as layout
from shared.months.month import Month
from shared.recordlog.errors import MalformedError

_NAME = r"[^./\\\x00-\x20\x7f][^/\\\x00-\x20\x7f]*"
_ENTRY = re.compile(rf"([0-9a-f]{{64}})  ({_NAME}(?:/{_NAME})*)")
"""No name begins with a point, so none leads out of the bag."""


class BagError(Exception):
    """Root of what keeps a month from being read."""


class NoMonthError(BagError):
    """No such month is sealed here."""

    def __init__(self, what: str) -> None:
        super().__init__(f"No sealed month here {what}.")


class DisposedError(BagError):
    """The month was disposed of."""

    def __init__(self, month: Month, index: int) -> None:
        super().__init__(
            f"{month} was disposed of: leaf {index} says who let it go. Its note is kept."
        )
        self.month, self.index = month, index


class UntrueBagError(BagError):
    """Something in a bag is not what was sealed."""

    def __init__(self, month: Month, path: str, why: str) -> None:
        super().__init__(f"{month}, {path}: {why}.")
        self.month, self.path = month, path


class BrokenChainError(BagError):
    """Two months contradict each other."""


class Shelf(Protocol):
    """Where sealed months lie: a bucket, or a folder."""

    def read(self, path: str) -> bytes | None:
        """The whole file, or None."""

    def paths(self, prefix: str) -> Iterable[str]:
        """The names below a prefix."""


def required(shelf: Shelf, month: Month, path: str) -> bytes:
    """A file that has to be there; UntrueBagError."""
    data = shelf.read(layout.folder(month) + path)
    if data is None:
        raise UntrueBagError(month, path, "it is not there")
    return data


def as_named(shelf: Shelf, month: Month, path: str, wanted: str) -> bytes:
    """A file whose SHA-256 is this one; UntrueBagError."""
    data = required(shelf, month, path)
    if sha256(data).hexdigest() != wanted:
        raise UntrueBagError(month, path, "it is not the file that was sealed")
    return data


def entries(month: Month, path: str, data: bytes) -> dict[str, str]:
    """What a manifest names; UntrueBagError for a path that leads elsewhere, or stands twice."""
    found: dict[str, str] = {}
    for line in data.decode("utf-8", "replace").removesuffix("\n").split("\n"):
        entry = _ENTRY.fullmatch(line)
        if entry is None or entry[2] in found:
            raise UntrueBagError(month, path, "a line of it is not a hash and a path")
        found[entry[2]] = entry[1]
    return found


def sentence(error: Exception) -> str:
    """What an error says, to stand within a sentence."""
    said = error.__cause__ if isinstance(error, MalformedError) and error.__cause__ else error
    return str(said).rstrip(".")
