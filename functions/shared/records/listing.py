"""Lists by cursor: those of the registry in the order of ids, those that wait longest first."""

import base64
import re
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from shared.records.errors import InvalidCursorError

T = TypeVar("T")

LONGEST_LISTING = 99
"""One BatchGetItem takes a hundred keys, and one more than the page is read to see if it ends."""

_ID = re.compile(r"[^\x00-\x1f\x7f]{1,256}")


@dataclass(frozen=True)
class Listing(Generic[T]):
    """Part of a list; `cursor` leads to the next part, None at the end. A part may hold fewer
    entries than were asked for, even none, and still lead on.
    """

    entries: tuple[T, ...]
    cursor: str | None


def cursor_behind(key: str) -> str:
    """The cursor that goes on behind the entry with this id."""
    return base64.urlsafe_b64encode(key.encode()).decode().rstrip("=")


def behind(cursor: str) -> str:
    """The id that a cursor goes on behind; InvalidCursorError if it is not one of ours."""
    try:
        key = base64.b64decode(cursor + "=" * (-len(cursor) % 4), b"-_", validate=True).decode()
    except ValueError as error:
        raise InvalidCursorError from error
    if not _ID.fullmatch(key) or cursor_behind(key) != cursor:
        raise InvalidCursorError
    return key


_PLACE = re.compile(r"(\S{1,40}) ([0-9A-Za-z-]{1,64}) (\d{1,6})", re.ASCII)


def cursor_waiting(row: Any) -> str:
    """The cursor that goes on behind a version that waits."""
    return cursor_behind(f"{row.waits_from} {row.post_id} {int(row.version)}")


def start_waiting(cursor: str, how: str) -> dict[str, dict[str, Any]]:
    """Where a list of versions that wait goes on; `how` they wait is the index's first key.
    InvalidCursorError if the cursor is not one of ours."""
    match = _PLACE.fullmatch(behind(cursor))
    if match is None:
        raise InvalidCursorError
    return {
        "open": {"S": how},
        "waits_from": {"S": match[1]},
        "post_id": {"S": match[2]},
        "version": {"N": match[3]},
    }
