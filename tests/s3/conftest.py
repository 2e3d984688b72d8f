"""One gateway for all files of this folder."""

import os

import pytest

from local.tools import MissingToolError
from local.tools.versitygw import start_versitygw


@pytest.fixture(scope="session")
def folder(tmp_path_factory):
    """Where the gateway keeps its buckets."""
    return tmp_path_factory.mktemp("s3")


@pytest.fixture(scope="session")
def gateway(folder):
    """Versity's gateway, running; built the first time, which takes minutes."""
    try:
        running = start_versitygw(folder)
    except MissingToolError as missing:
        if os.environ.get("BLUELAMP_REQUIRE_GO") == "1":
            pytest.fail(str(missing))
        pytest.skip(f"{missing} What the archive needs of S3 is tested on moto only.")
    with running:
        yield running
