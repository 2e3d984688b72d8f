"""The export of the table `payloads` that a month is compared with.

Only the ids of leaves leave the table: payloads and salts stay where an erasure reaches them. What
was exported lies in a bucket that is not locked, for a few days.

ExportError
└── BrokenExportError    what was exported is not what its manifest says
"""

import gzip
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from shared.months.month import Month

if TYPE_CHECKING:  # stubs are not shipped
    from mypy_boto3_dynamodb.client import DynamoDBClient
    from mypy_boto3_dynamodb.type_defs import ExportDescriptionTypeDef

Read = Callable[[str], bytes | None]

REFUSED = frozenset(
    {
        "ExportConflictException",
        "InvalidExportTimeException",
        "PointInTimeRecoveryUnavailableException",
        "TableNotFoundException",
        "UnknownOperationException",
        "ValidationException",
    }
)
"""Asked again, the answer would be the same: there is no export, and the month says so."""


class ExportError(Exception):
    """Root of what can be wrong with an export."""


class BrokenExportError(ExportError):
    """What was exported is not what its manifest says."""


class Outcome(StrEnum):
    """How far an export is; NONE: there is none, and there will be none."""

    UNDER_WAY = "under_way"
    DONE = "done"
    NONE = "none"


@dataclass(frozen=True)
class Exporting:
    """An export by its ARN, None where none was begun; `why` says why there is none."""

    arn: str | None
    outcome: Outcome
    why: str = ""


def start_export(
    client: "DynamoDBClient", table_arn: str, bucket: str, month: Month, token: str
) -> Exporting:
    """Begin it; within eight hours the same token begins nothing new. A refusal is an answer."""
    from botocore.exceptions import ClientError

    try:
        answer = client.export_table_to_point_in_time(
            TableArn=table_arn,
            S3Bucket=bucket,
            S3Prefix=_prefix(month),
            ExportFormat="DYNAMODB_JSON",
            ClientToken=token,
            FilterSpecification={"ProjectionExpression": "leaf_id"},
        )
    except ClientError as error:
        code = error.response["Error"]["Code"]
        if code in REFUSED:
            return Exporting(None, Outcome.NONE, f"the export was refused: {code}")
        raise
    return _exporting(answer["ExportDescription"])


def look_at_export(client: "DynamoDBClient", arn: str) -> Exporting:
    """How far it is."""
    return _exporting(client.describe_export(ExportArn=arn)["ExportDescription"])


def _exporting(described: "ExportDescriptionTypeDef") -> Exporting:
    arn, status = described["ExportArn"], described["ExportStatus"]
    if status == "COMPLETED":
        return Exporting(arn, Outcome.DONE)
    if status == "IN_PROGRESS":
        return Exporting(arn, Outcome.UNDER_WAY)
    return Exporting(None, Outcome.NONE, f"the export failed: {described.get('FailureCode')}")


def exported_at(read: Read, month: Month, arn: str) -> datetime:
    """The moment of which the export is; BrokenExportError."""
    summary = json.loads(_found(read, f"{_folder(month, arn)}manifest-summary.json"))
    return datetime.fromisoformat(summary["exportTime"]).astimezone(UTC)


def exported_ids(read: Read, month: Month, arn: str) -> Iterator[str]:
    """The ids of all leaves in it, in no order, one file in memory at a time; BrokenExportError."""
    folder = _folder(month, arn)
    for line in _found(read, f"{folder}manifest-files.json").splitlines():
        file = json.loads(line)
        # Whether the key begins with our prefix is not said; the file lies beside its manifest.
        name = file["dataFileS3Key"].rpartition("/")[2]
        rows = gzip.decompress(_found(read, f"{folder}data/{name}")).splitlines()
        if len(rows) != file["itemCount"]:
            raise BrokenExportError(f"{name} has {len(rows)} rows, not {file['itemCount']}.")
        yield from (json.loads(row)["Item"]["leaf_id"]["S"] for row in rows)


def _found(read: Read, path: str) -> bytes:
    data = read(path)
    if data is None:
        raise BrokenExportError(f"There is no {path}.")
    return data


def _prefix(month: Month) -> str:
    return f"export/{month}"


def _folder(month: Month, arn: str) -> str:
    return f"{_prefix(month)}/AWSDynamoDB/{arn.rpartition('/')[2]}/"
