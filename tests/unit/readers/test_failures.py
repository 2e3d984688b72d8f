"""Whatever AWS does, a reader either reads or says in its own words that it did not."""

import pytest
from botocore.exceptions import (
    ClientError,
    ConnectTimeoutError,
    EndpointConnectionError,
    NoCredentialsError,
    ParamValidationError,
    ReadTimeoutError,
)

from shared.policy.second import (
    BrokenSecondReaderError,
    NoSecondReaderError,
    SecondReaderError,
    SlowSecondReaderError,
)
from shared.readers.bedrock import BedrockReader
from shared.readers.choose import open_reader
from shared.readers.comprehend import ComprehendReader
from shared.readers.own import OwnReader
from shared.readers.patience import PATIENCE
from tests.unit.readers.builders import POST, Failing

READERS = [OwnReader, ComprehendReader, BedrockReader]


def refused(code, status=400):
    answer = {"Error": {"Code": code, "Message": "No."}}
    return ClientError({**answer, "ResponseMetadata": {"HTTPStatusCode": status}}, "Read")


FAILURES = [
    (ReadTimeoutError(endpoint_url="https://e.example"), SlowSecondReaderError),
    (ConnectTimeoutError(endpoint_url="https://e.example"), SlowSecondReaderError),
    (EndpointConnectionError(endpoint_url="https://e.example"), BrokenSecondReaderError),
    (NoCredentialsError(), BrokenSecondReaderError),
    (ParamValidationError(report="no"), BrokenSecondReaderError),
    (refused("ResourceNotFoundException", 404), NoSecondReaderError),
    (refused("ResourceUnavailableException"), NoSecondReaderError),
    (refused("AccessDeniedException", 403), BrokenSecondReaderError),
    (refused("TooManyRequestsException", 429), BrokenSecondReaderError),
    (refused("ServiceException", 500), BrokenSecondReaderError),
]


@pytest.mark.parametrize("kind", READERS)
@pytest.mark.parametrize(("error", "meaning"), FAILURES)
def test_a_failure_has_one_meaning_whoever_reads(kind, error, meaning):
    with pytest.raises(meaning):
        kind(lambda: Failing(error), "target").read(POST)


@pytest.mark.parametrize("kind", READERS)
def test_a_client_that_cannot_be_made_is_a_reader_that_cannot_read(kind):
    def none():
        raise NoCredentialsError

    with pytest.raises(BrokenSecondReaderError):
        kind(none, "target").read(POST)


def test_a_post_waits_seconds_and_no_more():
    tries = PATIENCE.retries["total_max_attempts"]

    assert (PATIENCE.connect_timeout, PATIENCE.read_timeout, tries) == (1, 5, 2)


@pytest.mark.parametrize(
    ("name", "kind"),
    [("own", OwnReader), ("comprehend", ComprehendReader), ("bedrock", BedrockReader)],
)
def test_a_reader_is_opened_by_its_name_and_makes_no_client_yet(name, kind):
    assert type(open_reader(name, "target")) is kind


def test_off_is_nobody():
    assert open_reader("off", "none") is None


def test_a_name_that_is_nobodys_stops_no_post():
    reader = open_reader("onw", "target")

    with pytest.raises(SecondReaderError, match="onw"):
        reader.read(POST)
