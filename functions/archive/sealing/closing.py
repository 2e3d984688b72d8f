"""What closing a month needs, and its two ways of writing.

What follows from the log and the rows is *kept*: whoever makes it again makes the same bytes, and
other bytes in its place are an alarm. What depends on the moment (which checkpoint the month ends
with, what a witness said, which edition of `verify.py` goes along) is *pinned*: the first to write
it decides for everybody who comes after.

ClosingError
├── OtherBytesError       something else stands where only this could stand; carries its path
├── MissingPayloadError   a leaf is in the log and what it commits to is nowhere; carries its id
├── BrokenMonthError      what was read back does not lead to the signed root; says where
└── NotYetError           the month is not over, or the one before it is not sealed
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from archive.bucket import ObjectTakenError
from shared.months.bag import folder
from shared.months.month import Month
from shared.posts.names import LeafId
from shared.recordlog.note import Signer, VerifierKey
from shared.recordlog.reader import Read
from shared.records.payloads import Kept


class ClosingError(Exception):
    """Root of what keeps a month from being sealed."""


class OtherBytesError(ClosingError):
    """Something else stands where only this could stand."""

    def __init__(self, path: str) -> None:
        super().__init__(f"The archive holds something else at {path} than what we made.")
        self.path = path


class MissingPayloadError(ClosingError):
    """A leaf is in the log, and what it commits to is nowhere."""

    def __init__(self, leaf_id: str) -> None:
        super().__init__(f"The payload of leaf {leaf_id} is not in the tables.")
        self.leaf_id = leaf_id


class BrokenMonthError(ClosingError):
    """What was read back is not what the log says."""


class NotYetError(ClosingError):
    """The month is not over, or the one before it is not sealed."""


class Shelf(Protocol):
    """The locked bucket."""

    def read(self, path: str) -> bytes | None:
        """The object, or None."""

    def create(self, path: str, data: bytes) -> None:
        """Write it where nothing is; ObjectTakenError where something is."""

    def paths(self, prefix: str) -> Iterator[str]:
        """The names below a prefix, in order."""


class Payloads(Protocol):
    """What leaves commit to."""

    def several(self, leaf_ids: Sequence[LeafId]) -> dict[LeafId, Kept]:
        """Those of them there are."""


Each = Callable[[Callable[[Any], Any], Iterable[Any]], Iterator[Any]]
"""As `map`; a pool's, where much is fetched at once."""


@dataclass(frozen=True)
class Desk:
    """One log and its archive. `read` reads the live log, `stood_at(moment)` tells which
    checkpoint was the last before it, `log_keys` open it, `archive_keys` open months' notes."""

    origin: str
    read: Read
    stood_at: Callable[[datetime], bytes]
    shelf: Shelf
    payloads: Payloads
    log_keys: Sequence[VerifierKey]
    archive_keys: Sequence[VerifierKey]
    each: Each = map


@dataclass(frozen=True)
class Seal:
    """What signs months' notes."""

    signers: Sequence[Signer]


def keep(shelf: Shelf, path: str, data: bytes) -> None:
    """Exactly these bytes stand there; OtherBytesError. ObjectTakenError if somebody is just
    writing there and nothing can be seen yet."""
    try:
        shelf.create(path, data)
    except ObjectTakenError as error:
        found = shelf.read(path)
        if found is None:
            raise
        if found != data:
            raise OtherBytesError(path) from error


def pin(shelf: Shelf, path: str, make: Callable[[], bytes]) -> bytes:
    """What stands there, made if nothing did; whoever was first decided."""
    found = shelf.read(path)
    if found is not None:
        return found
    data = make()
    try:
        shelf.create(path, data)
    except ObjectTakenError:
        found = shelf.read(path)
        if found is None:
            raise
        return found
    return data


def within(month: Month, path: str) -> str:
    """Where something of a month's bag lies in the archive."""
    return folder(month) + path
