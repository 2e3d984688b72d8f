"""The real database engine itself: where it listens, and that it never outlives its owner."""

import os

import boto3
import pytest

from local.tools import MissingToolError
from local.tools.dynamodb import start_dynamodb_local
from tests.beside import BesideContract


@pytest.fixture(scope="module")
def engine():
    try:
        running = start_dynamodb_local()
    except MissingToolError as missing:
        if os.environ.get("BLUELAMP_REQUIRE_JAVA"):
            raise
        pytest.skip(str(missing))
    with running:
        yield running


def test_it_speaks_dynamodb(engine):
    client = boto3.client(
        "dynamodb",
        endpoint_url=engine.url,
        region_name="eu-west-2",
        aws_access_key_id="nobody",
        aws_secret_access_key="nothing",
    )

    assert client.list_tables()["TableNames"] == []


class TestBeside(BesideContract):
    OWNER = """
import sys
from local.tools.dynamodb import start_dynamodb_local
engine = start_dynamodb_local()
print(engine.pid, flush=True)
sys.stdin.read()
"""

    @pytest.fixture
    def running(self, engine):
        return engine

    def start(self, folder, port):
        return start_dynamodb_local(port)
