"""The small engine itself: what it is built of, and that it never outlives its owner."""

import os

import pytest

from local.tools import FailedToolError, MissingToolError
from local.tools.dynoxide import check_crates, start_dynoxide
from tests.beside import BesideContract


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    try:
        running = start_dynoxide(tmp_path_factory.mktemp("engine"))
    except MissingToolError as missing:
        if os.environ.get("BLUELAMP_REQUIRE_RUST"):
            raise
        pytest.skip(str(missing))
    with running:
        yield running


@pytest.fixture
def lock(tmp_path):
    lock = tmp_path / "Cargo.lock"
    crate = '[[package]]\nname = "{}"\nversion = "1.0.0"\nchecksum = "{}"\n'
    lock.write_text('[[package]]\nname = "ours"\nversion = "0.0.0"\n' + crate.format("known", "ab"))
    return lock


def test_crates_that_are_known_may_be_built(lock, tmp_path):
    known = tmp_path / "CRATES"
    known.write_text("cd  another-1.0.0\nab  known-1.0.0\n")

    check_crates(lock, known)


@pytest.mark.parametrize("line", ["", "cd  known-1.0.0", "ab  known-1.0.1"])
def test_a_crate_of_another_content_or_version_is_refused_by_its_name(lock, tmp_path, line):
    known = tmp_path / "CRATES"
    known.write_text(line)

    with pytest.raises(FailedToolError, match=r"known 1\.0\.0 is not a crate we know"):
        check_crates(lock, known)


class TestBeside(BesideContract):
    OWNER = """
import sys
from pathlib import Path
from local.tools.dynoxide import start_dynoxide
engine = start_dynoxide(Path(sys.argv[1]))
print(engine.pid, flush=True)
sys.stdin.read()
"""

    @pytest.fixture
    def running(self, engine):
        return engine

    def start(self, folder, port):
        return start_dynoxide(folder, port)
