"""What sealing months asks of moto: distributed Maps, and exports of tables."""

import gzip
import json
from datetime import timedelta
from typing import Any
from uuid import uuid4

from botocore.exceptions import ClientError

from tests.workflows.moto_scenarios.cloud import Cloud
from tests.workflows.moto_scenarios.storage import Table, _bucket


def distributed_map_that_breaks(cloud: Cloud) -> list[Any]:
    """One of its executions fails, and it tolerates none."""

    def work(event: dict[str, Any]) -> int:
        if event["item"] == 2:
            raise ValueError
        return event["item"]

    execution = cloud.start({"Each": _map(cloud, "breaks", work)}, [1, 2, 3])
    answer = cloud.end(execution)
    return [answer["status"], answer.get("error")]


def distributed_map_of_nothing(cloud: Cloud) -> list[Any]:
    """An empty list is no fault."""
    work = _map(cloud, "nothing", lambda event: event) | {"ItemsPath": "$.parts"}
    answer = cloud.end(cloud.start({"Each": work}, {"parts": []}))
    return [answer["status"], answer.get("output")]


def distributed_map_of_many(cloud: Cloud) -> list[Any]:
    """More items than run at once, in their order."""
    work = _map(cloud, "many", lambda event: event["item"])
    answer = cloud.end(cloud.start({"Each": work}, list(range(9))))
    return [answer["status"], answer.get("output")]


def _map(cloud: Cloud, name: str, work: Any) -> dict[str, Any]:
    task = {
        "Type": "Task",
        "Resource": "arn:aws:states:::lambda:invoke",
        "Parameters": {
            "FunctionName": cloud.function(f"part-{name}", work),
            "Payload": {"function": f"part-{name}", "item.$": "$.item"},
        },
        "OutputPath": "$.Payload",
        "End": True,
    }
    return {
        "Type": "Map",
        "Label": "Each",
        "MaxConcurrency": 4,
        "ItemSelector": {"item.$": "$$.Map.Item.Value"},
        "ItemProcessor": {
            "ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"},
            "StartAt": "Work",
            "States": {"Work": task},
        },
        "End": True,
    }


def export_by_its_manifests(cloud: Cloud) -> list[Any]:
    """Under way; then done, and found by its manifests; with the attribute that was asked for."""
    table, order = _exportable(cloud)
    asked = table.database.export_table_to_point_in_time
    only = {"ProjectionExpression": "id"}
    told = asked(**order, FilterSpecification=only)["ExportDescription"]
    # Stock moto's ends whenever its thread does.
    arn, began = told["ExportArn"], told["ExportStatus"] if cloud.repaired else "at once"
    cloud.clock.advance(timedelta(minutes=10))
    ended = table.database.describe_export(ExportArn=arn)["ExportDescription"]["ExportStatus"]
    s3, folder = cloud.client("s3"), f"p/AWSDynamoDB/{arn.rpartition('/')[2]}/"
    try:
        listed = s3.get_object(Bucket=order["S3Bucket"], Key=f"{folder}manifest-files.json")
    except ClientError:
        return [began, ended, arn.count("arn:aws"), "no manifest"]
    [file] = [json.loads(line) for line in listed["Body"].read().splitlines()]
    data = s3.get_object(Bucket=order["S3Bucket"], Key=file["dataFileS3Key"])["Body"].read()
    rows = [json.loads(line)["Item"] for line in gzip.decompress(data).splitlines()]
    return [
        began,
        ended,
        arn.count("arn:aws"),
        sorted(row["id"]["S"] for row in rows),
        rows[0].keys() == {"id"},
    ]


def export_repeated_with_its_token(cloud: Cloud) -> list[Any]:
    """The same export; and no other one under its token."""
    table, order = _exportable(cloud)
    order |= {"ClientToken": uuid4().hex}
    asked = table.database.export_table_to_point_in_time
    first, second = (asked(**order)["ExportDescription"]["ExportArn"] for _ in range(2))
    try:
        asked(**{**order, "S3Prefix": "q"})
    except ClientError as error:
        return [first == second, error.response["Error"]["Code"]]
    return [first == second, "accepted"]


def _exportable(cloud: Cloud) -> tuple[Table, dict[str, Any]]:
    """A table of two items, and the request to export it."""
    table, bucket = Table(cloud), _bucket(cloud, lock=False)
    table.transact(table.put("one", text={"S": "x"}), table.put("two", text={"S": "y"}))
    table.database.update_continuous_backups(
        TableName=table.name,
        PointInTimeRecoverySpecification={"PointInTimeRecoveryEnabled": True},
    )
    arn = table.database.describe_table(TableName=table.name)["Table"]["TableArn"]
    return table, {"TableArn": arn, "S3Bucket": bucket, "S3Prefix": "p"}


SCENARIOS = (
    distributed_map_that_breaks,
    distributed_map_of_nothing,
    distributed_map_of_many,
    export_by_its_manifests,
    export_repeated_with_its_token,
)
