"""An approval that arrives one second after the post was due publishes nothing by itself."""

from datetime import timedelta

import pytest

from local.demo.caller import Caller
from local.force import OFFICER
from shared.identity.session import COOKIE
from shared.posts.life import State
from tests.workflows.asking import Asked
from tests.workflows.force import WATCHED, a_force
from tests.workflows.room import no_room_for


@pytest.fixture(scope="module")
def force():
    with a_force() as force:
        yield force


def post_page(force, post_id):
    session = force.stack.open_session(OFFICER.person_id)
    return Caller(force.stack.url, cookies={COOKIE: session}).get(f"/posts/{post_id}").text


def approved_one_second_late(force, text):
    """The approver sends the form one second after the post was due; what was heard."""
    due = force.stack.clock.now() + timedelta(seconds=170)
    post_id = force.submit(text, WATCHED, not_before=due.isoformat())
    page = Asked(force, post_id, force.letter(post_id)).open()
    # By the machine's own clock the asking has ended by then; this is the race it can lose.
    with no_room_for(force, "RecordEnding"):
        force.stack.clock.turn_to(due + timedelta(seconds=1))
        heard = page.send()
    return post_id, heard


def test_an_approval_one_second_after_the_post_was_due_holds_it_and_its_author_confirms(force):
    post_id, heard = approved_one_second_late(force, "The lights go on at six.")

    assert heard.status == 200
    assert "It was due before you decided" in heard.text
    assert "it does not go out by itself" in heard.text
    assert "It goes out" not in heard.text
    assert force.until(post_id, State.HELD) is State.HELD
    assert "after it was due" in post_page(force, post_id)
    assert force.published("The lights go on at six.") == 0

    force.turn(minutes=10)
    heard = force.officer.post_json(f"/v1/held/{post_id}/1/review", {"decision": "release"})

    assert heard.status == 200
    assert force.until(post_id) is State.PUBLISHED
    assert force.published("The lights go on at six.") == 1


def test_communications_may_give_back_what_was_approved_one_second_late(force):
    post_id, _ = approved_one_second_late(force, "The lights go on at seven.")
    force.until(post_id, State.HELD)

    ruling = {"decision": "return", "reason": "They are on."}
    heard = force.comms.post_json(f"/v1/held/{post_id}/1/review", ruling)

    assert heard.status == 200
    assert force.until(post_id) is State.RETURNED
    assert force.published("The lights go on at seven.") == 0


def test_one_second_after_the_asking_has_ended_there_is_nothing_to_approve_any_more(force):
    due = force.stack.clock.now() + timedelta(seconds=170)
    post_id = force.submit("The lights go on at eight.", WATCHED, not_before=due.isoformat())
    asked = Asked(force, post_id, force.letter(post_id))
    page = asked.open()
    force.stack.clock.turn_to(due + timedelta(seconds=1))
    force.until(post_id)

    for heard in (page.send(), page.caller.get(asked.letter.link)):
        assert heard.status == 409
        assert "nobody decided in time" in heard.text
    assert force.state(post_id) is State.EXPIRED
    assert force.published("The lights go on at eight.") == 0
