"""A sealed month is kept for a court on S3: held to the last object, and let go the same way."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from archive.holding.hold_bag import (
    Keeper,
    NotHeldError,
    NotThereError,
    hold_bag,
    let_bag_go,
    sealed_objects,
)
from archive.holding.locks import Locks
from archive.reading.bags import Bags
from shared.months.bag import MANIFEST, folder
from tests.s3.contract import Contract
from tests.s3.served import ACCEPTED, REFUSED
from tests.s3.wire import Wire
from tests.unit.archive.closing import SEPTEMBER, a_world, close


class HoldingContract(Contract):
    """The deeds that hold a month, on this server."""

    @pytest.fixture
    def bag(self, room, vault):
        """A sealed month in a bucket whose lock somebody may set aside."""
        room.rule("GOVERNANCE", 10)
        world = a_world(september=30)
        desk = world.desk
        world.desk = lambda wire=None: replace(desk(wire), shelf=vault)
        close(world, SEPTEMBER)
        return Bags(vault).bag(SEPTEMBER)

    @pytest.fixture
    def keeper(self, room):
        with ThreadPoolExecutor(4) as pool:
            yield Keeper(Locks(room.name, room.client), pool)

    def cleared(self, room):
        """What becomes of the wish of somebody with every right to delete everything."""
        return {
            path: room.delete(path, version, bypass=True)
            for path, versions in room.all_versions().items()
            for version in versions
        }

    def test_what_is_held_is_deleted_by_nobody_until_it_is_let_go(self, room, bag, keeper):
        named = {path for path, _ in sealed_objects(bag)}

        assert hold_bag(bag, keeper) == len(named)
        assert self.cleared(room) == dict.fromkeys(named, REFUSED)

        assert let_bag_go(bag, keeper) == len(named)
        assert self.cleared(room) == dict.fromkeys(named, ACCEPTED)

    def test_held_though_every_first_answer_is_lost_it_is_held(self, room, server, bag):
        with Wire(server.url) as wire, ThreadPoolExecutor(4) as pool:
            wire.loses_every_first_answer = True
            locks = Locks(room.name, server.client(by=wire.url, tries=2))
            hold_bag(bag, Keeper(locks, pool))

        assert set(self.cleared(room).values()) == {REFUSED}

    def test_a_file_with_other_bytes_is_not_taken_for_the_one_that_was_sealed(
        self, room, bag, keeper
    ):
        path = folder(SEPTEMBER) + MANIFEST
        [version] = room.versions(path)
        room.delete(path, version, bypass=True)
        room.put(path, b"something else")

        with pytest.raises(NotThereError):
            hold_bag(bag, keeper)

    def test_of_two_versions_the_one_that_was_sealed_is_held(self, room, bag, keeper):
        path = folder(SEPTEMBER) + MANIFEST
        other = room.put(path, b"something else")

        try:
            hold_bag(bag, keeper)
        except NotHeldError as error:
            pytest.fail(str(error))

        assert room.delete(path, other, bypass=True) == ACCEPTED
        assert [room.delete(path, each, bypass=True) for each in room.versions(path)] == [REFUSED]
