"""Signing in through the force's own sign-in, and whatever a stranger tries at it."""

import json
import re
from dataclasses import replace
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

from local.demo.caller import Caller
from local.force import COMMANDER, COMMS, OFFICER, PCSO, PEOPLE
from shared.accounts.registry import PersonStatus
from shared.identity.session import LASTS
from shared.records.people import People
from tests.builders import an_act
from tests.workflows.asking import everything
from tests.workflows.entering import ATTEMPT, DOOR, SESSION, begin, choose, come_back, sign_in
from tests.workflows.force import a_force

CALLBACK = "/sign-in/callback"


@pytest.fixture(scope="module")
def logs(tmp_path_factory):
    return tmp_path_factory.mktemp("logs")


@pytest.fixture(scope="module")
def force(logs):
    with a_force(logs=logs) as force:
        force.stack.schedules.stop()
        yield force


def leaves(force, kind):
    rows = force.stack.tables.outbox.scan(consistent_read=True)
    found = (json.loads(bytes(row.envelope)) for row in rows)
    return [leaf for leaf in found if leaf["type"] == kind]


def is_in(browser):
    return browser.get("/posts").status == 200


# ── the way it should go ─────────────────────────────────────────────────────


@pytest.mark.parametrize("person", PEOPLE, ids=lambda person: person.person_id)
def test_everybody_of_the_registry_signs_in(force, person):
    browser, heard = sign_in(force.stack.url, person.person_id)

    assert (heard.status, heard.headers["location"]) == (303, "/posts")
    assert person.name in browser.get("/posts").text
    assert browser.cookies[ATTEMPT] == ""


def test_whoever_chooses_first_is_sent_round_by_the_product(force):
    browser = Caller(force.stack.url)

    chosen = browser.post_form(DOOR, {"person_id": OFFICER.person_id})
    assert chosen.headers["location"] == "/sign-in"
    asked = browser.get("/sign-in").headers["location"]
    back = browser.get(asked).headers["location"]
    browser.get(back)

    assert is_in(browser)


def test_a_session_is_a_bearer_token_too(force):
    browser, _ = sign_in(force.stack.url, OFFICER.person_id)

    script = Caller(force.stack.url, token=browser.cookies[SESSION])

    assert script.get("/v1/posts").status == 200


def test_looking_at_the_way_in_keeps_nothing(force):
    before = everything(force)

    for _ in range(20):
        begin(Caller(force.stack.url))
    Caller(force.stack.url).get("/sign-out")

    assert everything(force) == before


def test_signing_in_and_out_is_on_record_without_name_or_token(force):
    def on_record():
        told = [*leaves(force, "person.signed_in"), *leaves(force, "person.signed_out")]
        return [leaf for leaf in told if leaf["subject"] == f"person:{PCSO.person_id}"]

    before = len(on_record())
    browser, _ = sign_in(force.stack.url, PCSO.person_id)
    token = browser.cookies[SESSION]
    sign_out(browser)

    now = on_record()
    assert len(now) == before + 2
    assert {leaf["actor"] for leaf in now} == {PCSO.person_id}
    for secret in (PCSO.name, PCSO.email, PCSO.mobile, token):
        assert secret not in json.dumps(now)


def sign_out(browser):
    page = browser.get("/posts")
    csrf = re.search(r'action="/sign-out".*?name="csrf" value="([^"]+)"', page.text, re.DOTALL)
    heard = browser.post_form("/sign-out", {"csrf": csrf[1]})
    assert (heard.status, heard.headers["location"]) == (303, "/sign-out")


def test_signing_out_ends_it_everywhere(force):
    phone, _ = sign_in(force.stack.url, COMMANDER.person_id)
    desk, _ = sign_in(force.stack.url, COMMANDER.person_id)
    script = Caller(force.stack.url, token=force.stack.open_session(COMMANDER.person_id))
    copied = Caller(force.stack.url, token=phone.cookies[SESSION])
    somebody_else, _ = sign_in(force.stack.url, OFFICER.person_id)

    sign_out(phone)

    assert phone.cookies[SESSION] == ""
    assert not is_in(phone)
    assert not is_in(desk)
    assert script.get("/v1/posts").status == copied.get("/v1/posts").status == 401
    assert is_in(somebody_else)
    page = phone.get("/sign-out").text
    assert "signed out, on every device" in page
    assert "prompt=login" in page


def test_after_signing_out_the_next_person_is_asked_who_they_are(force):
    browser = Caller(force.stack.url)
    browser.post_form(DOOR, {"person_id": OFFICER.person_id})

    asked = browser.get("/sign-in?prompt=login").headers["location"]

    assert browser.get(asked).status == 200  # asked, though somebody was remembered


# ── what a stranger tries ────────────────────────────────────────────────────


def refused(browser, heard, *, status=403):
    assert heard.status == status, heard.text
    assert "<h1" in heard.text
    assert 'href="/sign-in"' in heard.text
    return not browser.cookies.get(SESSION)


def test_a_code_works_once(force):
    browser = Caller(force.stack.url)
    asked = begin(browser)
    attempt = browser.cookies[ATTEMPT]
    back = choose(browser, asked, OFFICER.person_id)
    come_back(browser, back)

    thief = Caller(force.stack.url, cookies={ATTEMPT: attempt})
    assert refused(thief, come_back(thief, back))


def test_a_stolen_code_is_worthless_in_another_browser(force):
    victim = Caller(force.stack.url)
    back = choose(victim, begin(victim), COMMS.person_id)
    thief = Caller(force.stack.url)

    assert refused(thief, come_back(thief, back))
    own = begin(thief)
    code = parse_qs(urlsplit(back).query)["code"][0]
    mixed = f"{CALLBACK}?{urlencode({'code': code, 'state': own['state']})}"
    assert refused(thief, come_back(thief, mixed))


def test_nobody_is_signed_in_as_somebody_else_by_following_a_link(force):
    attacker = Caller(force.stack.url)
    link = choose(attacker, begin(attacker), OFFICER.person_id)
    victim = Caller(force.stack.url)
    begin(victim)

    assert refused(victim, come_back(victim, link))


@pytest.mark.parametrize(
    "query",
    [
        "",
        "?code=x",
        "?state=x",
        "?code=x&state=x",
        "?error=access_denied",
        "?code=" + "x" * 5000,
        "?code=%00&state=%F0%9F",
        "?code=<script>&state=%22",
    ],
)
def test_a_callback_out_of_nowhere_is_refused_with_a_sentence(force, query):
    browser = Caller(force.stack.url)

    assert refused(browser, browser.get(CALLBACK + query))


@pytest.mark.parametrize("error", ["access_denied", "login_required", "<b>"])
def test_whoever_turns_back_at_the_issuer_is_told_so(force, error):
    browser = Caller(force.stack.url)
    asked = begin(browser)

    heard = browser.get(f"{CALLBACK}?{urlencode({'error': error, 'state': asked['state']})}")

    assert refused(browser, heard)
    assert "did not let you through" in heard.text
    assert "<b>" not in heard.text


def test_a_made_up_code_is_refused(force):
    browser = Caller(force.stack.url)
    asked = begin(browser)

    heard = browser.get(f"{CALLBACK}?{urlencode({'code': 'made-up', 'state': asked['state']})}")

    assert refused(browser, heard)
    assert "used before" in heard.text


def test_a_code_that_is_too_old_is_refused(force):
    browser = Caller(force.stack.url)
    back = choose(browser, begin(browser), OFFICER.person_id)

    force.turn(minutes=2)

    assert refused(browser, come_back(browser, back))


@pytest.mark.parametrize("place", ["https://evil.example/", "//evil.example", "/local/clock"])
@pytest.mark.parametrize("name", ["next", "redirect_uri", "return_to"])
def test_signing_in_leads_nowhere_but_to_the_product(force, name, place):
    asked = begin(Caller(force.stack.url), f"/sign-in?{urlencode({name: place})}")

    assert asked["redirect_uri"] == force.stack.url + CALLBACK


def test_signing_out_takes_the_form_of_a_page_of_ours(force):
    browser, _ = sign_in(force.stack.url, OFFICER.person_id)

    assert browser.post_form("/sign-out", {"csrf": "forged"}).status == 403
    assert browser.post_form("/sign-out", {}).status == 403
    assert is_in(browser)
    assert Caller(force.stack.url).post_form("/sign-out", {"csrf": "x"}).status == 401


def test_an_issuer_that_breaks_down_is_told_of(force, monkeypatch):
    browser = Caller(force.stack.url)
    back = choose(browser, begin(browser), OFFICER.person_id)
    monkeypatch.setattr(force.stack.issuer, "redeem", lambda _: {"token_type": "Bearer"})

    assert refused(browser, come_back(browser, back), status=503)


def test_the_keys_of_another_issuer_open_nothing(force, monkeypatch):
    browser = Caller(force.stack.url)
    back = choose(browser, begin(browser), COMMS.person_id)
    forger = type(force.stack.issuer)(
        force.stack.url, force.stack.clock.now, force.stack.issuer.people
    )
    monkeypatch.setattr(force.stack.issuer, "_key", forger._key)

    heard = come_back(browser, back)

    assert refused(browser, heard)
    assert "cannot trust" in heard.text


# ── whom the registry does not have ──────────────────────────────────────────


def test_an_address_the_registry_does_not_have_opens_nothing(force, monkeypatch):
    stranger = replace(OFFICER, person_id="p-x", email="x@moorshire.police.example")
    monkeypatch.setattr(force.stack.issuer, "people", lambda: (stranger,))

    browser, heard = sign_in(force.stack.url, "p-x")

    assert refused(browser, heard)
    assert "not in the registry" in heard.text


def test_an_address_that_only_looks_registered_opens_nothing(force, monkeypatch):
    for number, email in enumerate(
        [
            OFFICER.email.replace("asha", "as\u04bba"),
            OFFICER.email + ".evil.example",
            OFFICER.email.replace("@", "+x@"),
            OFFICER.email.replace("@", "@mail."),
        ]
    ):
        lookalike = replace(OFFICER, person_id=f"p-{number}", email=email)
        monkeypatch.setattr(force.stack.issuer, "people", lambda who=lookalike: (who,))

        browser, heard = sign_in(force.stack.url, f"p-{number}")

        assert refused(browser, heard), email


@pytest.mark.parametrize("status", [PersonStatus.SUSPENDED, PersonStatus.LEFT])
def test_whoever_has_no_access_is_told_and_their_address_is_verified_anew(force, status):
    people, act = People(force.stack.tables, force.pen), an_act(at=force.stack.clock.now())
    gone = replace(PCSO, status=status)
    people.change(PCSO, gone, act)

    try:
        browser, heard = sign_in(force.stack.url, PCSO.person_id)
        found = people.get(PCSO.person_id)
    finally:
        people.change(people.get(PCSO.person_id), PCSO, act)

    assert refused(browser, heard)
    assert "Your access has ended" in heard.text
    assert found.status is status
    assert found.reverified_at is not None
    assert leaves(force, "person.reverified")


# ── short ────────────────────────────────────────────────────────────────────


def test_a_session_is_over_after_half_a_shift(force):
    browser, _ = sign_in(force.stack.url, OFFICER.person_id)

    force.turn(seconds=LASTS.total_seconds() - 5)
    assert is_in(browser)
    force.turn(seconds=6)
    assert not is_in(browser)


def test_no_log_holds_a_token_a_code_or_an_attempt(force, logs, monkeypatch):
    with monkeypatch.context() as broken:
        broken.setattr(force.stack.issuer, "redeem", lambda _: {"token_type": "Bearer"})
        sign_in(force.stack.url, OFFICER.person_id)
    browser = Caller(force.stack.url)
    asked = begin(browser)
    attempt = browser.cookies[ATTEMPT]
    back = choose(browser, asked, OFFICER.person_id)
    come_back(browser, back)
    code = parse_qs(urlsplit(back).query)["code"][0]

    written = "".join(path.read_text(errors="replace") for path in logs.rglob("*.log"))

    assert "sign-in refused" in written  # there is something to look at
    for secret in (attempt, code, browser.cookies[SESSION], asked["state"], asked["nonce"]):
        assert secret not in written
    for person in PEOPLE:
        assert person.mobile not in written
        assert person.email not in written
