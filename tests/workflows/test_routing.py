"""Who is asked, through the whole machine: by the rota, the findings, the hour, the working day."""

import threading
from datetime import datetime, time, timedelta

import pytest

from local.force import COMMS, DEPUTY, DUTY_OFFICER, OFFICER, REGISTRAR
from shared.posts.life import State
from shared.posts.localtime import LONDON, local
from shared.posts.working_days import next_working_day
from shared.records.letters import Letters
from tests.workflows.force import WATCHED, a_force, eventually

GRAVE = "RESTRICTED briefing: the road is open again."
LIGHT = "Look at example.com, the road is open again."
ON_DUTY = {COMMS.person_id, DEPUTY.person_id, DUTY_OFFICER.person_id}
HOUR, HALF = 3600, 1800


@pytest.fixture(scope="module")
def running():
    with a_force() as force:
        yield force


@pytest.fixture
def force(running):
    """Ten in the morning of another working day."""
    day = next_working_day(local(running.stack.clock.now()).date())
    running.stack.clock.turn_to(datetime.combine(day, time(10), LONDON))
    return running


@pytest.fixture
def evening(running):
    """Eight in the evening of a Friday between two working days."""
    day = next_working_day(local(running.stack.clock.now()).date())
    while next_working_day(day) - day != timedelta(days=3):
        day = next_working_day(day)
    running.stack.clock.turn_to(datetime.combine(day, time(20), LONDON))
    return running


def asked(force, post_id, number=1):
    """Who was asked in a round, once it has begun."""
    force.until(post_id, State.AWAITING_APPROVAL)
    kept = eventually(lambda: (a := force.approvals.get(post_id, 1)).round >= number and a)
    assert kept.round == number
    links = Letters(force.stack.tables, force.pen)
    eventually(lambda: all(link.delivered_at for link in links.of(kept)))
    return set(kept.asked)


def written_to(force, post_id):
    """To whom letters about a post were sent."""
    about = {letter.link for letter in force.letters(post_id)}
    mails = list(force.stack.mailbox)
    return {mail["To"] for mail in mails if any(link in str(mail) for link in about)}


def rounds(force, post_id, *lengths):
    """Who was asked in each round, the clock turned by their lengths."""
    found = [asked(force, post_id)]
    for number, seconds in enumerate(lengths, 2):
        force.turn(seconds=seconds)
        found.append(asked(force, post_id, number))
    return found


def test_the_rota_is_asked_from_the_first_approver_to_everybody_and_then_the_post_expires(force):
    post_id = force.submit("Asked by the rota.", WATCHED)

    found = rounds(force, post_id, HOUR, HALF, HALF)
    force.turn(seconds=HALF)

    assert found == [{COMMS.person_id}, {COMMS.person_id}, {DEPUTY.person_id}, ON_DUTY]
    assert force.until(post_id) is State.EXPIRED


def test_what_is_grave_is_asked_of_seniors_alone_in_every_round(force):
    post_id = force.submit(GRAVE)

    found = rounds(force, post_id, HOUR, HALF, HALF)
    force.turn(seconds=HALF)

    senior = {COMMS.person_id, DUTY_OFFICER.person_id}
    assert found == [{COMMS.person_id}, {COMMS.person_id}, senior, senior]
    assert DEPUTY.email not in written_to(force, post_id)
    assert force.until(post_id) is State.EXPIRED


def test_approvals_that_were_handed_over_are_asked_of_the_delegate_until_they_are_taken_back(force):
    here = f"/v1/people/{COMMS.person_id}/delegations"
    today = local(force.stack.clock.now()).date().isoformat()
    days = {"first_day": today, "last_day": today}
    handed = {"to": DEPUTY.person_id, "why": "On a course.", **days}
    assert force.officer.post_json(here, handed).status == 403
    assert force.comms.post_json(here, handed).status == 200

    instead = force.submit(LIGHT)
    assert asked(force, instead) == {DEPUTY.person_id}
    assert force.comms.post_json(f"{here}/end", {"first_day": today}).json()["delegations"] == []
    again = force.submit(LIGHT + " Again.")

    assert asked(force, again) == {COMMS.person_id}


def test_a_second_address_of_the_author_is_neither_asked_nor_let_decide(force):
    registrar = force.caller(REGISTRAR.person_id)
    second = {
        "person_id": "p-second",
        "name": "A Rowley",
        "email": "rowley.asha@moorshire.police.example",
        "mobile": OFFICER.mobile,
        "role": "comms",
        "duty": 0,
    }
    assert registrar.post_json("/v1/people", second).status == 201

    post_id = force.submit("Written by one, and by the same under another name.", WATCHED)
    assert asked(force, post_id) == {COMMS.person_id}
    content_hash = force.approvals.get(post_id, 1).content_hash
    decision = {"decision": "approve", "content_hash": content_hash}
    heard = force.caller("p-second").post_json(f"/v1/approvals/{post_id}/1/decision", decision)

    assert heard.status == 403
    assert "somebody else has to decide" in heard.text
    assert force.state(post_id) is State.AWAITING_APPROVAL


def test_the_centre_publishes_its_own_with_two_people_where_there_is_something_to_review(force):
    registrar, officer = force.caller(REGISTRAR.person_id), force.caller(COMMS.person_id)
    kind = {"Content-Type": "application/json"}
    mode = b'{"approval_mode": "none"}'
    assert registrar._call("PATCH", "/v1/accounts/force", mode, kind).status == 200

    def submit(text):
        body = {"text": text, "account": "force", "platforms": ["sandbox"]}
        return officer.post_json("/v1/posts", body).json()["post_id"]

    clean, flagged = submit("All roads are open."), submit(GRAVE)

    assert force.until(clean) is State.PUBLISHED
    assert asked(force, flagged) == {DUTY_OFFICER.person_id}


# ── a Friday evening ─────────────────────────────────────────────────────────


def test_a_routine_post_of_friday_evening_is_asked_about_until_monday(evening):
    post_id = evening.submit("Nothing that cannot wait.", WATCHED, urgency="routine")
    assert asked(evening, post_id) == {COMMS.person_id}

    evening.turn(hours=61.9)
    threading.Event().wait(0.5)
    assert asked(evening, post_id) == {COMMS.person_id}
    evening.turn(minutes=10)

    assert asked(evening, post_id, 2) == {COMMS.person_id}
    evening.turn(minutes=30)
    assert asked(evening, post_id, 3) == {DEPUTY.person_id}
    assert f"{local(evening.stack.clock.now()):%a %H:%M}" == "Mon 10:34"


def test_by_night_only_the_duty_officer_is_woken_unless_it_is_immediate(evening):
    evening.turn(hours=4)
    prompt = evening.submit("Tonight, if anybody is up.", WATCHED)
    immediate = evening.submit("Now.", WATCHED, urgency="immediate")

    assert asked(evening, prompt) == {DUTY_OFFICER.person_id}
    assert asked(evening, immediate) == ON_DUTY
