"""Drifts as rows, and back; and the acts that leaves tell of them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from shared.drift.acts import Drifted, subject_of
from shared.drift.drift import Acknowledged, Cause, Closing, Drift, Finding, Kind
from shared.posts.acts import SYSTEM
from shared.posts.names import AccountId, LeafId, PersonId, PlatformName
from shared.recordlog.canonical import JSON
from shared.recordlog.leaf import Act
from shared.records.exception_rows import DRIFT_CLOSED, DRIFT_OPEN, ExceptionRow
from shared.records.spelling import as_json, from_json, moment, written
from shared.records.tables import Tables

DRIFT = "drift:"
NOTHING: Mapping[str, JSON] = {}


def drift_row(tables: Tables, drift: Drift) -> ExceptionRow:
    """The row of a drift."""
    entry = {
        "account": drift.account,
        "platform": drift.platform,
        "kind": drift.kind.value,
        "mark": drift.mark,
        "leaf": drift.leaf,
        "said_at": written(drift.said_at) if drift.said_at else None,
        "place": drift.place,
        "acknowledged": _acknowledged(drift.acknowledged),
        "ended_at": written(drift.ended_at) if drift.ended_at else None,
        "closed": _closing(drift.closed),
    }
    return tables.exceptions(
        exception_id=f"{DRIFT}{drift.drift_id}",
        entry=as_json(entry),
        listed=DRIFT_OPEN if drift.is_open else DRIFT_CLOSED,
        found_at=written(drift.found_at),
    )


def drift_of(row: ExceptionRow) -> Drift:
    """The drift a row holds."""
    held: dict[str, Any] = from_json(row.entry)
    taken = held["acknowledged"]
    return Drift(
        drift_id=row.exception_id.removeprefix(DRIFT),
        account=AccountId(held["account"]),
        platform=PlatformName(held["platform"]),
        kind=Kind(held["kind"]),
        mark=held["mark"],
        leaf=LeafId(held["leaf"]),
        found_at=moment(row.found_at or ""),
        said_at=moment(held["said_at"]) if held["said_at"] else None,
        place=held["place"],
        acknowledged=Acknowledged(PersonId(taken["by"]), moment(taken["at"])) if taken else None,
        ended_at=moment(held["ended_at"]) if held["ended_at"] else None,
        closed=_closing_of(held["closed"]),
    )


def act_on_drift(
    drift: Drift,
    happened: Drifted,
    at: datetime,
    payload: Mapping[str, JSON] = NOTHING,
    *,
    actor: PersonId | str = SYSTEM,
    reason: str | None = None,
    personal: Mapping[str, JSON] = NOTHING,
) -> Act:
    """What happened to a drift. What stands there belongs into `personal` and nowhere else."""
    return Act(
        type=happened.value,
        account=drift.account,
        subject=subject_of(drift.drift_id),
        at=at,
        actor=actor,
        approver=None,
        reason=reason,
        payload={"kind": drift.kind.value, "platform": drift.platform, **payload},
        personal=personal,
    )


def act_of_closing(drift: Drift) -> Act:
    """That a drift was closed, as it is closed now."""
    closing = drift.closed
    assert closing is not None  # noqa: S101 - it was closed just now
    found = closing.finding
    said: Mapping[str, JSON] = {"cause": found.cause.value, "who": found.who, "why": found.why}
    return act_on_drift(
        drift,
        Drifted.CLOSED,
        closing.at,
        said,
        actor=closing.by,
        reason=found.cause.value,
    )


def _acknowledged(taken: Acknowledged | None) -> dict[str, Any] | None:
    return {"by": taken.by, "at": written(taken.at)} if taken else None


def _closing(closing: Closing | None) -> dict[str, Any] | None:
    if closing is None:
        return None
    found = closing.finding
    said = {"cause": found.cause.value, "why": found.why, "who": found.who}
    return {**said, "by": closing.by, "at": written(closing.at)}


def _closing_of(held: dict[str, Any] | None) -> Closing | None:
    if held is None:
        return None
    found = Finding(Cause(held["cause"]), held["why"], held["who"])
    return Closing(found, held["by"], moment(held["at"]))
