"""Cases of impostors in every state that the description of the API tells of."""

from typing import Any

from local.force import AUDITOR, COMMS, OFFICER, REGISTRAR
from shared.impostors.case import Case, CaseState, Source, Step, take
from shared.impostors.evidence import Evidence, case_name
from shared.posts.localtime import local
from shared.posts.names import AccountId, LeafId, PlatformName
from shared.records.impostor_entries import act_of_finding, act_of_step
from shared.records.impostors import Impostors
from tests.workflows.force import FREE

IMPOSTORS, NOWHERE = "/v1/impostors", "0" * 32
X = PlatformName("x")
KEPT = "sandbox#leekpolice"


class Impersonating:
    """A force with cases that are new, confirmed and reported."""

    def __init__(self, force: Any) -> None:
        self._at = force.stack.clock.now()
        self._kept = Impostors(force.stack.tables, force.pen)
        self.found, self.again, self.early = (self._found(name) for name in ("a", "b", "c"))
        self.confirmed = self._stepped(self._found("d"), CaseState.IMPOSTOR)
        self.reported = self._stepped(self._stepped(self._found("e"), CaseState.IMPOSTOR))
        self.today = local(self._at).date().isoformat()

    def _found(self, name: str) -> Case:
        named = case_name(X, f"free{name}")
        reason = "It could be taken for an account of ours."
        account = AccountId(FREE)
        case = Case(named, account, X, Source.SEARCH, self._at, reason, LeafId(""))
        seen = Evidence(f"free{name}", "2026-11-20T09:00:00Z", name="Free", about="Hello.")
        self._kept.find(case, act_of_finding(case, seen))
        return self._kept.get(named)

    def _stepped(self, before: Case, state: CaseState = CaseState.REPORTED) -> Case:
        today = local(self._at).date()
        step = Step(state, self._at, COMMS.person_id, "Ours.", "Their form.", today, "R-7")
        after = take(before, step, today)
        self._kept.advance(before, after, [act_of_step(before, after)])
        return after


def impostor_examples(world: Impersonating, sent: Any, refusals: Any) -> dict[str, Any]:
    """`sent` makes a request, `refusals` what every operation that takes JSON refuses alike."""
    auditor, comms, officer = AUDITOR.person_id, COMMS.person_id, OFFICER.person_id
    one, nowhere = f"{IMPOSTORS}/{world.reported.case_id}", f"{IMPOSTORS}/{NOWHERE}"
    told = {"account": FREE, "platform": "x", "handle": "freef", "url": "https://x.com/freef"}
    fact, gone = {"state": "impostor"}, {"state": "removed"}
    report = {"where": "https://report.example", "on": world.today, "reference": "R-17"}
    decide, file, end = (
        f"{IMPOSTORS}/{case.case_id}/{deed}"
        for case, deed in (
            (world.found, "decision"),
            (world.confirmed, "report"),
            (world.reported, "outcome"),
        )
    )
    early = f"{IMPOSTORS}/{world.early.case_id}"
    return {
        "listImpostors": {
            200: sent(IMPOSTORS, who=officer),
            401: sent(IMPOSTORS, who=""),
            422: sent(IMPOSTORS, query="which=some", who=comms),
        },
        "tellImpostor": {
            **refusals(IMPOSTORS, officer),
            201: sent(IMPOSTORS, told, officer),
            403: sent(IMPOSTORS, told, auditor),
        },
        "getImpostor": {
            200: sent(one, who=auditor),
            401: sent(one, who=""),
            404: sent(nowhere, who=auditor),
        },
        "decideImpostor": {
            **refusals(decide, comms),
            200: sent(decide, fact, comms),
            403: sent(decide, fact, officer),
            404: sent(f"{nowhere}/decision", fact, comms),
            409: sent(f"{IMPOSTORS}/{world.again.case_id}/decision", fact, comms),
        },
        "reportImpostor": {
            **refusals(file, comms),
            200: sent(file, report, comms),
            403: sent(file, report, officer),
            404: sent(f"{nowhere}/report", report, comms),
            409: sent(f"{early}/report", report, comms),
        },
        "endImpostor": {
            **refusals(end, comms),
            200: sent(end, gone, comms),
            403: sent(end, gone, officer),
            404: sent(f"{nowhere}/outcome", gone, comms),
            409: sent(f"{early}/outcome", {"state": "refused", "why": "They said so."}, comms),
        },
        **_names(world, sent, refusals),
    }


def _names(world: Impersonating, sent: Any, refusals: Any) -> dict[str, Any]:
    comms, registrar = COMMS.person_id, REGISTRAR.person_id
    here, nowhere = f"{IMPOSTORS}/accounts/{FREE}", f"{IMPOSTORS}/accounts/nobody"
    signed_in = {"name": KEPT, "signed_in": world.today}
    searched = {"platforms": ["facebook", "tiktok"], "searched_on": world.today}
    auditor = AUDITOR.person_id
    return {
        "getSearchedAccount": {
            200: sent(here, who=comms),
            401: sent(here, who=""),
            404: sent(nowhere, who=comms),
        },
        "keepName": {
            **refusals(f"{here}/names", registrar),
            200: sent(f"{here}/names", signed_in, registrar),
            403: sent(f"{here}/names", signed_in, comms),
            404: sent(f"{nowhere}/names", signed_in, registrar),
        },
        "searchByHand": {
            **refusals(f"{here}/searches", comms),
            200: sent(f"{here}/searches", searched, comms),
            403: sent(f"{here}/searches", searched, auditor),
            404: sent(f"{nowhere}/searches", searched, comms),
        },
    }
