"""The clock's call to this room: it reads sealed months, and can write none."""

import os
import secrets
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

import boto3

from archive.jobs import CALLS, journal, signers_of
from archive.reading.bags import Bags
from archive.reading.known_keys import Keys
from archive.sampling.draw_months import RECENT, Desk, draw_months
from archive.sampling.state_samples import state_samples
from archive.sealing.vault import Vault
from archive.settings import SampleSettings
from shared.records.kept_tables import kept_tables
from shared.records.months import Months
from shared.records.notices import Notices
from shared.records.pen import Pen
from shared.records.samples import Samples
from shared.records.snapshot import Snapshots
from shared.samples.rule import read_rule
from shared.settings.reading import read

if TYPE_CHECKING:  # stubs are not shipped
    from mypy_boto3_s3.client import S3Client

ENOUGH = timedelta(seconds=30)
"""With less time left no account is begun any more; tomorrow goes on."""


def draw_samples(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Any event to `{drawn, stated}`, the months that were drawn from and stated now;
    BadRuleError, UntrueBagError."""
    settings, now = read(SampleSettings, os.environ), datetime.now(UTC)
    rule, left = read_rule(settings.dip_sample), context.get_remaining_time_in_millis
    kept, pen = kept_tables(settings.table_prefix), Pen(secrets.token_bytes)
    samples, notices = Samples(kept, pen), Notices(kept, pen)
    newest = Months(kept, pen).all(settings.log_origin, limit=RECENT).entries
    sealed = tuple(each.sealed.month for each in newest)
    drawn = draw_months(
        Desk(_bags(settings), samples, notices, Snapshots(kept), rule),
        sealed,
        now,
        is_time=lambda: timedelta(milliseconds=left()) > ENOUGH,
    )
    stated = state_samples(samples, notices, sealed, now)
    for month in drawn:
        journal().info("a month's dip samples were drawn", extra={"month": str(month)})
    return {"drawn": list(map(str, drawn)), "stated": list(map(str, stated))}


def _bags(settings: SampleSettings) -> Bags:
    log = signers_of(settings.log_key_id, settings.log_origin)
    archive = signers_of(settings.archive_key_id, settings.archive_name)
    keys = Keys(tuple(signer.key for signer in (*log, *archive)))
    return Bags(Vault(settings.archive_bucket, _objects()), keys)


@cache
def _objects() -> "S3Client":
    return boto3.client("s3", config=CALLS)
