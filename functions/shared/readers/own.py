"""Our own second reader: a function in the force's own account, so that no draft ever leaves it."""

import json
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

from shared.policy.second import (
    BrokenSecondReaderError,
    GarbledReadingError,
    SecondReading,
    reading_of,
)
from shared.policy.verdict import Candidate
from shared.readers.patience import PATIENCE, AwsError, meaning

if TYPE_CHECKING:  # stubs are not shipped
    from mypy_boto3_lambda.client import LambdaClient


@cache
def functions() -> "LambdaClient":
    """A client that gives up in time. Made on first need: a blocked post never needs it."""
    import boto3

    return boto3.client("lambda", config=PATIENCE)


class OwnReader:
    """The function `SecondReader` of the template, by the name it was given."""

    def __init__(self, client: Callable[[], "LambdaClient"], function_name: str) -> None:
        self._client = client
        self._function_name = function_name

    def read(self, candidate: Candidate) -> SecondReading:
        """Its reading, or SecondReaderError."""
        try:
            answer = self._client().invoke(
                FunctionName=self._function_name, Payload=_event(candidate)
            )
            payload = answer["Payload"].read()
        except AwsError as error:
            raise meaning(error) from error
        if answer.get("FunctionError"):
            raise BrokenSecondReaderError(f"The second reader failed: {payload[:500]!r}")
        try:
            content = json.loads(payload)
        except (ValueError, RecursionError) as error:
            raise GarbledReadingError("The answer is not JSON.") from error
        return reading_of(content, candidate.text)


def _event(candidate: Candidate) -> bytes:
    """The post as the function is handed it. Half a surrogate pair would be no JSON to AWS; a
    question mark in its place keeps every offset."""
    event = {
        "text": candidate.text.encode("utf-8", "replace").decode(),
        "kind": candidate.kind,
        "author_role": candidate.author_role,
        "account_level": candidate.account_level,
    }
    return json.dumps(event).encode()
