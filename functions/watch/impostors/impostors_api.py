"""The API of impostors: telling of one, and following a case until it is closed."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from shared.accounts.rights import Right
from shared.http.application import Answer, json_answer
from shared.http.call import Call
from shared.http.fields import LONGEST_NAME, Fields
from shared.http.problems import FieldFault, InvalidFieldsError
from shared.http.shapes import stamp
from shared.impostors.case import CaseState
from shared.impostors.places import PLACES
from shared.posts.names import PlatformName
from watch.following.room import app, guest_of, now
from watch.impostors.follow_case import (
    DECISIONS,
    OUTCOMES,
    Report,
    decide_case,
    report_case,
)
from watch.impostors.impostor_forms import LONGEST, NO_ACCOUNT
from watch.impostors.impostor_room import Shown, desk, known_account, shown_case, shown_cases
from watch.impostors.tell_impostor import Telling, tell_impostor

PAGE = 20
ALL, OPEN = "all", "open"


@app.on("/v1/impostors")
def impostors_api(call: Call) -> Answer:
    """Cases: those that somebody has to see to, longest first, or all of them, newest first."""
    guest = guest_of(call, Right.LOOK)
    which = call.query.get("which", OPEN)
    if which not in (ALL, OPEN):
        raise InvalidFieldsError((FieldFault("which", "“which” is open, or all."),))
    listed = desk().impostors.listed if which == ALL else desk().impostors.waiting
    found = listed(call.query.get("cursor"), PAGE)
    shapes = [case_shape(each) for each in shown_cases(found.entries, guest.person)]
    return json_answer({"impostors": shapes, "next": found.cursor})


@app.on("/v1/impostors", "POST")
def tell_impostor_api(call: Call) -> Answer:
    """Tell of an account that could be taken for ours."""
    guest = guest_of(call, Right.TELL_IMPOSTORS)
    account_id, telling = telling_in(call.json())
    account = known_account(account_id)
    if account is None:
        raise InvalidFieldsError((FieldFault("account", NO_ACCOUNT),))
    case = tell_impostor(telling, account, guest.person, impostors=desk().impostors, now=now())
    return json_answer(case_shape(shown_case(case.case_id, guest.person)), 201)


@app.on("/v1/impostors/{case_id}")
def impostor_api(call: Call, case_id: str) -> Answer:
    """One case with what was seen."""
    return json_answer(case_shape(shown_case(case_id, guest_of(call, Right.LOOK).person)))


@app.on("/v1/impostors/{case_id}/decision", "POST")
def decide_impostor_api(call: Call, case_id: str) -> Answer:
    """Say whether it is an impostor."""
    return _decided(call, case_id, DECISIONS)


@app.on("/v1/impostors/{case_id}/report", "POST")
def report_impostor_api(call: Call, case_id: str) -> Answer:
    """Say that it was reported, or after a refusal that an appeal was made."""
    guest = guest_of(call, Right.FOLLOW_IMPOSTORS)
    report, shown = report_in(call.json()), shown_case(case_id, guest.person)
    report_case(shown.case, report, guest.person, impostors=desk().impostors, now=now())
    return json_answer(case_shape(shown_case(case_id, guest.person)))


@app.on("/v1/impostors/{case_id}/outcome", "POST")
def end_impostor_api(call: Call, case_id: str) -> Answer:
    """Say what came of it."""
    return _decided(call, case_id, OUTCOMES)


def _decided(call: Call, case_id: str, states: Sequence[CaseState]) -> Answer:
    guest = guest_of(call, Right.FOLLOW_IMPOSTORS)
    state, why = decision_in(call.json(), states)
    shown = shown_case(case_id, guest.person)
    decide_case(shown.case, state, why, guest.person, impostors=desk().impostors, now=now())
    return json_answer(case_shape(shown_case(case_id, guest.person)))


def telling_in(body: Mapping[str, Any]) -> tuple[str, Telling]:
    """Reads `POST /v1/impostors`; InvalidFieldsError names every fault."""
    fields = Fields(body)
    account = fields.text("account", longest=LONGEST_NAME)
    platform = fields.one_of("platform", tuple(PLACES))
    handle = fields.text("handle", longest=LONGEST["handle"])
    url, name, about = (
        fields.maybe_text(each, longest=LONGEST[each]) or "" for each in ("url", "name", "about")
    )
    fields.done()
    return account, Telling(PlatformName(platform), handle, url, name, about)


def decision_in(body: Mapping[str, Any], states: Sequence[CaseState]) -> tuple[CaseState, str]:
    """Reads what somebody says of a case; InvalidFieldsError."""
    fields = Fields(body)
    state = fields.one_of("state", tuple(each.value for each in states))
    why = fields.maybe_text("why", longest=LONGEST["why"]) or ""
    fields.done()
    return CaseState(state), why


def report_in(body: Mapping[str, Any]) -> Report:
    """Reads what was sent to the platform; InvalidFieldsError."""
    fields = Fields(body)
    where = fields.text("where", longest=LONGEST["where"])
    on = fields.day("on")
    reference = fields.maybe_text("reference", longest=LONGEST["reference"]) or ""
    fields.done()
    return Report(where, on, reference)


def case_shape(shown: Shown) -> dict[str, Any]:
    """One case; `seen` is null where it was erased."""
    case = shown.case
    return {
        "case_id": case.case_id,
        "account": case.account,
        "platform": case.platform,
        "state": case.state.value,
        "since": stamp(case.since),
        "source": case.source.value,
        "found_at": stamp(case.found_at),
        "found_by": case.found_by,
        "reason": case.reason,
        "leaf": case.leaf,
        "seen": asdict(shown.evidence) if shown.evidence else None,
        "looked_at": stamp(case.looked_at),
        "missed_at": stamp(case.missed_at),
        "fault": case.fault or None,
        "steps": [
            {
                "state": step.state.value,
                "at": stamp(step.at),
                "by": step.by,
                "why": step.why or None,
                "where": step.where or None,
                "on": step.on.isoformat() if step.on else None,
                "reference": step.reference or None,
            }
            for step in case.steps
        ],
    }
