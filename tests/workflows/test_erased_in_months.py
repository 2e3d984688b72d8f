"""Text that was sealed in a month is erased: the bag stays to the byte, and nobody can read it."""

import gzip
from datetime import timedelta

import pytest

from local.force import COMMS, PEOPLE
from shared.accounts.registry import Role
from shared.months.bag import folder, note_path
from shared.months.lines import leaf_id_of, read_line
from shared.months.month import month_of
from shared.recordlog.errors import MalformedError
from shared.recordlog.sealed import unseal
from tests.workflows.archiving import VERIFIER
from tests.workflows.erasing import ask_erasure, remark
from tests.workflows.everywhere import everything, sequence
from tests.workflows.force import a_force
from tests.workflows.verifying import verdict

AUTHOR, WORDS = "@ezra-kettlewell-1987", "I saw Ottoline Marchbanks do it, at the allotments"
SECOND = next(p for p in PEOPLE if p.role is Role.COMMS and p.person_id != COMMS.person_id)


@pytest.fixture(scope="module")
def logs(tmp_path_factory):
    return tmp_path_factory.mktemp("logs")


@pytest.fixture(scope="module")
def force(logs):
    with a_force(logs=logs) as force:
        force.stack.schedules.stop()  # only we seal and erase
        yield force


def seal(force):
    """The month it is, over and sealed."""
    month = month_of(force.stack.clock.now())
    sequence(force)
    force.stack.clock.turn_to(month.ends + timedelta(hours=2))
    while force.stack.call("FindMonth", {})["month"]:
        begun = force.stack.call("BeginMonth", {"month": str(month)})
        for part in begun["parts"]:
            force.stack.call("WritePart", {"month": str(month), "part": part})
        force.stack.call("SealMonth", {"month": str(month)})
        force.stack.call("RecordMonth", {"month": str(month)})
    return month


def archived(force, month):
    """Every object of a month, by its path."""
    s3, bucket = (
        force.stack.aws.client("s3"),
        force.stack.environment("SealMonth")["ARCHIVE_BUCKET"],
    )
    pages = s3.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=folder(month))
    paths = [each["Key"] for page in pages for each in page["Contents"]]
    return {
        path: s3.get_object(Bucket=bucket, Key=path)["Body"].read()
        for path in (*paths, note_path(month))
    }


def line_in(objects, leaf_id):
    files = (gzip.decompress(data) for path, data in objects.items() if path.endswith(".gz"))
    lines = (read_line(line) for data in files for line in data.splitlines(keepends=True))
    return next(line for line in lines if leaf_id_of(line.envelope) == leaf_id)


def test_what_was_erased_can_be_read_in_no_month_any_more_and_every_month_still_holds(
    force, logs, tmp_path
):
    leaf_id = remark(force, AUTHOR, WORDS)
    key = bytes(force.stack.tables.record_keys.get(leaf_id).key)
    month = seal(force)
    before = archived(force, month)
    line = line_in(before, leaf_id)
    assert unseal(line.payload, key, leaf_id) == {"author": AUTHOR, "text": WORDS}

    erasure_id = ask_erasure(force, leaf_id).json()["erasure_id"]
    second = force.caller(SECOND.person_id)
    second.post_json(f"/v1/erasures/{erasure_id}/decision", {"decision": "approve"})
    assert force.stack.call("EraseRecords", {}) == {"erased": [erasure_id]}
    later = seal(force)

    assert archived(force, month) == before
    text = everything(force, logs)
    for gone in (AUTHOR, "Ottoline", "allotments", repr(key)[2:-1], key.hex()):
        assert gone not in text
    with pytest.raises(MalformedError):
        unseal(line.payload, bytes(32), leaf_id)
    said = verdict(VERIFIER, tmp_path, {**before, **archived(force, later)})
    assert (said.returncode, said.stderr) == (0, ""), said.stdout
