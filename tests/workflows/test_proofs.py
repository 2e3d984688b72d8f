"""Auditors have records proved and months verified, through the API and the pages of a force: the
work goes on by itself, and what is handed out holds without the force.
"""

import html
import io
import json
import re
import zipfile
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256

import pytest
import urllib3

from local.force import AUDITOR, COMMS
from shared.months.bag import COUNTS, folder
from shared.months.disposal import Disposal, State
from shared.months.legal_hold import Word
from shared.months.proof_order import State as Stands
from shared.posts.names import DisposalId, ProofId
from shared.recordlog.acts import Happened
from shared.recordlog.proof import parse_proof, verify_proof
from shared.records.disposals import Disposals
from shared.records.outbox import Outbox
from shared.records.proofs import Proofs
from tests.builders import a_pen
from tests.workflows.erasing import remark
from tests.workflows.everywhere import Record
from tests.workflows.force import a_force, eventually
from tests.workflows.test_erased_in_months import seal

PROOFS, RECORDS = "/v1/audit/proofs", "/v1/audit/records"
WORDS = "The road at Rudyard is closed."
ROLE = {"role": "records manager"}


@pytest.fixture(scope="module")
def force():
    with a_force() as force:
        force.stack.schedules.stop()  # only we seal and copy
        yield force


@pytest.fixture(scope="module")
def post_id(force):
    """A post that is told in a sealed month, and a remark that is sealed in it."""
    post_id = force.submit(WORDS)
    force.ended(post_id)
    remark(force)
    return post_id


@pytest.fixture(scope="module")
def month(force, post_id):
    month = seal(force)
    force.stack.call("CopyMonths", {})
    return month


@pytest.fixture
def auditor(force, month):
    return force.caller(AUDITOR.person_id)


def over(auditor, heard):
    """The order as it stands when nothing happens to it any more."""
    assert heard.status == 202, heard.text
    address = heard.headers["location"]

    def ended():
        said = auditor.get(address).json()
        return said if said["state"] != "asked" else False

    return eventually(ended)


def saved(auditor, said, name):
    """A file as somebody saves it who follows its link."""
    [file] = [each for each in said["files"] if each["name"] == name]
    heard = auditor.get(file["address"])
    assert heard.status == 303, heard.text
    answer = urllib3.request("GET", heard.headers["location"])
    assert f'filename="{name}"' in answer.headers["content-disposition"]
    assert sha256(answer.data).hexdigest() == file["sha256"]
    return answer.data


def types(force, proof_id):
    told = [json.loads(leaf.envelope) for leaf in Outbox(force.stack.tables).pending(1000)]
    subject = f"proof:{proof_id}"
    return [(each["type"], each["actor"]) for each in told if each["subject"] == subject]


def csrf_in(page):
    main = page.text.partition("<main")[2]
    return html.unescape(re.search(r'name="csrf" value="([^"]+)"', main)[1])


def test_a_record_is_proved_from_the_page_of_its_post_and_the_proof_holds_without_us(
    force, auditor, month, post_id
):
    address = f"/audit/posts/{post_id}"
    before = auditor.get(address)
    looked = auditor.post_form(address, {"csrf": csrf_in(before)})
    assert looked.status == 303, looked.text
    shown = auditor.get(looked.headers["location"]).text
    assert WORDS not in before.text
    assert WORDS in shown
    assert "Sent in, leaf" in shown
    assert "sandbox: published" in shown
    form_address = html.unescape(re.search(r'href="(/audit/proofs/new\?leaf=\d+)"', shown)[1])

    form = auditor.get(form_address)
    leaf = re.search(r'name="leaf"[^>]* value="(\d+)"', form.text)[1]
    wrong = auditor.post_form(
        "/audit/proofs/new", {"csrf": csrf_in(form), "act": "leaf", "leaf": leaf}
    )
    assert (wrong.status, "Say in which role" in wrong.text) == (422, True)
    sent = auditor.post_form(
        "/audit/proofs/new",
        {"csrf": csrf_in(form), "act": "leaf", "leaf": leaf, "label": "RM", "number": "2", **ROLE},
    )
    assert sent.status == 303, sent.text
    page_address = sent.headers["location"]
    eventually(lambda: "Under way" not in auditor.get(page_address).text)
    page = auditor.get(page_address).text
    assert f"Proof of leaf {leaf}" in page
    assert f"{month} holds: " in page
    assert "Save certificate.pdf" in page
    assert "Proof of leaf" in auditor.get("/audit/proofs").text

    said = auditor.get(f"/v1{page_address}").json()
    whole = zipfile.ZipFile(io.BytesIO(saved(auditor, said, f"leaf-{leaf}.zip")))
    entry = whole.read(f"leaf-{leaf}/leaf.json")
    record = Record(force)
    proof = parse_proof(saved(auditor, said, "RM2.tlog-proof"))
    verify_proof(proof, entry, record.known, record.origin)
    assert json.loads(entry)["subject"].startswith(f"post:{post_id}@v1")
    assert saved(auditor, said, "certificate.pdf").startswith(b"%PDF-")
    assert types(force, said["proof_id"]) == [
        ("proof.asked", AUDITOR.person_id),
        ("proof.made", "bluelamp"),
    ]


def test_a_bundle_has_the_whole_life_of_a_post_and_of_an_answer(auditor, month, post_id):
    life = over(auditor, auditor.post_json(PROOFS, {"kind": "bundle", "post": post_id, **ROLE}))
    asked = {"from": str(month), "to": str(month), "kind": "takedown."}
    question = auditor.post_json(RECORDS, asked).json()
    wish = {"kind": "bundle", "question": question["question_id"], **ROLE}
    answer = over(auditor, auditor.post_json(PROOFS, wish))

    whole = zipfile.ZipFile(io.BytesIO(saved(auditor, life, "bundle.zip")))
    exhibits = {name.split("/")[2] for name in whole.namelist() if "/exhibits/" in name}
    assert len(exhibits) == len(life["leaves"]) >= 6
    assert life["sentence"] == ""
    assert answer["leaves"] == [row["leaf_index"] for row in question["rows"]]
    assert f"stands sealed in leaf {answer['leaves'][0]}" in answer["sentence"]
    [listed, *_] = auditor.get(PROOFS).json()["proofs"]
    assert listed["proof_id"] == answer["proof_id"]


def test_months_are_verified_and_the_first_thing_wrong_is_told(force, auditor, month):
    held = over(auditor, auditor.post_json(PROOFS, {"kind": "months"}))
    assert held["state"] == "held", held["sentence"]
    assert re.search(r"The log of today has \d+ leaves and goes on from there\.", held["sentence"])
    assert str(month) in [each["month"] for each in held["verified"]]

    s3, path = force.stack.aws.client("s3"), folder(month) + COUNTS
    bucket = force.stack.environment("ProveRecords")["ARCHIVE_BUCKET"]
    kept = s3.get_object(Bucket=bucket, Key=path)["Body"].read()
    s3.put_object(Bucket=bucket, Key=path, Body=kept + b"\n", ChecksumAlgorithm="SHA256")
    try:
        wrong = over(auditor, auditor.post_json(PROOFS, {"kind": "months"}))
        leaf = over(auditor, auditor.post_json(PROOFS, {"kind": "leaf", "leaf": 0, **ROLE}))
    finally:
        s3.put_object(Bucket=bucket, Key=path, Body=kept, ChecksumAlgorithm="SHA256")

    assert wrong["state"] == leaf["state"] == "wrong"
    assert wrong["sentence"].startswith(path)
    assert leaf["files"] == []
    assert types(force, wrong["proof_id"])[1][0] == "proof.wrong"
    page = auditor.get(f"/audit/proofs/{wrong['proof_id']}").text
    assert "Something is wrong" in page
    assert path in page


def test_nobody_else_has_anything_proved_and_what_is_not_there_is_told(force, auditor):
    comms = force.caller(COMMS.person_id)
    assert comms.post_json(PROOFS, {"kind": "months"}).status == 403
    unsealed = auditor.post_json(PROOFS, {"kind": "leaf", "leaf": 999_999, **ROLE})
    assert (unsealed.status, unsealed.json()["errors"][0]["field"]) == (422, "leaf")
    done = over(auditor, auditor.post_json(PROOFS, {"kind": "leaf", "leaf": 0, **ROLE}))
    for name in ("other.zip", "..%2Fleaf-0.zip"):
        assert auditor.get(f"{PROOFS}/{done['proof_id']}/files/{name}").status == 404
    address = done["files"][0]["address"]
    assert comms.get(address).status == 403

    force.stack.clock.advance(timedelta(days=8))

    auditor = force.caller(AUDITOR.person_id)
    gone = auditor.get(address)
    assert (gone.status, "seven days" in gone.text) == (409, True)
    assert "Save certificate" not in auditor.get(f"/audit/proofs/{done['proof_id']}").text


def test_what_was_asked_in_a_month_that_was_disposed_of_says_by_which_leaf(force, month):
    """The words of a question go with the month it was asked in."""
    auditor = force.caller(AUDITOR.person_id)
    asked = {"from": str(month), "to": str(month), "text": "rudyard"}
    question = auditor.post_json(RECORDS, asked).json()
    asked_in = seal(force)
    tables, now = force.stack.tables, force.stack.clock.now()
    kept, word = Disposals(tables, a_pen()), Word(COMMS.person_id, now, "It is past its time.")
    disposal_id = DisposalId("01J000000000000000000000D1")
    disposal = Disposal(disposal_id, asked_in, "0" * 64, word)
    kept.ask(disposal)
    second = Word("p-standards", now, "")
    approved = replace(disposal, state=State.APPROVED, decided=second)
    kept.change(disposal, approved, Happened.DISPOSAL_APPROVED, now)
    seal(force)
    force.stack.call("CopyMonths", {})
    begun = replace(approved, state=State.BEGUN, begun_at=now)
    kept.note(approved, begun)
    leaf_id = tables.questions.get(question["question_id"]).leaf_id
    tables.payloads.get(leaf_id).delete()

    auditor = force.caller(AUDITOR.person_id)
    told = auditor.get(f"{RECORDS}?question={question['question_id']}")
    shown = auditor.get(f"/audit/questions/{question['question_id']}")

    assert told.status == shown.status == 409, told.text
    assert re.search(rf"This lay in {asked_in}, which was disposed of by leaf \d+\.", told.text)
    index = int(re.search(r"by leaf (\d+)", told.text)[1])
    proved = over(auditor, auditor.post_json(PROOFS, {"kind": "leaf", "leaf": index, **ROLE}))
    assert proved["state"] == "made", proved["sentence"]
    whole = zipfile.ZipFile(io.BytesIO(saved(auditor, proved, f"leaf-{index}.zip")))
    entry = json.loads(whole.read(f"leaf-{index}/leaf.json"))
    assert (entry["type"], entry["subject"]) == ("disposal.approved", f"disposal:{disposal_id}")


def test_an_order_that_nobody_carries_on_is_given_up(force, auditor):
    done = over(auditor, auditor.post_json(PROOFS, {"kind": "leaf", "leaf": 0, **ROLE}))
    kept, left = Proofs(force.stack.tables, a_pen()), ProofId("01J0000000000000000000000P")
    order = replace(kept.get(done["proof_id"]), proof_id=left, state=Stands.ASKED)
    kept.ask(replace(order, over_at=None, files=(), sentence=""))

    given = {"proof_id": left, "give_up": True}
    assert force.stack.call("ProveRecords", given) == {"state": "broken"}
    assert force.stack.call("ProveRecords", given) == {"state": "broken"}
