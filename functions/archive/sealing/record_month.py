"""That a month is sealed becomes an act: a row to find it by, and a leaf that carries its note.

So the log speaks for the archive as the archive speaks for the log: a bag that was put in the place
of another is not the one whose hash is in the log.
"""

from collections.abc import Sequence
from datetime import datetime

from archive.sealing.closing import BrokenMonthError
from shared.months.bag import note_path
from shared.months.logslice import Cut
from shared.months.month import Month
from shared.months.note import Sealed, open_month
from shared.posts.acts import SYSTEM
from shared.recordlog.acts import Happened
from shared.recordlog.canonical import JSON
from shared.recordlog.leaf import Act
from shared.recordlog.note import VerifierKey
from shared.recordlog.reader import Read
from shared.records.months import Months, SealedMonth


def record_month(
    month: Month,
    origin: str,
    *,
    read: Read,
    known: Sequence[VerifierKey],
    months: Months,
    now: datetime,
) -> bool:
    """The month is on record; False if it was. `read` reads the archive, `known` opens its notes;
    BrokenMonthError, ChangedError, UnverifiedError."""
    note = read(note_path(month))
    if note is None:
        raise BrokenMonthError(f"{month} has no note, so it is not sealed.")
    sealed = open_month(note, known, origin)
    if sealed.month != month:
        raise BrokenMonthError(f"The note of {month} speaks of {sealed.month}.")
    return months.record(SealedMonth(note.decode(), now), month_act(sealed, note, now))


def month_act(sealed: Sealed, note: bytes, now: datetime) -> Act:
    """The act of it."""
    return Act(
        type=Happened.MONTH_SEALED.value,
        account=None,
        subject=f"month:{sealed.month}",
        at=now,
        actor=SYSTEM,
        approver=None,
        reason=None,
        payload={
            "bag": sealed.bag,
            "end": _said(sealed.end),
            "leaves": sealed.end.size - sealed.start.size,
            "note": note.decode(),
            "previous": sealed.previous,
            "start": _said(sealed.start),
        },
    )


def _said(cut: Cut) -> JSON:
    return {"root": cut.root.hex(), "size": cut.size}
