"""The bucket that the copy of sealed months lies in, as far as asking reads it."""

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # stubs are not shipped
    from mypy_boto3_s3.client import S3Client


@cache
def s3() -> "S3Client":
    """The client; what a question reads has to be there soon, or it is told that it is not."""
    import boto3
    from botocore.config import Config

    patience = Config(
        connect_timeout=2, read_timeout=5, retries={"mode": "standard", "total_max_attempts": 2}
    )
    return boto3.client("s3", config=patience)


class CopyBucket:
    """One bucket, which is only read."""

    def __init__(self, name: str, client: "S3Client") -> None:
        self._name = name
        self._client = client

    def read(self, path: str) -> bytes | None:
        """The object, or None."""
        try:
            return self._client.get_object(Bucket=self._name, Key=path)["Body"].read()
        except self._client.exceptions.NoSuchKey:
            return None

    def etags(self) -> dict[str, str]:
        """The path of every object, and what stands for exactly its bytes: a call for a thousand,
        where asking each whether it changed would be a call for each."""
        pages = self._client.get_paginator("list_objects_v2").paginate(Bucket=self._name)
        return {each["Key"]: each["ETag"] for page in pages for each in page.get("Contents", ())}
