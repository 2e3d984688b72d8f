"""Every version of the objects in one bucket: listed, looked at, removed for good.

A version that S3 still locks or holds is refused by S3 itself; nothing here sets that aside.

RemovingError
└── NotRemovedError    S3 kept a version; says which
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

if TYPE_CHECKING:  # stubs are not shipped
    from mypy_boto3_s3.client import S3Client

REFUSED = "AccessDenied"


class RemovingError(Exception):
    """Root of what keeps a version from being removed."""


class NotRemovedError(RemovingError):
    """S3 kept a version."""

    def __init__(self, path: str) -> None:
        super().__init__(f"S3 keeps a version of {path}. Find out who locked or held it.")
        self.path = path


@dataclass(frozen=True)
class Version:
    """One version of an object; a delete marker is one as well, and locks nothing."""

    path: str
    version: str
    is_marker: bool = False


@dataclass(frozen=True)
class Lock:
    """Until when S3 locks a version (None: not at all), and whether it holds it beside."""

    until: datetime | None
    held: bool


class Versions:
    """One bucket, as far as its versions go."""

    def __init__(self, name: str, client: "S3Client") -> None:
        self._name = name
        self._client = client

    def all(self, prefix: str) -> Iterator[Version]:
        """Every version below a prefix, delete markers too."""
        pages = self._client.get_paginator("list_object_versions").paginate(
            Bucket=self._name, Prefix=prefix
        )
        for page in pages:
            for each in page.get("Versions", ()):
                yield Version(each["Key"], each["VersionId"])
            for marker in page.get("DeleteMarkers", ()):
                yield Version(marker["Key"], marker["VersionId"], is_marker=True)

    def folders(self) -> Iterator[str]:
        """The names of the topmost folders, those too in which only old versions lie."""
        pages = self._client.get_paginator("list_object_versions").paginate(
            Bucket=self._name, Delimiter="/"
        )
        for page in pages:
            yield from (each["Prefix"] for each in page.get("CommonPrefixes", ()))

    def look(self, version: Version) -> Lock:
        """How S3 keeps it."""
        answer = self._client.head_object(
            Bucket=self._name, Key=version.path, VersionId=version.version
        )
        held = answer.get("ObjectLockLegalHoldStatus") == "ON"
        return Lock(answer.get("ObjectLockRetainUntilDate"), held)

    def remove(self, version: Version) -> None:
        """It is gone for good; NotRemovedError."""
        try:
            self._client.delete_object(
                Bucket=self._name, Key=version.path, VersionId=version.version
            )
        except ClientError as error:
            if error.response["Error"]["Code"] == REFUSED:
                raise NotRemovedError(version.path) from error
            raise
