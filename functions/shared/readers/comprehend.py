"""Amazon Comprehend as the second reader: a custom classifier with one label for every rule.

It must be trained in multi-label mode with the policy's own names for the rules. It says nothing
about which words moved it, so a finding is about the whole post.
"""

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

from shared.policy.second import (
    GarbledReadingError,
    SecondReading,
    Suspected,
    probability_of,
)
from shared.policy.verdict import Candidate
from shared.readers.patience import PATIENCE, AwsError, meaning

if TYPE_CHECKING:  # stubs are not shipped
    from mypy_boto3_comprehend.client import ComprehendClient

MARK = 0.5
"""The score from which a label is a finding; a force that wants another trains another."""

MOST_BYTES = 10_000
"""What Comprehend classifies at once, in UTF-8."""


@cache
def comprehend() -> "ComprehendClient":
    """A client that gives up in time. Made on first need."""
    import boto3

    return boto3.client("comprehend", config=PATIENCE)


class ComprehendReader:
    """An endpoint, by its ARN."""

    def __init__(self, client: Callable[[], "ComprehendClient"], endpoint: str) -> None:
        self._client = client
        self._endpoint = endpoint

    def read(self, candidate: Candidate) -> SecondReading:
        """Its reading, or SecondReaderError; an empty text is not sent."""
        version = self._endpoint.rpartition(":")[2]
        said = _said(candidate)
        if not candidate.text.strip():
            return SecondReading(version, ())
        try:
            answer = self._client().classify_document(Text=said, EndpointArn=self._endpoint)
        except AwsError as error:
            raise meaning(error) from error
        labels = answer.get("Labels")
        if not labels:
            raise GarbledReadingError("The endpoint is no multi-label classifier.")
        scores = {label.get("Name", ""): probability_of(label.get("Score")) for label in labels}
        whole = len(candidate.text)
        found = [
            Suspected(name, score, 0, whole) for name, score in scores.items() if score >= MARK
        ]
        return SecondReading(version, tuple(found))


def _said(candidate: Candidate) -> str:
    """The circumstances and the words, as our own reader is given them, as far as they are read."""
    kind = "original" if candidate.kind == "correction" else candidate.kind
    said = f"{kind} by {candidate.author_role}, {candidate.account_level}. {candidate.text}"
    return said.encode("utf-8", "replace")[:MOST_BYTES].decode("utf-8", "ignore")
