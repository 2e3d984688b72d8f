"""Which checkpoint a month ends with: the one that stood when the month was over.

The log keeps one checkpoint, and its bucket every version of it, with the time it was written. So
a month that is sealed late ends where one sealed in time does.
"""

from datetime import datetime
from typing import TYPE_CHECKING

from shared.recordlog.errors import MissingObjectError
from shared.recordlog.reader import CHECKPOINT_PATH

if TYPE_CHECKING:  # stubs are not shipped
    from mypy_boto3_s3.client import S3Client


class Checkpoints:
    """The checkpoints that a log's bucket remembers."""

    def __init__(self, bucket: str, client: "S3Client") -> None:
        self._bucket = bucket
        self._client = client

    def stood_at(self, moment: datetime) -> bytes:
        """The last that was published before this aware moment, or the first of all if the log is
        younger; MissingObjectError where there is no log."""
        oldest = None
        pages = self._client.get_paginator("list_object_versions").paginate(
            Bucket=self._bucket, Prefix=CHECKPOINT_PATH
        )
        for page in pages:
            for version in page.get("Versions", ()):  # the newest first
                if version["Key"] != CHECKPOINT_PATH:
                    continue
                oldest = version["VersionId"]
                if version["LastModified"] < moment:
                    return self._read(oldest)
        if oldest is None:
            raise MissingObjectError(CHECKPOINT_PATH)
        return self._read(oldest)

    def _read(self, version: str) -> bytes:
        answer = self._client.get_object(
            Bucket=self._bucket, Key=CHECKPOINT_PATH, VersionId=version
        )
        return answer["Body"].read()
