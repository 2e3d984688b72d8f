"""What the state machine `proof` calls, again and again until an order is over."""

import os
import secrets
import tempfile
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import boto3
from botocore.config import Config

from archive.bucket import Bucket
from archive.jobs import CALLS, journal, log_of, signers_of
from archive.proving.carry_on import Workshop, carry_on, give_up
from archive.proving.this_system import this_system
from archive.reading.known_keys import Keys
from archive.sealing.vault import Vault
from archive.settings import ProveSettings
from shared.months.proof_order import State
from shared.posts.names import ProofId
from shared.records.errors import ChangedError
from shared.records.kept_tables import kept_tables
from shared.records.pen import Pen
from shared.records.proofs import Proofs
from shared.settings.reading import read

if TYPE_CHECKING:  # stubs are not shipped
    from mypy_boto3_s3.client import S3Client

AT_ONCE = 16
ENOUGH, SPARE = timedelta(minutes=8), timedelta(minutes=1)
"""With less time left no month is begun; and what is left for the rest when the verifier has had
its time."""


def prove_records(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """`{proof_id}` to `{state}`, which is `asked` where more is to be done; with `{give_up: true}`
    it is ended, whatever it was at."""
    settings, proof_id = read(ProveSettings, os.environ), ProofId(event["proof_id"])
    kept = Proofs(kept_tables(settings.table_prefix), Pen(secrets.token_bytes))
    try:
        if event.get("give_up"):
            order = give_up(proof_id, kept, datetime.now(UTC))
        else:
            order = carry_on(proof_id, _workshop(settings, kept, context))
    except ChangedError:
        order = kept.get(proof_id)  # somebody else is at it, and further
    if order.state in {State.WRONG, State.BROKEN}:
        journal().error("no proof", extra={"proof_id": proof_id, "why": order.sentence})
    return {"state": order.state.value}


def _workshop(settings: ProveSettings, kept: Proofs, context: Any) -> Workshop:
    def left() -> timedelta:
        return timedelta(milliseconds=context.get_remaining_time_in_millis())

    log = signers_of(settings.log_key_id, settings.log_origin)
    archive = signers_of(settings.archive_key_id, settings.archive_name)
    return Workshop(
        kept=kept,
        shelf=Vault(settings.archive_bucket, _objects()),
        keys=Keys(tuple(signer.key for signer in (*log, *archive))),
        put=Bucket(settings.archive_index_bucket, _objects()).put,
        system=this_system(settings.deployed_commit),
        scratch=Path(tempfile.gettempdir()),
        now=lambda: datetime.now(UTC),
        is_time=lambda: left() > ENOUGH,
        seconds=lambda: max(1.0, (left() - SPARE).total_seconds()),
        live=lambda: log_of(settings),
        each=_pool().map,
    )


@cache
def _objects() -> "S3Client":
    return boto3.client("s3", config=CALLS.merge(Config(max_pool_connections=AT_ONCE)))


@cache
def _pool() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(AT_ONCE)
