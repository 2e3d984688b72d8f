"""What the log has got since the newest month was sealed: all of it, and nothing from before."""

from types import SimpleNamespace

import pytest

from archive.disposing.unsealed import envelopes_since
from archive.sequencing.sequence import drain
from shared.recordlog.errors import MissingObjectError
from shared.recordlog.reader import Log
from tests.unit.archive.world import ORIGIN, SIGNER, World, a_world


@pytest.fixture(scope="module")
def world():
    return a_world(600, 3)


def log_of(world):
    return Log(world.objects.get, [SIGNER.key], ORIGIN)


def since(world, size):
    kept = SimpleNamespace(pending=world.pending)
    return list(envelopes_since(size, kept, lambda: log_of(world)))


@pytest.mark.parametrize("size", [0, 1, 255, 256, 257, 511, 512, 599, 600])
def test_every_leaf_from_there_on_is_among_them_and_none_from_before(world, size):
    found = since(world, size)

    assert sorted(found) == sorted([*world.entries()[size:], *world.waiting.values()])


def test_a_leaf_on_its_way_from_waiting_to_its_place_is_among_them():
    world = a_world(10, 1)
    [entry] = world.waiting.values()

    def pending_then_moved(limit):
        yield from world.pending(limit)
        drain(world.sequencer())

    kept = SimpleNamespace(pending=pending_then_moved)
    assert set(envelopes_since(10, kept, lambda: log_of(world))) == {entry}


def test_where_the_log_has_not_begun_what_waits_is_all_there_is():
    world = World()
    world.accept(2)

    def log():
        raise MissingObjectError("checkpoint")

    kept = SimpleNamespace(pending=world.pending)
    assert list(envelopes_since(0, kept, log)) == list(world.waiting.values())
