"""The API of disposals: asking that a sealed month goes, and the word of a second person."""

import os
from functools import cache
from typing import Any

from moderate.let_month_go import DisposalDesk, approve, ask, refuse
from moderate.room import app, guest_of, now, room
from moderate.settings import DisposalSettings
from shared.accounts.rights import Right
from shared.http.application import Answer, json_answer
from shared.http.call import Call
from shared.http.fields import Fields
from shared.http.shapes import stamp
from shared.months.disposal import Disposal
from shared.months.errors import BadMonthError
from shared.months.legal_hold import Word
from shared.months.month import Month, read_month
from shared.posts.names import DisposalId
from shared.records.disposals import Disposals, Outlived
from shared.settings.reading import read

LONGEST_WHY, LONGEST_MONTH = 2_000, 7
APPROVE, REFUSE = "approve", "refuse"
NO_WHY = "Say why. Do not name anybody here: this sentence stays on record."
ON = "on"


@cache
def desk() -> DisposalDesk:
    """What asking and deciding need."""
    is_on = read(DisposalSettings, os.environ).disposal == ON
    return DisposalDesk(Disposals(room().kept, room().pen), room().pen, is_on)


@app.on("/v1/disposals")
def disposals_api(call: Call) -> Answer:
    """Every disposal that was asked for, newest first, and the months that are past their time."""
    guest_of(call, Right.READ_ALL)
    look = desk().disposals.last_look()
    return json_answer(
        {
            "disposals": [disposal_shape(each) for each in desk().disposals.all()],
            "is_on": desk().is_on,
            "outlived": [outlived_shape(each) for each in look.outlived],
            "looked_at": stamp(look.at),
        }
    )


@app.on("/v1/disposals", "POST")
def ask_disposal_api(call: Call) -> Answer:
    """Ask that a sealed month goes; somebody else has to approve it."""
    guest = guest_of(call, Right.DISPOSE)
    fields = Fields(call.json())
    month, why = _month_in(fields), _why_in(fields)
    fields.done()
    assert month is not None  # noqa: S101 - else it was wrong, and that is said by now
    disposal = ask(month, why, by=guest.person, desk=desk(), now=now())
    there = f"/v1/disposals/{disposal.disposal_id}"
    return json_answer(disposal_shape(disposal), 201, Location=there)


@app.on("/v1/disposals/{disposal_id}")
def disposal_api(call: Call, disposal_id: str) -> Answer:
    """One disposal, and how it stands."""
    guest_of(call, Right.READ_ALL)
    return json_answer(disposal_shape(desk().disposals.get(DisposalId(disposal_id))))


@app.on("/v1/disposals/{disposal_id}/decision", "POST")
def decide_disposal_api(call: Call, disposal_id: str) -> Answer:
    """Approve or refuse what somebody else asked for, or refuse what is approved and not begun."""
    guest = guest_of(call, Right.DISPOSE)
    fields = Fields(call.json())
    choice = fields.one_of("decision", (APPROVE, REFUSE))
    why = (fields.maybe_text("why", longest=LONGEST_WHY) or "").strip()
    if choice == REFUSE and not why:
        fields.wrong("why", NO_WHY)
    fields.done()
    named = DisposalId(disposal_id)
    if choice == REFUSE:
        after = refuse(named, why, by=guest.person, desk=desk(), now=now())
    else:
        after = approve(named, by=guest.person, desk=desk(), now=now())
    return json_answer(disposal_shape(after))


def _why_in(fields: Fields) -> str:
    why = fields.text("why", longest=LONGEST_WHY)
    if not why.strip():
        fields.wrong("why", NO_WHY)
    return why


def _month_in(fields: Fields) -> Month | None:
    text = fields.text("month", longest=LONGEST_MONTH)
    try:
        return read_month(text)
    except BadMonthError as error:
        fields.wrong("month", str(error))
        return None


def disposal_shape(disposal: Disposal) -> dict[str, Any]:
    """One disposal, and every word that was said about it."""
    extent = disposal.extent
    return {
        "disposal_id": disposal.disposal_id,
        "month": str(disposal.month),
        "bag": disposal.bag,
        "state": disposal.state.value,
        "asked": _word_shape(disposal.asked),
        "decided": _word_shape(disposal.decided) if disposal.decided else None,
        "waits": [*disposal.waits],
        "leaves": extent.leaves if extent else None,
        "objects": extent.objects if extent else None,
        "removed": {**disposal.removed},
        "leaf_index": disposal.leaf,
        "begun_at": stamp(disposal.begun_at),
        "done_at": stamp(disposal.done_at),
    }


def outlived_shape(outlived: Outlived) -> dict[str, Any]:
    """One month that is past its time."""
    return {
        "month": str(outlived.month),
        "bag": outlived.bag,
        "by": outlived.by,
        "until": stamp(outlived.until),
    }


def _word_shape(word: Word) -> dict[str, Any]:
    return {"by": word.by, "at": stamp(word.at), "why": word.why or None}
