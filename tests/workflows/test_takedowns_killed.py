"""A takedown whose worker is killed at a write is carried to its end, with one leaf of each."""

from itertools import count

import pytest

from tests.workflows.commenting import WORDS, asked, carried_out, remark_of, said, voice
from tests.workflows.deleting import leaves
from tests.workflows.force import FREE, a_force, eventually
from tests.workflows.reaper import Reaper

WRITE, START = "TransactWriteItems", "StartExecution"
ONCE = ("takedown.asked", "takedown.evidence_kept", "takedown.done", "takedown.proved")
BLOCKED = ("block.asked", "block.active")


@pytest.fixture(scope="module")
def force():
    with a_force() as force:
        force.keep_leaves()
        yield force


@pytest.fixture(scope="module")
def numbers():
    return map(str, count(1))


@pytest.fixture
def comment(force, numbers):
    """Something that somebody says."""
    return said(force, next(numbers))


@pytest.fixture(scope="module")
def reaper(force):
    return Reaper(force.stack)


def told_of(force, takedown_id, *types):
    """The types of what is on record about it, in order."""
    return [leaf["type"] for leaf in leaves(force, *types) if takedown_id in leaf["subject"]]


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("worker", ["TakeCommentDown", "LookAtCommentAgain"])
def test_killed_at_a_write_it_goes_on_where_it_was(force, reaper, comment, worker, after):
    with reaper.killing(worker, WRITE, after=after) as death:
        takedown_id = asked(force, comment)
        found = carried_out(force, takedown_id)
        assert death.came.is_set()

    assert (found["state"], found["evidence"]["text"]) == ("proved", WORDS)
    assert remark_of(force, comment).hidden
    assert told_of(force, takedown_id, *ONCE) == list(ONCE)


@pytest.mark.parametrize("after", [False, True])
def test_an_appeal_that_was_upheld_is_heard_though_the_worker_dies(force, reaper, comment, after):
    takedown_id = asked(force, comment)
    carried_out(force, takedown_id)
    appeal, decision = f"/v1/takedowns/{takedown_id}/appeal", {"decision": "uphold", "why": "So."}
    said_so = force.officer.post_json(appeal, {"who": "Pat Invented", "words": "It was mine."})
    assert said_so.status == 200, said_so.text

    with reaper.killing("TakeCommentDown", WRITE, after=after) as death:
        decided = force.comms.post_json(f"{appeal}/decision", decision)
        assert decided.status == 200, decided.text
        carried_out(force, takedown_id, "undone")
        assert death.came.is_set()

    assert not remark_of(force, comment).hidden
    assert told_of(force, takedown_id, "takedown.undone") == ["takedown.undone"]


@pytest.mark.parametrize("after", [False, True])
def test_a_block_whose_worker_dies_is_in_force_once(force, reaper, after):
    body = {
        "account": FREE,
        "platform": "sandbox",
        "author_id": f"u-block-{after}",
        "why": "Threats.",
    }
    with reaper.killing("TakeCommentDown", WRITE, after=after) as death:
        heard = force.comms.post_json("/v1/blocks", body)
        assert heard.status == 201, heard.text
        block_id = heard.json()["block_id"]

        def in_force():
            force.turn(seconds=61)
            return told_of(force, block_id, *BLOCKED) == list(BLOCKED)

        eventually(in_force)
        assert death.came.is_set()

    assert force.stack.sandbox.audience.is_blocked(voice(force), body["author_id"])


def test_asked_for_and_dead_before_the_machine_began_it_is_begun_within_minutes(
    force, reaper, comment
):
    body = {
        "account": FREE,
        "platform": "sandbox",
        "comment": comment,
        "rule": "offensive",
        "why": "It breaks the rule.",
        "deed": "hide",
        "block": False,
    }

    before = len(leaves(force, "takedown.asked"))

    with reaper.killing("TakedownApi", START):
        assert force.officer.post_json("/v1/takedowns", body).status == 502

    def hidden():
        force.turn(seconds=61)
        return remark_of(force, comment).hidden

    eventually(hidden)
    assert len(leaves(force, "takedown.asked")) == before + 1
