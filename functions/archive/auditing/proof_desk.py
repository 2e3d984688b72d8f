"""What proving needs, made when somebody wants something proved."""

from functools import cache
from typing import TYPE_CHECKING

from archive.auditing.desk import desk, question
from archive.auditing.order_proof import ProofDesk
from archive.auditing.room import room
from shared.conductor.executions import Executions, step_functions
from shared.records.proofs import Proofs
from shared.records.shelf import Shelf, signing_client

if TYPE_CHECKING:  # stubs are not shipped
    from mypy_boto3_s3.client import S3Client


@cache
def proof_desk() -> ProofDesk:
    """This process's desk."""
    conductor = Executions(step_functions, room().settings.proof_arn)
    return ProofDesk(desk(), proofs(), question, conductor.prove)


@cache
def proofs() -> Proofs:
    """Where orders of proofs are kept."""
    return Proofs(room().kept, room().pen)


@cache
def shelf() -> Shelf:
    """Where files lie that are to be saved."""
    return Shelf(_signing, room().settings.archive_index_bucket)


@cache
def _signing() -> "S3Client":
    return signing_client()
