"""The log's bucket on S3, with its conditional writes.

BucketError
└── ObjectTakenError     a conditional write met another object; carries its path
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, NotRequired, TypedDict, Unpack

from botocore.exceptions import ClientError

if TYPE_CHECKING:  # stubs are not shipped
    from mypy_boto3_s3.client import S3Client

TAKEN = frozenset({"PreconditionFailed", "ConditionalRequestConflict"})
"""The condition does not hold, or another conditional write is just being decided."""

TEXT = "text/plain; charset=utf-8"
BYTES = "application/octet-stream"


class BucketError(Exception):
    """Root of what the bucket can refuse."""


class ObjectTakenError(BucketError):
    """A conditional write met an object that is not the one it expected."""

    def __init__(self, path: str) -> None:
        super().__init__(f"The object {path} is not as it was expected.")
        self.path = path


@dataclass(frozen=True)
class Stored:
    """An object as it was read; `etag` stands for exactly these bytes."""

    data: bytes
    etag: str


class _Condition(TypedDict):
    IfMatch: NotRequired[str]
    IfNoneMatch: NotRequired[str]


class Bucket:
    """One bucket that holds one log; S3 reads see every write that was answered before."""

    def __init__(self, name: str, client: "S3Client") -> None:
        self._name = name
        self._client = client

    def read(self, path: str) -> Stored | None:
        """The object, or None."""
        try:
            answer = self._client.get_object(Bucket=self._name, Key=path)
        except self._client.exceptions.NoSuchKey:
            return None
        return Stored(answer["Body"].read(), answer["ETag"])

    def paths(self, prefix: str) -> Iterator[str]:
        """The names below a prefix, in order."""
        pages = self._client.get_paginator("list_objects_v2").paginate(
            Bucket=self._name, Prefix=prefix
        )
        for page in pages:
            yield from (entry["Key"] for entry in page.get("Contents", ()))

    def create(self, path: str, data: bytes) -> None:
        """Write it where nothing is; ObjectTakenError where something is."""
        self._write(path, data, IfNoneMatch="*")

    def replace(self, path: str, data: bytes, seen: Stored | None) -> None:
        """Write it over what was seen there (None: nothing); ObjectTakenError otherwise."""
        if seen is None:
            self.create(path, data)
        else:
            self._write(path, data, IfMatch=seen.etag)

    def put(self, path: str, data: bytes) -> None:
        """Write it, whatever is there."""
        self._write(path, data)

    def _write(self, path: str, data: bytes, **condition: Unpack[_Condition]) -> None:
        # The types that the specification of tiled logs asks for, should they ever be served.
        kind = BYTES if path.startswith("tile/") else TEXT
        try:
            self._client.put_object(
                Bucket=self._name, Key=path, Body=data, ContentType=kind, **condition
            )
        except ClientError as error:
            if error.response["Error"]["Code"] in TAKEN:
                raise ObjectTakenError(path) from error
            raise
