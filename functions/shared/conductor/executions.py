"""Executions of `publication`: named by post and version, so that starting one twice starts one.

ConductorError
├── ExecutionOverError   an execution of that name has already ended
├── NobodyWaitsError     the task token was used, or its wait timed out
└── NoAnswerError        no answer we can trust; whatever was asked may have happened
"""

import json
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from shared.posts.names import PostId

if TYPE_CHECKING:  # stubs are not shipped
    from mypy_boto3_stepfunctions.client import SFNClient

PATIENCE = Config(
    connect_timeout=2, read_timeout=5, retries={"mode": "standard", "total_max_attempts": 3}
)
"""Starting twice starts one, and a token works once: both may be tried again."""


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
        try:
            self._client().start_execution(
                stateMachineArn=self._arn,
                name=f"{post_id}-{version}",
                input=json.dumps({"post_id": post_id, "version": version}),
            )
        except ClientError as error:
            if error.response["Error"]["Code"] == "ExecutionAlreadyExists":
                raise ExecutionOverError(f"{post_id}-{version} has already ended.") from error
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
            if error.response["Error"]["Code"] in {
                "TaskTimedOut",
                "TaskDoesNotExist",
                "InvalidToken",
            }:
                raise NobodyWaitsError("Nobody waits for this decision any more.") from error
            raise NoAnswerError(str(error)) from error
        except BotoCoreError as error:
            raise NoAnswerError(str(error)) from error
