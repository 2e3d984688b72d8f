"""The beginning of a month's bag: where the log stood when it ended, and what others said of that.

Which checkpoint the month ends with is pinned first, so that everything made later follows from
it, however often it is begun. The one it starts with is the end of the month before.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from hashlib import sha256

from archive.sealing.closing import BrokenMonthError, Desk, NotYetError, keep, pin, within
from shared.months.bag import (
    COSIGNATURES,
    END,
    MANIFEST,
    START,
    TIMESTAMP,
    Part,
    note_path,
    parts_of,
)
from shared.months.month import Month
from shared.recordlog.checkpoint import Checkpoint, open_checkpoint
from shared.recordlog.reader import CHECKPOINT_PATH, Log

PLAIN = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}")
ODD = re.compile(r"[^A-Za-z0-9_-]")

Stamp = Callable[[bytes], bytes | None]
"""A timestamp authority's answer over these bytes; None where there is none to be had."""


@dataclass(frozen=True)
class Begun:
    """A month that can be written: from size `start` to size `end`, in these parts."""

    start: int
    end: int
    parts: tuple[Part, ...]


def begin_month(
    month: Month,
    desk: Desk,
    now: datetime,
    *,
    stamp: Stamp = lambda _: None,
    cosigned: Mapping[str, bytes] | None = None,
) -> Begun:
    """Pin what the month ends with; NotYetError, BrokenMonthError. A month that has its note needs
    no part any more."""
    if now < month.ends:
        raise NotYetError(f"{month} ends on {month.ends:%d %B %Y}.")
    is_sealed = desk.shelf.read(note_path(month)) is not None
    end, start = ends(month, desk), starts(month, desk)
    if start is not None and start.size > end.size:
        raise BrokenMonthError("The month would end before it starts.")
    first = start.size if start else 0
    if is_sealed:
        return Begun(first, end.size, ())
    _keep_attestations(month, desk, stamp, cosigned or {})
    return Begun(first, end.size, parts_of(first, end.size))


def ends(month: Month, desk: Desk) -> Checkpoint:
    """The checkpoint that the month ends with, from now on and for good."""
    note = pin(desk.shelf, within(month, END), lambda: desk.stood_at(month.ends))
    return open_checkpoint(note, desk.log_keys, desk.origin)


def starts(month: Month, desk: Desk) -> Checkpoint | None:
    """The checkpoint that the month before ended with; None where the log began in this month.
    NotYetError if there is a month before, and it is not sealed."""
    before = desk.shelf.read(within(month.previous, END))
    if before is None:
        return None
    if desk.shelf.read(note_path(month.previous)) is None:
        raise NotYetError(f"{month.previous} has to be sealed first.")
    keep(desk.shelf, within(month, START), before)
    return open_checkpoint(before, desk.log_keys, desk.origin)


def log_at_end(month: Month, desk: Desk) -> Log:
    """The live log as it was when the month ended."""
    note = desk.shelf.read(within(month, END))

    def read(path: str) -> bytes | None:
        return note if path == CHECKPOINT_PATH else desk.read(path)

    return Log(read, desk.log_keys, desk.origin)


def _keep_attestations(
    month: Month, desk: Desk, stamp: Stamp, cosigned: Mapping[str, bytes]
) -> None:
    if desk.shelf.read(within(month, MANIFEST)) is not None:
        return  # everything that belongs to the bag is named
    for witness, cosignature in sorted(cosigned.items()):
        path = within(month, COSIGNATURES + file_name(witness))
        pin(desk.shelf, path, partial(bytes, cosignature))
    path = within(month, TIMESTAMP)
    note = desk.shelf.read(within(month, END))
    if note is None or desk.shelf.read(path) is not None:
        return
    answer = stamp(note)
    if answer is not None:
        pin(desk.shelf, path, partial(bytes, answer))


def file_name(witness: str) -> str:
    """How a witness's file is called: as the witness, where its name can lead nowhere else; no two
    alike."""
    if PLAIN.fullmatch(witness):
        return witness
    return f"{ODD.sub('-', witness)}-{sha256(witness.encode()).hexdigest()[:8]}"
