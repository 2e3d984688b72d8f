"""The clock's calls to this room."""

import os
import secrets
from datetime import UTC, datetime
from functools import cache
from typing import Any

import boto3
from aws_lambda_powertools import Logger
from botocore.config import Config

from archive.bucket import Bucket
from archive.erase import erase_approved
from archive.sealing.months_due import find_due, first_month, require_in_time
from archive.sequencing.asking import post
from archive.sequencing.sequence import Sequencer, drain
from archive.sequencing.signing import KmsSigner
from archive.sequencing.timestamp import Outcome as Stamp
from archive.sequencing.timestamp import authority_in, stamp_month
from archive.sequencing.witnesses import AnotherLogError, Outcome, ask_all, witnesses_in
from archive.settings import (
    ArchiveSettings,
    BeginSettings,
    DisposeSettings,
    EraseSettings,
    LogSettings,
    ProveSettings,
    TimestampSettings,
    WitnessSettings,
)
from shared.conductor.executions import ExecutionOverError, Executions, step_functions
from shared.months.month import Month
from shared.recordlog.errors import MissingObjectError
from shared.recordlog.reader import Log
from shared.records.attestations import Attestations
from shared.records.erasures import Erasures
from shared.records.errors import HeadMovedError
from shared.records.kept_tables import kept_tables
from shared.records.loghead import LogHeads
from shared.records.months import Months
from shared.records.outbox import Outbox
from shared.records.pen import Pen
from shared.settings.reading import read

CALLS = Config(
    connect_timeout=2, read_timeout=10, retries={"mode": "standard", "total_max_attempts": 4}
)
"""Every write here may be repeated: it is conditional, or it writes the same bytes again."""


@cache
def journal() -> Logger:
    """Where outcomes are noted."""
    return Logger(service="archive")


@cache
def sequencer() -> Sequencer:
    """The log's one writer."""
    settings = read(LogSettings, os.environ)
    kept = kept_tables(settings.table_prefix)
    signers = signers_of(settings.log_key_id, settings.log_origin)
    return Sequencer(
        settings.log_origin,
        heads=LogHeads(kept),
        outbox=Outbox(kept),
        objects=Bucket(settings.log_bucket, boto3.client("s3", config=CALLS)),
        signers=signers,
        known=tuple(signer.key for signer in signers),
    )


def signers_of(key_ids: str, origin: str) -> tuple[KmsSigner, ...]:
    """One for each key named with commas: two while keys are changed (docs/record_log.md)."""
    client = boto3.client("kms", config=CALLS)
    return tuple(KmsSigner(client, each.strip(), origin) for each in key_ids.split(","))


def sequence(event: dict[str, Any], context: object) -> dict[str, Any]:
    """Any event to `{size, leaves}`, or to `{overtaken}` where another sequencer was first."""
    try:
        done = drain(sequencer())
    except HeadMovedError as error:
        # The other one carries on with the same outbox, so nothing is left undone.
        journal().warning("overtaken by another sequencer", extra={"found": str(error)})
        return {"overtaken": True}
    if done.leaves:
        journal().info("leaves in the log", extra={"size": done.size, "leaves": done.leaves})
    return {"size": done.size, "leaves": done.leaves}


Reading = (
    ArchiveSettings
    | BeginSettings
    | DisposeSettings
    | LogSettings
    | ProveSettings
    | TimestampSettings
    | WitnessSettings
)


def log_of(settings: Reading) -> Log:
    """The log as it is published, its checkpoint opened by its own keys."""
    bucket = Bucket(settings.log_bucket, boto3.client("s3", config=CALLS))
    keys = [each.key for each in signers_of(settings.log_key_id, settings.log_origin)]

    def stored(path: str) -> bytes | None:
        found = bucket.read(path)
        return found.data if found else None

    return Log(stored, keys, settings.log_origin)


def attestations(settings: Reading) -> Attestations:
    """Where what others said of it is kept."""
    return Attestations(kept_tables(settings.table_prefix), Pen(secrets.token_bytes))


def witness(event: dict[str, Any], context: object) -> dict[str, Any]:
    """Any event to `{outcomes}` by the witness's name."""
    settings = read(WitnessSettings, os.environ)
    witnesses = witnesses_in(settings.log_witnesses)
    if not witnesses:
        return {"outcomes": {}}
    kept, at = attestations(settings), datetime.now(UTC)
    outcomes = ask_all(witnesses, log_of(settings), kept=kept, send=post, now=at)
    for name, outcome in outcomes.items():
        if outcome is not Outcome.COSIGNED:
            journal().warning("a witness did not sign", extra={"witness": name, "why": outcome})
    if ahead := [name for name, outcome in outcomes.items() if outcome is Outcome.AHEAD]:
        raise AnotherLogError(ahead)  # every answer is on record by now, and an alarm rings
    return {"outcomes": {name: outcome.value for name, outcome in outcomes.items()}}


def timestamp(event: dict[str, Any], context: object) -> dict[str, Any]:
    """Any event to `{outcome}`; null where nobody was asked."""
    settings = read(TimestampSettings, os.environ)
    authority = authority_in(settings.log_timestamper)
    if authority is None:
        return {"outcome": None}
    kept, at = attestations(settings), datetime.now(UTC)
    outcome = stamp_month(authority, log_of(settings), kept=kept, send=post, now=at)
    if outcome not in {None, Stamp.STAMPED}:
        journal().warning("this month has no timestamp yet", extra={"why": outcome})
    return {"outcome": outcome.value if outcome else None}


def erase(event: dict[str, Any], context: object) -> dict[str, Any]:
    """Any event to `{erased}`, the ids of the erasures that were carried out."""
    kept = kept_tables(read(EraseSettings, os.environ).table_prefix)
    done = erase_approved(Erasures(kept, Pen(secrets.token_bytes)), datetime.now(UTC))
    for erasure_id in done:
        journal().info("sealed text was erased", extra={"erasure_id": erasure_id})
    return {"erased": list(done)}


def archive_months(event: dict[str, Any], context: object) -> dict[str, Any]:
    """Any event to `{month}`, whose sealing was started; null if every month is sealed.
    MonthMissingError if one has waited too long for it."""
    settings, now = read(ArchiveSettings, os.environ), datetime.now(UTC)
    month = due_month(settings, now)
    if month is None:
        return {"month": None}
    try:
        executions = Executions(step_functions, settings.monthly_archive_arn)
        executions.seal(month, now.date())
    except ExecutionOverError:
        journal().info("today's try is over", extra={"month": str(month)})
    require_in_time(month, now)
    return {"month": str(month)}


def due_month(settings: ArchiveSettings | LogSettings, now: datetime) -> Month | None:
    """The oldest month that is over and not on record as sealed."""
    latest = months(settings.table_prefix).latest(settings.log_origin)
    if latest is not None:
        return find_due(latest.sealed.month, None, now)
    try:
        log = log_of(settings)
    except MissingObjectError:
        return None  # the sequencer has not run yet
    return find_due(None, first_month(log), now)


def months(table_prefix: str) -> Months:
    """Where sealed months are on record."""
    return Months(kept_tables(table_prefix), Pen(secrets.token_bytes))
