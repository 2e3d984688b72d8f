"""S3's legal holds on one bucket: seen, placed and let go, one version of an object at a time."""

import base64
import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:  # stubs are not shipped
    from mypy_boto3_s3.client import S3Client

_WHOLE = re.compile("[A-Za-z0-9+/]{43}=")
"""A SHA-256 in base64; of what was written in parts S3 has another, with their number behind it."""


@dataclass(frozen=True)
class Seen:
    """One version of an object: lower-case hexadecimal SHA-256 of its bytes, and whether S3 holds
    it."""

    digest: str
    held: bool


class Locks:
    """The bucket, as far as legal holds go; nothing here writes, deletes or touches a retention."""

    def __init__(self, name: str, client: "S3Client") -> None:
        self._name = name
        self._client = client

    def versions(self, prefix: str) -> Mapping[str, tuple[str, ...]]:
        """Every version of every object below a prefix, newest first, those behind a delete marker
        included."""
        found: dict[str, list[str]] = {}
        pages = self._client.get_paginator("list_object_versions").paginate(
            Bucket=self._name, Prefix=prefix
        )
        for page in pages:
            for each in page.get("Versions", ()):
                found.setdefault(each["Key"], []).append(each["VersionId"])
        return {path: tuple(versions) for path, versions in found.items()}

    def look(self, path: str, version: str) -> Seen:
        """What S3 has there, as it says itself."""
        answer = self._client.head_object(
            Bucket=self._name, Key=path, VersionId=version, ChecksumMode="ENABLED"
        )
        held = answer.get("ObjectLockLegalHoldStatus") == "ON"
        checksum = answer.get("ChecksumSHA256", "")
        if not _WHOLE.fullmatch(checksum):
            return Seen(self._digest(path, version), held)
        return Seen(base64.b64decode(checksum).hex(), held)

    def place(self, path: str, version: str) -> None:
        """S3 refuses to delete this version until it is let go."""
        self._set(path, version, "ON")

    def let_go(self, path: str, version: str) -> None:
        """Only its retention, if it still runs, keeps this version now."""
        self._set(path, version, "OFF")

    def _set(self, path: str, version: str, status: Literal["ON", "OFF"]) -> None:
        self._client.put_object_legal_hold(
            Bucket=self._name,
            Key=path,
            VersionId=version,
            LegalHold={"Status": status},
            ChecksumAlgorithm="SHA256",
        )

    def _digest(self, path: str, version: str) -> str:
        """From the bytes, where S3 keeps no checksum of the whole."""
        answer = self._client.get_object(Bucket=self._name, Key=path, VersionId=version)
        return sha256(answer["Body"].read()).hexdigest()
