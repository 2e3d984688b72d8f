"""Versity's S3 gateway, a server we did not write, against what the archive needs of S3.

Nothing of it is mended, and what it does not hold is on a list: each entry's test fails the day it
begins to. What moto lacks, it has: checksums, retention, and accounts with fewer rights.
"""

import json
import os
from datetime import UTC, datetime, timedelta
from types import MappingProxyType

import pytest

from archive.bucket import ObjectTakenError
from archive.sealing.vault import Vault
from tests.s3.contract import Contract
from tests.s3.holding import HoldingContract
from tests.s3.keeping import BAG, KeepingContract
from tests.s3.sealing import SealingContract
from tests.s3.served import ACCEPTED, REFUSED, Room, Served, outcome
from tests.s3.shadowing import ShadowingContract
from tests.s3.writing import WritingContract

pytestmark = pytest.mark.timeout(1800)

RETENTION = "user.object-retention"


class OnVersityGateway(Contract):
    @pytest.fixture
    def server(self, gateway):
        return Served(gateway.url)


class TestWritingOnVersityGateway(OnVersityGateway, WritingContract):
    gaps = MappingProxyType(
        {"test_what_was_seen_and_is_gone_is_not_replaced": "looks beneath the delete marker"}
    )


class TestKeepingOnVersityGateway(OnVersityGateway, KeepingContract):
    gaps = MappingProxyType(
        {
            "test_what_is_written_under_the_rule_says_until_when_it_is_kept": (
                "goes by the bucket's rule of the day, and writes nothing down"
            ),
            "test_another_rule_frees_nothing_that_was_written_before_it": (
                "goes by the bucket's rule of the day"
            ),
            "test_a_hold_outlives_the_retention": "asks for no hold once the retention is over",
        }
    )

    @pytest.fixture(autouse=True)
    def _kept_in(self, folder):
        self.folder = folder

    def expire(self, room, key, version):
        stored = self.folder / "buckets" / room.name / key
        beside = self.folder / "properties" / room.name / key / "meta" / "object-retention"
        read = beside.read_bytes() if beside.exists() else os.getxattr(stored, RETENTION)
        past = f"{datetime.now(UTC) - timedelta(days=1):%Y-%m-%dT%H:%M:%SZ}"
        written = json.dumps(json.loads(read) | {"RetainUntilDate": past}).encode()
        if beside.exists():
            beside.write_bytes(written)
        else:
            os.setxattr(stored, RETENTION, written)


class TestShadowingOnVersityGateway(OnVersityGateway, ShadowingContract):
    gaps = MappingProxyType(
        {
            "test_behind_a_marker_another_can_be_created_and_the_first_stays": (
                "looks beneath the delete marker"
            )
        }
    )


class TestSealingOnVersityGateway(OnVersityGateway, SealingContract):
    pass


class TestHoldingOnVersityGateway(OnVersityGateway, HoldingContract):
    gaps = MappingProxyType(
        {
            "test_of_two_versions_the_one_that_was_sealed_is_held": (
                "does not tell of a hold beneath another version; so nobody is told that it holds"
            )
        }
    )


class TestFewerRights(OnVersityGateway):
    """Who may read and write, and no more: what the functions of the archive may."""

    MAY = ("s3:GetObject", "s3:PutObject")

    @pytest.fixture
    def writer(self, room, server):
        """The other account's client, with the bucket's leave to read and write."""
        leave = {
            "Effect": "Allow",
            "Principal": {"AWS": ["writer"]},
            "Action": list(self.MAY),
            "Resource": f"arn:aws:s3:::{room.name}/*",
        }
        policy = {"Version": "2012-10-17", "Statement": [leave]}
        room.client.put_bucket_policy(Bucket=room.name, Policy=json.dumps(policy))
        return server.client(who="writer")

    @pytest.fixture
    def theirs(self, room, writer):
        """The same bucket in the other account's hands."""
        theirs = Room.__new__(Room)
        theirs.client, theirs.name = writer, room.name
        return theirs

    def test_it_creates_and_reads(self, room, writer):
        vault = Vault(room.name, writer)

        vault.create(BAG, b"first")

        assert vault.read(BAG) == b"first"
        with pytest.raises(ObjectTakenError):
            vault.create(BAG, b"other")

    def test_it_does_not_even_hide_what_is_there(self, room, theirs, vault):
        room.put(BAG)

        assert theirs.delete(BAG) == REFUSED
        assert vault.read(BAG) == b"bytes"

    def test_it_bypasses_no_governance(self, room, theirs):
        version = room.kept(BAG, "GOVERNANCE")

        assert theirs.delete(BAG, version, bypass=True) == REFUSED
        assert theirs.retain(BAG, version, "GOVERNANCE", 1, bypass=True) == REFUSED
        assert room.bytes_of(BAG, version) == b"bytes"

    def test_it_lifts_no_hold(self, room, theirs):
        version = room.put(BAG)
        room.hold(BAG, version, "ON")
        asked = {"Bucket": room.name, "Key": BAG, "VersionId": version}

        release = {"LegalHold": {"Status": "OFF"}}
        assert outcome(theirs.client.put_object_legal_hold, **asked, **release) == REFUSED
        assert room.delete(BAG, version) == REFUSED

    def test_it_changes_no_rule_of_the_bucket(self, room, writer):
        lock = {"ObjectLockEnabled": "Enabled"}
        asked = {"Bucket": room.name, "ObjectLockConfiguration": lock}

        assert outcome(writer.put_object_lock_configuration, **asked) == REFUSED
        assert outcome(room.client.put_object_lock_configuration, **asked) == ACCEPTED
