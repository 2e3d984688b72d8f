"""The export a month is compared with: asked for once, only ids, and read by its manifests."""

import gzip
import json
from datetime import UTC, datetime

import boto3
import pytest
from botocore.exceptions import ClientError
from botocore.stub import Stubber

from archive.sealing.exports import (
    BrokenExportError,
    Exporting,
    Outcome,
    exported_at,
    exported_ids,
    look_at_export,
    start_export,
)
from shared.months.month import read_month

OCTOBER = read_month("2026-10")
TABLE = "arn:aws:dynamodb:eu-west-2:123456789012:table/force-payloads"
ARN = f"{TABLE}/export/01790000000000-a1b2c3d4"
FOLDER = "export/2026-10/AWSDynamoDB/01790000000000-a1b2c3d4/"


def a_database():
    """botocore's own client, which checks every request against AWS's model."""
    client = boto3.client(
        "dynamodb", "eu-west-2", aws_access_key_id="nobody", aws_secret_access_key="nothing"
    )
    heard = Stubber(client)
    heard.activate()
    return client, heard


def started(client):
    return start_export(client, TABLE, "force-index", OCTOBER, "token")


def told(status, **more):
    return {"ExportDescription": {"ExportArn": ARN, "ExportStatus": status, **more}}


def test_only_the_ids_of_leaves_are_asked_for_and_never_a_payload_or_salt():
    client, heard = a_database()
    asked = {
        "TableArn": TABLE,
        "S3Bucket": "force-index",
        "S3Prefix": "export/2026-10",
        "ExportFormat": "DYNAMODB_JSON",
        "ClientToken": "token",
        "FilterSpecification": {"ProjectionExpression": "leaf_id"},
    }
    heard.add_response("export_table_to_point_in_time", told("IN_PROGRESS"), asked)

    assert started(client) == Exporting(ARN, Outcome.UNDER_WAY)
    heard.assert_no_pending_responses()


@pytest.mark.parametrize(
    "code",
    ["PointInTimeRecoveryUnavailableException", "ValidationException", "UnknownOperationException"],
)
def test_a_refusal_is_an_answer_and_the_month_goes_without(code):
    client, heard = a_database()
    heard.add_client_error("export_table_to_point_in_time", code)

    assert started(client) == Exporting(None, Outcome.NONE, f"the export was refused: {code}")


def test_what_may_go_better_next_time_is_an_error():
    client, heard = a_database()
    heard.add_client_error("export_table_to_point_in_time", "LimitExceededException")

    with pytest.raises(ClientError):
        started(client)


@pytest.mark.parametrize(
    ("answer", "found"),
    [
        (told("IN_PROGRESS"), Exporting(ARN, Outcome.UNDER_WAY)),
        (told("COMPLETED"), Exporting(ARN, Outcome.DONE)),
        (
            told("FAILED", FailureCode="S3AccessDenied"),
            Exporting(None, Outcome.NONE, "the export failed: S3AccessDenied"),
        ),
    ],
)
def test_a_look_says_how_far_it_is(answer, found):
    client, heard = a_database()
    heard.add_response("describe_export", answer, {"ExportArn": ARN})

    assert look_at_export(client, ARN) == found


def an_export(*files, prefix="export/2026-10/", count=None):
    """The objects of one, as DynamoDB writes them."""
    objects, listed = {}, []
    for number, ids in enumerate(files):
        rows = "".join(json.dumps({"Item": {"leaf_id": {"S": each}}}) + "\n" for each in ids)
        name = f"data/file{number}.json.gz"
        objects[FOLDER + name] = gzip.compress(rows.encode())
        key = prefix + FOLDER.removeprefix("export/2026-10/") + name
        size = len(ids) if count is None else count
        listed.append(json.dumps({"itemCount": size, "dataFileS3Key": key, "etag": "e-1"}))
    objects[f"{FOLDER}manifest-files.json"] = "\n".join(listed).encode()
    summary = {"exportTime": "2026-11-01T02:05:28.034Z", "itemCount": sum(map(len, files))}
    objects[f"{FOLDER}manifest-summary.json"] = json.dumps(summary).encode()
    return objects


@pytest.mark.parametrize("prefix", ["export/2026-10/", ""])
def test_every_file_that_the_manifest_names_is_read_however_it_names_it(prefix):
    objects = an_export(["B", "A"], [], ["C"], prefix=prefix)
    objects[f"{FOLDER}data/another.json.gz"] = b"not named"

    assert list(exported_ids(objects.get, OCTOBER, ARN)) == ["B", "A", "C"]
    assert exported_at(objects.get, OCTOBER, ARN) == datetime(
        2026, 11, 1, 2, 5, 28, 34_000, tzinfo=UTC
    )


@pytest.mark.parametrize("lost", ["manifest-files.json", "data/file0.json.gz"])
def test_a_file_that_is_missing_is_told(lost):
    objects = an_export(["A"])
    del objects[FOLDER + lost]

    with pytest.raises(BrokenExportError, match=lost.rpartition("/")[2]):
        list(exported_ids(objects.get, OCTOBER, ARN))


def test_a_file_with_fewer_rows_than_it_should_have_is_told():
    objects = an_export(["A", "B"], count=3)

    with pytest.raises(BrokenExportError, match="2 rows, not 3"):
        list(exported_ids(objects.get, OCTOBER, ARN))
