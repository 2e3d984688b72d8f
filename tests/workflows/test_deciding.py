"""More than yes and no: edit and approve, sign in for what is grave, the author is told."""

import json
import re
from dataclasses import replace
from urllib.parse import parse_qsl

import pytest

from local.demo.caller import Caller
from local.demo.letters import READING
from local.force import COMMS, DEPUTY, DUTY_OFFICER, OFFICER
from local.mailbox import part
from shared.accounts.registry import AccountStatus
from shared.posts.life import State
from shared.records.people import People
from shared.records.publications import Publications
from tests.builders import an_act
from tests.workflows.asking import Asked, ask
from tests.workflows.force import WATCHED, a_force, eventually

GRAVE = "The trial of the man accused of it starts on Monday."
TOO_MANY = "Surgery on Friday. #a #b #c #d #e #f"


@pytest.fixture(scope="module")
def force():
    with a_force() as force:
        force.stack.schedules.stop()
        yield force


def signed_in(force, person):
    """A browser in which somebody is signed in."""
    token = force.stack.open_session(person.person_id)
    return Caller(force.stack.url, cookies={"__Host-session": token})


def words_on(page):
    """What stands on a page, without its marks and their numbers."""
    return re.sub(r'<a class="bl-number".*?</a>|<[^>]+>', "", page.text, flags=re.DOTALL)


def decide_signed_in(force, person, post_id, version=1, **fields):
    browser, address = signed_in(force, person), f"/approvals/{post_id}-{version}"
    page = browser.get(address)
    force.stack.clock.advance(READING)
    return browser.post_form(address, {**page.fields(), **fields})


def to_the_author(force, post_id, subject):
    """The letter to the author about a post, once it is there."""

    def found():
        mails = [mail for mail in force.stack.mailbox if post_id in mail["Subject"]]
        return next((mail for mail in mails if subject in mail["Subject"]), False)

    mail = eventually(found)
    assert mail["To"] == OFFICER.email
    assert f"/posts/{post_id}" in part(mail, "plain")
    return mail


# ── edit and approve ─────────────────────────────────────────────────────────


def test_an_approver_edits_and_somebody_else_approves_the_words_that_go_out(force):
    asked = ask(force, "Surgery on Friday, or maybe not.")

    heard = asked.open().send("edit", text="Surgery on Friday at six.", reason="Be sure.")

    assert "Edited and approved" in heard.text
    assert f"{asked.post_id}@2" in heard.text
    old = force.posts.get(asked.post_id, 1)
    assert (old.state, old.reason) == (State.SUPERSEDED, "Be sure.")
    assert force.ended(asked.post_id)[-2:] == ["TellSuperseded", "Superseded"]
    mail = to_the_author(force, asked.post_id, "changed on its way")
    assert f"It was edited and approved by {COMMS.name}" in part(mail, "plain")

    second = force.letter(asked.post_id, 2)
    new = force.posts.get(asked.post_id)
    assert (new.version, new.author, new.editor) == (2, OFFICER.person_id, COMMS.person_id)
    assert COMMS.person_id not in force.approvals.get(asked.post_id, 2).asked
    page = Caller(force.stack.url).get(second.link).text
    assert "What changed since version 1" in page
    assert "<del>" in page
    assert "<ins>" in page
    assert f"changed by {COMMS.name}" in page
    assert f"asked {COMMS.name} to decide" in page
    assert "Be sure." in page
    mine = decide_signed_in(force, COMMS, asked.post_id, 2, choice="approve")
    assert mine.status == 422
    assert "You changed these words last" in mine.text

    assert "Thank you" in Asked(force, asked.post_id, second).open().send().text
    assert force.until(asked.post_id) is State.PUBLISHED
    assert force.published("Surgery on Friday at six.") == 1
    assert force.published("Surgery on Friday, or maybe not.") == 0
    kept = Publications(force.stack.tables, force.pen)
    assert [p.version for p in kept.of(asked.post_id, 2)] == [2]
    assert kept.of(asked.post_id, 1) == ()


def test_what_the_policy_holds_against_an_edit_stands_beside_the_field_and_nothing_is_decided(
    force,
):
    asked = ask(force, "Surgery on Friday.")
    page = asked.open()

    blocked = page.send("edit", text=TOO_MANY)
    review = page.send("edit", text="Read https://roads.example.org/leek")
    same = page.send("edit", text="Surgery on Friday.")
    lost = page.send("approve", text="Surgery on Saturday.")

    for heard in (blocked, review, same, lost):
        assert heard.status == 422
    assert "Must change: " in blocked.text
    assert TOO_MANY in blocked.text
    assert "Needs approval: " in review.text
    assert "You changed nothing" in same.text
    assert "would lose the change" in lost.text
    assert asked.is_undecided()
    assert force.posts.get(asked.post_id).version == 1
    assert "Edited and approved" in page.send("edit", text="Surgery at six.").text


def test_a_program_edits_and_is_told_every_finding(force):
    asked = ask(force, "Market on Saturday.")
    address = f"/v1/approvals/{asked.post_id}/1/decision"
    edit = {"decision": "edit", "content_hash": asked.approval().content_hash}

    refused = force.comms.post_json(address, {**edit, "text": TOO_MANY})
    unknown = force.comms.post_json(address, {**edit, "decision": "approve", "text": "Other."})
    made = force.comms.post_json(address, {**edit, "text": "Market on Sunday."})
    again = force.comms.post_json(address, {**edit, "text": "Market on Monday."})

    assert refused.status == unknown.status == 422
    assert {f["rule"] for f in refused.json()["findings"]} == {"too-many-hashtags"}
    assert made.status == 200
    assert (made.json()["decision"], made.json()["replaced_by"]) == ("edit", 2)
    assert made.json()["post"]["state"] == "superseded"
    assert again.status == 409
    assert force.posts.get(asked.post_id).draft.text == "Market on Sunday."
    assert [p.version for p in force.posts.history(asked.post_id)] == [1, 2]


def test_of_an_edit_and_its_repeat_one_is_made(force):
    asked = ask(force, "Sent twice.")
    page = asked.open()
    assert "Edited and approved" in page.send("edit", text="Sent once.").text

    heard = page.send("edit", text="Sent twice after all.")

    assert f"Already decided by {COMMS.name} at" in heard.text
    assert [p.draft.text for p in force.posts.history(asked.post_id)] == [
        "Sent twice.",
        "Sent once.",
    ]


# ── signed in ────────────────────────────────────────────────────────────────


def test_what_is_grave_is_shown_by_link_and_decided_by_a_senior_approver_who_signed_in(force):
    asked = ask(force, GRAVE)

    page = Caller(force.stack.url).get(asked.letter.link)

    assert GRAVE in words_on(page)
    assert "court-prejudice" in page.text
    assert f"For <strong>{COMMS.name}</strong>" in page.text
    assert f"/sign-in?to=%2Fapprovals%2F{asked.post_id}-1" in page.text
    assert "Send your decision" not in page.text
    junior = decide_signed_in(force, DEPUTY, asked.post_id, choice="approve")
    assert junior.status == 422
    assert "senior approver" in junior.text
    assert asked.is_undecided()
    senior = decide_signed_in(force, DUTY_OFFICER, asked.post_id, choice="reject", reason="Wait.")
    assert "Thank you, Ruth Kettering" in senior.text


def test_a_form_by_link_from_before_it_was_known_to_be_grave_is_refused(force):
    asked = ask(force, "Not known to be grave.")
    page = asked.open()
    finding = {"rule": "operational", "severity": "review", "start": 0, "end": 3}
    words = {"message": "An operation.", "suggestion": "Wait.", "source": "N11"}
    asked.change("posts", findings=json.dumps([{**finding, **words}]))

    heard = page.send(code="2222")

    assert heard.status == 403
    assert "Sign in to decide" in heard.text
    assert "Not known to be grave." in words_on(heard)
    assert asked.is_undecided()


def test_whoever_signs_in_comes_back_to_the_post(force):
    asked = ask(force, f"{GRAVE} Or on Tuesday.")
    browser = Caller(force.stack.url)
    assert browser.get(f"/approvals/{asked.post_id}-1").status == 401

    way = browser.get(f"/sign-in?to=%2Fapprovals%2F{asked.post_id}-1")
    chosen = browser.post_form("/local/sign-in", asked_of(way) | {"person_id": COMMS.person_id})
    back = browser.get(chosen.headers["location"])

    assert back.headers["location"] == f"/approvals/{asked.post_id}-1"
    assert "Your decision" in browser.get(back.headers["location"]).text


def asked_of(way):
    """What the product asks the force's sign-in for."""
    return dict(parse_qsl(way.headers["location"].partition("?")[2]))


def test_while_an_incident_lasts_a_link_is_not_enough(force):
    asked = ask(force, "Open before, sent during.")
    page = asked.open()
    body = {"scope": "force", "why": "Disorder in the city centre.", "drill": True}
    declared = force.comms.post_json("/v1/incidents", body)
    assert declared.status == 201, declared.text

    try:
        heard = page.send()
        assert heard.status == 403
        assert "A critical incident affects this account" in heard.text
        assert asked.is_undecided()
        made = decide_signed_in(force, COMMS, asked.post_id, choice="reject", reason="Not now.")
        assert "Thank you" in made.text
    finally:
        at = f"/v1/incidents/{declared.json()['incident_id']}/stand-down"
        assert force.comms.post_json(at, {"why": "Over."}).status == 200


# ── the author is told ───────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("choice", "subject", "told", "ending"),
    [
        ("return", "needs a change", "TellReturned", "Returned"),
        ("reject", "will not go out", "TellRejected", "Rejected"),
    ],
)
def test_the_author_is_told_by_letter_what_was_decided(force, choice, subject, told, ending):
    asked = ask(force, f"To be told of: {choice}.")

    asked.open().send(choice)

    assert force.ended(asked.post_id)[-2:] == [told, ending]
    to_the_author(force, asked.post_id, subject)


def test_the_author_is_told_by_letter_what_the_last_look_stopped(force):
    due = force.stack.clock.now().replace(microsecond=0)
    due = due.replace(year=due.year + 1) if due.month == 12 else due.replace(month=due.month + 1)
    post_id = force.submit("Stopped by the last look.", WATCHED, not_before=due.isoformat())
    Asked(force, post_id, force.letter(post_id)).open().send()
    force.until(post_id, State.CLEARED)
    account = force.accounts.get(force.posts.get(post_id).draft.account)
    closed = replace(account, status=AccountStatus.SUSPENDED)
    act = an_act("account.suspended", at=force.stack.clock.now())
    force.accounts.change(account, closed, act)

    try:
        force.stack.clock.turn_to(due)
        assert force.until(post_id) is State.REFUSED
    finally:
        force.accounts.change(closed, account, act)

    assert force.ended(post_id)[-2:] == ["TellRefused", "Refused"]
    to_the_author(force, post_id, "held back")


def test_a_letter_that_cannot_be_sent_is_on_record_and_stops_nothing(force):
    asked = ask(force, "To an address that is none.")
    people, act = People(force.stack.tables, force.pen), an_act(at=force.stack.clock.now())
    lost = replace(OFFICER, email="nobody at all")
    people.change(OFFICER, lost, act)

    try:
        asked.open().send("return")
        assert force.ended(asked.post_id)[-1] == "Returned"
    finally:
        people.change(lost, OFFICER, act)

    rows = force.stack.tables.outbox.scan(consistent_read=True)
    leaves = [json.loads(bytes(row.envelope)) for row in rows]
    about = [x["type"] for x in leaves if x["subject"] == f"post:{asked.post_id}@v1"]
    assert about[-1] == "post.author_untold"
