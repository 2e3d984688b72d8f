"""The log our sequencer wrote, through crashes and a change of keys, read by code that is not ours.

Every leaf, tile and proof by the Go project's packages, and byte for byte by Tessera's fsck.
"""

import json
from contextlib import suppress

import pytest

from local.stack import Stack
from shared.recordlog.errors import NoKnownSignatureError
from shared.recordlog.reader import Log, verify_log
from tests.recordlog_go import strangers
from tests.workflows.sequencing import Death, KilledError, a_key, a_place


@pytest.fixture(scope="module")
def stack():
    with Stack.start() as running:
        yield running


@pytest.fixture(scope="module")
def programs(tmp_path_factory):
    folder = tmp_path_factory.mktemp("go")
    return strangers.verifier_in(folder), strangers.fsck_in(folder)


def grow(place, *batches):
    """Leaves come in batches; between them sequencers die at one call after another."""
    process = place.process()
    for kill_at, batch in enumerate(batches, 1):
        place.record(batch)
        with suppress(KilledError):
            process.begin(Death(kill_at)).run()
        process.begin().run()
    assert place.waiting() == []


def read_by_strangers(place, programs, folder, key):
    """What both of them found, by this key."""
    folder.mkdir()
    paths = [path for path in place.all_paths() if path.startswith(("tile/", "checkpoint"))]
    proofs, growths = strangers.lay_out(folder, place.read, paths, [key], place.origin)
    size = Log(place.read, [key], place.origin).checkpoint.size
    verifier, fsck = programs
    answer = strangers.verify(verifier, folder, key, place.origin)
    assert answer.returncode == 0, answer.stderr
    expected = {"size": size, "leaves": size, "proofs": proofs, "growths": growths}
    assert json.loads(answer.stdout) == expected
    root = (folder / "checkpoint").read_text().splitlines()[2]
    assert strangers.fsck(fsck, folder, key, place.origin) == (size, root)
    return size


@strangers.needs_go
def test_others_read_what_our_sequencer_wrote_by_the_old_key_and_the_new(stack, programs, tmp_path):
    place = a_place(stack)
    grow(place, 5, 1, 3, 200, 46, 1, 7)
    assert read_by_strangers(place, programs, tmp_path / "one", place.key) == 263

    fresh_id = a_key(stack)
    fresh = place.key_of(fresh_id)
    place.key_ids = (*place.key_ids, fresh_id)
    grow(place, 2, 4)
    assert read_by_strangers(place, programs, tmp_path / "old", place.key) == 269
    assert read_by_strangers(place, programs, tmp_path / "new", fresh) == 269

    place.key_ids = (fresh_id,)
    grow(place, 3)
    assert read_by_strangers(place, programs, tmp_path / "after", fresh) == 272


def test_with_both_keys_old_verifiers_accept_and_without_the_old_they_know_nobody(stack):
    place = a_place(stack)
    grow(place, 3)
    fresh_id = a_key(stack)
    fresh = place.key_of(fresh_id)

    place.key_ids = (*place.key_ids, fresh_id)
    grow(place, 2)
    for known in ([place.key], [fresh], [place.key, fresh]):
        assert verify_log(place.read, known, place.origin).leaves_verified == 5

    place.key_ids = (fresh_id,)
    grow(place, 1)
    assert verify_log(place.read, [fresh], place.origin).leaves_verified == 6
    with pytest.raises(NoKnownSignatureError):
        verify_log(place.read, [place.key], place.origin)


def test_a_key_that_was_swapped_at_one_stroke_signs_nothing(stack):
    place = a_place(stack)
    grow(place, 3)
    place.key_ids = (a_key(stack),)
    place.record(1)

    with pytest.raises(NoKnownSignatureError):
        place.process().begin().run()

    assert verify_log(place.read, [place.key], place.origin).leaves_verified == 3
