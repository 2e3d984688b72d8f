"""Where feeds lie: objects by path, each written only over what was seen there before.

ShelfError
├── TakenError       something else stands there than was seen; nothing was written
├── NotNowError      too much was asked of it; nothing was written
├── ShutError        we may not; nothing was written
├── NotReachedError  no connection was made; nothing was written
└── NoAnswerError    no answer that settles anything: it may be written or not
"""

from dataclasses import dataclass
from typing import Protocol


class ShelfError(Exception):
    """Root of what a shelf can do to us."""


class TakenError(ShelfError):
    """Something else stands there than was seen."""


class NotNowError(ShelfError):
    """Too much was asked of it just now."""


class ShutError(ShelfError):
    """We may not read or write there."""


class NotReachedError(ShelfError):
    """No connection was made."""


class NoAnswerError(ShelfError):
    """It may be written or not."""


@dataclass(frozen=True)
class Stored:
    """An object as it was read; `etag` stands for exactly these bytes."""

    data: bytes
    etag: str


class Shelf(Protocol):
    """What feeds need of S3: reads that see every write that was answered, conditional writes."""

    def read(self, path: str) -> Stored | None:
        """The object, None if there is none. ShelfError."""

    def write(self, path: str, data: bytes, content_type: str, seen: Stored | None) -> None:
        """Write it over what was seen there (None: nothing). ShelfError."""
