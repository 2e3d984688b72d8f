"""The whole stack on Amazon's own DynamoDB engine instead of moto's."""

import tempfile

import pytest

from local.stack import Stack
from tests.workflows.small import SMALL

pytestmark = pytest.mark.dynamodb


def test_tables_lie_in_the_real_engine_and_functions_are_pointed_at_it():
    with Stack.start(template=SMALL, database="dynamodb-local") as stack:
        database = stack.aws.client("dynamodb")
        database.put_item(
            TableName=stack.outputs["Table"],
            Item={"thing_id": {"S": "1"}, "owner": {"S": "anna"}},
        )
        found = database.query(
            TableName=stack.outputs["Table"],
            IndexName="by-owner",
            KeyConditionExpression="#o = :o",
            ExpressionAttributeNames={"#o": "owner"},
            ExpressionAttributeValues={":o": {"S": "anna"}},
        )
        forgets = database.describe_time_to_live(TableName=stack.outputs["Table"])
        seen = stack.call("Tell", {})["environment"]

    assert found["Items"] == [{"thing_id": {"S": "1"}, "owner": {"S": "anna"}}]
    assert forgets["TimeToLiveDescription"]["TimeToLiveStatus"] == "ENABLED"
    assert seen["AWS_ENDPOINT_URL_DYNAMODB"] == stack.aws.dynamodb_endpoint
    assert seen["AWS_ENDPOINT_URL_DYNAMODB"] != seen["AWS_ENDPOINT_URL"]


def test_a_thrifty_force_keeps_its_tables_in_a_file_that_goes_with_it(monkeypatch, tmp_path):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    with Stack.start(template=SMALL, database="dynamodb-local-on-disk", shared_workers=2) as stack:
        stack.aws.client("dynamodb").put_item(
            TableName=stack.outputs["Table"], Item={"thing_id": {"S": "1"}}
        )
        files = list(tmp_path.glob("*/*.db"))
        told = [stack.call("Tell", {})["pid"] for _ in range(2)]
        pids = stack.lambdas.pids()

    assert len(files) == 1
    assert told == pids * 2
    assert list(tmp_path.iterdir()) == []
