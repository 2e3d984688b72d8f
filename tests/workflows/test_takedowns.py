"""Somebody else's comment is taken down: kept first, hidden, looked for again, and forgotten."""

from datetime import timedelta
from typing import Any

import pytest

from local.force import COMMS, DEPUTY, OFFICER
from local.mailbox import part
from local.sandbox import Fault, FaultKind
from shared.posts.names import AccountId
from shared.posts.takedown import HouseRule, Taken
from shared.recordlog.reader import verify_log
from shared.records.blocks import Blocks
from shared.records.takedown_acts import act_on_takedown
from shared.records.takedowns import Takedowns
from tests.unit.publish.taking_down import a_takedown
from tests.workflows.commenting import WORDS, asked, carried_out, remark_of, said, seen, voice
from tests.workflows.deleting import leaves
from tests.workflows.erasing import WISH
from tests.workflows.everywhere import Record, everything, sequence
from tests.workflows.force import FREE, a_force, eventually


@pytest.fixture(scope="module")
def logs(tmp_path_factory):
    return tmp_path_factory.mktemp("logs")


@pytest.fixture(scope="module")
def force(logs):
    with a_force(logs=logs) as force:
        force.keep_leaves()
        yield force


def test_what_is_said_is_kept_then_hidden_then_looked_for_again(force):
    takedown_id = asked(force, said(force, "1"))

    found = carried_out(force, takedown_id)

    assert found["state"] == "proved"
    assert remark_of(force, "1").hidden
    evidence = found["evidence"]
    assert (evidence["text"], evidence["author"], evidence["handle"]) == (
        WORDS,
        "Pat Invented",
        "pat-1",
    )
    assert WORDS in evidence["raw"]
    told = leaves(force, "takedown.asked", "takedown.evidence_kept", "takedown.done")
    ours = [leaf for leaf in told if takedown_id in leaf["subject"]]
    kinds = ["takedown.asked", "takedown.evidence_kept", "takedown.done"]
    assert [leaf["type"] for leaf in ours] == kinds
    assert ours[0]["actor"] == OFFICER.person_id


def test_nobodys_words_stand_in_a_table(force, logs):
    takedown_id = asked(force, said(force, "2", "Words of somebody very invented."))
    carried_out(force, takedown_id)

    kept = everything(force, logs)
    assert ("very invented" in kept, "Pat Invented" in kept) == (False, False)


def test_after_an_erasure_the_text_is_nowhere_and_every_proof_holds(force, logs):
    takedown_id = asked(force, said(force, "3", "Words that are to be forgotten."))
    leaf = carried_out(force, takedown_id)["evidence_leaf"]
    sequence(force)
    record = Record(force)
    entry = record.proved(leaf)
    heard = force.comms.post_json("/v1/erasures", {"leaf_id": leaf, **WISH})
    assert heard.status == 201, heard.text
    path = f"/v1/erasures/{heard.json()['erasure_id']}/decision"
    second = force.caller(DEPUTY.person_id).post_json(path, {"decision": "approve"})
    assert second.status == 200, second.text
    force.stack.call("EraseRecords", {})
    sequence(force)

    found = seen(force, takedown_id)

    assert (found["state"], found["evidence_leaf"], found["evidence"]) == ("proved", leaf, None)
    kept = everything(force, logs)
    assert ("to be forgotten" in kept, "pat-3" in kept) == (False, False)
    assert record.proved(leaf) == entry
    assert verify_log(record.read, record.known, record.origin).size > 0


def test_what_went_away_by_itself_is_not_asked_for(force):
    assert carried_out(force, asked(force, "404"))["state"] == "absent"


def test_what_may_prejudice_an_investigation_reaches_the_centre_once(force):
    takedown_id = asked(force, said(force, "4"), rule="prejudicial")
    carried_out(force, takedown_id)

    def letters() -> list[Any]:
        return [m for m in force.stack.mailbox if f"/takedowns/{takedown_id}" in part(m, "plain")]

    assert eventually(letters)
    addressees = [str(letter["To"]) for letter in letters()]
    assert len(addressees) == len(set(addressees))
    assert not [letter for letter in letters() if "Invented" in part(letter, "plain")]


def test_what_the_sandbox_refuses_is_left_to_a_person_who_has_a_checklist(force):
    comment = said(force, "5")
    force.stack.sandbox.faults.add(Fault(FaultKind.DUPLICATE, on="hide"))
    takedown_id = asked(force, comment)

    found = carried_out(force, takedown_id)

    assert (found["state"], remark_of(force, "5").hidden) == ("left", False)
    assert found["evidence"]["text"] == WORDS
    assert found["checklist"]
    eventually(
        lambda: [m for m in force.stack.mailbox if f"/takedowns/{takedown_id}" in part(m, "plain")]
    )


def test_an_appeal_that_is_upheld_shows_it_again(force, logs):
    takedown_id = asked(force, said(force, "6", "It was my own house."))
    carried_out(force, takedown_id)
    heard = force.officer.post_json(
        f"/v1/takedowns/{takedown_id}/appeal", {"who": "Pat Invented", "words": "It was mine."}
    )
    assert heard.status == 200, heard.text
    decision = {"decision": "uphold", "why": "It was their own house."}
    path = f"/v1/takedowns/{takedown_id}/appeal/decision"
    decided = force.comms.post_json(path, decision)
    assert decided.status == 200, decided.text

    found = carried_out(force, takedown_id, "undone")

    assert found["appealed"] == {"who": "Pat Invented", "words": "It was mine."}
    assert not remark_of(force, "6").hidden
    assert "It was mine." not in everything(force, logs)


def test_whoever_is_blocked_with_it_says_nothing_more_until_they_are_let_in(force):
    takedown_id = asked(force, said(force, "7"), deed="delete", block=True)
    carried_out(force, takedown_id)
    audience = force.stack.sandbox.audience
    blocks = Blocks(force.stack.tables, force.pen)

    def blocked() -> bool:
        force.turn(seconds=61)
        return audience.is_blocked(voice(force), "u-7")

    eventually(blocked)
    assert remark_of(force, "7") is None
    block = blocks.get(takedown_id)
    assert (block.author_id, block.by) == ("u-7", COMMS.person_id)
    heard = force.comms.post_json(f"/v1/blocks/{takedown_id}/lift", {"why": "They said sorry."})
    assert heard.status == 200, heard.text

    def let_in() -> bool:
        force.turn(seconds=61)
        return not audience.is_blocked(voice(force), "u-7")

    eventually(let_in)
    eventually(lambda: blocks.get(takedown_id).handle == "")


def test_a_block_whose_day_has_come_is_told_of_once(force):
    heard = force.comms.post_json(
        "/v1/blocks",
        {
            "account": FREE,
            "platform": "sandbox",
            "author_id": "u-9",
            "why": "Threats.",
            "review_on": (force.stack.clock.now() + timedelta(days=1)).date().isoformat(),
        },
    )
    assert heard.status == 201, heard.text

    def letters() -> list[Any]:
        mails = force.stack.mailbox
        return [m for m in mails if "Look at this block again" in part(m, "plain")]

    force.turn(hours=25)
    eventually(letters)
    force.stack.lambdas.settle()
    told = [str(letter["To"]) for letter in letters()]
    force.turn(hours=25)
    force.stack.lambdas.settle()

    assert len(told) == len(set(told)) == len(letters())
    assert not [m for m in letters() if "u-9" in part(m, "plain")]


def test_what_nobody_started_the_sweep_starts(force):
    lost = a_takedown(
        takedown_id="01LOST" + "0" * 20,
        account=AccountId(FREE),
        comment_id=said(force, "8"),
        asked_at=force.stack.clock.now(),
        rule=HouseRule.SPAM,
    )
    act = act_on_takedown(lost, Taken.ASKED, lost.asked_at, {})
    Takedowns(force.stack.tables, force.pen).ask(lost, act)

    assert carried_out(force, lost.takedown_id)["state"] == "proved"
    assert remark_of(force, "8").hidden
