"""The locked bucket: what is written there stays, so it is written once, with its checksum."""

import base64
import hashlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from archive.bucket import BYTES, TAKEN, TEXT, ObjectTakenError

if TYPE_CHECKING:  # stubs are not shipped
    from mypy_boto3_s3.client import S3Client

LINES = "application/gzip"


class Vault:
    """One bucket under Object Lock. How long an object is kept is the bucket's own rule; nothing
    here can shorten it, and nothing here deletes."""

    def __init__(self, name: str, client: "S3Client") -> None:
        self._name = name
        self._client = client

    def read(self, path: str) -> bytes | None:
        """The object, or None."""
        try:
            answer = self._client.get_object(Bucket=self._name, Key=path)
        except self._client.exceptions.NoSuchKey:
            return None
        return answer["Body"].read()

    def create(self, path: str, data: bytes) -> None:
        """Write it where nothing is; ObjectTakenError where something is. S3 refuses bytes that do
        not have this checksum."""
        checksum = base64.b64encode(hashlib.sha256(data).digest()).decode()
        try:
            self._client.put_object(
                Bucket=self._name,
                Key=path,
                Body=data,
                ContentType=_kind(path),
                ChecksumAlgorithm="SHA256",  # S3 asks for it wherever a retention is set
                ChecksumSHA256=checksum,
                IfNoneMatch="*",
            )
        except ClientError as error:
            if error.response["Error"]["Code"] in TAKEN:
                raise ObjectTakenError(path) from error
            raise

    def paths(self, prefix: str) -> Iterator[str]:
        """The names below a prefix, in order."""
        pages = self._client.get_paginator("list_objects_v2").paginate(
            Bucket=self._name, Prefix=prefix
        )
        for page in pages:
            yield from (entry["Key"] for entry in page.get("Contents", ()))


def _kind(path: str) -> str:
    if path.endswith(".gz"):
        return LINES
    return BYTES if "/tile/" in path or path.endswith(".tsr") else TEXT
