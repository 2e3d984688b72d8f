"""A month is sealed on S3 as it is in memory: once, whoever else tries, whatever gets lost."""

from dataclasses import replace

import pytest

from archive.sealing.vault import Vault
from tests.s3.contract import Contract
from tests.s3.served import REFUSED, at_once
from tests.s3.wire import Wire
from tests.unit.archive.closing import OCTOBER, SEPTEMBER, a_world, close

LEAVES = {"september": 300, "october": 40}


class SealingContract(Contract):
    """The deeds that close a month, with `Vault` on this server instead of a dictionary."""

    @pytest.fixture(autouse=True)
    def _small_parts(self, monkeypatch):
        monkeypatch.setattr("shared.months.bag.PART", 128)

    @pytest.fixture
    def locked(self, room):
        """The bucket as the template makes it."""
        room.rule("COMPLIANCE", 10)
        return room

    @pytest.fixture(scope="class")
    @classmethod
    def expected(cls):
        """What lies in the archive when nothing goes wrong, by its path."""
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("shared.months.bag.PART", 128)
            world = a_world(**LEAVES)
            for month in (SEPTEMBER, OCTOBER):
                close(world, month)
        return world.objects

    def on_s3(self, vault):
        """The same log and tables, with the archive on S3."""
        world = a_world(**LEAVES)
        desk = world.desk
        world.desk = lambda wire=None: replace(desk(wire), shelf=vault)
        return world

    def stored(self, room):
        """What lies in the bucket, by its path; nothing was written twice."""
        written = room.all_versions()
        assert [path for path, versions in written.items() if len(versions) > 1] == []
        vault = Vault(room.name, room.client)
        return {path: vault.read(path) for path in vault.paths("")}

    def test_sealed_on_s3_it_is_the_same_as_in_memory(self, locked, vault, expected):
        world = self.on_s3(vault)

        for month in (SEPTEMBER, OCTOBER):
            close(world, month)

        assert self.stored(locked) == expected

    def test_sealed_again_it_stays_as_it_is(self, locked, vault, expected):
        for _ in range(2):
            world = self.on_s3(vault)
            for month in (SEPTEMBER, OCTOBER):
                close(world, month)

        assert self.stored(locked) == expected

    def test_sealed_by_several_at_once_it_is_the_same(self, locked, vault, expected):
        for month in (SEPTEMBER, OCTOBER):
            notes = at_once(lambda _, month=month: close(self.on_s3(vault), month), 3)
            assert len(set(notes)) == 1

        assert self.stored(locked) == expected

    def test_sealed_though_every_first_answer_is_lost_it_is_the_same(
        self, locked, server, expected
    ):
        with Wire(server.url) as wire:
            wire.loses_every_first_answer = True
            for month in (SEPTEMBER, OCTOBER):
                vault = Vault(locked.name, server.client(by=wire.url, tries=2))
                close(self.on_s3(vault), month)

        assert len(wire.written) == len(expected)
        assert wire.writes >= 2 * len(expected)
        assert self.stored(locked) == expected

    def test_nothing_of_a_sealed_month_can_be_deleted(self, locked, vault, expected):
        close(self.on_s3(vault), SEPTEMBER)

        said = {
            path: locked.delete(path, version, bypass=True)
            for path, [version] in locked.all_versions().items()
        }

        assert set(said) == {path for path in expected if str(SEPTEMBER) in path}
        assert set(said.values()) == {REFUSED}
