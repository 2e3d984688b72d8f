"""What the archive needs of S3 to write once: conditions that hold, bytes that are the ones meant.

Under test are our own `Bucket` and `Vault`, and the two ways of writing that closing a month knows.
"""

import base64
import hashlib

import pytest
from botocore.exceptions import ClientError, FlexibleChecksumError, HTTPClientError

from archive.bucket import Bucket, ObjectTakenError
from archive.sealing.closing import OtherBytesError, keep, pin
from archive.sealing.vault import Vault
from tests.s3.contract import Contract
from tests.s3.served import AT_ONCE, at_once, outcome
from tests.s3.wire import Wire

NOTE = "commit/2026-10.note"
PART = "month=2026-10/data/records/post/part-00000.jsonl.gz"
ROUNDS = 4
LARGE = 24 << 20
"""Bytes: more than a part of a month has ever come to."""


def checksum(data):
    return base64.b64encode(hashlib.sha256(data).digest()).decode()


class WritingContract(Contract):
    """Conditional writes, checksums, lost answers, several who write at once."""

    @pytest.fixture
    def bucket(self, room):
        return Bucket(room.name, room.client)

    @pytest.fixture
    def wire(self, server):
        with Wire(server.url) as wire:
            yield wire

    def vault_by(self, wire, server, room, *, tries):
        """A vault whose every request goes by the wire, tried so many times by botocore."""
        return Vault(room.name, server.client(by=wire.url, tries=tries))

    # ── written once

    def test_where_nothing_was_written_nothing_is_read(self, vault, bucket):
        assert vault.read(NOTE) is None
        assert bucket.read(NOTE) is None

    def test_what_was_created_is_read_at_once(self, vault):
        vault.create(NOTE, b"first")

        assert vault.read(NOTE) == b"first"
        assert list(vault.paths("commit/")) == [NOTE]

    @pytest.mark.parametrize("again", [b"first", b"other"], ids=["the same bytes", "other bytes"])
    def test_what_was_created_is_not_created_again(self, vault, room, again):
        vault.create(NOTE, b"first")

        with pytest.raises(ObjectTakenError, match=NOTE):
            vault.create(NOTE, again)

        assert vault.read(NOTE) == b"first"
        assert len(room.versions(NOTE)) == 1

    def test_an_empty_object_is_an_object(self, vault):
        vault.create(NOTE, b"")

        with pytest.raises(ObjectTakenError):
            vault.create(NOTE, b"other")

        assert vault.read(NOTE) == b""

    def test_a_large_part_goes_in_one_piece(self, vault):
        data = hashlib.shake_256(b"part").digest(LARGE)

        vault.create(PART, data)

        assert vault.read(PART) == data

    def test_an_object_is_replaced_only_as_it_was_seen(self, bucket):
        bucket.replace("checkpoint", b"one", None)
        one = bucket.read("checkpoint")
        bucket.replace("checkpoint", b"two", one)

        with pytest.raises(ObjectTakenError):
            bucket.replace("checkpoint", b"three", one)
        with pytest.raises(ObjectTakenError):
            bucket.replace("checkpoint", b"three", None)

        assert bucket.read("checkpoint").data == b"two"

    def test_what_was_seen_and_is_gone_is_not_replaced(self, bucket, room):
        bucket.create("checkpoint", b"one")
        one = bucket.read("checkpoint")
        room.delete("checkpoint")

        with pytest.raises((ClientError, ObjectTakenError)):
            bucket.replace("checkpoint", b"two", one)

        assert bucket.read("checkpoint") is None

    def test_names_are_told_in_order_and_by_prefix(self, vault):
        named = ["tile/0/x001/067", "tile/0/000.p/5", "tile/0/000", "tile-b", "month=2026-10/a"]
        for name in named:
            vault.create(name, b"x")

        assert list(vault.paths("tile/")) == ["tile/0/000", "tile/0/000.p/5", "tile/0/x001/067"]
        assert list(vault.paths("")) == sorted(named)

    # ── several at once

    def test_of_several_who_create_at_once_exactly_one_wins(self, vault, room):
        def create(path, number):
            try:
                vault.create(path, f"by {number}".encode())
            except ObjectTakenError:
                return None
            return number

        for path in (f"month=2026-{month:02}/bagit.txt" for month in range(1, ROUNDS + 1)):
            winners = set(at_once(lambda number, path=path: create(path, number))) - {None}

            assert len(winners) == 1
            assert vault.read(path) == f"by {winners.pop()}".encode()
            assert len(room.versions(path)) == 1

    def test_of_several_who_replace_at_once_exactly_one_wins(self, bucket, room):
        bucket.create("checkpoint", b"0")
        seen = bucket.read("checkpoint")

        def replace(number):
            try:
                bucket.replace("checkpoint", f"by {number}".encode(), seen)
            except ObjectTakenError:
                return None
            return number

        winners = set(at_once(replace)) - {None}

        assert len(winners) == 1
        assert bucket.read("checkpoint").data == f"by {winners.pop()}".encode()
        assert len(room.versions("checkpoint")) == 2

    def test_several_who_keep_the_same_bytes_at_once_are_all_content(self, vault, room):
        at_once(lambda _: keep(vault, PART, b"lines"))

        assert vault.read(PART) == b"lines"
        assert len(room.versions(PART)) == 1

    def test_several_who_pin_at_once_are_all_told_what_stands(self, vault):
        told = at_once(lambda number: pin(vault, NOTE, f"by {number}".encode))

        assert len(told) == AT_ONCE
        assert set(told) == {vault.read(NOTE)}

    # ── lost answers

    def test_a_create_whose_answer_was_lost_and_is_repeated_is_told_as_taken(
        self, wire, server, room
    ):
        vault = self.vault_by(wire, server, room, tries=2)
        wire.answers_to_lose = 1

        with pytest.raises(ObjectTakenError):
            vault.create(NOTE, b"ours")

        assert wire.writes == 2
        assert vault.read(NOTE) == b"ours"
        assert len(room.versions(NOTE)) == 1

    @pytest.mark.parametrize("tries", [1, 2], ids=["repeated by us", "repeated by botocore"])
    def test_what_is_kept_stands_once_though_the_answer_was_lost(self, wire, server, room, tries):
        vault = self.vault_by(wire, server, room, tries=tries)
        wire.answers_to_lose = 1
        if tries == 1:
            with pytest.raises(HTTPClientError):
                keep(vault, PART, b"lines")

        keep(vault, PART, b"lines")

        assert vault.read(PART) == b"lines"
        assert len(room.versions(PART)) == 1

    def test_what_was_pinned_is_told_though_the_answer_was_lost(self, wire, server, room):
        vault = self.vault_by(wire, server, room, tries=2)
        wire.answers_to_lose = 1

        assert pin(vault, NOTE, lambda: b"ours") == b"ours"
        assert pin(vault, NOTE, lambda: b"later") == b"ours"

    def test_other_bytes_in_the_place_of_what_is_kept_are_an_alarm(self, vault):
        vault.create(PART, b"theirs")

        with pytest.raises(OtherBytesError, match=PART):
            keep(vault, PART, b"ours")

        assert vault.read(PART) == b"theirs"

    def test_a_conflict_with_a_write_that_cannot_be_seen_yet_is_no_alarm(self, wire, server, room):
        vault = self.vault_by(wire, server, room, tries=1)
        wire.conflicts = 1

        with pytest.raises(ObjectTakenError):
            keep(vault, PART, b"ours")
        keep(vault, PART, b"ours")

        assert vault.read(PART) == b"ours"

    # ── checksums

    def test_bytes_without_their_checksum_are_refused_and_nothing_is_written(self, room):
        said = outcome(
            room.client.put_object,
            Bucket=room.name,
            Key=PART,
            Body=b"lines",
            ChecksumSHA256=checksum(b"other lines"),
        )

        assert said == "BadDigest"
        assert room.versions(PART) == []

    def test_bytes_that_changed_on_the_way_are_refused_and_nothing_is_written(
        self, wire, server, room
    ):
        vault = self.vault_by(wire, server, room, tries=1)
        wire.bodies_to_spoil = 1

        with pytest.raises(ClientError):
            vault.create(PART, b"lines")

        assert room.versions(PART) == []

    def test_bytes_that_changed_on_the_way_back_are_not_taken_for_good(self, wire, server, room):
        vault = self.vault_by(wire, server, room, tries=1)
        vault.create(PART, b"lines")
        wire.answers_to_spoil = 1

        with pytest.raises(FlexibleChecksumError):
            vault.read(PART)

    def test_the_checksum_of_what_was_created_is_kept_with_it(self, vault, room):
        vault.create(PART, b"lines")

        told = room.client.head_object(Bucket=room.name, Key=PART, ChecksumMode="ENABLED")

        assert told["ChecksumSHA256"] == checksum(b"lines")
