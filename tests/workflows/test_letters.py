"""Approval letters that do not arrive: somebody else is asked, and the centre hears of it."""

import json
import re
from dataclasses import replace
from urllib.parse import urlsplit

import pytest
import yaml

from local.demo.caller import Caller
from local.demo.letters import answer
from local.force import COMMS, DEPUTY, DUTY_OFFICER, OFFICER, PEOPLE
from local.mailbox import part
from local.tools import ROOT
from moderate.jobs import UNDELIVERED
from shared.accounts.rights import Right, may
from shared.mail.links import token_sha256
from shared.posts.life import State
from shared.records.approval import Undelivered
from shared.records.letters import Letters
from tests.workflows.force import WATCHED, a_force, eventually

APPROVERS = (COMMS, DEPUTY, DUTY_OFFICER)
ASKED = ["CheckPolicy", "IsCleared?", "IsAnyoneLeftToAsk?", "AskApprover"]


@pytest.fixture(scope="module")
def one_force():
    with a_force() as force:
        yield force


@pytest.fixture
def force(one_force):
    """Everybody can be reached again after each test."""
    yield one_force
    one_force.stack.mailbox.faults.clear()


def asked(force, post_id):
    """Who was written to about a post, in order."""
    about = {letter.link for letter in force.letters(post_id)}
    mails = [(mail, part(mail, "plain")) for mail in force.stack.mailbox]
    return [str(mail["To"]) for mail, words in mails if any(link in words for link in about)]


def link_of(force, letter):
    """What is known of a letter."""
    kept = Letters(force.stack.tables, force.pen)
    return kept.find(token_sha256(letter.link.rpartition("/")[2]))


def leaves(force, post_id):
    """What leaves say of the letters about a post that did not arrive."""
    payloads = (json.loads(row.payload) for row in force.stack.tables.payloads.scan())
    words = force.posts.get(post_id).content_hash
    told = [p for p in payloads if {"content_hash", "kind", "sent_to"} <= p.keys()]
    return [p["kind"] for p in told if p["content_hash"] == words]


def alarms(force):
    """How often the functions that watch letters have told CloudWatch of one."""
    logs = force.stack.lambdas._logs
    told = "".join(
        (logs / f"{name}.log").read_text("utf-8")
        for name in ("WatchLetters", "SweepLetters")
        if (logs / f"{name}.log").exists()
    )
    return told.count(f'"{UNDELIVERED}":[1.0]')


def decide(force, letter, choice="approve"):
    """Decide from a letter."""
    return answer(letter, force.stack.url, force.stack.clock, choice, "Say where.")


def tell(force, letter, source="aws.ses", **detail):
    """Put an event on the bus, as anybody could who may."""
    link = token_sha256(letter.link.rpartition("/")[2])
    tags = {"ses:configuration-set": ["bluelamp-local"], "link": [link]}
    entry = {"Source": source, "DetailType": "Email", "Detail": ""}
    entry["Detail"] = json.dumps({**detail, "mail": {"tags": tags}})
    told = force.stack.aws.client("events").put_events(Entries=[entry])
    assert told["FailedEntryCount"] == 0
    force.stack.lambdas.settle()


@pytest.fixture
def bounced(force):
    """A post that the deputy was asked about, because the first letter bounced."""
    force.stack.mailbox.faults.bounce(COMMS.email)
    post_id = force.submit("For the deputy alone.", WATCHED)
    yield force.letter(post_id, count=2)
    decide(force, force.letters(post_id)[1], "reject")


# ── it arrives ───────────────────────────────────────────────────────────────


def test_a_letter_that_arrives_is_marked_and_nobody_else_is_asked(force):
    before = alarms(force)
    post_id = force.submit("Surgery at the library, Tuesday.", WATCHED)
    letter = force.letter(post_id)

    assert eventually(lambda: link_of(force, letter).delivered_at)

    assert asked(force, post_id) == [COMMS.email]
    assert decide(force, letter).status == 200
    assert force.until(post_id) is State.PUBLISHED
    assert alarms(force) == before


# ── it does not ──────────────────────────────────────────────────────────────


@pytest.mark.parametrize("why", [Undelivered.BOUNCE, Undelivered.COMPLAINT, Undelivered.REJECT])
def test_when_the_first_approver_is_not_reached_the_deputy_is_asked_at_once_and_decides(force, why):
    fates = {Undelivered.COMPLAINT: "complain"}
    force.stack.mailbox.faults.set(COMMS.email, fates.get(why, why.value))
    before, began = alarms(force), force.stack.clock.now()
    post_id = force.submit(f"The deputy reads this one: {why}.", WATCHED)

    second = force.letter(post_id, count=2)

    first = force.letters(post_id)[0]
    assert asked(force, post_id) == [COMMS.email, DEPUTY.email]
    assert (force.stack.clock.now() - began).total_seconds() < 60
    assert link_of(force, first).undelivered is why
    assert "This link was voided" in Caller(force.stack.url).get(first.link).text
    assert force.approvals.get(post_id, 1).unreached == {COMMS.person_id}
    assert leaves(force, post_id) == [why.value]
    assert alarms(force) == before + 1

    assert decide(force, second).status == 200
    assert force.until(post_id) is State.PUBLISHED
    # The same round, begun again: no time is lost that was meant for a decision.
    assert force.ended(post_id)[: len(ASKED) + 1] == [*ASKED, "WhatWasDecided?"]


def test_a_person_who_was_not_reached_is_not_written_to_in_later_rounds(force):
    force.stack.mailbox.faults.bounce(COMMS.email)
    post_id = force.submit("Nobody waits for a dead mailbox.", WATCHED)
    force.letter(post_id, count=2)
    force.stack.mailbox.faults.clear()

    force.turn(hours=1, seconds=1)
    force.letter(post_id, count=3)

    assert asked(force, post_id) == [COMMS.email, DEPUTY.email, DEPUTY.email]
    decide(force, force.letter(post_id, count=3), "reject")
    assert force.until(post_id) is State.REJECTED


def test_when_nothing_is_heard_of_a_letter_the_deputy_is_asked_in_time(force):
    force.stack.mailbox.faults.swallow(COMMS.email)
    before = alarms(force)
    post_id = force.submit("Lost on its way.", WATCHED)
    first = force.letter(post_id)
    force.turn(minutes=9)
    assert force.stack.call("SweepLetters", {}) == {"silent": 0, "given_up": 0}

    force.turn(minutes=1, seconds=5)
    force.stack.call("SweepLetters", {})

    force.letter(post_id, count=2)
    assert asked(force, post_id) == [COMMS.email, DEPUTY.email]
    assert link_of(force, first).undelivered is Undelivered.SILENCE
    assert alarms(force) == before + 1
    # It may come late, and whoever it was for may still decide with it.
    assert decide(force, first).status == 200
    assert force.until(post_id) is State.PUBLISHED


def test_who_is_in_a_hurry_does_not_wait_for_silence(force):
    for person in APPROVERS:
        force.stack.mailbox.faults.swallow(person.email)
    post_id = force.submit("Road closed now.", WATCHED, urgency="immediate")
    force.letter(post_id)

    force.turn(minutes=3, seconds=5)
    force.stack.call("SweepLetters", {})

    unreached = eventually(lambda: force.approvals.get(post_id, 1).unreached)
    assert unreached >= {COMMS.person_id}
    decide(force, force.letters(post_id)[0], "reject")
    assert force.until(post_id) is State.REJECTED


def test_a_mailbox_that_is_full_or_slow_is_waited_for(force):
    for fate in ("full", "delay"):
        force.stack.mailbox.faults.set(COMMS.email, fate)
        post_id = force.submit(f"Not at once: {fate}.", WATCHED)
        letter = force.letter(post_id)
        force.stack.lambdas.settle()

        assert link_of(force, letter).undelivered is None
        assert decide(force, letter).status == 200
        assert force.until(post_id) is State.PUBLISHED


# ── too late ─────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "detail",
    [
        {"eventType": "Bounce", "bounce": {"bounceType": "Permanent"}},
        {"eventType": "Complaint", "complaint": {}},
    ],
    ids=["bounce", "complaint"],
)
def test_after_a_decision_it_changes_nothing(force, detail):
    before = alarms(force)
    post_id = force.submit(f"Decided, then {detail['eventType']}.", WATCHED)
    letter = force.letter(post_id)
    eventually(lambda: link_of(force, letter).delivered_at)
    decide(force, letter)
    assert force.until(post_id) is State.PUBLISHED
    link, approval = link_of(force, letter), force.approvals.get(post_id, 1)

    tell(force, letter, **detail)

    assert link_of(force, letter) == link
    assert force.approvals.get(post_id, 1) == approval
    assert leaves(force, post_id) == []
    assert alarms(force) == before


# ── nobody can be reached ────────────────────────────────────────────────────


def test_when_no_letter_arrives_anywhere_the_post_expires_in_its_time_and_the_author_is_told(force):
    everybody = [person for person in PEOPLE if may(person, Right.APPROVE).allowed]
    assert set(APPROVERS) <= set(everybody)
    for person in everybody:
        force.stack.mailbox.faults.bounce(person.email)
    post_id = force.submit("No mail today.", WATCHED)

    def all_asked():
        force.turn(seconds=5)
        return set(asked(force, post_id)) == {person.email for person in everybody}

    eventually(all_asked)
    force.stack.lambdas.settle()
    # Who can sign in can still decide: it is not given up before its time.
    assert force.state(post_id) is State.AWAITING_APPROVAL
    assert force.approvals.get(post_id, 1).round == 1
    assert force.turn_until(post_id, 600) is State.EXPIRED
    assert force.ended(post_id).count("AskApprover") == 4
    told = force.stack.mailbox.to(OFFICER.email)[-1]
    assert str(told["Subject"]).startswith("Your post was not cleared in time")


# ── hostile events ───────────────────────────────────────────────────────────

BOUNCE = {"eventType": "Bounce", "bounce": {"bounceType": "Permanent"}}


def test_events_that_are_not_the_mail_services_own_change_nothing(force):
    post_id = force.submit("Nobody can forge a bounce.", WATCHED)
    letter = force.letter(post_id)
    delivered = eventually(lambda: (link := link_of(force, letter)).delivered_at and link)

    tell(force, letter, source="bluelamp", **BOUNCE)
    tell(force, letter, source="aws.sesv2", **BOUNCE)
    for event in ({}, [], "x" * 200_000, {"source": "aws.ses", "detail": "Bounce"}):
        assert force.stack.call("WatchLetters", event) == {"outcome": "ignored"}
    unknown = replace(letter, link=letter.link[:-43] + "A" * 43)
    tell(force, unknown, **BOUNCE)

    assert link_of(force, letter) == delivered
    assert asked(force, post_id) == [COMMS.email]
    assert force.stack.lambdas.lost == []
    decide(force, letter, "reject")


def test_one_bounce_told_three_times_at_once_counts_once(force):
    before = alarms(force)
    post_id = force.submit("Told again and again.", WATCHED)
    letter = force.letter(post_id)
    eventually(lambda: link_of(force, letter).delivered_at)

    for _ in range(3):
        tell(force, letter, **BOUNCE)

    force.letter(post_id, count=2)
    assert leaves(force, post_id) == ["bounce"]
    assert alarms(force) == before + 1
    assert asked(force, post_id) == [COMMS.email, DEPUTY.email]
    decide(force, force.letters(post_id)[1], "reject")


# ── the alarm, and every mail that was sent ──────────────────────────────────


@pytest.mark.usefixtures("bounced")
def test_the_alarm_listens_to_what_the_functions_tell(force):
    alarm = next(
        each
        for each in force.stack.aws.client("cloudwatch").describe_alarms()["MetricAlarms"]
        if each["MetricName"] == UNDELIVERED
    )
    logs = (force.stack.lambdas._logs / "WatchLetters.log").read_text("utf-8")
    told = next(json.loads(line) for line in logs.splitlines() if UNDELIVERED in line)
    [metric] = told["_aws"]["CloudWatchMetrics"]

    assert metric["Namespace"] == alarm["Namespace"] == "Bluelamp/bluelamp-local"
    assert {d["Name"]: d["Value"] for d in alarm["Dimensions"]} == {
        name: told[name] for [name] in metric["Dimensions"]
    }
    assert alarm["AlarmActions"]


@pytest.mark.usefixtures("bounced")
def test_no_log_of_the_functions_names_an_address(force):
    force.stack.call("SweepLetters", {})

    for name in ("WatchLetters", "SweepLetters"):
        logs = (force.stack.lambdas._logs / f"{name}.log").read_text("utf-8")
        assert [person.email for person in PEOPLE if person.email in logs] == []
        assert "@moorshire" not in logs


@pytest.mark.usefixtures("bounced")
def test_every_mail_of_the_force_leads_home_and_carries_no_tag(force):
    home = urlsplit(force.stack.url).netloc
    assert len(force.stack.mailbox) > 1

    for mail in force.stack.mailbox:
        links = re.findall(r"https?://[^\s\"<>]+", part(mail, "plain") + part(mail, "html"))
        assert {urlsplit(link).netloc for link in links} == {home}
        assert mail["X-SES-MESSAGE-TAGS"] is None
        assert mail["Auto-Submitted"] == "auto-generated"


def test_the_publication_asks_again_by_the_name_that_the_watch_gives_up_with():
    machine = yaml.safe_load((ROOT / "statemachines" / "publication.asl.yaml").read_text())
    state = machine["States"]["AskApprover"]

    assert ["MailNotSentError"] in [clause["ErrorEquals"] for clause in state["Retry"]]
    assert any("MailNotSentError" in clause["ErrorEquals"] for clause in state["Catch"])
