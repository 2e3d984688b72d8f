"""One post, other words on one platform: checked, approved and published as each says it."""

import json

import pytest

from shared.posts.life import State
from tests.workflows.force import FREE, WATCHED, a_force

WORDS = "The road is open again, says the council."


@pytest.fixture(scope="module")
def force():
    with a_force() as force:
        yield force


def sent(force, account, **besides):
    body = {"text": WORDS, "account": account, "platforms": ["sandbox"], **besides}
    return force.officer.post_json("/v1/posts", body)


def newest(force):
    """The officer's newest post."""
    return force.officer.get("/v1/posts").json()["posts"][0]["post_id"]


def test_each_platform_says_its_own_words_and_the_record_holds_both(force):
    own = "A34 open again."

    heard = sent(force, FREE, variants={"sandbox": own})

    post_id = heard.json()["post_id"]
    assert force.until(post_id) is State.PUBLISHED
    assert (force.published(own), force.published(WORDS)) == (1, 0)
    assert force.publication(post_id).receipt.text == own
    shown = force.officer.get(f"/v1/posts/{post_id}").json()["versions"][-1]
    assert (shown["text"], shown["variants"]) == (WORDS, {"sandbox": own})
    told = [json.loads(row.payload) for row in force.stack.tables.payloads.scan()]
    assert {"sandbox": own} in [payload.get("variants") for payload in told]


def test_what_only_one_platform_would_say_is_blocked_too(force):
    heard = sent(force, FREE, variants={"sandbox": "OFFICIAL-SENSITIVE: the A34 is open again."})

    (finding,) = [f for f in heard.json()["findings"] if f["severity"] == "block"]
    assert (heard.status, finding["rule"], finding["wording"]) == (422, "protective-marking", 1)
    page = force.officer.get(f"/posts/{newest(force)}").text
    assert "On Sandbox instead" in page
    assert "On Sandbox, the words:" in page


def test_an_approver_sees_what_each_platform_would_say(force):
    own = "A34 open again, drive with care."
    post_id = sent(force, WATCHED, variants={"sandbox": own}).json()["post_id"]

    page = force.comms.get(force.letter(post_id).link).text

    assert own in page
    assert "On Sandbox" in page


def test_a_newer_version_in_the_form_keeps_the_words_of_single_platforms(force):
    sent(force, FREE, variants={"sandbox": "OFFICIAL-SENSITIVE: A34."})

    page = force.officer.get(f"/posts/new?replaces={newest(force)}").text

    assert "OFFICIAL-SENSITIVE: A34.</textarea>" in page


def test_words_for_a_platform_the_post_does_not_go_to_are_refused(force):
    heard = sent(force, FREE, variants={"x": "A34."})

    assert heard.status == 422
    assert "the post does not go there" in heard.text
