"""What the public says is heard by the clock, told of, and comes to an end in somebody's hands."""

import json

import pytest

from local.force import AUDITOR, COMMANDER, COMMS, OFFICER
from local.sandbox.faults import Fault, FaultKind
from shared.mentions.acts import Heard
from shared.posts.localtime import local
from shared.posts.names import AccountId
from tests.workflows.commenting import said
from tests.workflows.force import FREE, a_force

NEEDLESS = {"state": "no_answer_needed", "why": "Another test said it."}
CENTRE = "contact.centre@moorshire.police.example"


@pytest.fixture(scope="module")
def force():
    parameters = {"ContactCentreEmail": CENTRE, "DailyCheck": "tell"}
    with a_force(parameters=parameters) as force:
        force.stack.schedules.stop()
        yield force


@pytest.fixture(autouse=True)
def _nothing_waits(force):
    """Whatever another test said is settled, and nothing is broken."""
    force.stack.sandbox.faults.clear()
    force.turn(hours=2)
    listen(force)
    for each in force.comms.get("/v1/mentions").json()["mentions"]:
        path = f"/v1/mentions/{each['mention_id']}/outcome"
        assert force.comms.post_json(path, NEEDLESS).status == 200


def listen(force):
    return force.stack.call("Listen", {})


def at_noon(force):
    """Wherever the other tests left the clock."""
    force.turn(hours=(12 - local(force.stack.clock.now()).hour) % 24)


def letters(force, subject, since=0):
    return [mail for mail in list(force.stack.mailbox)[since:] if subject in mail["Subject"]]


def leaves(force, what):
    rows = force.stack.tables.outbox.scan(consistent_read=True)
    return [leaf for row in rows if (leaf := json.loads(bytes(row.envelope)))["type"] == what]


def test_a_call_for_help_is_heard_told_at_once_and_once_and_the_hour_runs(force):
    at_noon(force)  # nobody is told at night
    mails = len(force.stack.mailbox)
    before = [len(leaves(force, what)) for what in (Heard.RECEIVED, Heard.TOLD)]
    said(force, "m1", "Please help me, he has a knife. I am behind the Invented Arms")

    first, again = listen(force), listen(force)

    assert (first["received"], first["calls"]) == (1, 1)
    assert (again["received"], again["calls"]) == (0, 0)
    told = letters(force, "Call for help", mails)
    assert {CENTRE, COMMS.email} <= {mail["To"] for mail in told}
    assert len(told) == len({mail["To"] for mail in told})
    assert not any("Arms" in mail.get_body(("plain",)).get_content() for mail in told)
    assert all("/remarks/m1" in mail.get_body(("plain",)).get_content() for mail in told)
    force.turn(hours=21)
    assert listen(force)["reminded"] == 1
    owner = force.accounts.get(AccountId(FREE)).owner
    assert owner == OFFICER.person_id
    assert OFFICER.email in {mail["To"] for mail in letters(force, "to be answered soon")}
    force.turn(hours=4)
    assert listen(force)["overdue"] == 1
    assert COMMS.email in {mail["To"] for mail in letters(force, "not answered within")}
    assert listen(force)["overdue"] == 0
    after = [len(leaves(force, what)) for what in (Heard.RECEIVED, Heard.TOLD)]
    assert (after[0] - before[0], after[1] - before[1]) == (1, 3)


def waiting(force, **query):
    asked = "&".join(f"{name}={value}" for name, value in {"account": FREE, **query}.items())
    return force.officer.get(f"/v1/mentions?{asked}").json()["mentions"]


def test_what_was_said_waits_on_the_page_until_somebody_says_what_became_of_it(force):
    said(force, "m4", "Please help me, he has a knife")
    said(force, "m2", "Is the <b>bridge</b> open? It was shut at noon")
    listen(force)
    [mention_id] = {m["mention_id"] for m in waiting(force) if not m["calls_for_help"]}
    path, officer = f"/mentions/{mention_id}", force.officer

    page, listed = officer.get(path), officer.get("/mentions").text
    auditors = force.caller(AUDITOR.person_id).get(path).text

    assert "Is the &lt;b&gt;bridge&lt;/b&gt; open" in page.text
    assert "Is the &lt;b&gt;bridge" in listed
    assert listed.index("Call for help") < listed.index("Is the &lt;b&gt;bridge")
    assert "We cannot take reports here" in page.text
    assert ("I answered there" in page.text, "I answered there" in auditors) == (True, False)
    assert force.caller(COMMANDER.person_id).get(path).status == 404
    assert f"/takedowns/new?account={FREE}&amp;platform=sandbox&amp;comment=" in page.text
    bare = officer.post_form(path, {**page.fields(), "act": "answered"})
    answer = {"act": "answered", "answer": "https://sandbox.example/posts/9"}
    sent = officer.post_form(path, {**page.fields(), **answer})
    late = officer.post_form(path, {**page.fields(), **answer})
    assert (bare.status, sent.status, late.status) == (422, 303, 409)
    assert "Paste the address of the answer" in bare.text
    assert mention_id not in {each["mention_id"] for each in waiting(force)}
    assert mention_id in {each["mention_id"] for each in waiting(force, state="all")}
    [leaf] = leaves(force, Heard.ANSWERED)[-1:]
    assert (leaf["actor"], leaf["account"]) == (OFFICER.person_id, FREE)


def test_what_many_say_alike_is_answered_as_one_and_each_has_its_leaf(force):
    for number in range(6):
        said(force, f"m5{number}", "Why is the Harbour Bridge closed today?")
    listen(force)
    ids, officer = [each["mention_id"] for each in waiting(force)], force.officer
    assert f"/mentions/themes/{ids[0]}" in officer.get("/mentions").text
    before, address = len(leaves(force, Heard.ANSWERED)), f"/mentions/themes/{ids[0]}"

    page = officer.get(address)
    bare = officer.post_form(address, {**page.fields(), "act": "answered", "mention_ids": ()})
    answer = {"act": "answered", "answer": "https://sandbox.example/posts/10"}
    sent = officer.post_form(address, {**page.fields(), **answer, "mention_ids": ids[:5]})
    rest = officer.get(address)
    by_api = officer.post_json("/v1/mentions/outcomes", {**NEEDLESS, "mention_ids": ids[4:]})

    assert page.text.count("Harbour Bridge closed") >= 6
    assert (bare.status, sent.status, rest.status) == (422, 303, 303)
    assert "Choose which of them" in bare.text
    assert [bool(each["mention"]) for each in by_api.json()["results"]] == [False, True]
    assert waiting(force) == []
    assert len(leaves(force, Heard.ANSWERED)) - before == 5


def test_who_looked_through_an_account_says_so_and_whoever_did_not_hears_of_it(force):
    # At noon, wherever the other tests left the clock: a look counts for the day it is made on; and
    # days after the account was opened, for of what was not open nobody hears.
    force.turn(hours=72 + (12 - local(force.stack.clock.now()).hour) % 24)
    officer = force.officer
    page = officer.get("/mentions/check")
    sent = officer.post_form("/mentions/check", {**page.fields(), "account": FREE})
    again = officer.post_json("/v1/mentions/checks", {"account": FREE})

    assert (sent.status, again.status) == (303, 200)
    assert again.json()["by"] == OFFICER.person_id
    assert len(leaves(force, Heard.CHECKED)) == 1
    title, mails = force.accounts.get(AccountId(FREE)).title, len(force.stack.mailbox)

    def missed():
        """How many lines say that nobody looked through this account."""
        force.stack.call("TellMorning", {})
        texts = [
            " ".join(mail.get_body(("plain",)).get_content().split())
            for mail in letters(force, "to see to", mails)
        ]
        return sum(text.count(f"to this account yesterday: {title} (") for text in texts)

    force.turn(hours=24)
    assert missed() == 0
    force.turn(hours=24)
    assert [missed(), missed()] == [1, 1]


def test_a_platform_that_is_down_is_said_on_the_page_and_loses_nothing(force):
    force.stack.sandbox.faults.add(Fault(FaultKind.FAILS_BEFORE_COMMIT, on="mentions", times=99))
    said(force, "m3", "When is the next surgery?")

    heard = listen(force)

    assert (heard["received"], heard["silent"] > 0) == (0, True)
    assert "Not heard" in force.officer.get("/mentions").text
    force.stack.sandbox.faults.clear()
    force.turn(hours=2)
    assert listen(force)["received"] == 1
    assert "Not heard" not in force.officer.get("/mentions").text


def test_the_clock_fires_it(force):
    assert any("Listen" in schedule.name for schedule in force.stack.schedules.read())
