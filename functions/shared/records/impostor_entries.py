"""Cases of impostors as rows, and back; and the acts that leaves tell of them."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from shared.impostors.acts import Chased, subject_of, subject_of_name
from shared.impostors.case import HAPPENED, Case, CaseState, Source, Step
from shared.impostors.evidence import Evidence, sealed
from shared.impostors.kept_names import KeptName
from shared.posts.acts import SYSTEM
from shared.posts.names import AccountId, LeafId, PersonId, PlatformName
from shared.recordlog.canonical import JSON
from shared.recordlog.leaf import Act
from shared.records.impostor_rows import LISTED_CASES, OPEN_CASES, ImpostorRow
from shared.records.spelling import as_json, from_json, moment, moment_if, written, written_if
from shared.records.tables import Tables

NOTHING: Mapping[str, JSON] = {}


def case_row(tables: Tables, case: Case) -> ImpostorRow:
    """The row of a case."""
    entry = {
        "account": case.account,
        "platform": case.platform,
        "source": case.source.value,
        "reason": case.reason,
        "leaf": case.leaf,
        "found_by": case.found_by,
        "steps": [_step(each) for each in case.steps],
        "looked_at": written_if(case.looked_at),
        "missed_at": written_if(case.missed_at),
        "fault": case.fault,
    }
    return tables.impostors(
        case_id=case.case_id,
        entry=as_json(entry),
        open=OPEN_CASES if case.is_open else None,
        waits_from=written(case.since) if case.is_open else None,
        listed=LISTED_CASES,
        found_at=written(case.found_at),
    )


def case_of(row: ImpostorRow) -> Case:
    """The case a row holds."""
    held: dict[str, Any] = from_json(row.entry)
    return Case(
        case_id=row.case_id,
        account=AccountId(held["account"]),
        platform=PlatformName(held["platform"]),
        source=Source(held["source"]),
        found_at=moment(row.found_at or ""),
        reason=held["reason"],
        leaf=LeafId(held["leaf"]),
        found_by=PersonId(held["found_by"]) if held["found_by"] else None,
        steps=tuple(map(_step_of, held["steps"])),
        looked_at=moment_if(held["looked_at"]),
        missed_at=moment_if(held["missed_at"]),
        fault=held["fault"],
    )


def act_on_case(
    case: Case,
    happened: Chased,
    at: datetime,
    payload: Mapping[str, JSON] = NOTHING,
    *,
    actor: PersonId | str = SYSTEM,
    reason: str | None = None,
    personal: Mapping[str, JSON] = NOTHING,
) -> Act:
    """What happened in a case. Names and words of whoever it is belong into `personal` and nowhere
    else."""
    return Act(
        type=happened.value,
        account=case.account,
        subject=subject_of(case.case_id),
        at=at,
        actor=actor,
        approver=None,
        reason=reason,
        payload={"platform": case.platform, **payload},
        personal=personal,
    )


def act_of_finding(case: Case, evidence: Evidence) -> Act:
    """The leaf that seals what was seen."""
    said: dict[str, JSON] = {"source": case.source.value, "alike": case.reason}
    return act_on_case(
        case,
        Chased.FOUND,
        case.found_at,
        said,
        actor=case.found_by or SYSTEM,
        personal=sealed(evidence),
    )


def act_of_step(before: Case, after: Case) -> Act:
    """The leaf of the step that was taken last."""
    step = after.steps[-1]
    happened = HAPPENED[step.state]
    if before.state is CaseState.REMOVED:
        happened = Chased.CAME_BACK
    said: dict[str, JSON] = {
        "was": before.state.value,
        "where": step.where or None,
        "on": step.on.isoformat() if step.on else None,
        "reference": step.reference or None,
        "why": step.why or None,
    }
    return act_on_case(after, happened, step.at, said, actor=step.by or SYSTEM)


def act_on_name(
    kept: KeptName, happened: Chased, at: datetime, actor: PersonId | str = SYSTEM
) -> Act:
    """What happened to a name that an account keeps."""
    signed_in = kept.signed_in.isoformat() if kept.signed_in else None
    return Act(
        type=happened.value,
        account=kept.account.account_id,
        subject=subject_of_name(kept.key),
        at=at,
        actor=actor,
        approver=None,
        reason=None,
        payload={
            "platform": kept.name.platform,
            "name": kept.name.name,
            "signed_in": signed_in,
        },
    )


def _step(step: Step) -> list[Any]:
    on = step.on.isoformat() if step.on else None
    at = written(step.at)
    return [step.state.value, at, step.by, step.why, step.where, on, step.reference]


def _step_of(held: list[Any]) -> Step:
    state, at, by, why, where, on, reference = held
    return Step(
        CaseState(state),
        moment(at),
        PersonId(by) if by else None,
        why,
        where,
        date.fromisoformat(on) if on else None,
        reference,
    )
