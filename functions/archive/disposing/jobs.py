"""The clock's call to this room; the only function that may remove what was sealed."""

import os
import secrets
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

import boto3
from botocore.config import Config

from archive.disposing.destroy import Tools
from archive.disposing.dispose_months import dispose_months as dispose
from archive.disposing.dispose_months import note_outlived
from archive.disposing.unsealed import envelopes_since
from archive.disposing.versions import Versions
from archive.jobs import CALLS, journal, log_of, signers_of
from archive.reading.bags import Bags
from archive.reading.known_keys import Keys
from archive.sealing.vault import Vault
from archive.settings import DisposeSettings
from shared.months.retention import read_schedules
from shared.policy.marks import marks_in
from shared.policy.marks import read as as_read
from shared.records.disposals import Disposals
from shared.records.kept_tables import kept_tables
from shared.records.kept_things import KeptThings
from shared.records.outbox import Outbox
from shared.records.pen import Pen
from shared.settings.reading import read

if TYPE_CHECKING:  # stubs are not shipped
    from mypy_boto3_s3.client import S3Client

AT_ONCE = 16
"""Objects that are seen to at once."""

ENOUGH = timedelta(seconds=60)
"""What several hundred objects may take; with less time left no more are begun."""


def dispose_months(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Any event to `{outlived, going, gone}`, months each: past their time, being destroyed, and
    those of which nothing is left. MonthsNotDisposedError, BadScheduleError."""
    settings, now = read(DisposeSettings, os.environ), datetime.now(UTC)
    kept = kept_tables(settings.table_prefix)
    disposals = Disposals(kept, Pen(secrets.token_bytes))
    schedules, bags = read_schedules(settings.retention_schedules), _bags(settings)
    outlived = note_outlived(disposals, bags, schedules, now)
    left = context.get_remaining_time_in_millis
    with ThreadPoolExecutor(AT_ONCE) as pool:
        tools = Tools(
            Versions(settings.archive_bucket, _objects()),
            Versions(settings.archive_index_bucket, _objects()),
            Versions(settings.media_bucket, _objects()),
            KeptThings(kept, lambda draft: marks_in(draft, as_read(draft)), now),
            lambda size: envelopes_since(size, Outbox(kept), lambda: log_of(settings)),
            pool,
            is_time=lambda: timedelta(milliseconds=left()) > ENOUGH,
        )
        found = dispose(disposals, bags, tools, schedules, now)
    for month in found.gone:
        journal().info("a month was disposed of", extra={"month": str(month)})
    named = {"outlived": outlived, "going": found.going, "gone": found.gone}
    return {name: list(map(str, months)) for name, months in named.items()}


def _bags(settings: DisposeSettings) -> Bags:
    log = signers_of(settings.log_key_id, settings.log_origin)
    archive = signers_of(settings.archive_key_id, settings.archive_name)
    keys = Keys(tuple(signer.key for signer in (*log, *archive)))
    return Bags(Vault(settings.archive_bucket, _objects()), keys)


@cache
def _objects() -> "S3Client":
    return boto3.client("s3", config=CALLS.merge(Config(max_pool_connections=AT_ONCE)))
