"""The sequencer at work, killed at every call it makes, and beside another of its kind."""

import base64

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.sequencing.sequence import Sequenced, drain
from archive.sequencing.staged import Batch, from_bytes, to_bytes
from shared.recordlog.note import LocalSigner
from shared.records.errors import HeadMovedError
from tests.unit.archive.world import ORIGIN, SIGNER, Actor, KilledError, Wire, a_world

MOMENTS = ("before", "after")


def calls_of_one_run(**state):
    wire = Wire()
    a_world(**state).sequencer(wire).run()
    return wire.calls


# A first run, an ordinary one, one that fills a tile, one that fills it to the brim.
STATES = (
    {"logged": 0, "waiting": 0},
    {"logged": 0, "waiting": 3},
    {"logged": 5, "waiting": 4},
    {"logged": 250, "waiting": 9},
    {"logged": 250, "waiting": 6},
    {"logged": 256, "waiting": 1},
)
CRASHES = [
    (state, call, moment)
    for state in STATES
    for call in range(calls_of_one_run(**state))
    for moment in MOMENTS
]


def test_the_first_run_makes_an_empty_log():
    world = a_world()

    done = world.sequencer().run()

    assert done == Sequenced(size=0, leaves=0)
    assert world.objects["checkpoint"].startswith(b"log.example/force\n0\n")
    world.require_finished()


def test_leaves_enter_the_log_in_the_order_of_their_ids():
    world = a_world(logged=3, waiting=300)

    done = world.sequencer().run()

    assert done == Sequenced(size=303, leaves=300)
    assert world.entries() == [b"envelope of " + leaf.encode() for leaf in world.accepted]
    world.require_finished()


def test_an_idle_minute_costs_two_reads():
    world, wire = a_world(logged=3), Wire()

    world.sequencer(wire).run()

    assert wire.calls == 2


def test_a_batch_takes_few_calls_and_fewer_when_warm():
    world, wire = a_world(logged=3, waiting=2), Wire()
    sequencer = world.sequencer(wire)

    sequencer.run()
    cold = wire.calls
    world.accept(2)
    sequencer.run()

    assert cold == 14
    assert wire.calls - cold == 12


def test_many_leaves_come_in_batches_and_the_rest_waits_for_the_next_minute():
    world = a_world(waiting=50)

    assert drain(world.sequencer(), limit=8, rounds=3) == Sequenced(size=24, leaves=24)
    assert len(world.waiting) == 26
    assert drain(world.sequencer(), limit=13, rounds=3) == Sequenced(size=50, leaves=26)
    world.require_finished()


@pytest.mark.parametrize(("state", "call", "moment"), CRASHES)
def test_killed_at_any_call_nothing_is_lost_and_nothing_comes_twice(state, call, moment):
    world = a_world(**state)
    with pytest.raises(KilledError):
        world.sequencer(Wire(call, after=moment == "after")).run()
    world.require_sound()

    world.accept(2)
    world.sequencer().run()

    world.require_finished()


@pytest.mark.thorough
@pytest.mark.parametrize("state", STATES[1:3])
def test_killed_at_any_call_and_again_at_any_call_of_the_next_run(state):
    for first in range(2 * calls_of_one_run(**state)):
        for second in range(100):
            world = a_world(**state)
            with pytest.raises(KilledError):
                world.sequencer(Wire(first // 2, after=first % 2 == 1)).run()
            try:
                world.sequencer(Wire(second // 2, after=second % 2 == 1)).run()
            except KilledError:
                world.require_sound()
                world.sequencer().run()
                world.require_finished()
            else:
                break
        world.require_finished()


@pytest.mark.parametrize(("state", "call", "moment"), CRASHES)
def test_a_sequencer_held_up_at_any_call_spoils_nothing_when_it_goes_on(state, call, moment):
    world = a_world(**state)
    slow = Actor(world)
    for _ in range(call + (moment == "after")):
        slow.step()
    world.sequencer().run()
    world.accept(3)
    world.sequencer().run()

    slow.finish()

    assert slow.error is None or isinstance(slow.error, HeadMovedError)
    world.require_sound()
    world.sequencer().run()
    world.require_finished()


@pytest.mark.thorough
@settings(max_examples=120, deadline=None)
@given(
    st.sampled_from(STATES),
    st.lists(st.sampled_from(["one", "two", "kill one", "kill two", "leaf"]), max_size=60),
)
def test_two_sequencers_however_they_take_turns_and_die(state, turns):
    world = a_world(**state)
    actors = {"one": Actor(world), "two": Actor(world)}
    for turn in turns:
        if turn == "leaf":
            world.accept(1)
            continue
        name = turn.removeprefix("kill ")
        if turn != name:
            actors[name].kill()
        actors[name].step()
        assert isinstance(actors[name].error, KilledError | HeadMovedError | None)
        if actors[name].over:
            actors[name] = Actor(world)
        world.require_sound()
    for actor in actors.values():
        actor.kill()

    drain(world.sequencer())

    world.require_finished()


def test_of_two_sequencers_at_once_one_wins():
    world = a_world(logged=5, waiting=4)
    one, two = Actor(world), Actor(world)
    while not (one.over and two.over):
        one.step()
        world.accept(0 if one.over else 1)  # so that the two never see the same batch
        two.step()

    assert [type(each.error) for each in (one, two)].count(HeadMovedError) == 1
    world.require_sound()


def test_an_answer_lost_on_the_way_back_is_not_taken_for_a_contradiction():
    world = a_world(logged=5, waiting=4)
    sequencer, replace_object = world.sequencer(), world.replace

    def answer_lost(path, data, seen):
        replace_object(path, data, seen)
        replace_object(path, data, seen)  # the client tries again, and meets its own write

    sequencer._objects.replace = answer_lost

    assert sequencer.run() == Sequenced(size=9, leaves=4)
    world.require_finished()


def test_after_a_rotation_both_keys_sign_and_either_opens_the_past():
    world, fresh = a_world(logged=5, waiting=4), LocalSigner(ORIGIN, b"n" * 32)
    sequencer = world.sequencer()
    sequencer._signers = [SIGNER, fresh]
    sequencer.run()

    later = world.sequencer()
    later._signers, later._known = [fresh], [fresh.key]
    world.accept(1)

    assert later.run() == Sequenced(size=10, leaves=1)


def test_a_staged_batch_reads_back_as_it_was():
    batch = Batch(7, ("A", "B"), (b"\0\xff", b""))

    assert from_bytes(to_bytes(batch)) == batch
    assert base64.b64encode(b"\0\xff") in to_bytes(batch)
