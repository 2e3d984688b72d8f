"""A worker that seals a month is killed at one of its calls: the month is sealed in the same night,
whole, and once."""

import pytest

from tests.workflows.archiving import an_archive
from tests.workflows.reaper import Reaper

KILLED = [
    ("BeginMonth", "PUT", "checkpoint.end"),
    ("WritePart", "BatchGetItem", ""),
    ("WritePart", "PUT", "records/"),
    ("StartExport", "ExportTableToPointInTime", ""),
    ("LookAtExport", "DescribeExport", ""),
    ("ReconcileMonth", "PUT", "reconciliation.json"),
    ("SealMonth", "PUT", "counts.json"),
    ("SealMonth", "PUT", "/tagmanifest-sha256.txt"),
    ("SealMonth", "Sign", ""),
    ("SealMonth", "PUT", "commit/"),
    ("RecordMonth", "TransactWriteItems", ""),
]


@pytest.fixture(scope="module")
def archive():
    with an_archive() as archive:
        yield archive


@pytest.fixture(scope="module")
def reaper(archive):
    return Reaper(archive.stack)


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize(("worker", "call", "at"), KILLED)
def test_killed_at_a_call_it_goes_on_and_the_month_is_whole(
    archive, reaper, tmp_path, worker, call, at, after
):
    archive.ready()
    archive.record(2)
    month = archive.pass_month()

    with reaper.killing(worker, call, after=after, at=at):
        name = archive.night()

    assert archive.status(name) == "SUCCEEDED"
    archive.sequence()
    assert [leaf["subject"] for leaf in archive.leaves("month.sealed")].count(f"month:{month}") == 1
    said = archive.verified(tmp_path, month)
    assert (said.returncode, said.stderr) == (0, ""), said.stdout
