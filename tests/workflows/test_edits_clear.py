"""A force that lets an edit clear itself where nothing but advice is left (EditsClear)."""

import pytest

from local.force import COMMS
from shared.posts.life import State
from tests.workflows.asking import Asked
from tests.workflows.force import FREE, WATCHED, a_force

LINK = "https://roads.example.org/leek"


@pytest.fixture(scope="module")
def force():
    with a_force(parameters={"EditsClear": "only_advice"}) as force:
        force.stack.schedules.stop()
        yield force


def edit(force, before, after, account):
    post_id = force.submit(before, account)
    heard = Asked(force, post_id, force.letter(post_id)).open().send("edit", text=after)
    assert "Edited and approved" in heard.text
    return post_id


def test_an_edit_that_leaves_nothing_to_review_goes_out_by_two_peoples_hands(force):
    post_id = edit(force, f"The road is open, see {LINK}", "The road is open.", FREE)

    assert force.until(post_id) is State.PUBLISHED
    post = force.posts.get(post_id)
    assert (post.version, post.editor) == (2, COMMS.person_id)
    assert force.published("The road is open.") == 1


@pytest.mark.parametrize(
    ("before", "after", "account"),
    [
        (f"See {LINK}", f"Read more: {LINK}", FREE),
        ("Surgery on Friday, perhaps.", "Surgery on Friday.", WATCHED),
    ],
)
def test_what_is_still_to_review_or_always_read_waits_for_somebody_else(
    force, before, after, account
):
    post_id = edit(force, before, after, account)

    force.letter(post_id, 2)
    assert force.state(post_id) is State.AWAITING_APPROVAL
    assert COMMS.person_id not in force.approvals.get(post_id, 2).asked
