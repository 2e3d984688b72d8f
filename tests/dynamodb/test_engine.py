"""The real database engine itself: where it listens, and that it never outlives its owner."""

import os
import sqlite3
from contextlib import closing

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
    assert a_client(engine).list_tables()["TableNames"] == []


def test_what_is_kept_in_a_folder_is_there_when_the_next_one_starts(engine, tmp_path):
    for expected in ([], ["things"]):
        with start_dynamodb_local(folder=tmp_path, heap=128) as running:
            client = a_client(running)
            assert client.list_tables()["TableNames"] == expected
            if not expected:
                client.create_table(
                    TableName="things",
                    KeySchema=[{"AttributeName": "thing_id", "KeyType": "HASH"}],
                    AttributeDefinitions=[{"AttributeName": "thing_id", "AttributeType": "S"}],
                    BillingMode="PAY_PER_REQUEST",
                )

    with closing(sqlite3.connect(next(tmp_path.glob("*.db")))) as kept:
        assert kept.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def a_client(engine):
    return boto3.client(
        "dynamodb",
        endpoint_url=engine.url,
        region_name="eu-west-2",
        aws_access_key_id="nobody",
        aws_secret_access_key="nothing",
    )


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
