"""The real database engine itself: where it listens, and that it never outlives its owner."""

import os
import select
import signal
import subprocess
import sys
from pathlib import Path

import boto3
import pytest

from local.tools import ROOT, FailedToolError, MissingToolError
from local.tools.dynamodb import start_dynamodb_local

PATIENCE = 30
LISTENING = "0A"
# 127.0.0.1 as Linux writes it, alone and as an IPv6 address.
LOOPBACK = {"0100007F", "0000000000000000FFFF00000100007F"}
OWNER = """
import sys
from local.tools.dynamodb import start_dynamodb_local
engine = start_dynamodb_local()
print(engine.pid, flush=True)
sys.stdin.read()
"""


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


def test_it_listens_on_loopback_only(engine):
    listening = addresses_listening_on(engine.port)

    assert listening
    assert listening <= LOOPBACK


def test_a_busy_port_is_told_in_a_sentence(engine):
    with pytest.raises(FailedToolError, match=f"Port {engine.port} is busy"):
        start_dynamodb_local(engine.port)


@pytest.mark.usefixtures("engine")
def test_it_ends_when_its_owner_is_killed():
    owner = subprocess.Popen(
        [sys.executable, "-c", OWNER],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with owner:
        orphan = os.pidfd_open(int(owner.stdout.readline()))

        owner.send_signal(signal.SIGKILL)

        ended, _, _ = select.select([orphan], [], [], PATIENCE)
    os.close(orphan)
    assert ended


def addresses_listening_on(port):
    """Local addresses, in Linux's hexadecimal, of every socket that listens on a port."""
    rows = [
        line.split()
        for table in ("tcp", "tcp6")
        for line in Path("/proc/net", table).read_text().splitlines()[1:]
    ]
    local = [row[1].split(":") for row in rows if row[3] == LISTENING]
    return {address for address, number in local if int(number, 16) == port}
