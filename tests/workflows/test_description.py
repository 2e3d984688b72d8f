"""The description of the API is true: what it says is there, is there, and nothing else."""

import json
import subprocess
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openapi_core import Config, OpenAPI
from openapi_core.testing import MockRequest, MockResponse
from openapi_spec_validator import validate

from local.cli import main
from local.demo.caller import Heard
from local.force import AUDITOR, COMMANDER, COMMS, DEPUTY, OFFICER, PCSO, REGISTRAR, STANDARDS
from local.tools import ROOT
from shared.accounts.registry import ClosureProposed
from shared.http.description import description
from shared.policy.pack import bundled
from shared.posts.life import State
from shared.posts.names import PostId
from shared.records.hold import Why, new_hold
from shared.records.holds import Holds
from tests.architecture.cloud import routes
from tests.builders import NOW, an_account, an_act
from tests.workflows.appeal_described import Appealing, appeal_examples
from tests.workflows.asking import ask
from tests.workflows.auditing import Auditing, audit_examples
from tests.workflows.correction_described import Correcting, correction_examples
from tests.workflows.deletion_described import Deleting, deletion_examples
from tests.workflows.disposing import Disposing, disposal_examples
from tests.workflows.drift_described import Drifting, drift_examples
from tests.workflows.erasing import Erasing, erasure_examples
from tests.workflows.exception_described import Excepting, exception_examples
from tests.workflows.force import FREE, WATCHED, a_force
from tests.workflows.impostor_described import Impersonating, impostor_examples
from tests.workflows.incidents import declare, review, stand_down
from tests.workflows.legal_holding import LegalHolding, legal_hold_examples
from tests.workflows.mention_described import Mentioned, mention_examples
from tests.workflows.picture_described import Shown, picture_examples
from tests.workflows.proof_described import Proving, proof_examples
from tests.workflows.reminding import WEEKLY, days
from tests.workflows.report_described import Reporting, report_examples
from tests.workflows.review_described import Reviewing, review_examples
from tests.workflows.sample_described import Sampling, sample_examples
from tests.workflows.takedown_described import TakingDown, takedown_examples
from tests.workflows.unsettled import an_uncertain

pytestmark = pytest.mark.timeout(400)
"""Whatever is described is made first, and that takes a minute or two."""

DOCUMENT = json.loads(description())
BUSY = "503"
"""Only a database in trouble gives this answer, and nobody outside can bring it about."""

OPERATIONS = {
    operation["operationId"]: (method.upper(), path, operation)
    for path, methods in DOCUMENT["paths"].items()
    for method, operation in methods.items()
}
DOCUMENTED = {
    (name, int(status))
    for name, (_, _, operation) in OPERATIONS.items()
    for status in operation["responses"]
    if status != BUSY
}
POST = {"text": "The road is open.", "account": FREE, "platforms": ["sandbox"]}
CHECK = {"text": "The road is open.", "platforms": ["sandbox"]}
OTHER = "other.npt@moorshire.police.example"
FREE_BOX = "free.npt@moorshire.police.example"
ELSE = "somebody.else@moorshire.police.example"
DESCRIBED = {
    "account_id": "described-npt",
    "title": "Described",
    "level": "neighbourhood",
    "area": "Leek",
    "purpose": "Is described.",
    "audience": "Whoever reads the description.",
    "email": "described.npt@moorshire.police.example",
    "owner": "p-officer",
    "parent": "moorlands-cmdr",
    "handles": [],
    "rhythm_hours": None,
}
SOMEBODY = {
    "name": "PC Rhian Sollow",
    "email": "rhian.sollow@moorshire.police.example",
    "mobile": "+447700900222",
    "role": "officer",
}
PACK_CONTENT = json.loads((ROOT / "functions/shared/policy/pack.json").read_bytes())
SOME_DAYS = {"first_day": "2099-03-01", "last_day": "2099-03-02"}
NOWHERE = "01J0000000000000000000000A"
HUGE = b'{"text": "' + b"a" * 400_000 + b'"}'
JSON = "application/json"


def sealed(schema: Any) -> Any:
    """A copy in which no object may hold what is not described."""
    if isinstance(schema, list):
        return [sealed(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {name: sealed(part) for name, part in schema.items()}
    if schema.get("type") == "object" and "properties" in schema:
        closed["additionalProperties"] = False
    return closed


READING = Config(extra_media_type_deserializers={"application/problem+json": json.loads})
ANSWERS = OpenAPI.from_dict(sealed(DOCUMENT), config=READING)
REQUESTS = OpenAPI.from_dict(DOCUMENT)


@dataclass(frozen=True)
class Sent:
    """One request to an operation; `who` is nobody where it is empty."""

    path: str
    body: Any = None
    who: str = OFFICER.person_id
    kind: str = JSON
    headers: dict[str, str] = field(default_factory=dict)
    query: str = ""

    @property
    def raw(self) -> bytes | None:
        if self.body is None or isinstance(self.body, bytes):
            return self.body
        return json.dumps(self.body).encode()


BY_HAND = {
    "account": FREE,
    "platform": "sandbox",
    "text": "Posted by hand.",
    "url": "https://sandbox.example/0",
    "at": "2026-11-20T18:30:00Z",
    "why": "It is described.",
}


class World:
    """A force with one post that went out, one that waits, and one that was decided."""

    def __init__(self, force: Any) -> None:
        self.force = force
        self.tokens = {
            who.person_id: force.stack.open_session(who.person_id)
            for who in (OFFICER, PCSO, COMMANDER, COMMS, DEPUTY, AUDITOR, STANDARDS, REGISTRAR)
        }
        self.published = force.submit("The road is closed.")
        due = (force.stack.clock.now() + timedelta(days=9)).isoformat()
        self.later = force.submit("Due much later.", not_before=due)
        silent = ClosureProposed(NOW, NOW - timedelta(days=90))
        entered = an_account("silent-npt", closure_proposed=silent)
        force.accounts.enter(entered, an_act("account.entered", at=force.stack.clock.now()))
        self.urgent = [self._urgent(f"Keep off Mill Bridge, {n}.") for n in (1, 2)]
        force.until(self.published)
        self.waiting = ask(force, "Waiting to be described.")
        self.returned = ask(force, "Sent back to be described.")
        self.returned.open().send("return")
        self.proposed, self.decided = self._proposed("waiting"), self._proposed("decided")
        force.caller(COMMS.person_id).post_json(f"/v1/policies/{self.decided}/approval", {})
        handed = {"to": COMMS.person_id, "why": "It is described.", **SOME_DAYS}
        deputy = force.caller(DEPUTY.person_id)
        deputy.post_json(f"/v1/people/{DEPUTY.person_id}/delegations", handed)

        self.surgery = {**WEEKLY, **days(force, ahead=60)}
        self.reminder, self.stopping, self.stopped = (self._reminder(n) for n in range(3))
        force.officer.post_json(f"/v1/reminders/{self.stopped}/end", {})

        areas = (("Leek", FREE), ("Cheadle", WATCHED), ("Moorlands", "moorlands-cmdr"))
        self.lasting, self.ending, self.over = (self._declared(*each) for each in areas)
        stand_down(force, self.over)
        self.held, self.reviewed = self._held("Held."), self._held("Held, and reviewed.")
        review(force, self.reviewed, "return")
        force.officer.post_json("/v1/posts/afterwards", BY_HAND)
        self.unknown = an_uncertain(force, "Nobody knows.")
        self.shown = Shown(force)
        self.erasing = Erasing(force)
        self.keeping = LegalHolding(force)
        self.disposing = Disposing(force)
        self.auditing, self.proving = Auditing(force), Proving(force)
        self.deleting = Deleting(force)
        self.excepting, self.drifting = Excepting(force), Drifting(force)
        self.reviewing, self.sampling = Reviewing(force), Sampling(force)
        self.reporting = Reporting(force)
        self.correcting, self.appealing = Correcting(force), Appealing(force)
        self.taking = TakingDown(force)
        self.mentioned, self.impersonating = Mentioned(force), Impersonating(force)

    def of_area(self, area: str, account: str) -> dict[str, Any]:
        """An area whose only account goes on speaking: nothing else here meets the incident."""
        return {"scope": "area", "area": area, "exempt": [account], "why": "It is described."}

    def _declared(self, area: str, account: str) -> str:
        heard = declare(self.force, **self.of_area(area, account))
        assert heard.status == 201, heard.text
        return str(heard.json()["incident_id"])

    def _held(self, text: str) -> PostId:
        """A post that waits for a review, and for which no machine waits."""
        due = (self.force.stack.clock.now() + timedelta(days=9)).isoformat()
        post_id = self.force.submit(text, not_before=due)
        self.force.until(post_id, State.CLEARED)
        post, at = self.force.posts.get(post_id), self.force.stack.clock.now()
        hold = new_hold(post, Why.LATE, at=at, ends_at=at + timedelta(days=9), task_token="nobody")
        Holds(self.force.stack.tables, self.force.pen).open(post, hold, an_act("post.held", at=at))
        return post_id

    def exchange(self, operation: str, sent: Sent) -> tuple[MockRequest, Heard]:
        """Send it; the request as the validator reads it, and the answer."""
        method = OPERATIONS[operation][0]
        caller = self.force.caller(OFFICER.person_id)
        caller.token = self.tokens.get(sent.who, "")
        kind = {"Content-Type": sent.kind} if sent.raw is not None else {}
        path = sent.path + (f"?{sent.query}" if sent.query else "")
        heard = caller._call(method, path, sent.raw, {**kind, **sent.headers})
        arguments = dict(pair.split("=", 1) for pair in sent.query.split("&") if pair)
        bearer = {"Authorization": f"Bearer {caller.token}"} if caller.token else {}
        request = MockRequest(
            "http://force.example",
            method.lower(),
            sent.path,
            args=arguments,
            headers={**bearer, **sent.headers},
            data=sent.raw,
            content_type=sent.kind,
        )
        return request, heard

    def _urgent(self, text: str) -> str:
        """A post that a commander did not let wait."""
        said = {"account": "moorlands-cmdr", "urgent_reason": "The bridge is down."}
        commander = self.force.caller(COMMANDER.person_id)
        sent = commander.post_json("/v1/posts", {**POST, **said, "text": text})
        return str(sent.json()["post_id"])

    def _reminder(self, number: int) -> str:
        """A series whose dates are far away."""
        key = {"Idempotency-Key": f"reminder {number}"}
        made = self.force.officer.post_json("/v1/reminders", self.surgery, **key)
        assert made.status == 201, made.text
        return str(made.json()["reminder_id"])

    def _proposed(self, version: str) -> str:
        """The digest of a policy that somebody else has just proposed."""
        body = {"pack": {**PACK_CONTENT, "version": version}, "why": "It is described."}
        sent = self.force.caller(DEPUTY.person_id).post_json("/v1/policies", body)
        return str(sent.json()["digest"])

    def decision(self, **other: Any) -> dict[str, Any]:
        """A decision about the post that waits."""
        content_hash = self.waiting.approval().content_hash
        return {"decision": "return", "content_hash": content_hash, "reason": "Why?", **other}


@pytest.fixture(scope="module")
def world():
    with a_force(parameters={"Disposal": "on"}) as force:
        yield World(force)


def _refusals(path: str, who: str = OFFICER.person_id) -> dict[int, Sent]:
    """What every operation that takes JSON refuses alike."""
    return {
        400: Sent(path, b"{", who),
        401: Sent(path, {}, ""),
        413: Sent(path, HUGE, who),
        415: Sent(path, b"{}", who, "text/plain"),
        422: Sent(path, {}, who),
    }


def _kept(path: str, body: dict[str, Any], nowhere: str = "", ok: int = 200) -> dict[int, Sent]:
    """What every act of the registrar's is answered with."""
    registrar = REGISTRAR.person_id
    missing = {404: Sent(nowhere, body, registrar)} if nowhere else {}
    return {
        **_refusals(path, registrar),
        **missing,
        ok: Sent(path, body, registrar),
        403: Sent(path, body, OFFICER.person_id),
    }


def account_examples() -> dict[str, dict[int, Sent]]:
    """A request for every answer about accounts and what they sign in with."""
    registrar, auditor = REGISTRAR.person_id, AUDITOR.person_id
    leek, nobody, lpt = (
        "/v1/accounts/leek-npt",
        "/v1/accounts/nobody",
        "/v1/accounts/moorlands-cmdr",
    )
    held = {"reserved_names": [{"platform": "sandbox", "name": "@leek-npt"}]}
    why = {"why": "It is described."}
    keys = {"identifier": "@moorlands-cmdr", "password": "Tall-giraffe-umbrella-3"}
    cheadle, here = "/v1/accounts/cheadle-npt", "/v1/accounts"
    return {
        "listAccounts": {
            200: Sent(here),
            401: Sent(here, who=""),
            422: Sent(here, who=auditor, query="cursor=zzz"),
        },
        "openAccount": {
            **_kept(here, DESCRIBED, ok=201),
            409: Sent(here, {**DESCRIBED, "account_id": "leek-npt", "email": FREE_BOX}, registrar),
        },
        "readAccount": {200: Sent(leek), 401: Sent(leek, who=""), 404: Sent(lpt)},
        "changeAccount": {
            **_kept(cheadle, {"purpose": "Speaks for Cheadle."}, nobody),
            409: Sent(cheadle, held, registrar),
            422: Sent(cheadle, {"level": "planet"}, registrar),
        },
        "moveAccount": {
            **_kept(f"{cheadle}/status", {"status": "suspended", **why}, f"{nobody}/status"),
            409: Sent(f"{cheadle}/status", {"status": "approved", **why}, registrar),
        },
        "handOverAccount": _kept(
            f"{cheadle}/handover", {"owner": OFFICER.person_id, **why}, f"{nobody}/handover"
        ),
        "recordTwoStep": _kept(
            f"{lpt}/two-step", {"platform": "sandbox", "on": "2026-11-20"}, f"{nobody}/two-step"
        ),
        "recordReview": _kept(f"{lpt}/review", {"again": "2099-01-01"}, f"{nobody}/review"),
        "keepAccountOpen": {
            **_kept(f"{here}/silent-npt/keep-open", why, f"{nobody}/keep-open"),
            409: Sent(f"{lpt}/keep-open", why, registrar),
        },
        "listCredentials": {
            200: Sent(f"{leek}/credentials", who=auditor),
            401: Sent(f"{leek}/credentials", who=""),
            403: Sent(f"{leek}/credentials"),
            404: Sent(f"{nobody}/credentials", who=auditor),
        },
        "setKeys": _kept(
            f"{lpt}/credentials/sandbox", keys, f"{nobody}/credentials/sandbox", ok=201
        ),
        "keepMailbox": {
            **_kept("/v1/mailboxes", {"email": OTHER, "account_id": "other-npt"}, ok=201),
            409: Sent(
                "/v1/mailboxes",
                {"email": "leek.npt@moorshire.police.example", "account_id": "other-npt"},
                registrar,
            ),
        },
        "listGenuineAccounts": {
            200: Sent("/v1/public/accounts", who="", query="name=@leek-npt"),
            422: Sent("/v1/public/accounts", who="", query="cursor=zzz"),
        },
    }


def policy_examples(world: "World") -> dict[str, dict[int, Sent]]:
    """A request for every answer about the policy."""
    policies, nobody = "/v1/policies", "/v1/policies/nobody"
    comms, wanted = COMMS.person_id, {"pack": PACK_CONTENT, "why": "It is described."}
    digest = world.proposed
    approval = f"{policies}/{digest}/approval"
    return {
        "listPolicies": {
            200: Sent(policies, who=AUDITOR.person_id),
            401: Sent(policies, who=""),
            403: Sent(policies),
        },
        "proposePolicy": {
            **_refusals(policies, comms),
            201: Sent(policies, {**wanted, "pack": {**PACK_CONTENT, "version": digest}}, comms),
            403: Sent(policies, wanted),
            409: Sent(policies, wanted, comms),
        },
        "readPolicy": {
            200: Sent(f"{policies}/{digest}", who=AUDITOR.person_id),
            401: Sent(nobody, who=""),
            403: Sent(nobody),
            404: Sent(nobody, who=comms),
        },
        "approvePolicy": {
            **_refusals(approval, comms),
            200: Sent(approval, {}, comms),
            403: Sent(approval, {}),
            404: Sent(f"{nobody}/approval", {}, comms),
            409: Sent(f"{policies}/{world.decided}/approval", {}, comms),
            422: Sent(approval, {"sure": True}, comms),
        },
    }


def people_examples() -> dict[str, dict[int, Sent]]:
    """A request for every answer about people."""
    registrar, auditor = REGISTRAR.person_id, AUDITOR.person_id
    people, nobody = "/v1/people", "/v1/people/p-nobody"
    pcso, commander = f"/v1/people/{PCSO.person_id}", f"/v1/people/{COMMANDER.person_id}"
    why, days = {"why": "Described."}, {"first_day": "2099-01-01", "last_day": "2099-01-02"}
    return {
        "listPeople": {
            200: Sent(people, who=auditor),
            401: Sent(people, who=""),
            403: Sent(people),
            422: Sent(people, who=auditor, query="cursor=zzz"),
        },
        "enterPerson": {
            **_kept(people, SOMEBODY, ok=201),
            409: Sent(people, {**SOMEBODY, "person_id": "p-pcso", "email": ELSE}, registrar),
        },
        "readLeavers": _kept(f"{people}/leavers", {"csv": "email,last_day\n", "dry_run": True}),
        "readPerson": {
            200: Sent(f"{people}/{OFFICER.person_id}"),
            401: Sent(pcso, who=""),
            403: Sent(pcso),
            404: Sent(nobody, who=registrar),
        },
        "changePerson": {
            **_kept(pcso, {"rank": "PCSO"}, nobody),
            409: Sent(f"{people}/{registrar}", {"role": "comms"}, registrar),
            422: Sent(pcso, {"role": "king"}, registrar),
        },
        "setPersonStatus": {
            **_kept(f"{people}/{auditor}/status", {"status": "away", **why}, f"{nobody}/status"),
            409: Sent(f"{pcso}/status", {"status": "active", **why}, registrar),
        },
        "recordTraining": _kept(
            f"{pcso}/training", {"topic": "hashtags", "on": "2026-11-02"}, f"{nobody}/training"
        ),
        "acceptPolicy": _kept(f"{pcso}/acceptance", {"version": "2026-11"}, f"{nobody}/acceptance"),
        "planLeave": {
            **_kept(f"{people}/{auditor}/leave", days, f"{nobody}/leave"),
            409: Sent(f"{commander}/leave", days, registrar),
        },
        **delegation_examples(),
    }


def delegation_examples() -> dict[str, dict[int, Sent]]:
    """A request for every answer about handing one's approvals over."""
    deputy, comms = DEPUTY.person_id, COMMS.person_id
    path = f"/v1/people/{deputy}/delegations"
    days = {"first_day": "2099-01-01", "last_day": "2099-01-02"}
    later = {"first_day": "2099-02-01", "last_day": "2099-02-02"}
    found = {"to": comms, "why": "Described.", **days}
    return {
        "delegateApprovals": {
            **_refusals(path, deputy),
            200: Sent(path, found, deputy),
            403: Sent(path, found, comms),
            409: Sent(path, {**found, **later, "to": OFFICER.person_id}, deputy),
            422: Sent(path, {**found, "why": ""}, deputy),
        },
        "endDelegation": {
            **_refusals(f"{path}/end", deputy),
            200: Sent(f"{path}/end", {"first_day": "2099-03-01"}, deputy),
            403: Sent(f"{path}/end", {"first_day": "2099-01-01"}, comms),
            409: Sent(f"{path}/end", {"first_day": "2098-01-01"}, deputy),
        },
    }


def changing_examples(world: World) -> dict[str, dict[int, Sent]]:
    """A request for every answer about taking a post back, and looking at what did not wait."""
    off, well, comms = {"reason": "Off."}, {"remark": "Rightly so."}, COMMS.person_id
    back = f"/v1/posts/{world.later}/1/withdraw"
    looked, again = (f"/v1/urgent/{post}/1/review" for post in world.urgent)
    return {
        "withdrawPost": {
            **_refusals(back),
            200: Sent(back, off),
            403: Sent(back, off, AUDITOR.person_id),
            404: Sent(f"/v1/posts/{NOWHERE}/1/withdraw", off),
            409: Sent(f"/v1/posts/{world.published}/1/withdraw", off),
        },
        "listUrgent": {
            200: Sent("/v1/urgent", who=AUDITOR.person_id),
            401: Sent("/v1/urgent", who=""),
            403: Sent("/v1/urgent"),
        },
        "reviewUrgent": {
            **_refusals(looked, comms),
            200: Sent(looked, well, comms),
            403: Sent(looked, well),
            404: Sent(f"/v1/urgent/{NOWHERE}/1/review", well, comms),
            409: Sent(again, well, comms),
        },
    }


def incident_examples(world: "World") -> dict[str, dict[int, Sent]]:
    """A request for every answer about critical incidents and held posts."""
    here, comms, auditor = "/v1/incidents", COMMS.person_id, AUDITOR.person_id
    lasting, ending, over = (f"{here}/{each}" for each in (world.lasting, world.ending, world.over))
    nowhere, why = f"{here}/{NOWHERE}", {"why": "It is described."}
    same = {**world.of_area("Leek", FREE), **why}
    held, no_hold = f"/v1/held/{world.held}/1/review", f"/v1/held/{NOWHERE}/1/review"
    unknown = f"/v1/uncertain/{world.unknown}"
    absent = {"decision": "not_sent", "why": "It is described."}
    spared, let_go = {"accounts": [FREE], **why}, {"decision": "release"}
    return {
        "listIncidents": {
            200: Sent(here),
            401: Sent(here, who=""),
            422: Sent(here, query="cursor=zzz"),
        },
        "declareIncident": {
            **_refusals(here, comms),
            201: Sent(here, same, comms),
            403: Sent(here, same),
            409: Sent(here, {**same, "why": "For another reason."}, comms),
        },
        "readIncident": {
            200: Sent(lasting, who=comms),
            401: Sent(lasting, who=""),
            404: Sent(nowhere),
        },
        "standDown": {
            **_refusals(f"{ending}/stand-down", comms),
            200: Sent(f"{ending}/stand-down", why, comms),
            403: Sent(f"{lasting}/stand-down", why),
            404: Sent(f"{nowhere}/stand-down", why, comms),
            409: Sent(f"{over}/stand-down", why, comms),
        },
        "exemptAccounts": {
            **_refusals(f"{lasting}/exempt", comms),
            200: Sent(f"{lasting}/exempt", spared, comms),
            403: Sent(f"{lasting}/exempt", spared),
            404: Sent(f"{nowhere}/exempt", spared, comms),
            409: Sent(f"{over}/exempt", spared, comms),
        },
        "reportIncident": {
            200: Sent(f"{over}/report", who=auditor),
            401: Sent(f"{over}/report", who=""),
            403: Sent(f"{over}/report"),
            404: Sent(f"{nowhere}/report", who=comms),
        },
        "listHeld": {
            200: Sent("/v1/held", who=auditor),
            401: Sent("/v1/held", who=""),
            403: Sent("/v1/held"),
            422: Sent("/v1/held", query="cursor=zzz", who=comms),
        },
        "listUncertain": {
            200: Sent("/v1/uncertain", who=auditor),
            401: Sent("/v1/uncertain", who=""),
            403: Sent("/v1/uncertain"),
            422: Sent("/v1/uncertain", query="cursor=zzz", who=comms),
        },
        "settleUncertain": {
            **_refusals(f"{unknown}/1/sandbox", comms),
            200: Sent(f"{unknown}/1/sandbox", absent, comms),
            403: Sent(f"{unknown}/1/sandbox", absent),
            404: Sent(f"/v1/uncertain/{NOWHERE}/1/sandbox", absent, comms),
            409: Sent(f"/v1/uncertain/{world.published}/1/sandbox", absent, comms),
        },
        "reviewHeld": {
            **_refusals(held, comms),
            200: Sent(held, let_go, comms),
            403: Sent(held, let_go, auditor),
            404: Sent(no_hold, let_go, comms),
            409: Sent(f"/v1/held/{world.reviewed}/1/review", let_go, comms),
        },
    }


def reminder_examples(world: World) -> dict[str, dict[int, Sent]]:
    """A request for every answer about reminders."""
    reminders, auditor = "/v1/reminders", AUDITOR.person_id
    one, nowhere = f"{reminders}/{world.reminder}", f"{reminders}/{NOWHERE}"
    key = {"Idempotency-Key": "reminder 0"}
    steps = {
        f"{deed}Reminder": {
            **_refusals(f"{one}/{deed}"),
            200: Sent(
                f"{reminders}/{world.stopping}/end" if deed == "end" else f"{one}/{deed}", {}
            ),
            403: Sent(f"{one}/{deed}", {}, auditor),
            404: Sent(f"{nowhere}/{deed}", {}),
            409: Sent(f"{reminders}/{world.stopped}/{deed}", {}),
            422: Sent(f"{one}/{deed}", {"why": 1}),
        }
        for deed in ("pause", "resume", "end")
    }
    del steps["endReminder"][409]  # what has ended can be ended again
    return {
        "makeReminder": {
            **_refusals(reminders),
            201: Sent(reminders, world.surgery),
            403: Sent(reminders, {**world.surgery, "account": "force"}),
            404: Sent(reminders, {**world.surgery, "account": "nobody"}),
            409: Sent(reminders, {**world.surgery, "title": "Something else"}, headers=key),
        },
        "listReminders": {
            200: Sent(reminders, query=f"account={FREE}"),
            401: Sent(reminders, who=""),
            404: Sent(reminders, query="account=nobody"),
            422: Sent(reminders, query="cursor=zzz"),
        },
        "readReminder": {200: Sent(one), 401: Sent(one, who=""), 404: Sent(nowhere)},
        "changeReminder": {
            **_refusals(one),
            200: Sent(one, {"place": "Leek Market"}),
            403: Sent(one, {}, auditor),
            404: Sent(nowhere, {}),
            409: Sent(one, {"revision": 999, "title": "Something else"}),
            422: Sent(one, {"every": 0}),
        },
        **steps,
    }


def examples(world: World) -> dict[tuple[str, int], Sent]:
    """A request for every answer that is described."""
    waiting = f"/v1/approvals/{world.waiting.post_id}/1"
    decide, nowhere = f"{waiting}/decision", f"/v1/approvals/{NOWHERE}/1"
    comms, key = COMMS.person_id, {"Idempotency-Key": "described"}
    many = {"post_id": NOWHERE, "version": 1, "content_hash": "0" * 64}
    table = {
        "checkPost": {
            **_refusals("/v1/checks"),
            200: Sent("/v1/checks", {**CHECK, "account": FREE}),
            404: Sent("/v1/checks", {**CHECK, "account": "nobody"}),
        },
        "submitPost": {
            **_refusals("/v1/posts"),
            202: Sent("/v1/posts", POST, headers={"Idempotency-Key": "described"}),
            403: Sent("/v1/posts", {**POST, "account": "force"}),
            404: Sent("/v1/posts", {**POST, "account": "nobody"}),
            409: Sent("/v1/posts", {**POST, "text": "Something else."}, headers=key),
        },
        "enterAfterwards": {
            **_refusals("/v1/posts/afterwards"),
            201: Sent("/v1/posts/afterwards", {**BY_HAND, "url": "https://sandbox.example/1"}),
            403: Sent("/v1/posts/afterwards", {**BY_HAND, "account": "force"}),
            409: Sent("/v1/posts/afterwards", BY_HAND),
        },
        "listPosts": {
            200: Sent("/v1/posts", query=f"account={WATCHED}"),
            401: Sent("/v1/posts", who=""),
            404: Sent("/v1/posts", query="account=nobody"),
            422: Sent("/v1/posts", query="cursor=zzz"),
        },
        "readPost": {
            200: Sent(f"/v1/posts/{world.published}"),
            401: Sent(f"/v1/posts/{world.published}", who=""),
            404: Sent(f"/v1/posts/{NOWHERE}"),
        },
        **changing_examples(world),
        **reminder_examples(world),
        "listApprovals": {
            200: Sent("/v1/approvals", who=comms),
            401: Sent("/v1/approvals", who=""),
            403: Sent("/v1/approvals"),
            422: Sent("/v1/approvals", query="limit=many", who=comms),
        },
        "approveMany": {
            **_refusals("/v1/approvals/decisions", comms),
            200: Sent("/v1/approvals/decisions", {"decision": "approve", "posts": [many]}, comms),
            403: Sent("/v1/approvals/decisions", {"decision": "approve", "posts": [many]}),
        },
        "approvalStatistics": {
            200: Sent("/v1/approvals/statistics", query="from=2026-11-01&to=2026-11-30", who=comms),
            401: Sent("/v1/approvals/statistics", who=""),
            403: Sent("/v1/approvals/statistics"),
            422: Sent("/v1/approvals/statistics", query="from=2020-01-01", who=comms),
        },
        "readApproval": {
            200: Sent(waiting, who=comms),
            401: Sent(waiting, who=""),
            403: Sent(waiting),
            404: Sent(nowhere, who=comms),
        },
        "decide": {
            **_refusals(decide, comms),
            200: Sent(decide, world.decision(), comms),
            403: Sent(decide, world.decision(), AUDITOR.person_id),
            404: Sent(f"{nowhere}/decision", world.decision(), comms),
            409: Sent(decide, world.decision(content_hash="0" * 64), comms),
        },
        "describe": {200: Sent("/openapi.json", who="")},
        "listPlatforms": {
            200: Sent("/v1/platforms"),
            401: Sent("/v1/platforms", who=""),
            404: Sent("/v1/platforms", query="account=nobodys"),
        },
        **account_examples(),
        **people_examples(),
        **policy_examples(world),
        **incident_examples(world),
        **picture_examples(world.shown, Sent, _refusals),
        **erasure_examples(world.erasing, Sent, _refusals),
        **legal_hold_examples(world.keeping, Sent, _refusals),
        **disposal_examples(world.disposing, Sent, _refusals),
        **audit_examples(world.auditing, Sent, _refusals),
        **proof_examples(world.proving, Sent, _refusals),
        **deletion_examples(world.deleting, Sent, _refusals),
        **exception_examples(world.excepting, Sent, _refusals),
        **drift_examples(world.drifting, Sent, _refusals),
        **takedown_examples(world.taking, Sent, _refusals),
        **mention_examples(world.mentioned, Sent, _refusals),
        **review_examples(world.reviewing, Sent, _refusals),
        **impostor_examples(world.impersonating, Sent, _refusals),
        **sample_examples(world.sampling, Sent, _refusals),
        **report_examples(world.reporting, Sent),
        **correction_examples(world.correcting, Sent, _refusals),
        **appeal_examples(world.appealing, Sent, _refusals),
    }
    return {(name, status): sent for name, row in table.items() for status, sent in row.items()}


def test_the_document_itself_is_valid():
    validate(DOCUMENT)


def test_every_route_of_the_api_is_described_and_nothing_else():
    api = {(method, path) for _, method, path in routes() if path.startswith("/v1/")}

    assert api | {("GET", "/openapi.json")} == {(m, path) for m, path, _ in OPERATIONS.values()}


def test_it_is_served_and_written_as_it_is(world, tmp_path):
    _, served = world.exchange("describe", Sent("/openapi.json", who=""))

    assert main(["openapi", str(tmp_path / "deep" / "openapi.json")]) == 0

    assert (tmp_path / "deep" / "openapi.json").read_text(encoding="utf-8") == served.text


def test_make_writes_it_too():
    plan = subprocess.run(
        ["make", "--no-print-directory", "--dry-run", "openapi"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )

    assert plan.stdout.splitlines()[-1].endswith("bluelamp openapi build/openapi.json")


def test_no_described_answer_is_left_untried(world):
    assert examples(world).keys() == DOCUMENTED


@pytest.mark.parametrize(("operation", "status"), sorted(DOCUMENTED))
def test_every_described_answer_is_given_as_described(world, operation, status):
    if status == 409:
        world.exchange(
            operation, examples(world)[operation, 202 if operation == "submitPost" else 409]
        )

    request, heard = world.exchange(operation, examples(world)[operation, status])

    assert heard.status == status, heard.text
    kind = heard.headers["content-type"]
    ANSWERS.validate_response(
        request, MockResponse(heard.text.encode(), heard.status, heard.headers, kind)
    )
    if status < 300:
        REQUESTS.validate_request(request)


@pytest.mark.parametrize("text", ["Clear.", "See https://example.org", "#a #b #c #d", "x" * 600])
def test_every_verdict_is_as_described(world, text):
    request, heard = world.exchange("checkPost", Sent("/v1/checks", {**CHECK, "text": text}))

    ANSWERS.validate_response(request, MockResponse(heard.text.encode(), 200, {}, JSON))


def test_a_blocked_and_a_replaced_post_are_as_described(world):
    sent = Sent("/v1/posts", {**POST, "text": "#a #b #c #d"})
    _, blocked = world.exchange("submitPost", sent)
    reference = f"{blocked.json()['post']['post_id']}@1"
    _, replaced = world.exchange("submitPost", Sent("/v1/posts", {**POST, "replaces": reference}))
    life = Sent(f"/v1/posts/{replaced.json()['post_id']}")
    _, read = world.exchange("readPost", life)

    assert (blocked.status, replaced.status, read.status) == (422, 202, 200)
    assert len(read.json()["versions"]) == 2


# ── what the description forbids, the app refuses ────────────────────────────

WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20)
ANY = st.none() | st.booleans() | st.integers() | WORDS | st.lists(WORDS, max_size=3)
PLATFORMS = st.lists(st.sampled_from(["sandbox", "bluesky", "x", ""]), max_size=3) | ANY


def bodies(operation: str, **likely: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Bodies that are nearly right: every described field may be missing, right or anything."""
    schema = schema_of(operation)
    fields = {
        name: likely.get(name, st.sampled_from(described.get("enum", [""])) | ANY)
        for name, described in schema["properties"].items()
    }
    likely_there = {name: fields.pop(name) for name in schema["required"]}
    body = st.fixed_dictionaries(likely_there, optional={**fields, "colour": WORDS})
    return body | st.dictionaries(WORDS, ANY, max_size=3)


def schema_of(operation: str) -> dict[str, Any]:
    """The schema of an operation's body."""
    reference = OPERATIONS[operation][2]["requestBody"]["content"][JSON]["schema"]["$ref"]
    return DOCUMENT["components"]["schemas"][reference.rpartition("/")[2]]


def is_described(operation: str, body: Any) -> bool:
    """Whether the description allows a body, formats included."""
    checker = jsonschema.Draft202012Validator.FORMAT_CHECKER
    schema = schema_of(operation)
    return jsonschema.Draft202012Validator(schema, format_checker=checker).is_valid(body)


PACK = bundled(date(2026, 11, 20))
TRIES = settings(max_examples=60, suppress_health_check=list(HealthCheck))


@TRIES
@given(
    body=bodies("checkPost", platforms=PLATFORMS, account=st.sampled_from([FREE, "nobody"]) | ANY)
)
def test_a_check_is_answered_exactly_if_the_description_allows_it(world, body):
    _, heard = world.exchange("checkPost", Sent("/v1/checks", body))

    # Which platforms and accounts there are is the force's to say, not the description's.
    described = is_described("checkPost", body)
    if described and body.get("account") not in {None, FREE}:
        assert heard.status == 404, heard.text
    else:
        welcome = described and set(body["platforms"]) <= PACK.limits.keys()
        assert heard.status == (200 if welcome else 422), heard.text


@TRIES
@given(body=bodies("submitPost", platforms=PLATFORMS, account=st.sampled_from([FREE, "nobody"])))
def test_a_submission_that_is_not_as_described_is_refused(world, body):
    _, heard = world.exchange("submitPost", Sent("/v1/posts", body))

    assert heard.status < 500, heard.text
    assert heard.status >= 400 or is_described("submitPost", body)


@TRIES
@given(
    body=bodies("decide", content_hash=st.sampled_from(["0" * 64, "0" * 65, "G" * 64, ""]) | ANY)
)
def test_a_decision_that_is_not_as_described_is_refused(world, body):
    path = f"/v1/approvals/{world.returned.post_id}/1/decision"
    _, heard = world.exchange("decide", Sent(path, body, COMMS.person_id))

    assert 400 <= heard.status < 500, heard.text
    assert heard.status == 422 or is_described("decide", body)


@pytest.mark.parametrize(
    "text",
    [
        "2027-01-01",
        "2027-01-01T10:00Z",
        "20270101T100000Z",
        "2027-W01-1T10:00:00Z",
        "2027-01-01 10:00:00+00:00",
        "2027-01-01T10:00:00",
        "2027-01-01T10:00:00+00",
        "2027-02-30T10:00:00Z",
    ],
)
def test_a_time_in_another_spelling_is_refused(world, text):
    _, heard = world.exchange("submitPost", Sent("/v1/posts", {**POST, "not_before": text}))

    assert heard.status == 422
    assert heard.json()["errors"][0]["field"] == "not_before"


@pytest.mark.parametrize("key", ["", "a" * 101])
def test_an_idempotency_key_of_the_wrong_length_is_refused(world, key):
    sent = Sent("/v1/posts", POST, headers={"Idempotency-Key": key})

    assert world.exchange("submitPost", sent)[1].status == 422
