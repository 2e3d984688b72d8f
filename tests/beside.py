"""What every server of somebody else's keeps to that runs beside ours (local.tools.beside)."""

import os
import select
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from local.tools import ROOT, FailedToolError

PATIENCE = 30
LISTENING = "0A"
# 127.0.0.1 as Linux writes it, alone and as an IPv6 address.
LOOPBACK = {"0100007F", "0000000000000000FFFF00000100007F"}


class BesideContract:
    """Inherit, and say how one is started."""

    OWNER: str
    """A program that starts one in the folder it is given, prints its process and waits."""

    @pytest.fixture
    def running(self):
        """One that runs."""
        raise NotImplementedError

    def start(self, folder, port):
        """Start another on this port."""
        raise NotImplementedError

    def test_it_listens_on_loopback_only(self, running):
        listening = addresses_listening_on(running.port)

        assert listening
        assert listening <= LOOPBACK

    def test_a_busy_port_is_told_in_a_sentence(self, running, tmp_path):
        with pytest.raises(FailedToolError, match=f"Port {running.port} is busy"):
            self.start(tmp_path, running.port)

    @pytest.mark.usefixtures("running")
    def test_it_ends_when_its_owner_is_killed(self, tmp_path):
        owner = subprocess.Popen(
            [sys.executable, "-c", self.OWNER, str(tmp_path)],
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
