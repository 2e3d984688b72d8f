"""Somebody else's words on record: sealed, erased by two people, gone from everything we keep."""

import html
import json
import re

import pytest

from local.force import AUDITOR, COMMS, PEOPLE, REGISTRAR
from shared.accounts.registry import Role
from shared.posts.names import LeafId
from shared.recordlog.leaf import verify_payload
from shared.recordlog.reader import Log, verify_log
from shared.records.outbox import Outbox
from shared.records.payloads import ErasedError, Payloads
from tests.workflows.erasing import WISH, ask_erasure, remark
from tests.workflows.everywhere import Record, everything, sequence
from tests.workflows.force import a_force

AUTHOR, WORDS = "@ezra-kettlewell-1987", "I saw Ottoline Marchbanks do it, at the allotments"
NEIGHBOUR = "Another remark, by somebody who did not object"
SECOND = next(p for p in PEOPLE if p.role is Role.COMMS and p.person_id != COMMS.person_id)


@pytest.fixture(scope="module")
def logs(tmp_path_factory):
    return tmp_path_factory.mktemp("logs")


@pytest.fixture(scope="module")
def force(logs):
    with a_force(logs=logs) as force:
        force.stack.schedules.stop()  # only we erase: how many, is asked
        yield force


def decide(force, erasure_id, by, **body):
    caller = force.caller(by.person_id)
    return caller.post_json(f"/v1/erasures/{erasure_id}/decision", {"decision": "approve", **body})


def test_two_people_erase_a_remark_and_it_is_nowhere_while_every_proof_holds(force, logs):
    leaf_id = remark(force, AUTHOR, WORDS)
    neighbour = remark(force, "@somebody", NEIGHBOUR)
    sequence(force)
    record, kept = Record(force), Payloads(force.stack.tables)
    assert kept.personal(leaf_id) == {"author": AUTHOR, "text": WORDS}
    before = Log(record.read, record.known, record.origin)
    entry, key = record.proved(leaf_id), force.stack.tables.record_keys.get(leaf_id).key
    salt = kept.get(leaf_id).salt

    asked = ask_erasure(force, leaf_id)
    assert asked.status == 201, asked.text
    erasure_id = asked.json()["erasure_id"]
    assert decide(force, erasure_id, COMMS).status == 403
    assert force.stack.call("EraseRecords", {}) == {"erased": []}
    assert decide(force, erasure_id, SECOND).json()["state"] == "approved"
    assert force.stack.call("EraseRecords", {}) == {"erased": [erasure_id]}
    assert force.stack.call("EraseRecords", {}) == {"erased": []}
    sequence(force)

    with pytest.raises(ErasedError):
        kept.personal(leaf_id)
    text = everything(force, logs)
    for gone in (AUTHOR, "Ottoline", "allotments", repr(key)[2:-1], repr(salt)[2:-1]):
        assert gone not in text
    after = Log(record.read, record.known, record.origin)
    assert verify_log(record.read, record.known, record.origin).size > before.checkpoint.size
    assert record.proved(leaf_id) == entry
    assert len(after.prove_grown(before.checkpoint.size)) > 0
    assert kept.personal(neighbour)["text"] == NEIGHBOUR
    shown = force.caller(AUDITOR.person_id).get(f"/v1/erasures/{erasure_id}").json()
    assert (shown["state"], shown["decided_by"]) == ("done", SECOND.person_id)


def test_every_step_is_a_leaf_that_names_both_people(force):
    leaf_id = remark(force, "@x", "Something.")
    erasure_id = ask_erasure(force, leaf_id).json()["erasure_id"]
    decide(force, erasure_id, SECOND)
    force.stack.call("EraseRecords", {})

    steps = []
    for leaf in Outbox(force.stack.tables).pending(1000):
        said = json.loads(leaf.envelope)
        if said["subject"] == f"leaf:{leaf_id}":
            steps.append((said["type"], said["actor"], said["approver"], said["reason"]))
            payload = Payloads(force.stack.tables).get(LeafId(leaf.leaf_id))
            verify_payload(leaf.envelope, payload.payload, payload.salt)
    asked, second = COMMS.person_id, SECOND.person_id
    assert steps == [
        ("erasure.asked", asked, None, "objection"),
        ("erasure.approved", asked, second, "objection"),
        ("erasure.done", asked, second, "objection"),
    ]


def test_what_we_said_ourselves_is_not_erased(force):
    post_id = force.submit("Nobody can have this erased.")
    leaves = Outbox(force.stack.tables).pending(1000)
    [ours] = [x.leaf_id for x in leaves if f"{post_id}@v1".encode() in x.envelope][:1]

    heard = ask_erasure(force, ours)

    assert heard.status == 422
    assert "What we said ourselves stays on record" in heard.text


def test_it_is_asked_once_and_decided_once_and_what_is_kept_says_why(force):
    leaf_id = remark(force, "@y", "Something else.")
    first = ask_erasure(force, leaf_id).json()["erasure_id"]
    again = ask_erasure(force, leaf_id, SECOND)
    assert (again.status, again.json()["erasure_id"]) == (409, first)

    assert decide(force, first, SECOND, decision="refuse").status == 422
    kept = decide(force, first, SECOND, decision="refuse", why="Needed for a trial.")
    assert (kept.status, kept.json()["decided_why"]) == (200, "Needed for a trial.")
    assert decide(force, first, SECOND).status == 409
    assert force.stack.call("EraseRecords", {}) == {"erased": []}
    assert ask_erasure(force, leaf_id, SECOND).status == 201


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"leaf_id": "nothing"}, "leaf_id"),
        ({"basis": "because"}, "basis"),
        ({"why": " "}, "why"),
        ({"more": 1}, "more"),
    ],
)
def test_what_is_asked_wrongly_is_said(force, body, field):
    wish = {"leaf_id": "01J0000000000000000000000A", **WISH, **body}

    heard = force.comms.post_json("/v1/erasures", wish)

    assert heard.status == 422
    assert field in heard.text


def fill(caller, path, **fields):
    main = caller.get(path).text.partition("<main")[2]
    csrf = re.search(r'name="csrf" value="([^"]+)"', main)[1]
    return caller.post_form(path, {"csrf": html.unescape(csrf), **fields})


def test_the_pages_do_the_same_and_a_form_without_a_choice_does_nothing(force):
    leaf_id = remark(force, "@z", "A third thing.")
    comms, second = force.comms, force.caller(SECOND.person_id)

    assert fill(comms, "/erasures/new").status == 422
    sent = fill(comms, "/erasures/new", leaf_id=leaf_id, basis="objection", why="Request 18.")
    assert sent.status == 303, sent.text
    page = sent.headers["location"]
    assert fill(second, page).status == 422
    assert fill(second, page, decision="refuse").status == 422
    own = fill(comms, page, decision="approve")
    assert own.status == 422
    assert "somebody else has to approve it" in own.text
    assert fill(second, page, decision="approve").status == 303
    assert force.stack.call("EraseRecords", {})["erased"] == [page.rpartition("/")[2]]

    shown = second.get(page).text
    assert "Key destroyed" in shown
    assert "<form" not in shown.partition("<main")[2]
    assert leaf_id in force.caller(REGISTRAR.person_id).get("/erasures").text
