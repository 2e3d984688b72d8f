"""Somebody takes a drift on, and says how it came about (policy P07). What was seen first is
confirmed by the web team, who registered the account."""

from datetime import datetime

from moderate.incident_errors import MayNotActError
from shared.accounts.registry import Person
from shared.accounts.rights import Answer, Right, may
from shared.drift.acts import Drifted
from shared.drift.drift import Drift, Finding, acknowledge, close
from shared.records.drift_entries import act_of_closing, act_on_drift
from shared.records.drifts import Drifts


def may_settle(person: Person, drift: Drift) -> Answer:
    """Whether somebody may say how this one came about."""
    return may(person, Right.SETTLE_DRIFT if drift.is_alarm else Right.KEEP_ACCOUNTS)


def take_on(drift: Drift, by: Person, *, drifts: Drifts, now: datetime) -> Drift:
    """The drift with who looks after it. MayNotActError, UnlawfulStepError, ChangedError."""
    _check(drift, by)
    after = acknowledge(drift, by.person_id, now)
    act = act_on_drift(after, Drifted.ACKNOWLEDGED, now, actor=by.person_id)
    drifts.change(drift, after, act)
    return after


def close_drift(
    drift: Drift, finding: Finding, by: Person, *, drifts: Drifts, now: datetime
) -> Drift:
    """The drift as it is closed. MayNotActError, InvalidDriftError, UnlawfulStepError,
    ChangedError."""
    _check(drift, by)
    after = close(drift, finding, by.person_id, now)
    drifts.change(drift, after, act_of_closing(after))
    return after


def _check(drift: Drift, by: Person) -> None:
    able = may_settle(by, drift)
    if not able.allowed:
        raise MayNotActError(able.reason)
