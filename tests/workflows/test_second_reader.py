"""A second reader on a running force: its doubts reach an approver, its failures stop nothing."""

import shutil
from dataclasses import replace

import pytest

from local.nearby import nearby
from local.tools import ROOT
from shared.policy.suspicions import suspicion_of
from shared.posts.life import ENDINGS, State
from tests.unit.second_reader.tiny import write_reader
from tests.workflows.force import a_force

DOUBTFUL = "The road is open again. Honk!"
CLEAN = "The road is open again."
RULE = "protective-marking"
NAMED = {"rules": ["none", RULE, "never"], "marks": {RULE: 0.5}}


@pytest.fixture(scope="module")
def force():
    with a_force(parameters={"SecondReader": "own"}) as running:
        yield running


@pytest.fixture
def reader(force, tmp_path):
    """The function's own code with a model small enough to see through; its folder."""
    folder = write_reader(tmp_path / "reader", **NAMED)
    shutil.copy(ROOT / "second_reader" / "app.py", folder)
    pool = force.stack.lambdas._pools[force.stack.functions["SecondReaderFunction"].name]
    shipped = pool.function
    run(pool, replace(shipped, folder=folder))
    yield folder
    run(pool, shipped)


def run(pool, function):
    """Let the next event find a fresh worker of this function."""
    pool.function = function
    for worker in pool.team.workers():
        worker.kill()


def test_what_it_doubts_goes_to_an_approver_who_is_told_why(force, reader):
    post_id = force.submit(DOUBTFUL)

    assert force.until(post_id, State.AWAITING_APPROVAL) is State.AWAITING_APPROVAL
    post = force.posts.get(post_id)
    [found] = [one for one in post.findings if one["rule"] == RULE]
    assert post.second_reader == "tiny 7"
    assert DOUBTFUL[found["start"] : found["end"]] == "Honk!"

    page = force.comms.get(f"/approvals/{post_id}-1").text
    assert suspicion_of(RULE).message in page
    assert "Second reader: tiny 7." in page

    # A grave doubt is decided by whoever is signed in, never by link.
    decision = {"decision": "approve", "content_hash": post.content_hash}
    heard = force.comms.post_json(f"/v1/approvals/{post_id}/1/decision", decision)
    assert heard.status == 200, heard.text
    assert force.until(post_id) is State.PUBLISHED
    assert force.posts.get(post_id).findings == post.findings


def test_what_it_does_not_doubt_goes_out_with_its_name_on_record(force, reader):
    post_id = force.submit(CLEAN)

    assert force.until(post_id) is State.PUBLISHED
    assert force.posts.get(post_id).second_reader == "tiny 7"


def test_the_reader_that_ships_reads_in_a_function_of_its_own(force):
    post_id = force.submit(CLEAN)

    force.until(post_id, State.AWAITING_APPROVAL, *ENDINGS)
    assert force.posts.get(post_id).second_reader == nearby().version


def test_a_broken_second_reader_stops_nothing(force, reader):
    (reader / "model.onnx").unlink()
    post_id = force.submit(DOUBTFUL)

    assert force.until(post_id) is State.PUBLISHED
    assert force.posts.get(post_id).second_reader == "did not read, it could not"


def test_a_second_reader_that_never_answers_stops_nothing(force, reader):
    (reader / "app.py").write_text("import time\ndef read(event, context):\n    time.sleep(60)\n")
    post_id = force.submit(DOUBTFUL)

    assert force.until(post_id) is State.PUBLISHED
    assert force.posts.get(post_id).second_reader == "did not read, it took too long"
