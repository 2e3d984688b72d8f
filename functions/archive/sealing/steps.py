"""What the state machine `monthly_archive` calls: parse, one deed, answer. Each may be repeated.

`month` says which, as 2026-10.
"""

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from datetime import UTC, datetime
from functools import cache, partial
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import boto3
from botocore.config import Config

from archive.bucket import Bucket
from archive.jobs import CALLS, attestations, due_month, journal, months, signers_of
from archive.sealing import exports
from archive.sealing.begin_month import begin_month as begin
from archive.sealing.begin_month import ends, starts
from archive.sealing.checkpoints import Checkpoints
from archive.sealing.closing import Desk, Seal
from archive.sealing.reconcile import Export, leave_unreconciled, reconcile
from archive.sealing.record_month import record_month as record
from archive.sealing.seal_month import seal_month as seal
from archive.sealing.vault import Vault
from archive.sealing.write_part import write_part as write
from archive.sequencing.asking import post
from archive.sequencing.timestamp import Outcome, ask, authority_in
from archive.sequencing.witnesses import TRIES, witnesses_in
from archive.settings import (
    BeginSettings,
    ExportSettings,
    LogSettings,
    PartSettings,
    ReconcileSettings,
    RecordSettings,
    SealSettings,
)
from shared.months.bag import Part
from shared.months.month import Month, read_month
from shared.posts.names import LeafId
from shared.recordlog.note import VerifierKey
from shared.recordlog.places import find_place
from shared.records.kept_tables import kept_tables
from shared.records.outbox import Outbox
from shared.records.payloads import Payloads
from shared.settings.reading import read

if TYPE_CHECKING:  # stubs are not shipped
    from mypy_boto3_dynamodb.client import DynamoDBClient
    from mypy_boto3_s3.client import S3Client

AT_ONCE = 16
"""Objects that are fetched or written at the same time."""

AtADesk = BeginSettings | PartSettings | ReconcileSettings | SealSettings


def find_month(event: dict[str, Any], context: object) -> dict[str, Any]:
    """Any event to `{month}`, the oldest that is over and not sealed; null if there is none."""
    month = due_month(read(LogSettings, os.environ), datetime.now(UTC))
    return {"month": str(month) if month else None}


def begin_month(event: dict[str, Any], context: object) -> dict[str, Any]:
    """`{month}` to `{month, start, end, parts: [{number, first, after}]}`."""
    settings, month, now = read(BeginSettings, os.environ), _month(event), datetime.now(UTC)
    desk = desk_of(settings)
    # Nothing is fixed of a month that is not over: the deed refuses it.
    cosigned = dict(_cosigned(settings, month, desk)) if now >= month.ends else {}
    stamp = partial(_stamped, settings.log_timestamper)
    begun = begin(month, desk, now, stamp=stamp, cosigned=cosigned)
    parts = [asdict(part) for part in begun.parts]
    return {"month": str(month), "start": begun.start, "end": begun.end, "parts": parts}


def write_part(event: dict[str, Any], context: object) -> dict[str, Any]:
    """`{month, part: {number, first, after}}` to `{number}`."""
    part = Part(**event["part"])
    write(_month(event), part, desk_of(read(PartSettings, os.environ)))
    return {"number": part.number}


def start_export(event: dict[str, Any], context: object) -> dict[str, Any]:
    """`{month, execution}` to `{export, outcome, why}`; an execution starts one for each month."""
    settings, month = read(ExportSettings, os.environ), _month(event)
    named = f"{settings.payloads_arn} {event['execution']} {month}"
    begun = exports.start_export(
        _database(),
        settings.payloads_arn,
        settings.archive_index_bucket,
        month,
        sha256(named.encode()).hexdigest()[:36],
    )
    return _told(begun)


def look_at_export(event: dict[str, Any], context: object) -> dict[str, Any]:
    """`{export}` to `{export, outcome, why}`."""
    return _told(exports.look_at_export(_database(), event["export"]))


def reconcile_month(event: dict[str, Any], context: object) -> dict[str, Any]:
    """`{month, export, outcome, why}` to `{outcome}`: agrees, differs, or none where there was no
    export."""
    settings, month = read(ReconcileSettings, os.environ), _month(event)
    desk = desk_of(settings)
    if event["outcome"] != exports.Outcome.DONE:
        leave_unreconciled(month, event["why"], desk)
        journal().warning(
            "a month was not compared", extra={"month": event["month"], "why": event["why"]}
        )
        return {"outcome": "none"}
    stored = partial(_stored, Bucket(settings.archive_index_bucket, _objects()))
    export = Export(
        exports.exported_at(stored, month, event["export"]),
        exports.exported_ids(stored, month, event["export"]),
    )
    log = Bucket(settings.log_bucket, _objects())
    outbox = Outbox(kept_tables(settings.table_prefix))

    def is_in_log(leaf_id: str) -> bool:
        # In this order: between the two looks a leaf goes from the outbox into the log, never back.
        if outbox.has(LeafId(leaf_id)):
            return True
        return find_place(leaf_id, log.paths, partial(_stored, log)) is not None

    found = reconcile(month, export, is_in_log, desk)
    return {"outcome": "agrees" if found.holds else "differs"}


def seal_month(event: dict[str, Any], context: object) -> dict[str, Any]:
    """`{month}` to `{month, bag}`, the hash of the whole bag."""
    settings, month = read(SealSettings, os.environ), _month(event)
    signers = signers_of(settings.archive_key_id, settings.archive_name)
    sealed = seal(month, desk_of(settings, [each.key for each in signers]), Seal(signers))
    journal().info("a month is sealed", extra={"month": str(month), "bag": sealed.bag})
    return {"month": str(month), "bag": sealed.bag}


def record_month(event: dict[str, Any], context: object) -> dict[str, Any]:
    """`{month}` to `{month, recorded}`; false if it was on record."""
    settings, month = read(RecordSettings, os.environ), _month(event)
    signers = signers_of(settings.archive_key_id, settings.archive_name)
    recorded = record(
        month,
        settings.log_origin,
        read=Vault(settings.archive_bucket, _objects()).read,
        known=[each.key for each in signers],
        months=months(settings.table_prefix),
        now=datetime.now(UTC),
    )
    return {"month": str(month), "recorded": recorded}


def desk_of(settings: AtADesk, archive_keys: Sequence[VerifierKey] = ()) -> Desk:
    """Everything that closing a month reads and writes."""
    log = Bucket(settings.log_bucket, _objects())
    return Desk(
        origin=settings.log_origin,
        read=partial(_stored, log),
        stood_at=Checkpoints(settings.log_bucket, _objects()).stood_at,
        shelf=Vault(settings.archive_bucket, _objects()),
        payloads=Payloads(kept_tables(settings.table_prefix)),
        log_keys=[each.key for each in signers_of(settings.log_key_id, settings.log_origin)],
        archive_keys=archive_keys,
        each=_pool().map,
    )


def _cosigned(settings: BeginSettings, month: Month, desk: Desk) -> Iterator[tuple[str, bytes]]:
    """What witnesses last signed, as far as the month's slice of the log can show it."""
    start, end, kept = starts(month, desk), ends(month, desk), attestations(settings)
    for witness in witnesses_in(settings.log_witnesses):
        told = kept.get(settings.log_origin, witness.key.name)
        if told.note and (start.size if start else 0) <= told.size <= end.size:
            yield witness.key.name, told.note.encode()


def _stamped(setting: str, note: bytes) -> bytes | None:
    """The timestamp authority's answer about this checkpoint; None where there is none to be had,
    and the month goes without."""
    authority = authority_in(setting)
    if authority is None:
        return None
    for _ in range(TRIES):
        told = ask(authority, note, post)
        if told.outcome is Outcome.STAMPED:
            return told.token
        journal().warning("no timestamp for a month", extra={"why": told.why})
    return None


def _told(exporting: exports.Exporting) -> dict[str, Any]:
    outcome, why = exporting.outcome.value, exporting.why
    return {"export": exporting.arn, "outcome": outcome, "why": why}


def _month(event: dict[str, Any]) -> Month:
    return read_month(event["month"])


def _stored(bucket: Bucket, path: str) -> bytes | None:
    found = bucket.read(path)
    return found.data if found else None


@cache
def _objects() -> "S3Client":
    return boto3.client("s3", config=CALLS.merge(Config(max_pool_connections=AT_ONCE)))


@cache
def _database() -> "DynamoDBClient":
    return boto3.client("dynamodb", config=CALLS)


@cache
def _pool() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(AT_ONCE)
