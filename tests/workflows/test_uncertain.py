"""What could not be read back is settled by a person, from the page or the API, once."""

import json

import pytest

from local.demo.caller import Caller
from local.sandbox import Fault, FaultKind
from shared.posts.life import Outcome, State
from shared.posts.names import PlatformName
from tests.workflows.asking import at_once
from tests.workflows.force import Force, a_force
from tests.workflows.unsettled import an_uncertain, unsettled

SANDBOX = PlatformName("sandbox")
ABSENT = {"decision": "not_sent", "why": "I scrolled past the whole hour."}


@pytest.fixture(scope="module")
def force():
    with a_force() as force:
        force.keep_leaves()
        yield force


def seen(force: Force, number: int) -> dict[str, str]:
    url = f"{force.stack.sandbox.url}/posts/{number}"
    return {"decision": "sent", "url": url, "why": "I opened it on my phone."}


def listed(force: Force) -> list[str]:
    shown = force.comms.get("/v1/uncertain").json()["uncertain"]
    return [each["post"]["post_id"] for each in shown]


def leaves(force: Force, post_id: str) -> list[dict]:
    rows = force.stack.tables.outbox.scan(consistent_read=True)
    found = [json.loads(bytes(row.envelope)) for row in rows]
    return [leaf for leaf in found if post_id in leaf["subject"]]


def test_what_the_machine_gave_up_is_settled_from_the_page_and_never_sent_again(force):
    text, faults = "Did it go out by itself?", force.stack.sandbox.faults
    faults.add(Fault(FaultKind.RESETS_AFTER_COMMIT, containing=text))
    for on in ("timeline", "read"):
        faults.add(Fault(FaultKind.FAILS_BEFORE_COMMIT, on=on, times=None))
    try:
        post_id = force.submit(text)
        assert force.turn_until(post_id, 25, State.UNCERTAIN) is State.UNCERTAIN
    finally:
        faults.clear()
    comms, address = force.comms, f"/uncertain/{post_id}/1/sandbox"
    there = force.published(text)

    assert post_id in listed(force)
    assert f'href="{address}"' in comms.get("/uncertain").text
    assert f'href="{address}"' in comms.get(f"/posts/{post_id}").text
    assert f'href="{address}"' not in force.officer.get(f"/posts/{post_id}").text
    page = comms.get(address)
    assert page.status == 200
    for told in (text, "could not be read", "There was no answer", "by itself?"):
        assert told in page.text
    looks = page.text.count("It was looked for, and the platform could not be read.")
    assert looks == 8, "every look is told, with its time"
    assert force.state(post_id) is State.UNCERTAIN, "GET shows"

    sent = comms.post_form(address, {**page.fields(), **seen(force, 1)})

    assert (sent.status, sent.headers["location"]) == (303, f"/posts/{post_id}")
    assert force.state(post_id) is State.PUBLISHED
    target = unsettled(force, post_id).target(SANDBOX)
    assert (target.state, target.receipt.proof) == (Outcome.SENT, "")
    force.turn(hours=3)
    assert force.published(text) == there
    assert post_id not in listed(force)
    assert comms.get(address).status == 409
    [settled] = [x for x in leaves(force, post_id) if x["type"] == "publication.settled_by_person"]
    assert settled["actor"] == "p-comms"


def test_a_form_without_a_choice_settles_nothing_and_comes_back_as_it_was_typed(force):
    post_id = an_uncertain(force, "Nothing is chosen beforehand.")
    comms, address = force.comms, f"/uncertain/{post_id}/1/sandbox"
    page = comms.get(address)

    nothing = comms.post_form(address, {**page.fields(), "why": "I do not know."})
    forged = comms.post_form(address, {**ABSENT, "csrf": "0" * 64})

    assert nothing.status == 422
    assert "Choose what you saw." in nothing.text
    assert "I do not know." in nothing.text
    assert forged.status == 403
    assert force.state(post_id) is State.UNCERTAIN


def test_fifty_at_once_settle_it_once(force):
    post_id = an_uncertain(force, "Fifty at once.")
    path = f"/v1/uncertain/{post_id}/1/sandbox"
    callers: list[Caller] = [force.comms for _ in range(50)]

    told = at_once(*(lambda c=c: c.post_json(path, ABSENT) for c in callers))

    assert sorted({heard.status for heard in told} - {503}) == [200, 409]
    assert sum(heard.status == 200 for heard in told) == 1
    assert force.state(post_id) is State.FAILED
    types = [leaf["type"] for leaf in leaves(force, post_id)]
    assert types.count("publication.settled_by_person") == 1
    assert types.count("post.concluded") == 1


def test_the_api_says_what_it_takes_and_refuses_with_a_sentence(force):
    one, other = an_uncertain(force, "One of two."), an_uncertain(force, "Two of two.")
    comms = force.comms
    path = "/v1/uncertain/{}/1/sandbox".format

    settled = comms.post_json(path(one), seen(force, 77))
    again = comms.post_json(path(one), seen(force, 77))
    taken = comms.post_json(path(other), seen(force, 77))
    foreign = comms.post_json(path(other), {**seen(force, 78), "url": "ftp://sandbox/78"})

    assert (settled.status, settled.json()["state"]) == (200, "sent")
    assert settled.json()["settled_by"] == "p-comms"
    assert settled.json()["post"]["state"] == "published"
    assert (again.status, "by p-comms" in again.json()["detail"]) == (409, True)
    assert (taken.status, "another post of ours" in taken.text) == (422, True)
    assert foreign.status == 422
    assert force.officer.post_json(path(other), ABSENT).status == 403
    assert force.state(other) is State.UNCERTAIN
