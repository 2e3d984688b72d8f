"""Months pass, and each is sealed by itself: on its first night, after it was missed, though its
workers die, and every way it can end."""

from datetime import timedelta

import pytest
from botocore.exceptions import ClientError

from local.archive.close import Machine, Watch, close
from local.stack import STACK_NAME, FunctionFailedError
from shared.months.bag import (
    COUNTS,
    MANIFEST,
    RECONCILIATION,
    TAG_MANIFEST,
    digest,
    folder,
    note_path,
)
from shared.records.errors import NotFoundError
from shared.records.log import recording
from tests.builders import a_pen, an_act
from tests.workflows.archiving import an_archive

SEALED = [
    *("FindMonth", "IsAMonthDue?", "BeginMonth", "WriteParts"),
    *("StartExport", "CountFirstLook", "IsItExported?"),
    *("WaitForExport", "LookAtExport", "CountLook", "IsItExported?"),
    *("ReconcileMonth", "SealMonth", "RecordMonth", "DidTheTablesAgree?"),
]
NOTHING = ["FindMonth", "IsAMonthDue?", "NothingDue"]


@pytest.fixture(scope="module")
def archive():
    with an_archive() as archive:
        yield archive


def test_a_month_is_sealed_on_the_first_night_after_it_and_nobody_did_anything(archive, tmp_path):
    archive.ready()
    archive.pass_month()
    archive.ready()
    archive.record(5)
    month = archive.pass_month()

    name = archive.night()

    assert name == f"{month}.{month.ends:%Y-%m-%d}"
    assert archive.status(name) == "SUCCEEDED"
    assert archive.path(name) == SEALED + NOTHING
    sealed = archive.sealed(month)
    assert sealed.bag == digest(archive.within(month, TAG_MANIFEST))
    assert sealed.previous == archive.sealed(month.previous).bag
    assert archive.said(month, COUNTS)["types"]["post.submitted"] == 5
    found, leaves = archive.said(month, RECONCILIATION), sealed.end.size - sealed.start.size
    assert (found["source"], found["leaves"], found["rows"]) == ("export", leaves, leaves)
    assert (found["only_in_log"], found["only_in_table"]) == ([], [])
    said = archive.verified(tmp_path, month.previous, month)
    assert (said.returncode, said.stderr) == (0, ""), said.stdout


def test_that_it_is_sealed_is_a_leaf_with_its_note_and_a_row(archive):
    archive.ready()
    archive.record(1)
    month = archive.pass_month()
    archive.night()
    archive.sequence()

    row = archive.months.latest(archive.origin)

    assert row.sealed == archive.sealed(month)
    assert row.note.encode() == archive.read(note_path(month))
    assert [leaf["subject"] for leaf in archive.leaves("month.sealed")].count(f"month:{month}") == 1


def test_months_that_were_missed_are_made_up_for_in_one_night_and_one_may_be_empty(
    archive, tmp_path
):
    archive.ready()
    archive.record(4)
    first = archive.pass_month()
    second = archive.pass_month()
    third = archive.pass_month()

    name = archive.night()

    assert name.startswith(f"{first}.")
    assert archive.path(name) == SEALED * 3 + NOTHING
    notes = [archive.sealed(each) for each in (first, second, third)]
    assert notes[0].end.size - notes[0].start.size >= 4
    assert [note.end.size - note.start.size for note in notes[1:]] == [0, 0]
    assert [note.previous for note in notes[1:]] == [notes[0].bag, notes[1].bag]
    assert not archive.paths(folder(second) + "data/records/")
    assert archive.verified(tmp_path, first, second, third).returncode == 0


def test_a_night_on_which_nothing_is_due_starts_nothing(archive):
    archive.ready()
    before = len(archive.executions())

    assert archive.night() == ""

    assert len(archive.executions()) == before
    assert archive.stack.call("ArchiveMonths", {}) == {"month": None}
    assert archive.stack.call("FindMonth", {}) == {"month": None}


def test_asked_twice_in_a_night_it_is_tried_once(archive):
    archive.ready()
    month = archive.pass_month()
    name = archive.night()
    archive.stack.tables.months.get(archive.origin, str(month)).delete()
    before = len(archive.executions())

    assert archive.stack.call("ArchiveMonths", {}) == {"month": str(month)}

    assert len(archive.executions()) == before
    assert archive.status(name) == "SUCCEEDED"


def test_a_month_is_sealed_by_hand_before_its_night_and_asking_again_starts_nothing(archive):
    archive.ready()
    archive.record(2)
    month = archive.pass_month()
    machine = Machine(archive.stack.aws.client("stepfunctions"), STACK_NAME)
    began = [each["name"] for each in archive.executions()]

    asked_at = archive.now
    name = f"{month}.by-hand.{asked_at:%Y-%m-%dT%H-%M-%S}"
    watch = Watch(lambda: asked_at, lambda: 0.0, lambda _: archive.until_over(name))

    def closed():
        return close(month, lambda: known(archive, month), machine, watch, wait_seconds=60)

    first = closed()
    again = closed()

    assert (first.ending.status, again.ending) == ("SUCCEEDED", None)
    assert first.sealed == again.sealed
    assert archive.sealed(month) == first.sealed.sealed
    assert [each["name"] for each in archive.executions()] == [first.ending.name, *began]


def known(archive, month):
    try:
        return archive.months.get(archive.origin, month)
    except NotFoundError:
        return None


def test_a_lost_row_is_written_again_and_the_month_stays_as_it_is(archive):
    archive.ready()
    archive.record(2)
    month = archive.pass_month()
    archive.night()
    note = archive.read(note_path(month))
    archive.stack.tables.months.get(archive.origin, str(month)).delete()

    name = archive.night()

    assert archive.status(name) == "SUCCEEDED"
    assert archive.read(note_path(month)) == note
    assert archive.months.get(archive.origin, month).note.encode() == note


def test_what_is_sealed_can_neither_be_removed_nor_let_go_earlier(archive):
    archive.ready()
    month = archive.pass_month()
    archive.night()

    for path in (note_path(month), folder(month) + MANIFEST):
        head = archive.s3.head_object(Bucket=archive.bucket, Key=path)
        assert head["ObjectLockMode"] == "GOVERNANCE"
        kept_for = head["ObjectLockRetainUntilDate"] - head["LastModified"]
        assert round(kept_for / timedelta(days=1)) == 1
        for which in ({"VersionId": head["VersionId"]}, {}):  # a marker would hide it
            with pytest.raises(ClientError, match=r"Forbidden|AccessDenied"):
                archive.s3.delete_object(Bucket=archive.bucket, Key=path, **which)
        with pytest.raises(ClientError, match="PreconditionFailed"):
            archive.s3.put_object(Bucket=archive.bucket, Key=path, Body=b"x", IfNoneMatch="*")


def test_a_lost_payload_stops_the_month_and_after_three_days_somebody_is_woken(archive):
    archive.ready()
    [leaf_id, _] = archive.record(2)
    lost = archive.stack.tables.payloads.get(leaf_id)
    lost.delete()
    month = archive.pass_month()

    name = archive.night()

    assert (archive.status(name), archive.error(name)) == ("FAILED", "MonthBroken")
    assert archive.path(name)[-2:] == ["WriteParts", "MonthBroken"]
    assert note_path(month) not in archive.paths("commit/")
    archive.stack.clock.turn_to(month.ends + timedelta(days=2, hours=23))
    assert archive.stack.call("ArchiveMonths", {})["month"] == str(month)
    archive.stack.clock.turn_to(month.ends + timedelta(days=3, hours=4))
    with pytest.raises(FunctionFailedError, match="MonthMissingError"):
        archive.stack.call("ArchiveMonths", {})

    archive.tables.payloads(leaf_id=leaf_id, salt=lost.salt, payload=lost.payload).save()
    assert archive.status(archive.night()) == "SUCCEEDED"
    assert archive.sealed(month).month == month


def test_a_row_that_was_written_past_the_log_is_named_and_the_month_is_sealed(archive):
    archive.ready()
    archive.record(1)
    stranger = recording(archive.tables, a_pen(), an_act(at=archive.now))[1].row
    stranger.save()
    archive.stack.clock.advance(timedelta(minutes=1))
    archive.record(1)
    month = archive.pass_month()

    name = archive.night()

    assert (archive.status(name), archive.error(name)) == ("FAILED", "MonthDiffers")
    assert archive.path(name) == [*SEALED, "MonthDiffers"]
    said = archive.said(month, RECONCILIATION)
    assert (said["only_in_table"], said["only_in_log"]) == ([stranger.leaf_id], [])
    assert archive.sealed(month).month == month
    stranger.delete()
    assert archive.night() == ""


def test_a_leaf_that_waits_for_its_place_is_no_stranger(archive):
    archive.ready()
    archive.record(1)
    envelope, payload = (
        each.row for each in recording(archive.tables, a_pen(), an_act(at=archive.now))
    )
    payload.save()
    archive.stack.clock.advance(timedelta(minutes=1))
    archive.record(1)
    envelope.save()
    month = archive.pass_month()

    name = archive.night()

    assert archive.status(name) == "SUCCEEDED"
    assert archive.said(month, RECONCILIATION)["only_in_table"] == []
    archive.sequence()
    assert archive.log().checkpoint.size > archive.sealed(month).end.size


def test_without_an_export_the_month_is_sealed_and_says_so(archive, tmp_path):
    archive.ready()
    archive.record(1)
    database = archive.stack.aws.client("dynamodb")
    table = f"{archive.prefix}payloads"
    _restorable(database, table, is_on=False)
    month = archive.pass_month()

    name = archive.night()

    _restorable(database, table, is_on=True)
    assert (archive.status(name), archive.error(name)) == ("FAILED", "MonthNotCompared")
    assert "WaitForExport" not in archive.path(name)
    assert archive.said(month, RECONCILIATION) == {
        "month": str(month),
        "source": "none",
        "why": "the export was refused: PointInTimeRecoveryUnavailableException",
    }
    assert archive.sealed(month).month == month
    assert archive.verified(tmp_path, month).returncode == 0


def test_an_export_that_takes_longer_than_six_hours_is_not_waited_for(archive, monkeypatch):
    archive.ready()
    monkeypatch.setattr("local.moto_repairs.exports.TAKES", timedelta(days=2))
    archive.record(1)
    month = archive.pass_month()

    name = archive.night()

    assert archive.error(name) == "MonthNotCompared"
    assert archive.path(name).count("LookAtExport") == 72
    assert archive.said(month, RECONCILIATION)["source"] == "none"


def _restorable(database, table, *, is_on):
    database.update_continuous_backups(
        TableName=table,
        PointInTimeRecoverySpecification={"PointInTimeRecoveryEnabled": is_on},
    )
