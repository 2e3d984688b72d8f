"""The clock's call to this room; the only function that may place and lift legal holds on S3."""

import os
import secrets
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

import boto3
from botocore.config import Config

from archive.holding.hold_bag import Keeper
from archive.holding.hold_months import hold_months as hold
from archive.holding.locks import Locks
from archive.jobs import CALLS, journal, signers_of
from archive.reading.bags import Bags
from archive.reading.known_keys import Keys
from archive.sealing.vault import Vault
from archive.settings import HoldSettings
from shared.records.kept_tables import kept_tables
from shared.records.legal_holds import LegalHolds
from shared.records.pen import Pen
from shared.settings.reading import read

if TYPE_CHECKING:  # stubs are not shipped
    from mypy_boto3_s3.client import S3Client

AT_ONCE = 16
"""Objects that are seen to at once; S3 takes some thousand a second below one prefix."""

ENOUGH = timedelta(seconds=60)
"""What several hundred objects may take; with less time left no more are begun."""


def hold_months(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Any event to `{placed, released}`: `<hold>/<month>` each, and ids of holds that ended."""
    settings = read(HoldSettings, os.environ)
    holds = LegalHolds(kept_tables(settings.table_prefix), Pen(secrets.token_bytes))
    if not holds.standing().holds:
        return {"placed": [], "released": []}
    left = context.get_remaining_time_in_millis
    with ThreadPoolExecutor(AT_ONCE) as pool:
        keeper = Keeper(
            Locks(settings.archive_bucket, _objects()),
            pool,
            is_time=lambda: timedelta(milliseconds=left()) > ENOUGH,
        )
        done = hold(holds, _bags(settings), keeper, datetime.now(UTC))
    for hold_id, month in done.placed:
        more = {"hold_id": hold_id, "month": str(month)}
        journal().info("a month is kept by a legal hold", extra=more)
    for hold_id in done.released:
        journal().info("a legal hold ended", extra={"hold_id": hold_id})
    placed = [f"{hold_id}/{month}" for hold_id, month in done.placed]
    return {"placed": placed, "released": list(done.released)}


def _bags(settings: HoldSettings) -> Bags:
    log = signers_of(settings.log_key_id, settings.log_origin)
    archive = signers_of(settings.archive_key_id, settings.archive_name)
    keys = Keys(tuple(signer.key for signer in (*log, *archive)))
    return Bags(Vault(settings.archive_bucket, _objects()), keys)


@cache
def _objects() -> "S3Client":
    return boto3.client("s3", config=CALLS.merge(Config(max_pool_connections=AT_ONCE)))
