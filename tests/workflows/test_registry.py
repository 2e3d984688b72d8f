"""The registrar's work through HTTP, and everybody who tries to do it in another way."""

import json
import re
from urllib.parse import quote

import pytest

from local.demo.caller import Caller
from local.force import AUDITOR, COMMANDER, COMMS, DEPUTY, OFFICER, PCSO, REGISTRAR, STANDARDS
from local.stack import FunctionFailedError
from shared.accounts.checklist import REQUIRED
from tests.workflows.force import FREE, a_force

PASSWORD = "Tall-giraffe-umbrella-3"
WHY = {"why": "It had to be."}
REFUSED_EMAILS = [
    ("biddulph@gmail.com", "Personal e-mail"),
    ("biddulph+x@moorshire.police.example", "Leave out the +"),
    ("biddulph@mail.moorshire.police.example", "itself"),
    ("biddulph@mοorshire.police.example", "only look like it"),
    ("biddulph@moorshire.police.example.org", "only looks like"),
    ("biddulph@staffordshire.police.example", "not the force"),
    ("two words@moorshire.police.example", "spaces"),
    ("asha.rowley@moorshire.police.example", "somebody's own mailbox"),
]


@pytest.fixture(scope="module")
def logs(tmp_path_factory):
    return tmp_path_factory.mktemp("logs")


@pytest.fixture(scope="module")
def force(logs):
    with a_force(logs=logs) as force:
        force.stack.schedules.stop()
        yield force


@pytest.fixture
def registrar(force):
    return force.caller(REGISTRAR.person_id)


def an_entry(name, **changes):
    """What is sent to ask for an account."""
    return {
        "account_id": name,
        "title": f"{name.capitalize()} Neighbourhood Team",
        "level": "neighbourhood",
        "area": name,
        "purpose": "Tells people nearby what their team does.",
        "audience": "People nearby",
        "email": f"{name}.npt@moorshire.police.example",
        "owner": OFFICER.person_id,
        "parent": "moorlands-cmdr",
        **changes,
    }


def somebody(key, **changes):
    """What is sent to enter a person."""
    return {
        "person_id": f"p-{key}",
        "name": f"PC {key.capitalize()}",
        "email": f"{key}@moorshire.police.example",
        "mobile": "+447700900321",
        "role": "officer",
        **changes,
    }


def patch(caller, path, body):
    """PATCH a JSON object."""
    kind = {"Content-Type": "application/json"}
    return caller._call("PATCH", path, json.dumps(body).encode(), kind)


def opened(force, registrar, name, **changes):
    """An account, all the way to active."""
    handles = [{"platform": "sandbox", "name": f"@{name}", "service": force.stack.sandbox.url}]
    entry = an_entry(name, handles=handles, **changes)
    assert registrar.post_json("/v1/accounts", entry).status == 201
    here, page = f"/v1/accounts/{name}", f"https://www.moorshire.police.example/{name}"
    seen = {"force_page": page, "house_rules": f"{page}/rules", "checklist": sorted(REQUIRED)}
    assert patch(registrar, here, seen).status == 200
    two_step = {"platform": "sandbox", "on": "2026-11-02"}
    assert registrar.post_json(f"{here}/two-step", two_step).status == 200
    assert registrar.post_json(f"{here}/review", {"again": "2099-01-01"}).status == 200
    for status in ("approved", "active"):
        heard = registrar.post_json(f"{here}/status", {"status": status, **WHY})
        assert heard.status == 200, heard.text
    return here


# ── accounts ─────────────────────────────────────────────────────────────────


def test_an_account_is_asked_for_approved_opened_suspended_reinstated_and_closed(force, registrar):
    here = opened(force, registrar, "biddulph")
    for status in ("suspended", "active", "closed"):
        assert registrar.post_json(f"{here}/status", {"status": status, **WHY}).status == 200

    history = registrar.get(here).json()["history"]

    assert [step["status"] for step in history] == [
        *("requested", "approved", "active", "suspended", "active", "closed")
    ]
    assert {step["by"] for step in history} == {REGISTRAR.person_id}
    assert registrar.post_json(f"{here}/status", {"status": "active", **WHY}).status == 409


def test_nobody_speaks_before_everything_was_seen(registrar):
    registrar.post_json("/v1/accounts", an_entry("werrington"))
    registrar.post_json("/v1/accounts/werrington/status", {"status": "approved", **WHY})

    heard = registrar.post_json("/v1/accounts/werrington/status", {"status": "active", **WHY})

    assert heard.status == 422
    missing = {error["field"] for error in heard.json()["errors"]}
    assert missing >= {"force_page", "house_rules", "review_date", "checklist", "handles"}


def test_a_step_without_a_reason_is_none(registrar):
    heard = registrar.post_json(f"/v1/accounts/{FREE}/status", {"status": "suspended", "why": "  "})

    assert (heard.status, heard.json()["errors"][0]["field"]) == (422, "why")


@pytest.mark.parametrize(("email", "word"), REFUSED_EMAILS)
def test_a_mailbox_that_is_not_the_teams_is_refused_with_a_sentence(registrar, email, word):
    heard = registrar.post_json("/v1/accounts", an_entry("nowhere", email=email))

    assert heard.status == 422
    assert any(
        error["field"] == "email" and word in error["detail"] for error in heard.json()["errors"]
    ), heard.text


@pytest.mark.parametrize(
    "name", ["@LEEK-npt", "leek-npt", "@leek-nрt", "@le\u200bek-npt", "@Łeek-npt"]
)
def test_a_name_that_passes_for_anothers_is_refused(force, registrar, name):
    handles = [{"platform": "sandbox", "name": name, "service": force.stack.sandbox.url}]

    heard = registrar.post_json("/v1/accounts", an_entry("copycat", handles=handles))

    assert heard.status in {409, 422}, heard.text
    if heard.status == 409:
        assert "belongs to the account leek-npt" in heard.json()["detail"]


def test_a_mailbox_kept_for_a_team_is_nobody_elses(registrar):
    kept = {"email": "caverswall.npt@moorshire.police.example", "account_id": "caverswall"}
    assert registrar.post_json("/v1/mailboxes", kept).status == 201

    other = registrar.post_json("/v1/accounts", an_entry("blythe", email=kept["email"]))
    theirs = registrar.post_json("/v1/accounts", an_entry("caverswall"))

    assert (other.status, theirs.status) == (409, 201)


@pytest.mark.parametrize(
    "changes",
    [
        {"parent": "force"},
        {"parent": "leek-npt"},
        {"parent": None},
        {"level": "lpt", "parent": "force"},
        {"approval_mode": "none"},
        {"owner": "p-nobody"},
        {"rhythm_hours": 0},
        {"force_page": "https://moorshire.police.example.org/leek"},
        {"handles": [{"platform": "sandbox", "name": "@x", "service": "http://else.example"}]},
        {"title": ""},
        {"status": "active"},
        {"two_step": []},
    ],
)
def test_what_breaks_a_rule_is_not_opened(registrar, changes):
    heard = registrar.post_json("/v1/accounts", an_entry("broken", **changes))

    assert heard.status == 422, heard.text
    assert registrar.get("/v1/accounts/broken").status == 404


def test_an_account_that_others_belong_to_is_not_closed(registrar):
    heard = registrar.post_json("/v1/accounts/force/status", {"status": "closed", **WHY})

    assert heard.status == 409
    assert "Moorlands Commander" in heard.json()["detail"]


def test_an_account_is_handed_over_and_the_old_owner_speaks_no_more(force, registrar):
    here = opened(force, registrar, "endon")
    heard = registrar.post_json(f"{here}/handover", {"owner": PCSO.person_id, **WHY})

    post = {"text": "The road is open.", "account": "endon", "platforms": ["sandbox"]}

    assert heard.json()["owner"] == PCSO.person_id
    assert force.officer.post_json("/v1/posts", post).status in {403, 404}
    assert force.caller(PCSO.person_id).post_json("/v1/posts", post).status == 202


# ── people ───────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"mobile": ""}, "mobile"),
        ({"mobile": "0161 496 0000"}, "mobile"),
        ({"email": "someone@gmail.com"}, "email"),
        ({"email": OFFICER.email.upper()}, "email"),
        ({"email": "leek.npt@moorshire.police.example"}, "email"),
        ({"name": ""}, "name"),
        ({"role": "king"}, "role"),
    ],
)
def test_nobody_has_access_before_all_is_known_of_them(registrar, changes, field):
    heard = registrar.post_json("/v1/people", somebody("incomplete", **changes))

    assert heard.status == 422, heard.text
    assert field in {error["field"] for error in heard.json()["errors"]}
    assert registrar.get("/v1/people/p-incomplete").status == 404


def test_names_and_mobiles_are_for_the_centre_and_for_oneself(force):
    about = f"/v1/people/{OFFICER.person_id}"
    own, comms = force.officer.get(about).json(), force.comms.get(about).json()
    for reader in (AUDITOR, STANDARDS):
        masked = force.caller(reader.person_id).get(about).json()
        assert (masked["name"], masked["email"], masked["mobile"]) == (None, None, None)
        page = force.caller(reader.person_id).get(f"/registry/people/{OFFICER.person_id}").text
        assert OFFICER.name not in page
        assert OFFICER.mobile not in page

    assert own["mobile"] == comms["mobile"] == OFFICER.mobile
    assert force.officer.get(f"/v1/people/{PCSO.person_id}").status == 403


def test_nobody_gives_themselves_another_role_or_their_access_back(registrar):
    me = f"/v1/people/{REGISTRAR.person_id}"

    assert patch(registrar, me, {"role": "comms"}).status == 409
    assert registrar.post_json(f"{me}/status", {"status": "away", **WHY}).status == 403


def test_only_the_registrar_makes_an_approver_senior_and_nobody_else_can_be(force, registrar):
    registrar.post_json("/v1/people", somebody("rising", role="comms"))
    registrar.post_json("/v1/people", somebody("plain", mobile="+447700900322"))
    here, form = "/v1/people/p-rising", "/registry/people/p-rising/change"

    assert patch(force.comms, here, {"senior": True}).status == 403
    assert patch(registrar, here, {"senior": True}).json()["senior"] is True
    assert patch(registrar, "/v1/people/p-plain", {"senior": True}).status == 422
    page = registrar.get(form)
    assert "checked" in page.text.partition('name="senior"')[2][:80]
    assert "senior approver" in registrar.get("/registry/people/p-rising").text

    fields = {**somebody("rising", role="comms"), "csrf": page.fields()["csrf"], "duty": ""}
    assert registrar.post_form(form, {**fields, "senior": "yes"}).status == 303
    assert registrar.get(here).json()["senior"] is True
    assert registrar.post_form(form, fields).status == 303
    assert registrar.get(here).json()["senior"] is False


def test_an_approver_hands_their_approvals_over_and_takes_them_back_on_their_own_page(
    force, registrar
):
    here = f"/registry/people/{DEPUTY.person_id}"
    deputy = force.caller(DEPUTY.person_id)
    page = deputy.get(here)
    sent = {
        "csrf": page.fields()["csrf"],
        "act": "delegation",
        "to": COMMS.person_id,
        "first_day": "2099-06-01",
        "last_day": "2099-06-09",
        "why": "On leave.",
    }

    assert "Hand your approvals over" in page.text
    assert "Hand your approvals over" not in registrar.get(here).text
    assert deputy.post_form(here, {**sent, "to": OFFICER.person_id}).status == 409
    assert deputy.post_form(here, {**sent, "last_day": "2099-05-01"}).status == 422
    assert deputy.post_form(here, sent).status == 303
    assert "asked instead: p-comms" in deputy.get(here).text
    ends = {"csrf": sent["csrf"], "act": "delegation-end", "first_day": "2099-06-01"}
    assert deputy.post_form(here, ends).status == 303
    assert "asked instead: p-comms" not in deputy.get(here).text
    guest = registrar.get(here).fields()["csrf"]
    assert registrar.post_form(here, {**sent, "csrf": guest}).status == 404


def test_training_and_policy_are_recorded_with_their_days(registrar, force):
    registrar.post_json("/v1/people", somebody("taught"))
    here = "/v1/people/p-taught"
    before = registrar.get(here).json()["training_due"]
    registrar.post_json(f"{here}/training", {"topic": "hashtags", "on": "2026-11-02"})
    late = registrar.post_json(f"{here}/training", {"topic": "hashtags", "on": "2099-01-01"})
    accepted = force.caller("p-taught").post_json(f"{here}/acceptance", {"version": "2026-11"})

    assert "hashtags" in before
    assert "hashtags" not in registrar.get(here).json()["training_due"]
    assert late.status == 422
    assert accepted.json()["acceptance"]["version"] == "2026-11"


# ── cover ────────────────────────────────────────────────────────────────────


def test_a_leave_that_leaves_an_account_with_nobody_is_refused(force):
    commander = force.caller(COMMANDER.person_id)
    days = {"first_day": "2099-06-01", "last_day": "2099-06-09"}
    path = f"/v1/people/{COMMANDER.person_id}/leave"

    alone = commander.post_json(path, days)
    with_auditor = commander.post_json(path, {**days, "cover": AUDITOR.person_id})
    covered = commander.post_json(path, {**days, "cover": OFFICER.person_id})

    assert alone.status == 409
    assert "Moorlands Commander" in alone.json()["detail"]
    assert with_auditor.status == 409
    assert covered.status == 200, covered.text


def test_being_marked_as_away_needs_cover_too(registrar):
    heard = registrar.post_json(
        f"/v1/people/{COMMANDER.person_id}/status", {"status": "away", **WHY}
    )

    assert heard.status == 409


def test_who_is_suspended_is_out_whatever_it_leaves_behind_and_comms_are_told(force, registrar):
    registrar.post_json("/v1/people", somebody("sole"))
    opened(force, registrar, "alton", owner="p-sole")
    mails = len(list(force.stack.mailbox))

    heard = registrar.post_json("/v1/people/p-sole/status", {"status": "suspended", **WHY})

    assert heard.status == 200
    fresh = list(force.stack.mailbox)[mails:]
    assert any("Nobody is there" in str(mail) for mail in fresh)


# ── keys ─────────────────────────────────────────────────────────────────────


def test_keys_go_in_and_never_come_out(force, registrar):
    path = f"/v1/accounts/{FREE}/credentials"
    form = f"/registry/accounts/{FREE}/credentials/sandbox"
    set_ = registrar.post_json(f"{path}/sandbox", {"identifier": "@leek", "password": PASSWORD})
    csrf = registrar.get(form).fields()["csrf"]
    weak = registrar.post_form(form, {"csrf": csrf, "identifier": "@leek", "password": "short-one"})
    answers = [set_, weak, registrar.get(path), registrar.get(form), registrar.get("/registry")]

    kept = force.stack.aws.client("secretsmanager").get_secret_value(
        SecretId=f"bluelamp-local/platforms/{FREE}/sandbox"
    )

    assert PASSWORD in kept["SecretString"]
    assert (set_.status, weak.status) == (201, 422)
    assert not any(PASSWORD in each.text or "short-one" in each.text for each in answers)


@pytest.mark.parametrize(
    "password", ["short", " Tall-giraffe-umbrella-3", "aaaaaaaaaaaaaaaa", "Tall-\u200bgiraffe-umb"]
)
def test_weak_keys_are_refused_without_being_repeated(registrar, password):
    body = {"identifier": "@leek", "password": password}
    heard = registrar.post_json(f"/v1/accounts/{FREE}/credentials/sandbox", body)

    assert heard.status == 422
    assert password.strip() not in heard.text


def test_keys_of_an_application_are_kept_whole_and_belong_together(force, registrar):
    path = f"/v1/accounts/{FREE}/credentials/sandbox"
    token = "token-" + "0123456789" * 150  # as long as Entra ID's are
    keys = {"identifier": "@leek", "password": token, "client_id": "app", "client_secret": PASSWORD}
    renewed_at = "https://login.example/oauth2/v2.0/token"

    whole = registrar.post_json(path, {**keys, "token_url": renewed_at})
    clear = registrar.post_json(path, {**keys, "token_url": "http://login.example"})
    lone = registrar.post_json(path, {**keys, "client_id": ""})

    kept = force.stack.aws.client("secretsmanager").get_secret_value(
        SecretId=f"bluelamp-local/platforms/{FREE}/sandbox"
    )
    assert json.loads(kept["SecretString"]) == {**keys, "token_url": renewed_at}
    assert [each.status for each in (whole, clear, lone)] == [201, 422, 422]
    assert PASSWORD not in "".join(each.text for each in (whole, clear, lone))
    plain = registrar.post_json(path, {"identifier": "@leek", "password": PASSWORD})
    assert plain.status == 201


def test_keys_that_a_leaver_knew_have_to_be_changed_at_once(force, registrar):
    registrar.post_json("/v1/people", somebody("second", role="registrar"))
    opened(force, registrar, "foxt")
    path = "/v1/accounts/foxt/credentials"
    second = force.caller("p-second")
    second.post_json(f"{path}/sandbox", {"identifier": "@foxt", "password": PASSWORD})
    before = registrar.get(path).json()["credentials"][0]["attention"]

    registrar.post_json("/v1/people/p-second/status", {"status": "left", **WHY})

    assert before is None
    assert registrar.get(path).json()["credentials"][0]["attention"] == "known_by_leaver"
    told = force.stack.call("TellMorning", {})
    assert told["keys"] >= 1
    registrar.post_json(f"{path}/sandbox", {"identifier": "@foxt", "password": PASSWORD[::-1]})
    assert registrar.get(path).json()["credentials"][0]["attention"] is None


def test_keys_that_the_platform_refuses_ring_before_a_post_needs_them(force, registrar):
    opened(force, registrar, "rudyard")
    path = "/v1/accounts/rudyard/credentials"
    registrar.post_json(f"{path}/sandbox", {"identifier": "@rudyard", "password": PASSWORD})

    with pytest.raises(FunctionFailedError, match="rudyard/sandbox"):
        force.stack.call("CheckKeys", {})

    assert registrar.get(path).json()["credentials"][0]["check"] == "refused"
    assert force.stack.call("CheckKeys", {})["tried"] == 0  # told once, tried again tomorrow


# ── the public ───────────────────────────────────────────────────────────────


def test_anybody_may_see_the_genuine_accounts_and_nobodys_name(force):
    nobody = Caller(force.stack.url)
    page, api = nobody.get("/accounts"), nobody.get("/v1/public/accounts")

    assert (page.status, api.status) == (200, 200)
    assert "max-age" in page.headers["cache-control"]
    for text in (page.text, api.text):
        assert "Leek Neighbourhood Team" in text
        assert not re.search(r"\bp-(officer|pcso|comm)|@moorshire|\+44|Rowley", text)


@pytest.mark.parametrize(
    ("name", "verdict"),
    [
        ("@leek-npt", "genuine"),
        ("Leek-NPT", "genuine"),
        ("@leek-nрt", "alike"),
        ("@nix", "unknown"),
    ],
)
def test_the_public_learns_that_a_look_alike_is_none_of_ours(force, name, verdict):
    heard = Caller(force.stack.url).get(f"/v1/public/accounts?name={quote(name)}")

    assert heard.json()["verdict"] == verdict


# ── forms ────────────────────────────────────────────────────────────────────


def test_a_form_of_the_registry_is_taken_only_from_whom_it_was_served_to(force, registrar):
    path = f"/registry/accounts/{FREE}"
    fields = {"act": "status", "status": "suspended", "why": "No reason."}
    stolen = force.comms.get(path).fields().get("csrf", "")

    for csrf in ("", stolen, "0" * 64):
        assert registrar.post_form(path, {**fields, "csrf": csrf}).status == 403

    assert registrar.get(f"/v1/accounts/{FREE}").json()["status"] == "active"


@pytest.mark.parametrize("who", [OFFICER, COMMANDER, COMMS, AUDITOR, STANDARDS])
def test_nobody_but_the_registrar_changes_anything(force, who):
    caller = force.caller(who.person_id)
    tries = [
        caller.post_json("/v1/accounts", an_entry("mine")),
        patch(caller, f"/v1/accounts/{FREE}", {"title": "Mine"}),
        caller.post_json(f"/v1/accounts/{FREE}/status", {"status": "closed", **WHY}),
        caller.post_json("/v1/people", somebody("mine")),
        patch(caller, f"/v1/people/{who.person_id}", {"role": "registrar"}),
        caller.post_json(f"/v1/accounts/{FREE}/credentials/sandbox", {}),
        caller.post_json("/v1/people/leavers", {"csv": ""}),
        caller.get(f"/registry/accounts/{FREE}/change"),
    ]

    assert {heard.status for heard in tries} == {403}
