"""Executions of state machines, named by what they are about: starting one twice starts one.

ConductorError
├── ExecutionOverError   an execution of that name has already ended
├── NobodyWaitsError     the task token was used, or its wait timed out
└── NoAnswerError        no answer we can trust; whatever was asked may have happened
"""

import json
from collections.abc import Callable, Sequence
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from shared.posts.names import AccountId, IncidentId, PostId, ProofId

if TYPE_CHECKING:  # stubs are not shipped; months are the archive's, and nobody else loads them
    from mypy_boto3_stepfunctions.client import SFNClient

    from shared.months.month import Month

PATIENCE = Config(
    connect_timeout=2, read_timeout=5, retries={"mode": "standard", "total_max_attempts": 3}
)
"""Starting twice starts one, and a token works once: both may be tried again."""

CLOSED = frozenset({"TaskTimedOut", "TaskDoesNotExist", "InvalidToken"})
"""What is said of a token that was used, or whose wait is over."""


class ConductorError(Exception):
    """Root of what can go wrong between us and the state machines."""


class ExecutionOverError(ConductorError):
    """An execution of that name has already ended; it is never started again."""


class NobodyWaitsError(ConductorError):
    """The task token was used before, or its wait timed out."""


class NoAnswerError(ConductorError):
    """Step Functions did not answer; the sweep will ask again."""


@cache
def step_functions() -> "SFNClient":
    """A client that gives up in time. Made on first need: most requests never need it."""
    import boto3

    return boto3.client("stepfunctions", config=PATIENCE)


class Executions:
    """The executions of one state machine; `client` gives the boto3 client when it is needed."""

    def __init__(self, client: Callable[[], "SFNClient"], state_machine_arn: str = "") -> None:
        self._client = client
        self._arn = state_machine_arn

    def start(self, post_id: PostId, version: int) -> None:
        """Start the publication of a version; a running one of that name is the one meant."""
        self._start(f"{post_id}-{version}", {"post_id": post_id, "version": version})

    def tell(self, incident_id: IncidentId, event: str) -> None:
        """Start telling everybody of an incident; a running one of that name is the one meant."""
        self._start(f"{incident_id}-{event}", {"incident_id": incident_id, "event": event})

    def remove(self, deletion_id: str) -> None:
        """Start a deletion; a running one of that name is the one meant."""
        self._start(deletion_id, {"deletion_id": deletion_id})

    def take_down(self, kind: str, name: str) -> None:
        """Start what is to be done about somebody else's comment, or about its author: `kind` is
        takedown, undo, block or unblock. A running one of that name is the one meant."""
        self._start(f"{kind}-{name}", {"kind": kind, "id": name})

    def seal(self, month: "Month", on: date) -> None:
        """Start sealing what is due, `month` first, once a day; a running one of that name is the
        one meant."""
        self._start(f"{month}.{on.isoformat()}", {"due": str(month)})

    def review(
        self, month: str, on: date, batches: Sequence[Sequence[AccountId]], part: int = 0
    ) -> None:
        """Start reading who follows these accounts, those of a batch together, once a day and part
        of the registry; a running one of that name is the one meant."""
        name = f"{month}.{on.isoformat()}" + (f".{part}" if part else "")
        self._start(name, {"month": month, "batches": [[*batch] for batch in batches]})

    def prove(self, proof_id: ProofId) -> None:
        """Start what somebody wants proved; a running one of that name is the one meant."""
        self._start(proof_id, {"proof_id": proof_id})

    def _start(self, name: str, given: dict[str, object]) -> None:
        try:
            self._client().start_execution(
                stateMachineArn=self._arn, name=name, input=json.dumps(given)
            )
        except ClientError as error:
            if error.response["Error"]["Code"] == "ExecutionAlreadyExists":
                raise ExecutionOverError(f"{name} has already ended.") from error
            raise NoAnswerError(str(error)) from error
        except BotoCoreError as error:
            raise NoAnswerError(str(error)) from error

    def decided(self, task_token: str, decision: str) -> None:
        """Wake the publication that waits for a decision."""
        try:
            self._client().send_task_success(
                taskToken=task_token, output=json.dumps({"decision": decision})
            )
        except ClientError as error:
            raise _refusal(error) from error
        except BotoCoreError as error:
            raise NoAnswerError(str(error)) from error

    def give_up(self, task_token: str, error: str, cause: str) -> None:
        """End the wait for a decision with an error, which the publication knows by its name."""
        try:
            self._client().send_task_failure(taskToken=task_token, error=error, cause=cause)
        except ClientError as refused:
            raise _refusal(refused) from refused
        except BotoCoreError as unheard:
            raise NoAnswerError(str(unheard)) from unheard


def _refusal(error: ClientError) -> ConductorError:
    if error.response["Error"]["Code"] in CLOSED:
        return NobodyWaitsError("Nobody waits for this decision any more.")
    return NoAnswerError(str(error))
