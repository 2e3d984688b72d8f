"""The real Bluesky server comes up, says so, and never outlives who started it."""

import os
import select
import signal
import socket
import subprocess
import sys

import pytest

from local.pds import PdsServer
from local.tools import ROOT, FailedToolError

pytestmark = [pytest.mark.pds, pytest.mark.timeout(900)]

STARTS_ONE = """
import sys
from local.pds import PdsServer
server = PdsServer.start()
print(server.pid, flush=True)
sys.stdin.read()
"""


def ended(process: int, seconds: float) -> bool:
    """Whether the process `process` (a pidfd) ends within `seconds`."""
    return bool(select.select([process], [], [], seconds)[0])


def test_a_killed_parent_leaves_no_orphan():
    parent = subprocess.Popen(
        [sys.executable, "-c", STARTS_ONE],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": f"{ROOT / 'functions'}{os.pathsep}{ROOT}"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with parent:
        server = os.pidfd_open(int(parent.stdout.readline()))
        try:
            parent.send_signal(signal.SIGKILL)

            assert ended(server, 30)
        finally:
            os.close(server)


def test_a_busy_port_is_one_clear_sentence():
    with (
        socket.create_server(("127.0.0.1", 0)) as taken,
        pytest.raises(FailedToolError, match="EADDRINUSE"),
    ):
        PdsServer.start(port=taken.getsockname()[1])


def test_a_stopped_server_is_gone_and_stopping_twice_is_fine():
    server = PdsServer.start()
    process = os.pidfd_open(server.pid)

    server.stop()
    server.stop()

    try:
        assert ended(process, 0)
    finally:
        os.close(process)


def test_a_handle_the_server_refuses_is_told_in_its_words():
    with PdsServer.start() as server, pytest.raises(FailedToolError, match=r"x\.test"):
        server.create_account("x")
