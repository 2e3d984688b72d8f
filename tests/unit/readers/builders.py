"""Clients that never speak to anybody, and a post to read."""

from typing import Any

import boto3

from shared.readers.patience import PATIENCE
from tests.unit.policy.candidates import a_candidate

TEXT = "The road 🚗 is open. Apparently there was a clown."
POST = a_candidate(TEXT, kind="reply")


def a_client(service: str) -> Any:
    return boto3.client(
        service,
        region_name="eu-west-2",
        aws_access_key_id="nobody",
        aws_secret_access_key="nothing",
        config=PATIENCE,
    )


class Failing:
    """A client whose every call ends in one error."""

    def __init__(self, error: Exception) -> None:
        self.error = error

    def __getattr__(self, name: str) -> Any:
        def call(**_: Any) -> None:
            raise self.error

        return call
