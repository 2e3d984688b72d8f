"""moto, repaired as the local stack has it, against what the archive needs of S3.

What it does not hold is on a list: each entry's test fails the day moto begins to hold it. The same
tests run on a server that holds more (test_versitygw.py). Between the two, every rule is held once,
but for those that neither has (docs/archive.md).
"""

from datetime import UTC, datetime, timedelta
from types import MappingProxyType

import pytest
from moto.core import DEFAULT_ACCOUNT_ID
from moto.s3.models import s3_backends
from moto.server import ThreadedMotoServer

from local import moto_repairs
from local.clock import Clock
from tests.s3.holding import HoldingContract
from tests.s3.keeping import KeepingContract
from tests.s3.sealing import SealingContract
from tests.s3.served import Served
from tests.s3.shadowing import ShadowingContract
from tests.s3.writing import WritingContract


@pytest.fixture(scope="module")
def moto():
    moto_repairs.apply(Clock())
    running = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    running.start()
    yield Served(f"http://127.0.0.1:{running.get_host_and_port()[1]}")
    running.stop()


class TestWritingOnMoto(WritingContract):
    gaps = MappingProxyType(
        {
            "test_bytes_without_their_checksum_are_refused_and_nothing_is_written": "takes them",
            "test_bytes_that_changed_on_the_way_are_refused_and_nothing_is_written": "takes them",
        }
    )

    @pytest.fixture
    def server(self, moto):
        return moto


class TestKeepingOnMoto(KeepingContract):
    gaps = MappingProxyType(
        {
            "test_another_rule_frees_nothing_that_was_written_before_it": "wants an empty bucket",
            "test_versions_cannot_be_given_up_in_a_locked_bucket": "suspends them",
            "test_governance_is_shortened_only_by_who_says_so": "shortens it for anybody",
            "test_a_retention_that_is_over_already_is_refused": "takes it",
        }
    )

    @pytest.fixture
    def server(self, moto):
        return moto

    def expire(self, room, key, version):
        stored = s3_backends[DEFAULT_ACCOUNT_ID]["aws"].get_object(room.name, key, version)
        stored.lock_until = f"{datetime.now(UTC) - timedelta(days=1):%Y-%m-%dT%H:%M:%SZ}"


class TestShadowingOnMoto(ShadowingContract):
    @pytest.fixture
    def server(self, moto):
        return moto


class TestSealingOnMoto(SealingContract):
    @pytest.fixture
    def server(self, moto):
        return moto


class TestHoldingOnMoto(HoldingContract):
    @pytest.fixture
    def server(self, moto):
        return moto
