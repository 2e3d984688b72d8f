"""Somebody says what became of a case: none of ours or a false alarm, reported, what the platform
answered, gone, or accepted as the risk that is left (policy F07, F08)."""

from dataclasses import dataclass
from datetime import date, datetime

from shared.accounts.registry import Person
from shared.impostors.case import MAY_FOLLOW, Case, CaseState, Step, take
from shared.posts.localtime import local
from shared.records.impostor_entries import act_of_step
from shared.records.impostors import Impostors

DECISIONS = (CaseState.IMPOSTOR, CaseState.FALSE_ALARM)
OUTCOMES = (CaseState.REMOVED, CaseState.REFUSED, CaseState.ACCEPTED)


@dataclass(frozen=True)
class Report:
    """What was sent to the platform: where, on which day, and the reference it gave, if any."""

    where: str
    on: date | None
    reference: str = ""


def decide_case(
    case: Case, state: CaseState, why: str, by: Person, *, impostors: Impostors, now: datetime
) -> Case:
    """A person says what it is, or what came of it; UnlawfulStepError, InvalidCaseError,
    ChangedError."""
    step = Step(state, now, by.person_id, why)
    return _taken(case, step, impostors, now)


def report_case(
    case: Case, report: Report, by: Person, *, impostors: Impostors, now: datetime
) -> Case:
    """It was reported; after a refusal that is an appeal. Errors as above."""
    appeals = CaseState.APPEALED in MAY_FOLLOW[case.state]
    state = CaseState.APPEALED if appeals else CaseState.REPORTED
    step = Step(
        state,
        now,
        by.person_id,
        where=report.where,
        on=report.on,
        reference=report.reference,
    )
    return _taken(case, step, impostors, now)


def _taken(case: Case, step: Step, impostors: Impostors, now: datetime) -> Case:
    after = take(case, step, local(now).date())
    impostors.advance(case, after, [act_of_step(case, after)])
    return after
