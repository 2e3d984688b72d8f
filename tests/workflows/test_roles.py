"""Every route × every role × every standing, through HTTP: allowed, or refused with a sentence.

`shared.accounts.rights.RIGHTS` is the table; ASKS says which right each route is for. A route that
is in neither ASKS nor OPEN fails the first test.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from local.demo.caller import Caller, Heard
from local.seed import SANDBOX
from moderate.doors import MILLISECONDS
from shared.accounts.registry import PersonStatus, Role
from shared.accounts.rights import READING, RIGHTS, Right
from shared.identity.session import form_token
from shared.posts.names import AccountId, PersonId
from shared.records.people import People
from tests.architecture.cloud import routes
from tests.builders import a_person, an_account, an_act
from tests.workflows.asking import ask
from tests.workflows.force import Force, a_force
from tests.workflows.reminding import WEEKLY, days

TEAM = AccountId("every-role")
OUT = {PersonStatus.SUSPENDED, PersonStatus.LEFT}
Route = tuple[str, str]

OPEN: set[Route] = {
    ("GET", "/"),
    ("GET", "/sign-in"),
    ("GET", "/sign-in/callback"),
    ("GET", "/sign-out"),
    ("GET", "/static/{name}"),
    ("GET", "/openapi.json"),
    ("GET", "/accounts"),
    ("GET", "/v1/public/accounts"),
    *((method, "/newsletter") for method in ("GET", "POST")),
    *((method, "/newsletter/confirm/{reader}/{token}") for method in ("GET", "POST")),
    *((method, "/newsletter/leave/{reader}/{token}") for method in ("GET", "POST")),
}
"""What anybody may ask for; the link in a mail has tests of its own."""


@dataclass
class World:
    """A force in which each role is held by four people: active, away, suspended, left."""

    force: Force
    waiting: str = ""
    content_hash: str = ""
    own: str = ""
    reminder: str = ""
    _token: str = field(default="", repr=False)

    @classmethod
    def of(cls, force: Force) -> "World":
        people = People(force.stack.tables, force.pen)
        act = an_act("person.entered", at=force.stack.clock.now())
        for role in Role:
            for status in PersonStatus:
                people.enter(a_person(who(role, status), role=role, status=status), act)
        everybody = frozenset(who(role, status) for role in Role for status in PersonStatus)
        force.accounts.enter(an_account(TEAM, members=everybody), act)
        asked = ask(force, "Waits while everybody tries.")
        officer = force.caller(who(Role.OFFICER, PersonStatus.ACTIVE))
        own = officer.post_json("/v1/posts", POST).json()["post_id"]
        # Its dates are so far away that nothing is sent in while everybody tries.
        surgery = {**WEEKLY, **days(force, ahead=60), "account": TEAM}
        reminder = officer.post_json("/v1/reminders", surgery).json()["reminder_id"]
        waiting = f"{asked.post_id}-1"
        return cls(force, waiting, asked.approval().content_hash, own, reminder)

    def caller(self, role: Role, status: PersonStatus) -> Caller:
        """Somebody with a session of their own, whatever their standing."""
        return self.force.caller(who(role, status))


def who(role: Role, status: PersonStatus) -> PersonId:
    return PersonId(f"{role.value}-{status.value}".replace("_", "-"))


POST = {"text": "The road is open.", "account": TEAM, "platforms": [SANDBOX]}
CHECK = {"text": "The road is open.", "platforms": [SANDBOX]}
LEAVERS = {"csv": "email,last_day\nnobody@elsewhere.example,2026-01-01\n", "dry_run": True}

Probe = Callable[[World, Caller], Heard]


def get(path: str) -> Probe:
    return lambda world, caller: caller.get(path.format(**vars(world)))


def post(path: str, body: dict) -> Probe:
    return lambda world, caller: caller.post_json(path.format(**vars(world)), body)


def form(path: str, purpose: str, **fields: str) -> Probe:
    def send(world: World, caller: Caller) -> Heard:
        csrf = form_token(caller.token, purpose.format(**vars(world)))
        return caller.post_form(path.format(**vars(world)), {"csrf": csrf, **fields})

    return send


def decide(world: World, caller: Caller) -> Heard:
    # About other words, so that nothing is decided: who may not decide at all is told so first.
    path = f"/v1/approvals/{world.waiting.replace('-', '/')}/decision"
    return caller.post_json(path, {"decision": "approve", "content_hash": "0" * 64})


def decide_many(world: World, caller: Caller) -> Heard:
    # About other words as well: the answer says so, and nothing is decided.
    post_id, _, version = world.waiting.partition("-")
    meant = {"post_id": post_id, "version": int(version), "content_hash": "0" * 64}
    return caller.post_json("/v1/approvals/decisions", {"decision": "approve", "posts": [meant]})


def decide_on_page(world: World, caller: Caller) -> Heard:
    # A form that was read long enough, and comes back without a choice.
    moment = int(world.force.stack.clock.timestamp() - 60) * MILLISECONDS
    purpose = f"/approvals/{world.waiting} {world.content_hash} {moment}"
    csrf = f"{moment}.{form_token(caller.token, purpose)}"
    return caller.post_form(f"/approvals/{world.waiting}", {"csrf": csrf})


def approval(world: World, caller: Caller) -> Heard:
    return caller.get(f"/v1/approvals/{world.waiting.replace('-', '/')}")


def send(method: str, path: str) -> Probe:
    """An empty JSON object, which changes nothing on any route."""
    kind = {"Content-Type": "application/json"}
    return lambda world, caller: caller._call(method, path.format(**vars(world)), b"{}", kind)


ACCOUNT, PERSON = "/v1/accounts/cheadle-npt", "/v1/people/p-pcso"
ACCOUNT_PAGE, PERSON_PAGE = "/registry/accounts/cheadle-npt", "/registry/people/p-pcso"
TEAMS, PEOPLE, KEYS = Right.KEEP_ACCOUNTS, Right.KEEP_PEOPLE, Right.KEEP_CREDENTIALS
READS, POLICY = Right.READ_ALL, Right.KEEP_POLICY

REGISTRY: dict[Route, tuple[Right, int, Probe]] = {
    ("POST", "/v1/accounts"): (TEAMS, 422, send("POST", "/v1/accounts")),
    ("POST", "/v1/mailboxes"): (TEAMS, 422, send("POST", "/v1/mailboxes")),
    ("PATCH", "/v1/accounts/{account_id}"): (TEAMS, 200, send("PATCH", ACCOUNT)),
    **{
        ("POST", f"/v1/accounts/{{account_id}}/{deed}"): (
            TEAMS,
            422,
            send("POST", f"{ACCOUNT}/{deed}"),
        )
        for deed in ("status", "handover", "two-step", "review")
    },
    ("POST", "/v1/accounts/{account_id}/keep-open"): (
        Right.KEEP_OPEN,
        422,
        send("POST", f"{ACCOUNT}/keep-open"),
    ),
    ("POST", "/v1/accounts/{account_id}/credentials/{platform}"): (
        KEYS,
        422,
        send("POST", f"{ACCOUNT}/credentials/sandbox"),
    ),
    ("GET", "/v1/accounts/{account_id}/credentials"): (READS, 200, get(f"{ACCOUNT}/credentials")),
    ("GET", "/v1/people"): (READS, 200, get("/v1/people")),
    ("GET", "/v1/people/{person_id}"): (READS, 200, get(PERSON)),
    ("POST", "/v1/people"): (PEOPLE, 422, send("POST", "/v1/people")),
    ("PATCH", "/v1/people/{person_id}"): (PEOPLE, 200, send("PATCH", PERSON)),
    **{
        ("POST", f"/v1/people/{{person_id}}/{deed}"): (
            PEOPLE,
            422,
            send("POST", f"{PERSON}/{deed}"),
        )
        for deed in ("training", "acceptance", "leave")
    },
    **{
        ("POST", f"/v1/people/{{person_id}}/{deed}"): (
            Right.APPROVE,
            422,
            send("POST", f"{PERSON}/{deed}"),
        )
        for deed in ("delegations", "delegations/end")
    },
    ("GET", "/v1/policies"): (READS, 200, get("/v1/policies")),
    ("GET", "/v1/policies/{digest}"): (READS, 404, get("/v1/policies/nobody")),
    ("POST", "/v1/policies"): (POLICY, 422, send("POST", "/v1/policies")),
    ("POST", "/v1/policies/{digest}/approval"): (
        POLICY,
        404,
        send("POST", "/v1/policies/nobody/approval"),
    ),
    ("GET", "/registry"): (READS, 200, get("/registry")),
    ("GET", "/registry/credentials"): (READS, 200, get("/registry/credentials")),
    ("GET", "/registry/silent"): (READS, 200, get("/registry/silent")),
    ("GET", "/registry/accounts/{account_id}/keep-open"): (
        Right.KEEP_OPEN,
        200,
        get(f"{ACCOUNT_PAGE}/keep-open"),
    ),
    ("POST", "/registry/accounts/{account_id}/keep-open"): (
        Right.KEEP_OPEN,
        422,
        form(f"{ACCOUNT_PAGE}/keep-open", "registry"),
    ),
    ("GET", "/registry/people"): (READS, 200, get("/registry/people")),
    ("GET", "/registry/accounts/{account_id}"): (READS, 200, get(ACCOUNT_PAGE)),
    ("GET", "/registry/people/{person_id}"): (READS, 200, get(PERSON_PAGE)),
    ("GET", "/registry/accounts/new"): (TEAMS, 200, get("/registry/accounts/new")),
    ("GET", "/registry/accounts/{account_id}/change"): (TEAMS, 200, get(f"{ACCOUNT_PAGE}/change")),
    ("GET", "/registry/people/new"): (PEOPLE, 200, get("/registry/people/new")),
    ("GET", "/registry/people/{person_id}/change"): (PEOPLE, 200, get(f"{PERSON_PAGE}/change")),
    ("GET", "/registry/leavers"): (PEOPLE, 200, get("/registry/leavers")),
    ("GET", "/registry/accounts/{account_id}/credentials/{platform}"): (
        KEYS,
        200,
        get(f"{ACCOUNT_PAGE}/credentials/sandbox"),
    ),
    ("POST", "/registry/accounts/new"): (TEAMS, 422, form("/registry/accounts/new", "registry")),
    ("POST", "/registry/accounts/{account_id}"): (TEAMS, 404, form(ACCOUNT_PAGE, "registry")),
    ("POST", "/registry/accounts/{account_id}/change"): (
        TEAMS,
        422,
        form(f"{ACCOUNT_PAGE}/change", "registry"),
    ),
    ("POST", "/registry/accounts/{account_id}/credentials/{platform}"): (
        KEYS,
        422,
        form(f"{ACCOUNT_PAGE}/credentials/sandbox", "registry"),
    ),
    ("POST", "/registry/people/new"): (PEOPLE, 422, form("/registry/people/new", "registry")),
    ("POST", "/registry/people/{person_id}"): (PEOPLE, 404, form(PERSON_PAGE, "registry")),
    ("POST", "/registry/people/{person_id}/change"): (
        PEOPLE,
        422,
        form(f"{PERSON_PAGE}/change", "registry"),
    ),
    ("POST", "/registry/leavers"): (PEOPLE, 422, form("/registry/leavers", "registry")),
}
"""The web team's routes, tried on entries that are nobody's own."""

NO_INCIDENT, NO_HOLD = "01J0000000000000000000000A", "01J0000000000000000000000A-1"
DECLARES, ENDS, REVIEWS = Right.DECLARE_INCIDENT, Right.STAND_DOWN, Right.REVIEW_HELD
WHY = {"why": "Tried."}

INCIDENTS: dict[Route, tuple[Right, int, Probe]] = {
    ("GET", "/incidents"): (Right.LOOK, 200, get("/incidents")),
    ("GET", "/incidents/new"): (DECLARES, 200, get("/incidents/new")),
    ("POST", "/incidents/new"): (DECLARES, 422, form("/incidents/new", "incidents")),
    ("GET", "/incidents/{incident_id}"): (Right.LOOK, 404, get(f"/incidents/{NO_INCIDENT}")),
    ("POST", "/incidents/{incident_id}"): (
        ENDS,
        404,
        form(f"/incidents/{NO_INCIDENT}", "incidents"),
    ),
    ("GET", "/v1/incidents"): (Right.LOOK, 200, get("/v1/incidents")),
    ("POST", "/v1/incidents"): (DECLARES, 422, send("POST", "/v1/incidents")),
    ("GET", "/v1/incidents/{incident_id}"): (
        Right.LOOK,
        404,
        get(f"/v1/incidents/{NO_INCIDENT}"),
    ),
    ("GET", "/v1/incidents/{incident_id}/report"): (
        READS,
        404,
        get(f"/v1/incidents/{NO_INCIDENT}/report"),
    ),
    ("POST", "/v1/incidents/{incident_id}/stand-down"): (
        ENDS,
        404,
        post(f"/v1/incidents/{NO_INCIDENT}/stand-down", WHY),
    ),
    ("POST", "/v1/incidents/{incident_id}/exempt"): (
        ENDS,
        404,
        post(f"/v1/incidents/{NO_INCIDENT}/exempt", {**WHY, "accounts": []}),
    ),
    ("GET", "/held"): (READS, 200, get("/held")),
    ("GET", "/held/{name}"): (Right.LOOK, 404, get(f"/held/{NO_HOLD}")),
    ("POST", "/held/{name}"): (REVIEWS, 404, form(f"/held/{NO_HOLD}", "incidents")),
    ("GET", "/v1/held"): (READS, 200, get("/v1/held")),
    ("POST", "/v1/held/{post_id}/{version}/review"): (
        REVIEWS,
        404,
        post(f"/v1/held/{NO_INCIDENT}/1/review", {"decision": "release"}),
    ),
}
"""Incidents and held posts, tried on what there is not; who may do what to one that there is, the
deeds' own tests say."""

NO_ERASURE, KEEP_IT = f"/erasures/{NO_INCIDENT}", {"decision": "refuse", "why": "Tried."}

ERASURES: dict[Route, tuple[Right, int, Probe]] = {
    ("GET", "/erasures"): (READS, 200, get("/erasures")),
    ("GET", "/erasures/new"): (Right.ERASE, 200, get("/erasures/new")),
    ("POST", "/erasures/new"): (Right.ERASE, 422, form("/erasures/new", "incidents")),
    ("GET", "/erasures/{erasure_id}"): (READS, 404, get(NO_ERASURE)),
    ("POST", "/erasures/{erasure_id}"): (Right.ERASE, 404, form(NO_ERASURE, "incidents")),
    ("GET", "/v1/erasures"): (READS, 200, get("/v1/erasures")),
    ("POST", "/v1/erasures"): (Right.ERASE, 422, post("/v1/erasures", {})),
    ("GET", "/v1/erasures/{erasure_id}"): (READS, 404, get(f"/v1{NO_ERASURE}")),
    ("POST", "/v1/erasures/{erasure_id}/decision"): (
        Right.ERASE,
        404,
        post(f"/v1{NO_ERASURE}/decision", KEEP_IT),
    ),
}
"""Erasures, tried on what there is not; `test_erasures` has the rest."""

NO_LEGAL_HOLD = f"/holds/{NO_INCIDENT}"

LEGAL_HOLDS: dict[Route, tuple[Right, int, Probe]] = {
    ("GET", "/holds"): (READS, 200, get("/holds")),
    ("GET", "/holds/new"): (Right.HOLD, 200, get("/holds/new")),
    ("POST", "/holds/new"): (Right.HOLD, 422, form("/holds/new", "incidents")),
    ("GET", "/holds/{hold_id}"): (READS, 404, get(NO_LEGAL_HOLD)),
    ("POST", "/holds/{hold_id}"): (Right.HOLD, 404, form(NO_LEGAL_HOLD, "incidents")),
    ("GET", "/v1/holds"): (READS, 200, get("/v1/holds")),
    ("POST", "/v1/holds"): (Right.HOLD, 422, post("/v1/holds", {})),
    ("GET", "/v1/holds/{hold_id}"): (READS, 404, get(f"/v1{NO_LEGAL_HOLD}")),
    ("POST", "/v1/holds/{hold_id}/decision"): (
        Right.HOLD,
        404,
        post(f"/v1{NO_LEGAL_HOLD}/decision", KEEP_IT),
    ),
    ("POST", "/v1/holds/{hold_id}/release"): (
        Right.HOLD,
        404,
        post(f"/v1{NO_LEGAL_HOLD}/release", {"why": "Tried."}),
    ),
}
"""Legal holds, tried on what there is not; `test_legal_holds` has who may approve their end."""

NO_DISPOSAL = f"/disposals/{NO_INCIDENT}"

DISPOSALS: dict[Route, tuple[Right, int, Probe]] = {
    ("GET", "/disposals"): (READS, 200, get("/disposals")),
    ("GET", "/disposals/new"): (Right.DISPOSE, 200, get("/disposals/new")),
    ("POST", "/disposals/new"): (Right.DISPOSE, 422, form("/disposals/new", "incidents")),
    ("GET", "/disposals/{disposal_id}"): (READS, 404, get(NO_DISPOSAL)),
    ("POST", "/disposals/{disposal_id}"): (Right.DISPOSE, 404, form(NO_DISPOSAL, "incidents")),
    ("GET", "/v1/disposals"): (READS, 200, get("/v1/disposals")),
    ("POST", "/v1/disposals"): (Right.DISPOSE, 422, post("/v1/disposals", {})),
    ("GET", "/v1/disposals/{disposal_id}"): (READS, 404, get(f"/v1{NO_DISPOSAL}")),
    ("POST", "/v1/disposals/{disposal_id}/decision"): (
        Right.DISPOSE,
        404,
        post(f"/v1{NO_DISPOSAL}/decision", KEEP_IT),
    ),
}
"""Disposals, tried on what there is not; `test_disposals` has who may approve one."""

NO_QUESTION, OF_OCTOBER = f"?question={NO_INCIDENT}", {"from": "2026-10", "to": "2026-10"}
AUDITS = Right.AUDIT

AUDIT: dict[Route, tuple[Right, int, Probe]] = {
    ("GET", "/audit"): (AUDITS, 200, get("/audit")),
    ("POST", "/audit"): (AUDITS, 422, form("/audit", "audit", act="fixed")),
    ("GET", "/audit/questions/{question_id}"): (
        AUDITS,
        404,
        get(f"/audit/questions/{NO_INCIDENT}"),
    ),
    ("GET", "/audit/posts/{post_id}"): (AUDITS, 200, get(f"/audit/posts/{NO_INCIDENT}")),
    ("POST", "/audit/posts/{post_id}"): (
        AUDITS,
        422,
        form(f"/audit/posts/{NO_INCIDENT}", "audit"),
    ),
    ("GET", "/audit/proofs"): (AUDITS, 200, get("/audit/proofs")),
    ("GET", "/audit/proofs/new"): (AUDITS, 200, get("/audit/proofs/new")),
    ("POST", "/audit/proofs/new"): (
        AUDITS,
        422,
        form("/audit/proofs/new", "audit", act="leaf"),
    ),
    ("GET", "/audit/proofs/{proof_id}"): (AUDITS, 404, get(f"/audit/proofs/{NO_INCIDENT}")),
    ("GET", "/v1/audit/proofs"): (AUDITS, 200, get("/v1/audit/proofs")),
    ("POST", "/v1/audit/proofs"): (AUDITS, 422, post("/v1/audit/proofs", {"kind": "leaf"})),
    ("GET", "/v1/audit/proofs/{proof_id}"): (
        AUDITS,
        404,
        get(f"/v1/audit/proofs/{NO_INCIDENT}"),
    ),
    ("GET", "/v1/audit/proofs/{proof_id}/files/{name}"): (
        AUDITS,
        404,
        get(f"/v1/audit/proofs/{NO_INCIDENT}/files/bundle.zip"),
    ),
    ("GET", "/v1/audit/months"): (AUDITS, 200, get("/v1/audit/months")),
    ("GET", "/v1/audit/months/{month}"): (AUDITS, 404, get("/v1/audit/months/2026-10")),
    ("GET", "/v1/audit/questions"): (AUDITS, 200, get("/v1/audit/questions")),
    ("POST", "/v1/audit/records"): (AUDITS, 422, post("/v1/audit/records", OF_OCTOBER)),
    ("GET", "/v1/audit/records"): (AUDITS, 404, get(f"/v1/audit/records{NO_QUESTION}")),
}
"""Sealed months, tried where none is; `test_audit` has the rest."""

NO_APPEAL = f"/appeals/{NO_INCIDENT}"
NO_DELETION, LEAVE_IT = f"/deletions/{NO_INCIDENT}", {"decision": "refuse", "reason": "Tried."}
DECIDES, ASKS_FOR_IT = Right.DECIDE_DELETION, Right.ASK_DELETION

NO_EXCEPTION = f"/exceptions/{NO_INCIDENT}"
FOUND: dict[Route, tuple[Right, int, Probe]] = {
    ("GET", "/exceptions"): (READS, 200, get("/exceptions")),
    ("GET", "/exceptions/{exception_id}"): (Right.LOOK, 404, get(NO_EXCEPTION)),
    ("POST", "/exceptions/{exception_id}"): (DECIDES, 404, form(NO_EXCEPTION, "deletions")),
    ("GET", "/v1/exceptions"): (READS, 200, get("/v1/exceptions")),
    ("GET", "/v1/exceptions/{exception_id}"): (Right.LOOK, 404, get(f"/v1{NO_EXCEPTION}")),
    ("POST", "/v1/exceptions/{exception_id}/close"): (
        DECIDES,
        404,
        post(f"/v1{NO_EXCEPTION}/close", {"cause": "mistaken", "why": "Tried."}),
    ),
}
"""What is not as it was published, tried on what there is not."""

NO_DRIFT = f"/drifts/{NO_INCIDENT}"
SETTLES_DRIFTS = Right.SETTLE_DRIFT
DRIFTING: dict[Route, tuple[Right, int, Probe]] = {
    ("GET", "/drifts"): (Right.LOOK, 200, get("/drifts")),
    ("GET", "/drifts/{drift_id}"): (Right.LOOK, 404, get(NO_DRIFT)),
    ("POST", "/drifts/{drift_id}"): (SETTLES_DRIFTS, 404, form(NO_DRIFT, "takedowns")),
    ("GET", "/v1/drifts"): (Right.LOOK, 200, get("/v1/drifts")),
    ("GET", "/v1/drifts/{drift_id}"): (Right.LOOK, 404, get(f"/v1{NO_DRIFT}")),
    ("POST", "/v1/drifts/{drift_id}/acknowledge"): (
        SETTLES_DRIFTS,
        404,
        post(f"/v1{NO_DRIFT}/acknowledge", {}),
    ),
    ("POST", "/v1/drifts/{drift_id}/close"): (
        SETTLES_DRIFTS,
        404,
        post(f"/v1{NO_DRIFT}/close", {"cause": "mistaken", "why": "Tried."}),
    ),
}
"""What is not from us, tried on what there is not."""

RIGHTING: dict[Route, tuple[Right, int, Probe]] = {
    ("GET", "/deletions"): (READS, 200, get("/deletions")),
    ("GET", "/deletions/new"): (ASKS_FOR_IT, 200, get("/deletions/new")),
    ("POST", "/deletions/new"): (ASKS_FOR_IT, 422, form("/deletions/new", "deletions")),
    ("GET", "/deletions/{deletion_id}"): (Right.LOOK, 404, get(NO_DELETION)),
    ("POST", "/deletions/{deletion_id}"): (DECIDES, 404, form(NO_DELETION, "deletions")),
    ("GET", "/v1/deletions"): (READS, 200, get("/v1/deletions")),
    ("POST", "/v1/deletions"): (ASKS_FOR_IT, 422, post("/v1/deletions", {})),
    ("GET", "/v1/deletions/{deletion_id}"): (Right.LOOK, 404, get(f"/v1{NO_DELETION}")),
    ("POST", "/v1/deletions/{deletion_id}/decision"): (
        DECIDES,
        404,
        post(f"/v1{NO_DELETION}/decision", LEAVE_IT),
    ),
    ("POST", "/v1/deletions/{deletion_id}/review"): (
        DECIDES,
        404,
        post(f"/v1{NO_DELETION}/review", {"decision": "agree", "reason": "Tried."}),
    ),
    ("POST", "/v1/deletions/{deletion_id}/by-hand"): (
        DECIDES,
        404,
        post(
            f"/v1{NO_DELETION}/by-hand",
            {"post": f"{NO_INCIDENT}-1", "place": "sandbox", "why": "Tried."},
        ),
    ),
    ("GET", "/notes/new"): (Right.WRITE, 404, get("/notes/new")),
    ("POST", "/notes/new"): (Right.WRITE, 404, form("/notes/new", "compose")),
    ("GET", "/appeals"): (Right.LOOK, 200, get("/appeals")),
    ("GET", "/appeals/{appeal_id}"): (Right.LOOK, 404, get(NO_APPEAL)),
    ("POST", "/appeals/{appeal_id}"): (Right.WRITE, 404, form(NO_APPEAL, "compose")),
    ("GET", "/v1/appeals"): (Right.LOOK, 200, get("/v1/appeals")),
    ("GET", "/v1/appeals/{appeal_id}"): (Right.LOOK, 404, get(f"/v1{NO_APPEAL}")),
    ("POST", "/v1/appeals/{appeal_id}/extend"): (
        Right.WRITE,
        422,
        post(f"/v1{NO_APPEAL}/extend", {}),
    ),
    ("POST", "/v1/appeals/{appeal_id}/owner"): (
        Right.WRITE,
        422,
        post(f"/v1{NO_APPEAL}/owner", {}),
    ),
    ("POST", "/v1/appeals/{appeal_id}/found"): (
        Right.WRITE,
        422,
        post(f"/v1{NO_APPEAL}/found", {}),
    ),
    ("POST", "/v1/appeals/{appeal_id}/copies"): (
        Right.WRITE,
        422,
        post(f"/v1{NO_APPEAL}/copies", {}),
    ),
    ("POST", "/v1/appeals/{appeal_id}/close"): (
        Right.WRITE,
        404,
        post(f"/v1{NO_APPEAL}/close", {}),
    ),
    ("GET", "/corrections/new"): (Right.WRITE, 404, get("/corrections/new")),
    ("POST", "/corrections/new"): (Right.WRITE, 404, form("/corrections/new", "compose")),
    ("GET", "/v1/corrections"): (Right.LOOK, 404, get("/v1/corrections")),
    ("POST", "/v1/corrections"): (Right.WRITE, 422, post("/v1/corrections", {})),
    ("GET", "/replies/new"): (Right.ANSWER, 404, get("/replies/new")),
    ("POST", "/replies/new"): (Right.ANSWER, 404, form("/replies/new", "reply")),
    ("POST", "/v1/replies"): (Right.ANSWER, 422, post("/v1/replies", {})),
}
"""Deletions and corrections, tried on what there is not; their own tests have the rest."""

NO_TAKEDOWN, NO_BLOCK = f"/takedowns/{NO_INCIDENT}", f"/blocks/{NO_INCIDENT}"
NO_MENTION = f"/mentions/{NO_INCIDENT}"
TAKES_DOWN, TRIED = Right.TAKE_DOWN, {"why": "Tried."}

COMMENTS: dict[Route, tuple[Right, int, Probe]] = {
    ("GET", "/mentions"): (Right.LOOK, 200, get("/mentions")),
    ("GET", "/mentions/check"): (Right.ANSWER, 200, get("/mentions/check")),
    ("POST", "/mentions/check"): (Right.ANSWER, 422, form("/mentions/check", "takedowns")),
    ("GET", "/mentions/{mention_id}"): (Right.LOOK, 404, get(NO_MENTION)),
    ("POST", "/mentions/{mention_id}"): (Right.ANSWER, 404, form(NO_MENTION, "takedowns")),
    ("GET", "/mentions/themes/{mention_id}"): (
        Right.LOOK,
        404,
        get(f"/mentions/themes/{NO_INCIDENT}"),
    ),
    ("POST", "/mentions/themes/{mention_id}"): (
        Right.ANSWER,
        404,
        form(f"/mentions/themes/{NO_INCIDENT}", "takedowns"),
    ),
    ("GET", "/v1/mentions"): (Right.LOOK, 200, get(f"/v1/mentions?account={TEAM}")),
    ("POST", "/v1/mentions/checks"): (Right.ANSWER, 422, post("/v1/mentions/checks", {})),
    ("POST", "/v1/mentions/outcomes"): (Right.ANSWER, 422, post("/v1/mentions/outcomes", {})),
    ("GET", "/v1/mentions/{mention_id}"): (Right.LOOK, 404, get(f"/v1{NO_MENTION}")),
    ("POST", "/v1/mentions/{mention_id}/outcome"): (
        Right.ANSWER,
        422,
        post(f"/v1{NO_MENTION}/outcome", {}),
    ),
    ("GET", "/takedowns"): (Right.LOOK, 200, get("/takedowns")),
    ("GET", "/takedowns/new"): (TAKES_DOWN, 200, get("/takedowns/new")),
    ("POST", "/takedowns/new"): (TAKES_DOWN, 422, form("/takedowns/new", "takedowns")),
    ("GET", "/takedowns/{takedown_id}"): (Right.LOOK, 404, get(NO_TAKEDOWN)),
    ("POST", "/takedowns/{takedown_id}"): (TAKES_DOWN, 404, form(NO_TAKEDOWN, "takedowns")),
    ("GET", "/v1/takedowns"): (Right.LOOK, 200, get(f"/v1/takedowns?account={TEAM}")),
    ("POST", "/v1/takedowns"): (TAKES_DOWN, 422, post("/v1/takedowns", {})),
    ("GET", "/v1/takedowns/{takedown_id}"): (Right.LOOK, 404, get(f"/v1{NO_TAKEDOWN}")),
    ("POST", "/v1/takedowns/{takedown_id}/appeal"): (
        TAKES_DOWN,
        404,
        post(f"/v1{NO_TAKEDOWN}/appeal", {"who": "Nobody", "words": "Tried."}),
    ),
    ("POST", "/v1/takedowns/{takedown_id}/appeal/decision"): (
        Right.DECIDE_APPEAL,
        404,
        post(f"/v1{NO_TAKEDOWN}/appeal/decision", {**TRIED, "decision": "uphold"}),
    ),
    ("POST", "/v1/takedowns/{takedown_id}/by-hand"): (
        TAKES_DOWN,
        404,
        post(f"/v1{NO_TAKEDOWN}/by-hand", TRIED),
    ),
    ("GET", "/blocks"): (READS, 200, get("/blocks")),
    ("GET", "/blocks/new"): (Right.BLOCK, 200, get("/blocks/new")),
    ("POST", "/blocks/new"): (Right.BLOCK, 422, form("/blocks/new", "takedowns")),
    ("GET", "/blocks/{block_id}"): (READS, 404, get(NO_BLOCK)),
    ("POST", "/blocks/{block_id}"): (Right.BLOCK, 404, form(NO_BLOCK, "takedowns")),
    ("GET", "/v1/blocks"): (READS, 200, get("/v1/blocks")),
    ("POST", "/v1/blocks"): (Right.BLOCK, 422, post("/v1/blocks", {})),
    ("GET", "/v1/blocks/{block_id}"): (READS, 404, get(f"/v1{NO_BLOCK}")),
    **{
        ("POST", f"/v1/blocks/{{block_id}}/{deed}"): (
            Right.BLOCK,
            404,
            post(f"/v1{NO_BLOCK}/{deed}", TRIED),
        )
        for deed in ("lift", "renew", "by-hand")
    },
}
"""Comments and blocks, tried on what there is not; their own tests have the rest."""

NO_REVIEW = "/reviews/2020-01-nobody"

REVIEWS: dict[Route, tuple[Right, int, Probe]] = {
    ("GET", "/reviews"): (Right.LOOK, 200, get("/reviews")),
    ("GET", "/reviews/{review_id}"): (Right.LOOK, 404, get(NO_REVIEW)),
    ("POST", "/reviews/{review_id}"): (Right.REVIEW_FOLLOWERS, 404, form(NO_REVIEW, "reviews")),
    ("GET", "/v1/reviews"): (Right.LOOK, 200, get("/v1/reviews")),
    ("GET", "/v1/reviews/{review_id}"): (Right.LOOK, 404, get(f"/v1{NO_REVIEW}")),
    ("POST", "/v1/reviews/{review_id}/decisions"): (
        Right.REVIEW_FOLLOWERS,
        404,
        post(f"/v1{NO_REVIEW}/decisions", {"people": ["1"], "decision": "keep"}),
    ),
    ("POST", "/v1/reviews/{review_id}/signature"): (
        Right.REVIEW_FOLLOWERS,
        404,
        post(f"/v1{NO_REVIEW}/signature", {"part": "comms"}),
    ),
}
"""Reviews of followers, tried on what there is not; their own tests have the rest."""

NO_SAMPLE, JUDGES = "/samples/2020-01-nobody", Right.JUDGE_SAMPLES

SAMPLES: dict[Route, tuple[Right, int, Probe]] = {
    ("GET", "/samples"): (READS, 200, get("/samples")),
    ("GET", "/samples/{sample_id}"): (READS, 404, get(NO_SAMPLE)),
    ("POST", "/samples/{sample_id}"): (JUDGES, 404, form(NO_SAMPLE, "reviews")),
    ("GET", "/v1/samples"): (READS, 200, get("/v1/samples")),
    ("GET", "/v1/samples/{sample_id}"): (READS, 404, get(f"/v1{NO_SAMPLE}")),
    ("POST", "/v1/samples/{sample_id}/verdicts"): (
        JUDGES,
        404,
        post(f"/v1{NO_SAMPLE}/verdicts", {"post": 1, "verdict": "fine"}),
    ),
    ("POST", "/v1/samples/{sample_id}/follow-ups"): (
        JUDGES,
        404,
        post(f"/v1{NO_SAMPLE}/follow-ups", {"post": 1, "note": "Tried."}),
    ),
}
"""Dip samples, tried on what there is not; their own tests have the rest."""

NO_IMPOSTOR, NAMES_OF = "/impostors/nobody", "/impostors/accounts/nobody"
TELLS, FOLLOWS = Right.TELL_IMPOSTORS, Right.FOLLOW_IMPOSTORS

IMPOSTORS: dict[Route, tuple[Right, int, Probe]] = {
    ("GET", "/impostors"): (Right.LOOK, 200, get("/impostors")),
    ("GET", "/impostors/new"): (TELLS, 200, get("/impostors/new")),
    ("POST", "/impostors/new"): (TELLS, 422, form("/impostors/new", "reviews")),
    ("GET", "/impostors/accounts"): (Right.LOOK, 200, get("/impostors/accounts")),
    ("GET", "/impostors/accounts/{account_id}"): (Right.LOOK, 404, get(NAMES_OF)),
    ("POST", "/impostors/accounts/{account_id}"): (
        Right.KEEP_ACCOUNTS,
        404,
        form(NAMES_OF, "reviews"),
    ),
    ("POST", "/impostors/accounts/{account_id}/searches"): (
        TELLS,
        404,
        form(f"{NAMES_OF}/searches", "reviews"),
    ),
    ("GET", "/impostors/{case_id}"): (Right.LOOK, 404, get(NO_IMPOSTOR)),
    ("POST", "/impostors/{case_id}"): (FOLLOWS, 404, form(NO_IMPOSTOR, "reviews")),
    ("GET", "/v1/impostors"): (Right.LOOK, 200, get("/v1/impostors")),
    ("POST", "/v1/impostors"): (TELLS, 422, post("/v1/impostors", {})),
    ("GET", "/v1/impostors/accounts/{account_id}"): (Right.LOOK, 404, get(f"/v1{NAMES_OF}")),
    ("POST", "/v1/impostors/accounts/{account_id}/names"): (
        Right.KEEP_ACCOUNTS,
        404,
        post(f"/v1{NAMES_OF}/names", {"name": "x#nobody", "signed_in": "2026-01-01"}),
    ),
    ("POST", "/v1/impostors/accounts/{account_id}/searches"): (
        TELLS,
        404,
        post(f"/v1{NAMES_OF}/searches", {"platforms": ["x"], "searched_on": "2026-01-01"}),
    ),
    ("GET", "/v1/impostors/{case_id}"): (Right.LOOK, 404, get(f"/v1{NO_IMPOSTOR}")),
    ("POST", "/v1/impostors/{case_id}/decision"): (
        FOLLOWS,
        404,
        post(f"/v1{NO_IMPOSTOR}/decision", {"state": "impostor"}),
    ),
    ("POST", "/v1/impostors/{case_id}/report"): (
        FOLLOWS,
        404,
        post(f"/v1{NO_IMPOSTOR}/report", {"where": "There.", "on": "2026-01-01"}),
    ),
    ("POST", "/v1/impostors/{case_id}/outcome"): (
        FOLLOWS,
        404,
        post(f"/v1{NO_IMPOSTOR}/outcome", {"state": "removed"}),
    ),
}
"""Impostors, tried on what there is not; their own tests have the rest."""

NO_REPORT = "/reports/2020-01-nobody"

REPORTS: dict[Route, tuple[Right, int, Probe]] = {
    ("GET", "/reports"): (Right.LOOK, 200, get("/reports")),
    ("GET", "/reports/{report_id}"): (Right.LOOK, 404, get(NO_REPORT)),
    ("GET", "/v1/reports"): (Right.LOOK, 200, get("/v1/reports")),
    ("GET", "/v1/reports/{report_id}"): (Right.LOOK, 404, get(f"/v1{NO_REPORT}")),
}
"""Monthly reports, which everybody may ask for and nobody may read but their own and the centre."""

REMINDER, NO_REMINDER = "/reminders/{reminder}", f"/v1/reminders/{NO_INCIDENT}"

REMINDERS: dict[Route, tuple[Right, int, Probe]] = {
    ("GET", "/reminders"): (Right.LOOK, 200, get("/reminders")),
    ("GET", "/reminders/new"): (Right.WRITE, 200, get("/reminders/new")),
    ("POST", "/reminders/new"): (Right.WRITE, 422, form("/reminders/new", "compose")),
    ("GET", "/reminders/{reminder_id}"): (Right.LOOK, 200, get(REMINDER)),
    ("POST", "/reminders/{reminder_id}"): (Right.WRITE, 404, form(REMINDER, "compose")),
    ("GET", "/reminders/{reminder_id}/change"): (Right.WRITE, 200, get(f"{REMINDER}/change")),
    ("POST", "/reminders/{reminder_id}/change"): (
        Right.WRITE,
        422,
        form(f"{REMINDER}/change", "compose"),
    ),
    ("GET", "/v1/reminders"): (Right.LOOK, 200, get("/v1/reminders")),
    ("POST", "/v1/reminders"): (Right.WRITE, 422, send("POST", "/v1/reminders")),
    ("GET", "/v1/reminders/{reminder_id}"): (Right.LOOK, 200, get(f"/v1{REMINDER}")),
    ("PATCH", "/v1/reminders/{reminder_id}"): (Right.WRITE, 404, send("PATCH", NO_REMINDER)),
    **{
        ("POST", f"/v1/reminders/{{reminder_id}}/{deed}"): (
            Right.WRITE,
            404,
            send("POST", f"{NO_REMINDER}/{deed}"),
        )
        for deed in ("pause", "resume", "end")
    },
}
"""The routes of reminders; what changes or stops one is tried on one that is not there."""

CONSENT, PICTURE = f"/consents/{NO_INCIDENT}", f"/pictures/{NO_INCIDENT}"

PICTURES: dict[Route, tuple[Right, int, Probe]] = {
    ("GET", "/pictures"): (Right.WRITE, 200, get("/pictures")),
    ("GET", "/pictures/new"): (Right.WRITE, 200, get("/pictures/new")),
    ("POST", "/pictures/new"): (Right.WRITE, 415, form("/pictures/new", "pictures")),
    ("GET", "/pictures/{picture_id}"): (Right.LOOK, 404, get(PICTURE)),
    ("GET", "/videos/new"): (Right.WRITE, 200, get("/videos/new")),
    ("GET", "/videos/arrived"): (Right.WRITE, 422, get("/videos/arrived")),
    ("POST", "/videos/arrived"): (Right.WRITE, 422, form("/videos/arrived", "pictures")),
    ("POST", "/v1/videos/uploads"): (
        Right.WRITE,
        201,
        post("/v1/videos/uploads", {"content_type": "video/mp4"}),
    ),
    ("POST", "/v1/videos"): (Right.WRITE, 422, post("/v1/videos", {})),
    ("GET", "/v1/pictures"): (Right.LOOK, 200, get("/v1/pictures")),
    ("POST", "/v1/pictures"): (Right.WRITE, 415, post("/v1/pictures", {})),
    ("GET", "/v1/pictures/{picture_id}"): (Right.LOOK, 404, get(f"/v1{PICTURE}")),
    ("GET", "/approvals/{link}/pictures/{number}"): (
        Right.READ_ALL,
        404,
        get("/approvals/{waiting}/pictures/1"),
    ),
    ("GET", "/consents"): (Right.WRITE, 200, get("/consents")),
    ("GET", "/consents/new"): (Right.WRITE, 200, get("/consents/new")),
    ("POST", "/consents/new"): (Right.WRITE, 422, form("/consents/new", "pictures")),
    ("GET", "/consents/mine"): (Right.OWN_ENTRY, 200, get("/consents/mine")),
    ("POST", "/consents/mine"): (Right.OWN_ENTRY, 303, form("/consents/mine", "pictures")),
    ("GET", "/consents/{consent_id}"): (Right.LOOK, 404, get(CONSENT)),
    ("POST", "/consents/{consent_id}"): (Right.WRITE, 404, form(CONSENT, "pictures", why="Tried.")),
    ("GET", "/v1/consents"): (Right.WRITE, 200, get("/v1/consents")),
    ("POST", "/v1/consents"): (Right.WRITE, 422, post("/v1/consents", {})),
    ("POST", "/v1/consents/mine"): (
        Right.OWN_ENTRY,
        201,
        post("/v1/consents/mine", {"agree": True}),
    ),
    ("GET", "/v1/consents/{consent_id}"): (Right.LOOK, 404, get(f"/v1{CONSENT}")),
    ("GET", "/v1/consents/{consent_id}/posts"): (Right.READ_ALL, 404, get(f"/v1{CONSENT}/posts")),
    ("POST", "/v1/consents/{consent_id}/countersignature"): (
        Right.WRITE,
        404,
        post(f"/v1{CONSENT}/countersignature", {}),
    ),
    ("POST", "/v1/consents/{consent_id}/withdrawal"): (
        Right.WRITE,
        404,
        post(f"/v1{CONSENT}/withdrawal", {"why": "Tried."}),
    ),
}
"""The routes of pictures and consents, tried on what there is not; `test_pictures` has the rest."""

UNKNOWN = f"/uncertain/{NO_INCIDENT}/1/sandbox"

ASKS: dict[Route, tuple[Right, int, Probe]] = {
    **REGISTRY,
    **INCIDENTS,
    **ERASURES,
    **LEGAL_HOLDS,
    **DISPOSALS,
    **AUDIT,
    **RIGHTING,
    **COMMENTS,
    **REVIEWS,
    **IMPOSTORS,
    **SAMPLES,
    **REPORTS,
    **FOUND,
    **DRIFTING,
    **PICTURES,
    **REMINDERS,
    # route: which right it is for, what somebody with the right hears, how it is tried
    ("GET", "/posts"): (Right.LOOK, 200, get("/posts")),
    ("GET", "/posts/{post_id}"): (Right.LOOK, 200, get("/posts/{own}")),
    ("GET", "/v1/posts"): (Right.LOOK, 200, get("/v1/posts")),
    ("GET", "/v1/posts/{post_id}"): (Right.LOOK, 200, get("/v1/posts/{own}")),
    ("GET", "/v1/accounts"): (Right.LOOK, 200, get("/v1/accounts")),
    ("GET", "/v1/accounts/{account_id}"): (Right.LOOK, 200, get(f"/v1/accounts/{TEAM}")),
    ("POST", "/v1/checks"): (Right.LOOK, 200, post("/v1/checks", CHECK)),
    ("GET", "/v1/platforms"): (Right.LOOK, 200, get("/v1/platforms")),
    ("GET", "/posts/new"): (Right.WRITE, 200, get("/posts/new")),
    ("POST", "/posts/new"): (Right.WRITE, 422, form("/posts/new", "compose", text="")),
    ("POST", "/v1/posts"): (Right.WRITE, 202, post("/v1/posts", POST)),
    ("POST", "/posts/{post_id}"): (Right.WRITE, 404, form(f"/posts/{NO_INCIDENT}", "compose")),
    ("POST", "/v1/posts/{post_id}/{version}/withdraw"): (
        Right.WRITE,
        404,
        post(f"/v1/posts/{NO_INCIDENT}/1/withdraw", {"reason": "Tried."}),
    ),
    ("GET", "/posts/afterwards"): (Right.WRITE, 200, get("/posts/afterwards")),
    ("POST", "/posts/afterwards"): (Right.WRITE, 422, form("/posts/afterwards", "compose")),
    ("POST", "/v1/posts/afterwards"): (Right.WRITE, 422, post("/v1/posts/afterwards", {})),
    ("GET", "/uncertain"): (Right.READ_ALL, 200, get("/uncertain")),
    ("GET", "/v1/uncertain"): (Right.READ_ALL, 200, get("/v1/uncertain")),
    ("GET", "/uncertain/{post_id}/{version}/{platform}"): (Right.READ_ALL, 404, get(UNKNOWN)),
    ("POST", "/uncertain/{post_id}/{version}/{platform}"): (
        Right.SETTLE,
        404,
        form(UNKNOWN, "incidents"),
    ),
    ("POST", "/v1/uncertain/{post_id}/{version}/{platform}"): (
        Right.SETTLE,
        404,
        post(f"/v1{UNKNOWN}", {"decision": "not_sent", "why": "Tried."}),
    ),
    ("GET", "/urgent"): (Right.READ_ALL, 200, get("/urgent")),
    ("GET", "/v1/urgent"): (Right.READ_ALL, 200, get("/v1/urgent")),
    ("POST", "/urgent/{name}"): (Right.APPROVE, 404, form(f"/urgent/{NO_HOLD}", "incidents")),
    ("POST", "/v1/urgent/{post_id}/{version}/review"): (
        Right.APPROVE,
        404,
        post(f"/v1/urgent/{NO_INCIDENT}/1/review", {"remark": "Tried."}),
    ),
    ("GET", "/approvals"): (Right.READ_ALL, 200, get("/approvals")),
    ("GET", "/approvals/{link}"): (Right.READ_ALL, 200, get("/approvals/{waiting}")),
    ("GET", "/v1/approvals"): (Right.READ_ALL, 200, get("/v1/approvals")),
    ("GET", "/v1/approvals/statistics"): (Right.READ_ALL, 200, get("/v1/approvals/statistics")),
    ("POST", "/v1/approvals/decisions"): (Right.APPROVE, 200, decide_many),
    ("GET", "/v1/approvals/{post_id}/{version}"): (Right.READ_ALL, 200, approval),
    ("POST", "/approvals/{link}"): (Right.APPROVE, 422, decide_on_page),
    ("POST", "/v1/approvals/{post_id}/{version}/decision"): (Right.APPROVE, 409, decide),
    ("POST", "/v1/people/leavers"): (Right.KEEP_PEOPLE, 200, post("/v1/people/leavers", LEAVERS)),
    ("POST", "/v1/people/{person_id}/status"): (
        Right.KEEP_PEOPLE,
        404,
        post("/v1/people/nobody/status", {"status": "left", "why": "Tried."}),
    ),
    ("POST", "/sign-out"): (Right.LOOK, 303, form("/sign-out", "sign-out")),
}


@pytest.fixture(scope="module")
def world():
    with a_force() as force:
        yield World.of(force)


def test_every_route_of_the_force_is_in_the_table():
    assert {(method, path) for _, method, path in routes()} == OPEN | set(ASKS)


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("route", ASKS, ids=" ".join)
def test_a_cell_of_the_table(world, route, role):
    right, allowed, probe = ASKS[route]

    for status in PersonStatus:
        heard = probe(world, world.caller(role, status))

        if status in OUT:
            assert heard.status == 401, (status, heard.text)
        elif role in RIGHTS[right] and (status is PersonStatus.ACTIVE or right in READING):
            assert heard.status == allowed, (status, heard.text)
        else:
            assert heard.status == 403, (status, heard.text)
        if heard.status in {401, 403}:
            assert is_told(route, heard)


@pytest.mark.parametrize("route", ASKS, ids=" ".join)
def test_nobody_gets_in_without_signing_in(world, route):
    heard = ASKS[route][2](world, Caller(world.force.stack.url))

    assert heard.status == 401
    assert is_told(route, heard)


@pytest.mark.parametrize("role", Role)
def test_a_role_posts_for_accounts_of_others_only_if_the_table_says_so(world, role):
    body = {**POST, "account": "moorlands-cmdr"}

    heard = world.caller(role, PersonStatus.ACTIVE).post_json("/v1/posts", body)

    assert heard.status == (202 if role in RIGHTS[Right.WRITE_FOR_ANY] else 403), heard.text


@pytest.mark.parametrize("role", Role)
def test_a_role_reads_the_posts_of_others_only_if_the_table_says_so(world, role):
    caller = world.caller(role, PersonStatus.ACTIVE)

    heard = caller.get("/v1/posts?account=moorlands-cmdr")

    # What they may not see is not there.
    assert heard.status == (200 if role in RIGHTS[Right.READ_ALL] else 404), heard.text


def is_told(route: Route, heard: Heard) -> bool:
    """Whether a refusal says something a person can act on, as a problem document in the API."""
    if not route[1].startswith("/v1/"):
        return "<h1" in heard.text
    problem = json.loads(heard.text)
    return problem["status"] == heard.status and problem["detail"].endswith(".")
