"""The clock's calls to this room."""

import os
from functools import cache
from typing import Any

import boto3
from aws_lambda_powertools import Logger
from botocore.config import Config

from archive.bucket import Bucket
from archive.sequence import Sequencer, drain
from archive.settings import LogSettings
from archive.signing import KmsSigner
from shared.records.errors import HeadMovedError
from shared.records.loghead import LogHeads
from shared.records.outbox import Outbox
from shared.records.tables import tables
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
    kept = tables(settings.table_prefix)
    signer = KmsSigner(boto3.client("kms", config=CALLS), settings.log_key_id, settings.log_origin)
    return Sequencer(
        settings.log_origin,
        heads=LogHeads(kept),
        outbox=Outbox(kept),
        objects=Bucket(settings.log_bucket, boto3.client("s3", config=CALLS)),
        signers=(signer,),
        known=(signer.key,),
    )


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
