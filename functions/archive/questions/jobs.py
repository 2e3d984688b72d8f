"""The clock's call to this room; the only function so far that ships DuckDB (ADR 0001)."""

import os
import tempfile
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import boto3

from archive.bucket import Bucket
from archive.jobs import CALLS, journal, signers_of
from archive.questions.copy_months import copy_months as copy
from archive.reading.bags import Bags
from archive.reading.known_keys import Keys
from archive.sealing.vault import Vault
from archive.settings import CopySettings
from shared.settings.reading import read

if TYPE_CHECKING:  # stubs are not shipped
    from mypy_boto3_s3.client import S3Client

ENOUGH = timedelta(minutes=5)
"""A month of ten million leaves takes less; with less time left none is begun."""


def copy_months(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Any event to `{copied}`, the months that got their copy now."""
    settings = read(CopySettings, os.environ)
    left = context.get_remaining_time_in_millis
    months = copy(
        Bags(Vault(settings.archive_bucket, _objects()), _keys(settings)),
        _Copied(Bucket(settings.archive_index_bucket, _objects())),
        Path(tempfile.gettempdir()),
        is_time=lambda: timedelta(milliseconds=left()) > ENOUGH,
    )
    copied = []
    for month in months:
        copied.append(str(month))
        journal().info("a month was copied for questions", extra={"month": str(month)})
    return {"copied": copied}


class _Copied:
    """The bucket of the copy, with no more of each object than its bytes."""

    def __init__(self, bucket: Bucket) -> None:
        self._bucket = bucket
        self.put = bucket.put

    def read(self, path: str) -> bytes | None:
        """The object, or None."""
        found = self._bucket.read(path)
        return found.data if found else None


def _keys(settings: CopySettings) -> Keys:
    """The public keys of log and archive, as KMS has them."""
    log = signers_of(settings.log_key_id, settings.log_origin)
    archive = signers_of(settings.archive_key_id, settings.archive_name)
    return Keys(tuple(signer.key for signer in (*log, *archive)))


@cache
def _objects() -> "S3Client":
    return boto3.client("s3", config=CALLS)
