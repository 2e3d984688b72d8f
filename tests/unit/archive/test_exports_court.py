"""A bundle for court: exhibits with labels, each checked with plain tools and none of ours."""

import base64
import csv
import hashlib
import io
import json
import re

import pytest

from archive.exporting.export_court import (
    BadLabelError,
    TooManyExhibitsError,
    exhibits_of,
    export_court,
)
from archive.reading.choose_records import Wanted, chosen
from archive.reading.find_life import find_life
from shared.recordlog.note import open_note
from shared.recordlog.proof import parse_proof, verify_proof
from tests.unit.archive import lives_made as made
from tests.unit.archive.certified import a_certificate, joined, pages_in
from tests.unit.archive.closing import ARCHIVE_SIGNER, LOG_SIGNER, ORIGIN
from tests.unit.archive.handed_over import handed_over


@pytest.fixture(scope="module")
def bundle(tmp_path_factory):
    return a_bundle(tmp_path_factory.mktemp("court") / "bundle")


def a_bundle(folder, label="SH", first=1):
    reading = made.a_reading()
    exhibits = exhibits_of(find_life(made.WRONG, reading).records, label, first)
    certificate = a_certificate(reading=reading, exhibits=exhibits)
    return handed_over(folder, lambda parcel: export_court(certificate, parcel))


def exhibit(bundle, label):
    prefix = f"exhibits/{label}/"
    return {
        name.removeprefix(prefix): data for name, data in bundle.items() if name.startswith(prefix)
    }


LABELS = [f"SH{number}" for number in range(1, 28)]


def test_exhibits_are_numbered_in_the_order_of_the_log(bundle):
    rows = list(csv.DictReader(io.StringIO(bundle["index.csv"].decode("utf-8-sig"))))

    assert [row["exhibit"] for row in rows] == LABELS
    indexes = [int(row["leaf_index"]) for row in rows]
    assert indexes == sorted(indexes)
    assert {name.split("/")[1] for name in bundle if name.startswith("exhibits/")} == set(LABELS)


@pytest.mark.parametrize("label", LABELS)
def test_each_exhibit_is_checked_as_the_readme_says(bundle, label):
    files = exhibit(bundle, label)
    entry, proof = files["leaf.json"], parse_proof(files[f"{label}.tlog-proof"])

    checkpoint = verify_proof(proof, entry, [LOG_SIGNER.key], ORIGIN)
    committed = json.loads(entry)["payload_sha256"]
    assert hashlib.sha256(files["salted-payload"]).hexdigest() == committed
    assert files["salted-payload"][32:] == files["payload.json"]
    month = "2026-09" if checkpoint.size == 329 else "2026-10"
    assert proof.checkpoint == bundle[f"months/{month}/checkpoint"]


def test_every_sheet_names_its_leaf_hash_and_the_certificate(bundle):
    certificate = hashlib.sha256(bundle["certificate.json"]).hexdigest()
    for label in LABELS:
        files = exhibit(bundle, label)
        leaf = hashlib.sha256(b"\0" + files["leaf.json"]).hexdigest()
        print_, page = joined(pages_in(files[f"{label}.pdf"])[0]), files[f"{label}.html"].decode()
        assert leaf in print_
        assert certificate in print_
        assert leaf in page
        assert certificate in page


@pytest.mark.parametrize("month", ["2026-09", "2026-10"])
def test_the_months_of_the_exhibits_are_vouched_for_down_to_the_file(bundle, month):
    held = {n.rpartition("/")[2]: d for n, d in bundle.items() if n.startswith(f"months/{month}/")}
    note = open_note(held["month.note"], [ARCHIVE_SIGNER.key]).text

    tags, manifest = held["tagmanifest-sha256.txt"], held["manifest-sha256.txt"]
    assert f"bag {hashlib.sha256(tags).hexdigest()}\n" in note
    assert f"{hashlib.sha256(manifest).hexdigest()}  manifest-sha256.txt\n".encode() in tags
    said = json.loads(bundle["certificate.json"])
    lines = {e["manifest_line"] for e in said["exhibits"] if e["month"] == month}
    assert lines
    assert all(f"{line}\n".encode() in manifest for line in lines)


def test_the_certificate_names_every_exhibit_with_its_exact_bytes(bundle):
    said = json.loads(bundle["certificate.json"])

    assert [each["label"] for each in said["exhibits"]] == LABELS
    for each in said["exhibits"]:
        files = exhibit(bundle, each["label"])
        assert each["envelope"].encode() == files["leaf.json"]
        assert each["payload"].encode() == files["payload.json"]
        assert base64.b64decode(each["salt"]) + files["payload.json"] == files["salted-payload"]
    assert bundle["verifier-1.txt"].decode() == said["verified"][0]["output"]


def test_the_readme_names_only_files_that_are_there(bundle):
    text = bundle["README.txt"].decode()
    names = {name.rpartition("/")[2] for name in bundle} | {
        "SHA256SUMS",
        "timestamp.tsr",
        "verify.py",
    }

    named = set(re.findall(r"[\w.-]+\.(?:json|pdf|txt|note|vkey|tsr|py)\b|SHA256SUMS", text))
    assert named - names == set()
    assert "SH1 to SH27" in text


def test_the_same_question_is_the_same_bundle_to_the_byte(bundle, tmp_path):
    assert a_bundle(tmp_path / "again") == bundle
    assert a_bundle(tmp_path / "other", "JB", 4) != bundle


def test_of_what_was_erased_there_is_no_salt_and_the_rest_holds(tmp_path):
    reading = made.a_reading()
    index = made.index_of(reading, "takedown.evidence_kept")
    records = list(chosen(reading, Wanted(leaves=frozenset({index}))))
    certificate = a_certificate(reading=reading, exhibits=exhibits_of(records, "AB"))

    files = handed_over(tmp_path / "o", lambda parcel: export_court(certificate, parcel))

    assert b"useless" not in b"".join(files.values())
    assert "exhibits/AB1/salted-payload" in files


@pytest.mark.parametrize("label", ["", "ab", "A1", "ABCDEF", "A B", "../A", "Ä", "A\n"])
def test_a_label_that_no_witness_could_use_is_refused(label):
    with pytest.raises(BadLabelError, match="exhibit label"):
        exhibits_of([], label)


def test_more_exhibits_than_a_court_takes_are_refused_in_a_sentence(monkeypatch):
    monkeypatch.setattr("archive.exporting.export_court.MOST", 5)

    with pytest.raises(TooManyExhibitsError, match="more than 5 exhibits"):
        exhibits_of(chosen(made.a_reading(), Wanted()), "AB")
