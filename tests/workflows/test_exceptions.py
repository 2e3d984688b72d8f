"""What somebody deletes or changes in the app is found by the clock, told once, and closed."""

import json

import pytest

from local.force import AUDITOR, COMMS, OFFICER
from local.sandbox.faults import Fault, FaultKind
from shared.posts.life import Outcome, State
from tests.workflows.deleting import asked, carried_out, decided
from tests.workflows.force import FREE, a_force

CLOSE = {"cause": "ours", "who": "PC 1234", "ground": "offensive", "why": "He was sorry for it."}


@pytest.fixture(scope="module")
def force():
    with a_force() as force:
        force.stack.schedules.stop()
        yield force


@pytest.fixture(autouse=True)
def _well(force):
    """Tomorrow, and nothing is broken."""
    force.stack.sandbox.faults.clear()
    force.turn(hours=25)
    yield
    force.stack.sandbox.faults.clear()


def a_published(force, text):
    post_id = force.submit(text)
    assert force.until(post_id) is State.PUBLISHED
    return post_id


def in_the_app(force, text, words=None):
    """Somebody with the password takes a post away, or gives it other words."""
    network = force.stack.sandbox.network
    [post] = [post for post in force.stack.sandbox.posts if post.text == text]
    if words is None:
        assert network.delete(post.account, post.post_id).status == 204
    else:
        base = force.stack.sandbox.url
        assert network.edit(post.account, post.post_id, {"text": words}, base).status == 200


def looks(force):
    return force.stack.call("FindGone", {})


def found_twice(force):
    """Both looks, an hour apart."""
    looks(force)
    force.turn(minutes=61)
    return looks(force)


def listed(force, **query):
    asked_for = "&".join(f"{name}={value}" for name, value in query.items())
    return force.caller(AUDITOR.person_id).get(f"/v1/exceptions?{asked_for}").json()


def of(force, post_id, **query):
    return [e for e in listed(force, **query)["exceptions"] if e["post"] == f"{post_id}-1"]


def letters(force, since):
    mails = list(force.stack.mailbox)[since:]
    return [mail for mail in mails if "not as we published" in mail["Subject"]]


def leaves(force, what):
    rows = force.stack.tables.outbox.scan(consistent_read=True)
    return [leaf for row in rows if (leaf := json.loads(bytes(row.envelope)))["type"] == what]


def test_a_post_deleted_in_the_app_is_found_told_once_and_closed(force):
    post_id = a_published(force, text := "Bring your bicycle, and the lock.")
    in_the_app(force, text)
    mails, before = len(force.stack.mailbox), len(leaves(force, "exception.found"))

    first = looks(force)
    again = found_twice(force)
    twice = looks(force)

    assert (first["found"], again["found"], again["told"]) == (0, 1, 1)
    assert (twice["found"], twice["told"]) == (0, 0)
    [found] = of(force, post_id)
    assert (found["change"], found["published"], found["shown"]) == ("gone", text, None)
    assert len(leaves(force, "exception.found")) == before + 1
    owner = force.accounts.get(FREE).owner
    told = letters(force, mails)
    assert COMMS.email in {mail["To"] for mail in told}
    assert len(told) == len({mail["To"] for mail in told}) >= (2 if owner else 1)
    assert not any("bicycle" in mail.get_body(("plain",)).get_content() for mail in told)

    path = f"/v1/exceptions/{found['exception_id']}/close"
    refused = force.comms.post_json(path, {**CLOSE, "ground": None})
    closed = force.comms.post_json(path, CLOSE)
    late = force.comms.post_json(path, CLOSE)

    assert (refused.status, closed.status, late.status) == (422, 200, 409)
    assert "ground" in refused.text
    assert force.publication(post_id).state is Outcome.WITHDRAWN
    assert of(force, post_id) == []
    [kept] = of(force, post_id, state="closed")
    assert kept["closed"]["ground"] == "offensive"
    [leaf] = leaves(force, "exception.closed")[-1:]
    assert (leaf["actor"], leaf["reason"]) == (COMMS.person_id, "offensive")
    force.turn(hours=25)
    assert found_twice(force)["found"] == 0


def test_words_changed_in_the_app_are_found(force):
    post_id = a_published(force, text := "The market begins at nine.")
    in_the_app(force, text, "The market begins at ten.")

    assert found_twice(force)["found"] == 1

    [found] = of(force, post_id)
    assert (found["change"], found["shown"]) == ("altered", "The market begins at ten.")
    wish = {"cause": "ours", "who": "PC 1234", "why": "It begins at ten."}
    assert (
        force.comms.post_json(f"/v1/exceptions/{found['exception_id']}/close", wish).status == 200
    )
    assert force.publication(post_id).state is Outcome.SENT
    force.turn(hours=25)
    assert found_twice(force)["found"] == 0  # the same words are no news


def test_what_a_deletion_takes_away_is_no_exception(force):
    post_id = a_published(force, "To be taken away as it should be.")
    deletion = asked(force, post_id)
    decided(force, deletion)
    carried_out(force, deletion)

    assert found_twice(force)["found"] == 0


@pytest.mark.parametrize("fault", [FaultKind.FAILS_BEFORE_COMMIT, FaultKind.WRONG_TYPE])
def test_a_platform_that_is_down_is_no_deletion_and_it_is_said(force, fault):
    a_published(force, f"Still there, whatever they say. {fault.value}")
    force.stack.sandbox.faults.add(Fault(fault, on="read", times=100))

    looked = found_twice(force)

    assert (looked["found"], looked["told"]) == (0, 0)
    silent = {(each["account"], each["platform"]) for each in listed(force)["not_looked_at"]}
    assert (FREE, "sandbox") in silent
    page = force.caller(AUDITOR.person_id).get("/exceptions").text
    assert "Not looked at" in page
    force.stack.sandbox.faults.clear()
    force.turn(hours=4)
    looks(force)
    assert listed(force)["not_looked_at"] == []


def test_the_page_shows_the_words_and_closes_it_with_a_ground(force):
    post_id = a_published(force, text := "Lost dog, brown, answers to Rex.")
    in_the_app(force, text)
    found_twice(force)
    [found] = of(force, post_id)

    path = f"/exceptions/{found['exception_id']}"
    comms = force.comms
    page, officers = comms.get(path), force.caller(OFFICER.person_id).get(path)

    assert text in page.text
    assert "On which ground?" in page.text
    assert (officers.status, "On which ground?" in officers.text) == (200, False)
    bare = comms.post_form(path, page.fields())
    wish = {**page.fields(), "cause": "platform", "why": "It was reported."}
    sent = comms.post_form(path, wish)
    assert (bare.status, sent.status) == (422, 303)
    assert "The platform did it" in force.comms.get(path).text
    assert force.publication(post_id).state is Outcome.WITHDRAWN


def test_the_clock_fires_it(force):
    assert any("FindGone" in schedule.name for schedule in force.stack.schedules.read())
