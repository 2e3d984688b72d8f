"""What the sequencer will not sign upon: a log, a head or a batch that somebody has changed."""

from dataclasses import replace
from itertools import count

import pytest

from archive.sequencing.staged import Batch, from_bytes, to_bytes
from shared.recordlog.checkpoint import Checkpoint, sign_checkpoint
from shared.recordlog.errors import (
    BadSignatureError,
    InconsistentLogError,
    LeafError,
    MalformedError,
    MissingObjectError,
    NoKnownSignatureError,
)
from shared.recordlog.note import LocalSigner
from shared.recordlog.tiles import Edge, grow
from tests.unit.archive.world import ORIGIN, SIGNER, KilledError, Wire, a_world


def test_a_head_that_was_set_back_is_never_signed_upon():
    world = a_world(logged=5)
    before = world.heads[ORIGIN]
    world.accept(3)
    world.sequencer().run()
    world.heads[ORIGIN] = before
    world.accept(1)

    with pytest.raises(InconsistentLogError):
        world.sequencer().run()


def test_a_head_that_vanished_does_not_begin_a_second_log():
    world = a_world(logged=5)
    world.heads.clear()

    with pytest.raises(InconsistentLogError):
        world.sequencer().run()


def test_a_head_that_nobody_signed_is_not_signed_upon():
    world = a_world(logged=5, waiting=1)
    head = world.heads[ORIGIN]
    forger = LocalSigner(ORIGIN, b"f" * 32)
    forged = Checkpoint(ORIGIN, 5, bytes(32))

    for note, error in (
        (head.note.replace("\n5\n", "\n4\n"), BadSignatureError),
        (sign_checkpoint(forged, [forger]).decode(), NoKnownSignatureError),
        (sign_checkpoint(forged, [SIGNER]).decode(), InconsistentLogError),
    ):
        world.heads[ORIGIN] = replace(head, note=note)
        with pytest.raises(error):
            world.sequencer().run()
    assert world.published == [0, 5]


@pytest.mark.parametrize("path", ["tile/0/000.p/5", "tile/entries/000.p/5", "checkpoint"])
def test_a_log_that_was_tampered_with_is_not_signed_upon(path):
    world = a_world(logged=5, waiting=1)
    data = world.objects[path]

    for damaged in (data[:-1], bytes(len(data)), b""):
        world.objects[path] = damaged
        with pytest.raises((InconsistentLogError, MalformedError)):
            world.sequencer().run()
    del world.objects[path]
    with pytest.raises((InconsistentLogError, MissingObjectError)):
        world.sequencer().run()
    assert world.published == [0, 5]


def test_a_log_that_was_forged_and_made_to_fit_is_not_signed_upon():
    world = a_world(logged=5, waiting=1)
    world.objects |= grow(Edge(), [b"nothing happened"] * 5).objects

    with pytest.raises(InconsistentLogError):
        world.sequencer().run()
    assert world.published == [0, 5]


def test_a_tree_that_would_not_continue_the_signed_one_is_not_signed(monkeypatch):
    world = a_world(logged=5, waiting=1)

    def grow_badly(edge, entries):
        return grow(replace(edge, tiles=tuple(bytes(len(tile)) for tile in edge.tiles)), entries)

    monkeypatch.setattr("archive.sequencing.sequence.grow", grow_badly)
    with pytest.raises(InconsistentLogError):
        world.sequencer().run()
    assert world.published == [0, 5]
    assert world.heads[ORIGIN].size == 5


def killed_after_the_swap():
    moments = count()
    world = a_world(logged=5, waiting=4)
    while not world.heads[ORIGIN].staging:
        world = a_world(logged=5, waiting=4)
        with pytest.raises(KilledError):
            world.sequencer(Wire(next(moments), after=True)).run()
    return world


def test_a_staged_batch_that_was_tampered_with_does_not_enter_the_log():
    world = killed_after_the_swap()
    path = world.heads[ORIGIN].staging
    batch = from_bytes(world.objects[path])

    forged = replace(batch, entries=(b"nothing happened", *batch.entries[1:]))
    for data in (to_bytes(forged), to_bytes(Batch(5, (), ())), b"", b"[]", b"{}", b'{"first":-1}'):
        world.objects[path] = data
        with pytest.raises((InconsistentLogError, MalformedError)):
            world.sequencer().run()
    del world.objects[path]
    with pytest.raises(MissingObjectError):
        world.sequencer().run()
    assert world.published == [0, 5]


def test_an_object_in_the_way_is_not_overwritten():
    world = a_world(logged=5, waiting=4)
    world.objects["tile/0/000.p/9"] = b"something else"

    with pytest.raises(InconsistentLogError):
        world.sequencer().run()
    assert world.objects["tile/0/000.p/9"] == b"something else"
    assert world.published == [0, 5]


def test_an_entry_no_bundle_can_hold_stops_the_log_before_anything_is_signed():
    world = a_world(logged=5, waiting=1)
    world.waiting[world.accepted[-1]] = b"x" * 65_536

    with pytest.raises(LeafError):
        world.sequencer().run()
    assert world.heads[ORIGIN].size == 5
