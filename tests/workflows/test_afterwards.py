"""Break-glass: what was posted by hand is entered afterwards, once, and looked at by a second."""

import json
from datetime import timedelta

import pytest

from shared.posts.life import Outcome, State
from tests.workflows.asking import at_once
from tests.workflows.force import FREE, Force, a_force
from tests.workflows.unsettled import SANDBOX, unsettled

TEXT = "Keep away from Mill Lane. Posted by hand."


@pytest.fixture(scope="module")
def force():
    with a_force() as force:
        force.keep_leaves()
        yield force


def an_entry(force: Force, number: int, **changes: object) -> dict[str, object]:
    at = force.stack.clock.now() - timedelta(hours=3)
    return {
        "account": FREE,
        "platform": "sandbox",
        "text": TEXT,
        "url": f"https://sandbox.example/posts/{number}",
        "at": at.isoformat(),
        "authorised_by": "p-comms",
        "why": "AWS was down since six.",
        **changes,
    }


def leaves(force: Force, post_id: str) -> list[dict]:
    rows = force.stack.tables.outbox.scan(consistent_read=True)
    found = [json.loads(bytes(row.envelope)) for row in rows]
    return [leaf for leaf in found if post_id in leaf["subject"]]


def test_it_is_on_record_as_it_stands_and_waits_for_a_second_person(force):
    heard = force.officer.post_json("/v1/posts/afterwards", an_entry(force, 1))

    assert heard.status == 201, heard.text
    post_id = heard.json()["post_id"]
    target = unsettled(force, post_id).target(SANDBOX)
    assert (force.state(post_id), target.state) == (State.PUBLISHED, Outcome.SENT)
    assert force.published(TEXT) == 0, "nothing is sent"
    assert {x["type"] for x in leaves(force, post_id)} == {
        "post.entered_afterwards",
        "publication.settled_by_person",
    }
    page = force.officer.get(f"/posts/{post_id}").text
    assert "https://sandbox.example/posts/1" in page
    assert "AWS was down since six." in page
    waiting = force.comms.get("/v1/urgent").json()["urgent"]
    [its] = [each for each in waiting if each["post"]["post_id"] == post_id]
    assert its["due"] > heard.json()["submitted_at"]
    looked = force.comms.post_json(f"/v1/urgent/{post_id}/1/review", {"remark": "Rightly so."})
    assert looked.status == 200


def test_one_address_is_entered_once_however_often_and_however_spelled(force):
    callers = [force.officer for _ in range(20)]
    entry = an_entry(force, 2)

    told = at_once(*(lambda c=c: c.post_json("/v1/posts/afterwards", entry) for c in callers))

    assert sorted({heard.status for heard in told} - {503}) == [201, 409]
    assert sum(heard.status == 201 for heard in told) == 1
    again = an_entry(force, 2, url="https://www.sandbox.example/posts/2/?utm_source=app")
    assert force.officer.post_json("/v1/posts/afterwards", again).status == 409


def test_what_the_machine_published_is_not_entered_a_second_time(force):
    post_id = force.submit("Out by itself.")
    assert force.until(post_id) is State.PUBLISHED
    url = force.publication(post_id).receipt.url

    heard = force.officer.post_json("/v1/posts/afterwards", an_entry(force, 3, url=url))

    assert heard.status == 409
    assert "on record already" in heard.text


def test_the_form_comes_back_as_it_was_typed_and_goes_on_to_the_post(force):
    officer = force.officer
    page = officer.get("/posts/afterwards")
    at = force.stack.clock.now() - timedelta(days=1)
    typed = {
        **page.fields(),
        "account": FREE,
        "platform": "sandbox",
        "text": "By hand,\r\nfrom the form.",
        "url": "https://sandbox.example/posts/9",
        "date": f"{at:%Y-%m-%d}",
        "time": "14:30",
        "why": "The network was down.",
    }

    wrong = officer.post_form("/posts/afterwards", {**typed, "authorised_by": "nobody@a.example"})
    nothing = officer.post_form("/posts/afterwards", page.fields())
    right = officer.post_form("/posts/afterwards", {**typed, "authorised_by": "p-comms"})

    assert page.status == 200
    assert (wrong.status, "The network was down." in wrong.text) == (422, True)
    assert "knows nobody by this address" in wrong.text
    assert nothing.status == 422
    assert right.status == 303
    post = force.posts.get(right.headers["location"].rpartition("/")[2])
    assert post.draft.text == "By hand,\nfrom the form."
    assert "14:30" in post.reason
