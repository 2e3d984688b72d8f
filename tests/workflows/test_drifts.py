"""What stands on an account and is not from us is found by the clock, told at once, and closed."""

import json
import re
from dataclasses import dataclass
from html import unescape
from urllib.parse import urlencode

import pytest

from local.force import AUDITOR, COMMANDER, COMMS, OFFICER, REGISTRAR
from local.sandbox.faults import Fault, FaultKind
from shared.accounts.registry import AccountStatus
from shared.posts.life import State
from shared.posts.names import AccountId
from tests.workflows.commenting import voice
from tests.workflows.force import FREE, a_force

STRANGER = {"cause": "stranger", "why": "Somebody had the password; it is changed."}


@dataclass
class Hijacked:
    """The sandbox shows this account otherwise than it was registered."""

    force: object
    shown: dict

    def __enter__(self):
        audience, told = self.force.stack.sandbox.audience, self.shown
        self.usual = audience.profile
        own = voice(self.force)

        def profile(account, base, posts):
            reply = self.usual(account, base, posts)
            if account == own:
                reply.fields["account"] |= told
            return reply

        audience.profile = profile

    def __exit__(self, *_):
        self.force.stack.sandbox.audience.profile = self.usual


@pytest.fixture(scope="module")
def force():
    with a_force() as force:
        force.stack.schedules.stop()
        looks(force)
        yield force


@pytest.fixture(autouse=True)
def _well(force):
    """Whatever another test left is closed, and nothing is broken."""
    force.stack.sandbox.faults.clear()
    yield
    force.stack.sandbox.faults.clear()
    for each in alarms(force):
        path = f"/v1/drifts/{each['drift_id']}/close"
        assert force.comms.post_json(path, STRANGER).status == 200


def looks(force):
    return force.stack.call("FindDrifts", {})


def an_hour_later(force):
    force.turn(minutes=61)
    return looks(force)


def listed(force, who=AUDITOR, **query):
    asked_for = "&".join(f"{name}={value}" for name, value in query.items())
    return force.caller(who.person_id).get(f"/v1/drifts?{asked_for}").json()


def alarms(force, **query):
    return [each for each in listed(force, **query)["drifts"] if each["kind"] != "first"]


def by_hand(force, text):
    """Somebody with the password posts in the app."""
    network, base = force.stack.sandbox.network, force.stack.sandbox.url
    fields = {"text": text, "reference": "", "pictures": []}
    reply = network.post(voice(force), fields, base)
    assert reply.status == 201
    return reply.fields["url"]


def letters(force, since):
    mails = list(force.stack.mailbox)[since:]
    return [mail for mail in mails if "did not put there" in mail["Subject"]]


def leaves(force, what):
    rows = force.stack.tables.outbox.scan(consistent_read=True)
    return [leaf for row in rows if (leaf := json.loads(bytes(row.envelope)))["type"] == what]


def test_what_was_seen_first_waits_for_the_web_team_and_rings_nobody(force):
    first = [each for each in listed(force)["drifts"] if each["account"] == FREE]
    [drift] = [each for each in first if each["kind"] == "first"]
    path = f"/v1/drifts/{drift['drift_id']}/close"
    wish = {"cause": "ours", "why": "As registered."}

    refused = force.comms.post_json(path, wish)
    confirmed = force.caller(REGISTRAR.person_id).post_json(path, wish)

    assert (refused.status, confirmed.status) == (403, 200)
    assert looks(force)["told"] == 0


def test_a_post_by_a_thief_is_found_told_once_taken_on_and_closed(force):
    post_id = force.submit("From us, at noon.")
    assert force.until(post_id) is State.PUBLISHED
    by_hand(force, text := "Send your coins to the desk sergeant.")
    mails, before = len(force.stack.mailbox), len(leaves(force, "drift.found"))

    first, again = an_hour_later(force), an_hour_later(force)

    assert (first["found"], first["told"], again["found"], again["told"]) == (1, 1, 0, 0)
    [drift] = alarms(force)
    assert (drift["kind"], drift["account"], drift["state"]) == ("post", FREE, "open")
    assert len(leaves(force, "drift.found")) == before + 1
    told = letters(force, mails)
    assert {COMMS.email, OFFICER.email} <= {mail["To"] for mail in told}
    assert force.accounts.get(AccountId(FREE)).owner == OFFICER.person_id
    assert not any("coins" in mail.get_body(("plain",)).get_content() for mail in told)
    assert all("suspend" in mail.get_body(("plain",)).get_content() for mail in told)

    path = f"/drifts/{drift['drift_id']}"
    comms = force.comms
    page, officers = comms.get(path), force.officer.get(path)
    assert text in page.text
    assert f"/registry/accounts/{FREE}" in page.text
    assert f"/posts/afterwards?account={FREE}&amp;platform=sandbox" in page.text
    assert ("I look after it" in page.text, "I look after it" in officers.text) == (True, False)
    assert force.caller(COMMANDER.person_id).get(path).status == 404
    assert drift["drift_id"] in {each["drift_id"] for each in listed(force, OFFICER)["drifts"]}
    taken = comms.post_form(path, {**page.fields(), "act": "acknowledge"})
    bare = comms.post_form(path, {**page.fields(), "act": "close"})
    wish = {**page.fields(), "act": "close", **STRANGER}
    closed, late = (comms.post_form(path, wish) for _ in range(2))
    assert (taken.status, bare.status, closed.status, late.status) == (303, 422, 303, 409)
    assert "Choose how it came about" in bare.text
    [kept] = [each for each in alarms(force, state="closed") if each["drift_id"] in path]
    assert (kept["acknowledged"]["by"], kept["closed"]["cause"]) == (COMMS.person_id, "stranger")
    assert an_hour_later(force)["found"] == 0


def test_its_page_leads_to_forms_that_say_why_and_choose_nothing(force):
    by_hand(force, text := "Ring this number, and pay.")
    an_hour_later(force)
    [drift] = alarms(force)
    path, registered = f"/drifts/{drift['drift_id']}", f"/registry/accounts/{FREE}"
    registrar, commander = force.caller(REGISTRAR.person_id), force.caller(COMMANDER.person_id)

    web_team, comms = links(registrar.get(path)), links(force.comms.get(path))
    suspending, declaring = web_team["Suspend the account"], comms["Declare an incident"]
    suspend, declare = registrar.get(suspending), force.comms.get(declaring)

    assert suspending.startswith(f"{registered}?act=status&")
    assert ("Suspend the account" in comms, "Declare an incident" in web_team) == (False, False)
    for page in (suspend, declare):
        typed = typed_in(page, "why")
        assert (path in typed, "not from us" in typed, text in typed) == (True, True, False)
        assert ("checked" in page.text, page.status) == (False, 200)
    chosen = {**suspend.fields(), "act": "status", "why": typed_in(suspend, "why")}
    bare = registrar.post_form(registered, chosen)
    assert bare.status == 422
    assert force.accounts.get(AccountId(FREE)).status is AccountStatus.ACTIVE
    refused = [who.get(suspending).status for who in (force.comms, commander)]
    nothing = registrar.get(f"{registered}?act=nothing")
    assert ([*refused, nothing.status]) == [403, 403, 404]


def links(page):
    """Where the links of a page lead, by their words."""
    found = re.findall(r'<a class="govuk-link[^"]*" href="([^"]+)">([^<]+)</a>', page.text)
    return {unescape(words): unescape(address) for address, words in found}


def typed_in(page, name):
    """What stands in a field of several lines."""
    return unescape(re.search(rf'<textarea[^>]* name="{name}"[^>]*>\n([^<]*)<', page.text)[1])


def test_what_is_entered_as_posted_by_hand_ends_its_drift_by_itself(force):
    url = by_hand(force, text := "The station is open again.")
    an_hour_later(force)
    [drift] = alarms(force)
    entry = {
        "account": FREE,
        "platform": "sandbox",
        "text": text,
        "url": url,
        "at": force.stack.clock.now().isoformat(),
        "by": None,
        "authorised_by": None,
        "why": "Nothing went out from here.",
    }
    filled = force.officer.get(
        f"/posts/afterwards?{urlencode({'platform': 'sandbox', 'url': url})}"
    )
    assert f'value="{url}"' in filled.text
    assert force.officer.post_json("/v1/posts/afterwards", entry).status == 201

    looked = an_hour_later(force)

    assert (looked["found"], alarms(force)) == (0, [])
    whole = force.comms.get(f"/v1/drifts/{drift['drift_id']}").json()
    assert (whole["closed"]["cause"], whole["closed"]["by"]) == ("ours", "bluelamp")
    assert whole["said"]["after"] == text


def test_another_profile_is_told_with_the_words_before_and_after_and_right_if_it_was_us(force):
    ours = {"cause": "ours", "why": "A new name."}
    with Hijacked(force, {"name": "Free coins"}):
        assert an_hour_later(force)["found"] == 1
        [drift] = alarms(force)
        whole = force.comms.get(f"/v1/drifts/{drift['drift_id']}").json()
        told = whole["kind"], whole["said"]["before"], whole["said"]["after"]
        assert told == ("name", voice(force).title(), "Free coins")
        path = f"/v1/drifts/{drift['drift_id']}/close"
        nobody = force.comms.post_json(path, ours)
        closed = force.comms.post_json(path, {**ours, "who": "PC 1234"})
        assert (nobody.status, closed.status) == (422, 200)
        assert an_hour_later(force)["found"] == 0

    assert an_hour_later(force)["found"] == 1  # what was right before is not any more
    [back] = alarms(force)
    path = f"/v1/drifts/{back['drift_id']}/close"
    assert force.comms.post_json(path, {**ours, "who": "PC 1234"}).status == 200
    assert an_hour_later(force)["found"] == 0


def test_what_was_put_right_says_since_when_and_still_asks_how_it_came_about(force):
    with Hijacked(force, {"handle": "leek-coins"}):
        an_hour_later(force)
    looked = an_hour_later(force)

    [drift] = alarms(force)
    assert (looked["found"], drift["kind"], drift["state"]) == (0, "handle", "open")
    assert drift["ended_at"] is not None


@pytest.mark.parametrize("fault", [FaultKind.FAILS_BEFORE_COMMIT, FaultKind.WRONG_TYPE])
def test_a_platform_that_is_down_is_no_drift_and_it_is_said(force, fault):
    force.stack.sandbox.faults.add(Fault(fault, on="profile", times=100))

    looked = an_hour_later(force)

    assert (looked["found"], looked["told"]) == (0, 0)
    silent = {(each["account"], each["platform"]) for each in listed(force)["not_compared"]}
    assert (FREE, "sandbox") in silent
    assert "Not compared" in force.caller(AUDITOR.person_id).get("/drifts").text
    force.stack.sandbox.faults.clear()
    an_hour_later(force)
    assert (FREE, "sandbox") not in {
        (each["account"], each["platform"]) for each in listed(force)["not_compared"]
    }


def test_an_empty_answer_changes_nothing_that_is_known(force):
    with Hijacked(force, {"name": "", "about": "", "handle": ""}):
        looked = an_hour_later(force)

    assert (looked["found"], looked["silent"] > 0) == (0, True)
    assert an_hour_later(force)["found"] == 0


def test_the_account_page_says_what_is_not_compared(force):
    page = force.caller(REGISTRAR.person_id).get(f"/registry/accounts/{FREE}").text

    assert "Compared every hour" in page
    assert "It has no picture to compare." in page


def test_the_clock_fires_it(force):
    assert any("FindDrifts" in schedule.name for schedule in force.stack.schedules.read())
