"""A deletion whose worker is killed at any write is carried to its end, with one leaf of each."""

import pytest

from shared.posts.life import Outcome
from tests.workflows.deleting import WRONG, a_published, asked, carried_out, decided, leaves
from tests.workflows.force import a_force, eventually
from tests.workflows.reaper import Reaper

WRITE, START, WAKE = "TransactWriteItems", "StartExecution", "SendTaskSuccess"
ONCE = ("deletion.evidence_kept", "publication.withdrawn", "deletion.proved", "deletion.concluded")


@pytest.fixture(scope="module")
def force():
    with a_force() as force:
        force.keep_leaves()
        yield force


@pytest.fixture(scope="module")
def reaper(force):
    return Reaper(force.stack)


def told_of(force, post_id, deletion_id):
    about = leaves(force, *ONCE)
    ours = [x for x in about if post_id in x["subject"] or deletion_id in x["subject"]]
    return [leaf["type"] for leaf in ours]


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("worker", ["RemoveTarget", "ProveRemoval", "ConcludeDeletion"])
def test_killed_at_a_write_it_goes_on_where_it_was(force, reaper, worker, after):
    post_id = a_published(force, text := f"{worker} dies, {'after' if after else 'before'}.")
    deletion_id = asked(force, post_id)

    with reaper.killing(worker, WRITE, after=after) as death:
        decided(force, deletion_id)
        found = carried_out(force, deletion_id)
        assert death.came.is_set()

    assert found["state"] == "removed"
    assert force.published(text) == 0
    assert force.publication(post_id).state is Outcome.WITHDRAWN
    assert told_of(force, post_id, deletion_id) == list(ONCE)


def test_asked_for_and_dead_before_the_machine_began_it_is_begun_within_minutes(force, reaper):
    post_id = a_published(force, "Asked, and dead at the machine.")
    body = {**WRONG, "posts": [f"{post_id}-1"]}

    with reaper.killing("DeletionApi", START):
        assert force.officer.post_json("/v1/deletions", body).status == 502

    again = force.officer.post_json("/v1/deletions", body)
    assert again.status == 409
    deletion_id = again.json()["deletion_id"]
    decided(force, deletion_id)
    assert carried_out(force, deletion_id)["state"] == "removed"


def test_decided_and_dead_at_the_token_it_is_found_at_the_next_turn(force, reaper):
    post_id = a_published(force, text := "Decided, and dead at the token.")
    deletion_id = asked(force, post_id)
    path, said = f"/v1/deletions/{deletion_id}/decision", {"decision": "approve"}
    waiting = force.stack.aws.client("stepfunctions")
    machine = force.stack.environment("DeletionApi")["DELETION_ARN"]
    arn = f"{machine.replace(':stateMachine:', ':execution:')}:{deletion_id}"
    eventually(lambda: "AskForDeletion" in str(waiting.get_execution_history(executionArn=arn)))
    eventually(lambda: force.stack.tables.deletions.get(deletion_id, "head").task_token)

    with reaper.killing("DeletionApi", WAKE):
        assert force.comms.post_json(path, said).status == 502

    assert force.published(text) == 1
    assert carried_out(force, deletion_id, seconds=900)["state"] == "removed"
    assert force.published(text) == 0
