"""The second S3 server itself: where it listens, and that it never outlives its owner."""

import pytest

from local.tools import FailedToolError
from local.tools.beside import Beside
from local.tools.versitygw import start_versitygw
from tests.beside import BesideContract

pytestmark = pytest.mark.timeout(1800)


class TestBeside(BesideContract):
    OWNER = """
import sys
from pathlib import Path
from local.tools import FailedToolError
from local.tools.beside import Beside
from local.tools.versitygw import start_versitygw
gateway = start_versitygw(Path(sys.argv[1]))
print(gateway.pid, flush=True)
sys.stdin.read()
"""

    @pytest.fixture
    def running(self, gateway):
        return gateway

    def start(self, folder, port):
        return start_versitygw(folder, port)


def test_a_server_that_ends_while_starting_is_told(tmp_path):
    with pytest.raises(FailedToolError, match="The server ended while starting"):
        Beside.begin(lambda _: ("false",), port=None, cwd=tmp_path, seconds=30)


def test_a_server_that_never_answers_is_ended_and_told(tmp_path):
    with pytest.raises(FailedToolError, match="did not answer within 0 seconds"):
        Beside.begin(lambda _: ("cat",), port=None, cwd=tmp_path, seconds=0.2)
