"""The API of sealed months: which there are, which are missing, which can be asked."""

from collections.abc import Mapping
from typing import Any

from archive.auditing.desk import copy_bucket, disposals, months
from archive.auditing.months_on_record import (
    MissingMonth,
    all_months,
    copied_files,
    missing_months,
)
from archive.auditing.room import app, guest_of, now, room
from shared.http.application import Answer, json_answer
from shared.http.call import Call
from shared.http.shapes import stamp
from shared.months.disposal import Disposal
from shared.months.month import Month, read_month
from shared.records.months import SealedMonth

PAGE = 24
"""Two years."""


@app.on("/v1/audit/months")
def months_api(call: Call) -> Answer:
    """Sealed months, newest first, and those that are over and missing."""
    guest_of(call)
    origin = room().settings.log_origin
    found = months().all(origin, call.query.get("cursor"), PAGE)
    every = [each.sealed.month for each in all_months(months(), origin)]
    missing = [missing_shape(each) for each in missing_months(every, now())]
    gone = disposals().begun()
    shapes = [month_shape(each, gone) for each in found.entries]
    return json_answer({"months": shapes, "missing": missing, "next": found.cursor})


@app.on("/v1/audit/months/{month}")
def month_api(call: Call, month: str) -> Answer:
    """One sealed month, with its signed note as it lies in the archive."""
    guest_of(call)
    kept = months().get(room().settings.log_origin, read_month(month))
    return json_answer({**month_shape(kept, disposals().begun()), "note": kept.note})


def month_shape(kept: SealedMonth, gone: Mapping[Month, Disposal]) -> dict[str, Any]:
    """One sealed month; `copied` says whether questions can be asked of it, `disposed_by` which
    disposal has destroyed it, or does."""
    sealed = kept.sealed
    disposal = gone.get(sealed.month)
    return {
        "month": str(sealed.month),
        "bag": sealed.bag,
        "previous": sealed.previous,
        "start": sealed.start.size,
        "end": sealed.end.size,
        "root": sealed.end.root.hex(),
        "recorded_at": stamp(kept.recorded_at),
        "copied": copied_files(sealed, copy_bucket().read) is not None,
        "disposed_by": disposal.disposal_id if disposal else None,
    }


def missing_shape(missing: MissingMonth) -> dict[str, Any]:
    """One month that is over and not sealed."""
    return {
        "month": str(missing.month),
        "since": stamp(missing.since),
        "late": missing.late,
    }
