"""What we said is put right by a post of its own, under the one that was wrong, which stays."""

import json
from datetime import timedelta

import pytest

from local.demo.caller import Caller
from local.force import DUTY_OFFICER
from local.seed import WITH_FEED
from shared.posts.life import State
from tests.workflows.deleting import a_published
from tests.workflows.force import Force, a_force

RIGHT = {
    "apology": "Sorry, we got that wrong.",
    "words": "The road at Rudyard is closed.",
    "wrong": "We named the wrong road.",
    "complaint": "CO/123/26",
}


@pytest.fixture(scope="module")
def force():
    with a_force() as force:
        force.keep_leaves()
        yield force


def corrected(force: Force, post_id: str, **more) -> dict:
    heard = force.officer.post_json("/v1/corrections", {"post": f"{post_id}-1", **RIGHT, **more})
    assert heard.status == 202, heard.text
    return heard.json()


def shown(force: Force, text: str):
    [post] = [post for post in force.stack.sandbox.posts if post.text == text]
    return post


def test_a_correction_is_said_under_the_post_that_was_wrong_and_the_post_stays(force):
    post_id = a_published(force, wrong := "The road at Rudyard is open.")
    correction = corrected(force, post_id)
    assert correction["kind"] == "correction"
    assert force.until(correction["post_id"]) is State.PUBLISHED

    said = f"{RIGHT['apology']}\n\n{RIGHT['words']}"
    assert force.published(wrong) == 1
    assert shown(force, said).answers == shown(force, wrong).post_id


def test_what_was_wrong_and_whose_complaint_it_was_are_on_record(force):
    post_id = a_published(force, "Wrong, and complained of.")
    correction = corrected(force, post_id, words="Right, and on record.")
    force.until(correction["post_id"])

    rows = force.stack.tables.outbox.scan(consistent_read=True)
    leaves = [json.loads(bytes(row.envelope)) for row in rows]
    [leaf] = [
        each
        for each in leaves
        if each["type"] == "post.submitted" and correction["post_id"] in each["subject"]
    ]
    payload = json.loads(bytes(force.stack.tables.payloads.get(leaf["id"]).payload))
    assert payload["corrects"] == {
        "closes_thread": True,
        "complaint": "CO/123/26",
        "post_id": post_id,
        "version": 1,
        "wrong": "We named the wrong road.",
    }
    listed = force.officer.get(f"/v1/corrections?post={post_id}-1").json()
    assert listed == {"corrections": [f"{correction['post_id']}-1"]}


def test_in_the_feed_what_was_wrong_is_struck_out_beside_what_is_true(force):
    chief = force.caller(DUTY_OFFICER.person_id)
    body = {"text": "The fair is on Friday.", "account": WITH_FEED, "platforms": ["feed"]}
    wrong = chief.post_json("/v1/posts", body).json()["post_id"]
    force.until(wrong, State.PUBLISHED)
    right = {**RIGHT, "post": f"{wrong}-1", "words": "The fair is on Saturday."}
    correction = chief.post_json("/v1/corrections", right).json()["post_id"]
    force.until(correction, State.PUBLISHED)

    feed = Caller(force.stack.url).get(f"/local/feeds/{WITH_FEED}/feed.json").json()
    [struck] = [item for item in feed["items"] if "date_modified" in item]
    assert "<del>The fair is on Friday.</del>" in struck["content_html"]
    assert "The fair is on Saturday." in struck["content_html"]
    assert "content_text" not in struck


def test_both_posts_lead_to_each_other_and_the_team_is_told_to_stop(force):
    post_id = a_published(force, "Wrong, with a page.")
    correction = corrected(force, post_id, words="Right, with a page.")["post_id"]
    force.until(correction)

    page, of_correction = (force.officer.get(f"/posts/{each}") for each in (post_id, correction))

    assert f'href="/posts/{correction}"' in page.text
    assert "do not go on about the mistake" in page.text
    assert f'href="/posts/{post_id}"' in of_correction.text
    assert "/corrections/new" not in of_correction.text


def test_it_is_written_on_the_page_with_the_wrong_words_to_begin_from(force):
    post_id = a_published(force, "Wrong, from the page.")
    officer = force.officer
    form = officer.get(f"/corrections/new?post={post_id}-1")
    typed = {**form.fields(), "words": "Right, from the page.", "wrong": "All of it."}

    nothing = officer.post_form("/corrections/new", typed)
    sent = officer.post_form("/corrections/new", {**typed, "apology": RIGHT["apology"]})

    assert "Wrong, from the page." in form.text
    assert (nothing.status, sent.status) == (422, 303)
    assert force.until(sent.headers["location"].rpartition("/")[2]) is State.PUBLISHED


@pytest.mark.parametrize(
    ("more", "status"),
    [
        ({"words": "Still wrong."}, 422),
        ({"words": " "}, 422),
        ({"wrong": ""}, 422),
        ({"post": "nothing"}, 404),
        ({"post": "01J0000000000000000000000A-1"}, 404),
        ({"more": 1}, 422),
    ],
)
def test_what_cannot_be_a_correction_is_refused_with_a_sentence(force, more, status):
    post_id = a_published(force, "Still wrong.")

    heard = force.officer.post_json("/v1/corrections", {"post": f"{post_id}-1", **RIGHT, **more})

    assert heard.status == status, heard.text


def test_a_correction_is_not_corrected_and_what_never_was_out_is_not(force):
    post_id = a_published(force, "Wrong once.")
    correction = corrected(force, post_id, words="Right once.")["post_id"]
    force.until(correction)
    due = (force.stack.clock.now() + timedelta(days=9)).isoformat()
    waiting = force.submit("Not out yet.", not_before=due)

    for name in (correction, waiting):
        heard = force.officer.post_json("/v1/corrections", {"post": f"{name}-1", **RIGHT})
        assert heard.status == 422, heard.text


def test_who_does_not_post_for_the_account_corrects_nothing(force):
    post_id = a_published(force, "Not theirs.")

    heard = force.caller("p-auditor").post_json(
        "/v1/corrections", {"post": f"{post_id}-1", **RIGHT}
    )

    assert heard.status == 403
