"""Drifts in JSON, as `openapi.json` describes them."""

from collections.abc import Mapping
from typing import Any

from moderate.drift_case import DriftCase
from shared.drift.drift import Cause, Closing, Drift, Finding
from shared.http.fields import Fields
from shared.http.shapes import stamp
from shared.records.beats import Beat

LONGEST_WHY, LONGEST_WHO = 2_000, 200
CAUSES = tuple(cause.value for cause in Cause)
SEALED = ("before", "after", "url")


def finding_in(body: Mapping[str, Any]) -> Finding:
    """Reads how a drift came about; InvalidFieldsError names every fault."""
    fields = Fields(body)
    cause = fields.one_of("cause", CAUSES)
    why = fields.text("why", longest=LONGEST_WHY)
    who = fields.maybe_text("who", longest=LONGEST_WHO)
    fields.done()
    return Finding(Cause(cause), why, who or "")


def drift_shape(drift: Drift) -> dict[str, Any]:
    """One drift, without a word of what stands there."""
    taken = drift.acknowledged
    return {
        "drift_id": drift.drift_id,
        "account": drift.account,
        "platform": drift.platform,
        "kind": drift.kind.value,
        "state": drift.state.value,
        "leaf": drift.leaf,
        "found_at": stamp(drift.found_at),
        "said_at": stamp(drift.said_at) if drift.said_at else None,
        "acknowledged": {"by": taken.by, "at": stamp(taken.at)} if taken else None,
        "ended_at": stamp(drift.ended_at) if drift.ended_at else None,
        "closed": _closing(drift.closed),
    }


def whole_drift_shape(case: DriftCase) -> dict[str, Any]:
    """One drift with the words before and after, null where they were erased."""
    said = {name: case.said(name) for name in SEALED} if case.words is not None else None
    return {**drift_shape(case.drift), "said": said}


def silent_shape(of: Beat) -> dict[str, Any]:
    """One target that nobody could look at."""
    return {
        "account": of.account,
        "platform": of.platform,
        "since": stamp(of.since),
        "why": of.fault,
    }


def _closing(closing: Closing | None) -> dict[str, Any] | None:
    if closing is None:
        return None
    found = closing.finding
    return {
        "by": closing.by,
        "at": stamp(closing.at),
        "cause": found.cause.value,
        "why": found.why,
        "who": found.who,
    }
