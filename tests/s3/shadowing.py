"""What S3 lets happen to a locked object: it is hidden, or shadowed by another, never gone.

Object Lock keeps versions. Whoever may delete without naming one can hide an object behind a
marker, and whoever may write can then put another in its place. So the product may do neither
(template and bucket policy), and an auditor looks at versions, not at names.
"""

import pytest

from archive.bucket import Bucket, ObjectTakenError
from archive.sealing.checkpoints import Checkpoints
from shared.recordlog.reader import CHECKPOINT_PATH
from tests.s3.contract import Contract
from tests.s3.served import ACCEPTED, REFUSED, later

NOTE = "commit/2026-10.note"


class ShadowingContract(Contract):
    """Delete markers, and versions upon versions."""

    @pytest.fixture
    def first(self, room, vault):
        """The version that was written first, and is kept."""
        room.rule("COMPLIANCE", 10)
        vault.create(NOTE, b"first")
        [version] = room.versions(NOTE)
        return version

    def created(self, vault, data):
        """Whether it could be."""
        try:
            vault.create(NOTE, data)
        except ObjectTakenError:
            return False
        return True

    def test_deleting_without_a_version_hides_it_and_its_version_stays(self, room, vault, first):
        assert room.delete(NOTE) == ACCEPTED

        assert vault.read(NOTE) is None
        assert list(vault.paths("commit/")) == []
        assert room.versions(NOTE) == [first]
        assert room.bytes_of(NOTE, first) == b"first"
        assert room.delete(NOTE, first, bypass=True) == REFUSED

    def test_a_marker_is_taken_away_and_all_is_as_before(self, room, vault, first):
        told = room.client.delete_object(Bucket=room.name, Key=NOTE)
        assert told["DeleteMarker"] is True

        assert room.delete(NOTE, told["VersionId"]) == ACCEPTED

        assert vault.read(NOTE) == b"first"
        with pytest.raises(ObjectTakenError):
            vault.create(NOTE, b"other")

    def test_behind_a_marker_another_can_be_created_and_the_first_stays(self, room, vault, first):
        room.delete(NOTE)

        assert self.created(vault, b"second")
        assert vault.read(NOTE) == b"second"
        assert room.versions(NOTE)[1:] == [first]
        assert room.bytes_of(NOTE, first) == b"first"
        assert room.delete(NOTE, first, bypass=True) == REFUSED

    def test_writing_without_a_condition_leaves_the_first_version_as_it_was(self, room, first):
        second = room.put(NOTE, b"second")

        assert room.versions(NOTE) == [second, first]
        assert room.bytes_of(NOTE, first) == b"first"

    def test_versions_are_listed_the_newest_first(self, room):
        written = [room.put("checkpoint", str(number).encode()) for number in range(12)]

        assert room.versions("checkpoint") == written[::-1]

    def test_the_checkpoint_that_stood_last_is_found_among_its_versions(self, room):
        log, checkpoints = Bucket(room.name, room.client), Checkpoints(room.name, room.client)
        for number in range(12):
            log.put(CHECKPOINT_PATH, str(number).encode())
        log.put(f"{CHECKPOINT_PATH}.of-another", b"no checkpoint")

        assert checkpoints.stood_at(later(1)) == b"11"
        assert checkpoints.stood_at(later(-1)) == b"0"
