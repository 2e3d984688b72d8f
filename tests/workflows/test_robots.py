"""A machine that opens, runs, follows, presses and sends everything decides nothing (P6)."""

import json
import re
from concurrent.futures import ThreadPoolExecutor

import pytest

from local.mailbox import part
from shared.posts.life import State
from shared.records.approval import WRONG_CODES
from tests.workflows.asking import DECIDED, Asked, everything
from tests.workflows.force import WATCHED, a_force, eventually
from tests.workflows.robot import Robot

MAILS, GUESSED = 200, 5
REFUSED = {400, 403, 409, 422}
pytestmark = pytest.mark.timeout(400)


@pytest.fixture(scope="module")
def force():
    with a_force() as force:
        # What the clock does by itself would be taken for what a robot did.
        force.stack.schedules.stop()
        yield force


@pytest.fixture(scope="module")
def mails(force):
    """One mail about each post that waits for approval."""
    officer = force.officer

    def submit(number):
        words = {"text": f"Surgery number {number} is on Tuesday."}
        body = {**words, "account": WATCHED, "platforms": ["sandbox"]}
        heard = officer.post_json("/v1/posts", body)
        assert heard.status == 202, heard.text

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(submit, range(MAILS + GUESSED)))
    eventually(lambda: len(force.stack.mailbox) == MAILS + GUESSED)
    return list(force.stack.mailbox)


@pytest.fixture(scope="module")
def asked(force, mails):
    """Each of them with its letter, in the order of the mails."""
    return [Asked(force, force.about(letter), letter) for letter in force.all_letters()]


def words(text):
    return set(re.findall(r"\w+", text.upper()))


@pytest.fixture
def robot(force, browser):
    robot = Robot(browser, force.stack.url, force.stack.clock)
    yield robot
    robot.close()


def test_a_machine_that_presses_everything_decides_nothing_and_a_person_then_does(
    force, mails, asked, robot
):
    asked, before = asked[:MAILS], everything(force)

    robot.detonate(mails[:MAILS])

    links = {one.letter.link for one in asked}
    assert len(links) == MAILS
    assert links <= robot.sent.keys()
    # Slowly by button and by form, and as fast as it can; never was it thanked.
    assert {link for link in links if len(robot.sent[link]) < 3} == set()
    assert {status for statuses in robot.sent.values() for status in statuses} <= REFUSED
    assert robot.followed
    assert robot.broken == []
    assert {force.state(one.post_id) for one in asked} == {State.AWAITING_APPROVAL}
    assert {one.approval().ruling for one in asked} == {None}
    leaves = map(json.loads, (bytes(row.envelope) for row in force.stack.tables.outbox.scan()))
    decided = {leaf["subject"] for leaf in leaves if leaf["type"] in DECIDED}
    assert decided.isdisjoint(f"post:{one.post_id}@v1" for one in asked)
    assert everything(force) == before
    first, second = asked[:2]
    assert "Thank you, Dilys Penhale" in first.open().send().text
    assert "Thank you, Dilys Penhale" in second.open().send("reject").text
    assert force.until(first.post_id) is State.PUBLISHED
    assert force.until(second.post_id) is State.REJECTED


def test_the_code_stands_in_the_subject_and_nowhere_else(mails, asked):
    told = [
        one.letter.code
        for mail, one in zip(mails, asked, strict=True)
        if one.letter.code in words(part(mail, "plain")) | words(part(mail, "html"))
    ]

    assert told == []


def test_a_machine_that_ticks_every_choice_and_guesses_the_code_decides_nothing(
    force, mails, asked, robot
):
    guessed = list(zip(mails, asked, strict=True))[MAILS:]

    for mail, one in guessed:
        tried = robot.guess(mail, WRONG_CODES + 1)
        assert len(tried) >= WRONG_CODES
        assert one.letter.code not in tried

    assert [one.post_id for _, one in guessed if not one.is_undecided()] == []
    last = guessed[-1][1]
    decision = {"decision": "approve", "content_hash": last.approval().content_hash}
    heard = force.comms.post_json(f"/v1/approvals/{last.post_id}/1/decision", decision)
    assert heard.status == 200
    assert force.until(last.post_id) is State.PUBLISHED
