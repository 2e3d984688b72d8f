"""DynamoDB: an export takes its time, says where it lies, and holds what was asked for.

moto's is there at once, under an ARN that names the table's ARN twice, without the two manifests by
which it is read; a repeated token begins another; a projection is not looked at. Which items are
filtered is not kept here, and refused.
"""

import base64
import gzip
import hashlib
import json
import re
import secrets
from datetime import datetime, timedelta
from typing import Any

from local.moto_repairs.attaching import ClockInUse, module, replace

TAKES = timedelta(minutes=4)
"""By the clock, from asking to having: in the cloud it is some minutes, however little there is."""

NAME = re.compile(r"\w+")


def repair(in_use: ClockInUse) -> None:
    """Attach it."""
    handler, results = module("dynamodb.responses").DynamoHandler, module("core.responses")

    def begin(self: Any) -> Any:
        kept: dict[str, Export] = self.dynamodb_backend.table_exports
        order, now = self.body, in_use.clock.now()
        export = next((each for each in kept.values() if each.is_repeated_by(order)), None)
        if export is None:
            export = Export(order, _table(self, order), self.current_account, now)
            kept[export.arn] = export
        return results.ActionResult({"ExportDescription": export.described(now)})

    def describe(self: Any) -> Any:
        export = self.dynamodb_backend.table_exports.get(self.body["ExportArn"])
        if export is None:
            raise _refusal("ExportNotFoundException", "There is no such export")
        return results.ActionResult({"ExportDescription": export.described(in_use.clock.now())})

    replace(handler, "export_table_to_point_in_time", begin)
    replace(handler, "describe_export", describe)


def _table(request: Any, order: dict[str, Any]) -> Any:
    backend, errors = request.dynamodb_backend, module("dynamodb.exceptions")
    arn = order["TableArn"]
    table = next((each for each in backend.tables.values() if each.table_arn == arn), None)
    if table is None:
        raise errors.TableNotFoundException(name=arn)
    recovery = table.continuous_backups["PointInTimeRecoveryDescription"]
    if recovery["PointInTimeRecoveryStatus"] != "ENABLED":
        raise errors.PointInTimeRecoveryUnavailable(name=table.name)
    return table


class Export:
    """One export: the table as it was when it was asked for, written once its time has come."""

    def __init__(self, order: dict[str, Any], table: Any, account: str, now: datetime) -> None:
        self._order, self._account, self._began = order, account, now
        made = f"{int(now.timestamp() * 1000):014}-{secrets.token_hex(4)}"
        self.arn = f"{table.table_arn}/export/{made}"
        prefix = order.get("S3Prefix", "")
        self._folder = f"{prefix}/AWSDynamoDB/{made}/".lstrip("/")
        wanted = _wanted(order.get("FilterSpecification", {}))
        items = (item.to_json(root_attr_name="Item")["Item"] for item in table.all_items())
        self._items = [_cut(item, wanted) for item in items]
        self._fault = ""
        self._is_written = False

    def is_repeated_by(self, order: dict[str, Any]) -> bool:
        """Whether it is the same request again, by its token; refused if the token meant more."""
        token = order.get("ClientToken")
        if token is None or token != self._order.get("ClientToken"):
            return False
        if order != self._order:
            raise _refusal("ExportConflictException", "This token stands for another export")
        return True

    def described(self, now: datetime) -> dict[str, Any]:
        """How far it is."""
        if now - self._began >= TAKES and not self._is_written:
            self._is_written = True
            self._write(now)
        status = "IN_PROGRESS" if not self._is_written else "FAILED" if self._fault else "COMPLETED"
        return {
            "TableArn": self._order["TableArn"],
            "S3Bucket": self._order["S3Bucket"],
            "ExportArn": self.arn,
            "ExportStatus": status,
            "ExportTime": self._began,
            "ExportManifest": f"{self._folder}manifest-summary.json",
            "FailureCode": self._fault or None,
        }

    def _write(self, now: datetime) -> None:
        store = module("s3.models").s3_backends[self._account]["aws"]
        bucket = self._order["S3Bucket"]
        if bucket not in store.buckets:
            self._fault = "S3NoSuchBucket"
            return
        lines = "".join(json.dumps({"Item": item}) + "\n" for item in self._items)
        data = gzip.compress(lines.encode())
        name = f"{self._folder}data/{secrets.token_hex(13)}.json.gz"
        file = {
            "itemCount": len(self._items),
            "md5Checksum": base64.b64encode(hashlib.md5(data).digest()).decode(),  # noqa: S324
            "etag": hashlib.md5(data).hexdigest() + "-1",  # noqa: S324 - as DynamoDB names it
            "dataFileS3Key": name,
        }
        summary = {
            "exportArn": self.arn,
            "exportTime": self._began.isoformat(timespec="milliseconds"),
            "endTime": now.isoformat(timespec="milliseconds"),
            "itemCount": len(self._items),
            "manifestFilesS3Key": f"{self._folder}manifest-files.json",
        }
        store.put_object(bucket, name, data)
        listed = (json.dumps(file) + "\n").encode()
        store.put_object(bucket, f"{self._folder}manifest-files.json", listed)
        told = json.dumps(summary).encode()
        store.put_object(bucket, f"{self._folder}manifest-summary.json", told)


def _wanted(asked: dict[str, str]) -> frozenset[str] | None:
    """The attributes to be exported; None for all."""
    if set(asked) - {"ProjectionExpression"}:
        raise _refusal("ValidationException", "The local force projects exports, and no more")
    if not asked:
        return None
    names = [name.strip() for name in asked["ProjectionExpression"].split(",")]
    if not all(map(NAME.fullmatch, names)):
        raise _refusal("ValidationException", "The local force projects plain attributes only")
    return frozenset(names)


def _cut(item: dict[str, Any], wanted: frozenset[str] | None) -> dict[str, Any]:
    return {name: value for name, value in item.items() if wanted is None or name in wanted}


def _refusal(code: str, message: str) -> Any:
    return module("dynamodb.exceptions").DynamodbException(
        f"com.amazonaws.dynamodb.v20120810#{code}", message
    )
