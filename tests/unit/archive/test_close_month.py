"""A month becomes a bag: whole, the same whoever makes it again, and sealed last of all."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from archive.sealing import seal_month as sealing
from archive.sealing.begin_month import begin_month, file_name
from archive.sealing.closing import (
    BrokenMonthError,
    MissingPayloadError,
    NotYetError,
    OtherBytesError,
    Seal,
)
from archive.sealing.packing import Pack, unpacked
from archive.sealing.seal_month import seal_month
from archive.sealing.write_part import write_part
from shared.months.lines import read_line
from shared.months.note import open_month
from shared.recordlog.errors import PayloadMismatchError
from shared.recordlog.leaf import verify_payload
from tests.unit.archive.closing import (
    ARCHIVE_SIGNER,
    NOVEMBER,
    OCTOBER,
    ORIGIN,
    SEPTEMBER,
    a_seed,
    a_world,
    close,
    on,
)
from tests.unit.archive.world import KilledError, Wire

PLAIN_NAME = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9_.-]*", re.ASCII)


@pytest.fixture(autouse=True)
def _small_parts(monkeypatch):
    monkeypatch.setattr("shared.months.bag.PART", 128)


def lines_in(bag):
    files = sorted(path for path in bag if path.startswith("data/records/"))
    lines = [read_line(line) for path in files for line in unpacked(bag[path])]
    return sorted(lines, key=lambda line: line.leaf_index)


def test_every_leaf_of_the_month_is_a_line_in_the_order_of_the_log():
    world = a_world(september=250, october=20)
    close(world, SEPTEMBER)
    sealed = close(world, OCTOBER)

    lines = lines_in(world.bag(OCTOBER))

    assert [line.leaf_index for line in lines] == list(range(250, 270))
    for line in lines:
        verify_payload(line.envelope, line.payload, line.salt)
    assert (sealed.start.size, sealed.end.size) == (250, 270)


def test_each_entity_has_its_own_files_part_by_part():
    world = a_world(september=300)
    close(world, SEPTEMBER)

    files = [path for path in world.bag(SEPTEMBER) if path.startswith("data/records/")]

    entities = ("approval", "post", "publication", "registry")
    expected = [f"data/records/{e}/part-{p:05}.jsonl.gz" for e in entities for p in range(3)]
    assert sorted(files) == expected


def test_the_note_is_written_last_and_says_what_the_bag_is():
    world = a_world(september=3)
    sealed = close(world, SEPTEMBER)

    assert list(world.objects)[-1] == "commit/2026-09.note"
    note = world.objects["commit/2026-09.note"]
    assert open_month(note, [ARCHIVE_SIGNER.key], ORIGIN) == sealed
    assert sealed.previous is None


def test_a_month_continues_the_one_before_it():
    world = a_world(september=3, october=4)
    first, second = close(world, SEPTEMBER), close(world, OCTOBER)

    assert second.start == first.end
    assert second.previous == first.bag
    bag = world.bag(OCTOBER)
    assert bag["data/log/checkpoint.start"] == world.bag(SEPTEMBER)["data/log/checkpoint.end"]
    assert f"Bluelamp-Previous: {first.bag}\n".encode() in bag["bag-info.txt"]


@pytest.mark.parametrize("before", [0, 3, 256, 300])
def test_a_month_in_which_nothing_happened_is_a_bag_too(before):
    world = a_world(september=before)
    close(world, SEPTEMBER)

    sealed = close(world, OCTOBER)

    assert sealed.start == sealed.end
    assert not [path for path in world.bag(OCTOBER) if path.startswith("data/records/")]
    assert b'"leaves":0' in world.bag(OCTOBER)["data/counts.json"]


def test_closed_late_it_still_ends_where_the_log_stood_when_the_month_was_over():
    world = a_world(september=3, october=4)
    world.log(5, on(NOVEMBER, 20))
    close(world, SEPTEMBER)

    assert close(world, OCTOBER, now=on(NOVEMBER, 25)).end.size == 7
    assert close(world, NOVEMBER).end.size == 12


def test_a_month_that_is_not_over_is_not_begun():
    with pytest.raises(NotYetError, match="01 October"):
        close(a_world(september=3), SEPTEMBER, now=SEPTEMBER.ends - timedelta(seconds=1))


def test_no_month_is_sealed_before_the_one_before_it():
    world = a_world(september=3, october=4)
    begin_month(SEPTEMBER, world.desk(), OCTOBER.ends)

    with pytest.raises(NotYetError, match="2026-09"):
        close(world, OCTOBER)


def test_sealed_again_it_stays_as_it_is():
    world = a_world(september=300)
    sealed = close(world, SEPTEMBER)
    before = dict(world.objects)
    world.log(5, on(OCTOBER, 3))

    assert close(world, SEPTEMBER) == sealed
    assert world.objects == before


def calls_of(**state):
    wire = Wire()
    world = a_world(**state)
    close(world, SEPTEMBER)
    close(world, OCTOBER, wire)
    return wire.calls


STATES = ({"september": 250, "october": 10}, {"september": 2, "october": 0})
CRASHES = [
    (state, call, after)
    for state in STATES
    for call in range(calls_of(**state))
    for after in (False, True)
]


@pytest.mark.parametrize(("state", "call", "after"), CRASHES)
def test_killed_at_any_call_and_begun_again_it_is_the_same_bag_to_the_byte(state, call, after):
    whole, world = a_world(**state), a_world(**state)
    for each in (whole, world):
        close(each, SEPTEMBER)
    close(whole, OCTOBER)

    with pytest.raises(KilledError):
        close(world, OCTOBER, Wire(call, after=after))
    world.log(3, on(NOVEMBER, 2))
    close(world, OCTOBER)

    assert world.objects == whole.objects


@pytest.mark.parametrize("seed", range(25))
def test_killed_again_and_again_in_several_parts_it_is_the_same_bag(seed):
    chance = a_seed(seed)
    whole, world = a_world(september=700), a_world(september=700)
    close(whole, SEPTEMBER)

    for _ in range(100):
        try:
            close(world, SEPTEMBER, Wire(chance.randrange(400), after=chance.random() < 0.5))
            break
        except KilledError:
            continue

    assert world.objects == whole.objects


@pytest.mark.parametrize("seed", range(10))
def test_parts_may_be_written_in_any_order_and_twice(seed):
    whole, world = a_world(september=700), a_world(september=700)
    close(whole, SEPTEMBER)
    parts = list(begin_month(SEPTEMBER, world.desk(), SEPTEMBER.ends).parts) * 2
    a_seed(seed).shuffle(parts)

    for part in parts:
        write_part(SEPTEMBER, part, world.desk())
    seal_month(SEPTEMBER, world.desk(), Seal([ARCHIVE_SIGNER]))

    assert world.objects == whole.objects


def test_what_the_moment_decides_the_first_decides_for_all(monkeypatch):
    world = a_world(september=3)
    early = {"stamp": lambda note: b"stamp of " + note[:5], "cosigned": {"w/1": b"first"}}
    begin_month(SEPTEMBER, world.desk(), SEPTEMBER.ends, **early)
    late = {"stamp": lambda _: b"another", "cosigned": {"w/1": b"second", "w/2": b"late"}}

    close(world, SEPTEMBER, **late)

    bag = world.bag(SEPTEMBER)
    assert bag["data/timestamp.tsr"] == b"stamp of force"
    cosigned = {path: data for path, data in bag.items() if "/cosignatures/" in path}
    assert sorted(cosigned.values()) == [b"first", b"late"]


def test_witnesses_files_are_called_as_they_are_and_lead_nowhere_else():
    names = ("w.example", "w/1", "w-1", "../w", "ẃ", ".w", "w" * 200)
    called = [file_name(each) for each in names]

    assert called[0] == "w.example"
    assert len(set(called)) == len(names)
    assert all(PLAIN_NAME.fullmatch(each) for each in called)


def test_once_everything_is_named_nothing_is_added():
    world = a_world(september=3)
    close(world, SEPTEMBER)
    del world.objects["commit/2026-09.note"]
    before = dict(world.objects)

    close(world, SEPTEMBER, cosigned={"w": b"late"}, stamp=lambda _: b"late")

    assert set(world.objects) - set(before) == {"commit/2026-09.note"}


def test_another_edition_of_what_goes_along_does_not_disturb_a_month_half_done(monkeypatch):
    world = a_world(september=3)
    close(world, SEPTEMBER)
    before = dict(world.objects)
    del world.objects["commit/2026-09.note"]
    editions = dict.fromkeys(sealing.enclosed(), b"newer")
    monkeypatch.setattr(sealing, "enclosed", lambda: editions)

    close(world, SEPTEMBER)

    assert world.objects == before


def test_a_leaf_without_its_payload_stops_the_month():
    world = a_world(september=3)
    lost = list(world.rows)[1]
    del world.rows[lost]

    with pytest.raises(MissingPayloadError) as caught:
        close(world, SEPTEMBER)

    assert caught.value.leaf_id == lost


def test_a_payload_that_was_changed_stops_the_month():
    world = a_world(september=3)
    leaf_id = list(world.rows)[1]
    world.rows[leaf_id] = replace(world.rows[leaf_id], payload=b'{"text":"I never said so."}')

    with pytest.raises(PayloadMismatchError):
        close(world, SEPTEMBER)


def test_what_was_erased_before_goes_into_the_bag_without_its_salt():
    world = a_world(september=8)
    leaf_id = list(world.rows)[3]
    world.rows[leaf_id] = replace(world.rows[leaf_id], salt=None)

    close(world, SEPTEMBER)

    assert [line.salt is None for line in lines_in(world.bag(SEPTEMBER))].count(True) == 1
    assert b'"erased":1' in world.bag(SEPTEMBER)["data/counts.json"]


def test_what_is_erased_while_the_month_is_written_does_not_stop_it():
    world = a_world(september=8)
    begun = begin_month(SEPTEMBER, world.desk(), SEPTEMBER.ends)
    write_part(SEPTEMBER, begun.parts[0], world.desk())
    before = dict(world.objects)
    for leaf_id in world.rows:
        world.rows[leaf_id] = replace(world.rows[leaf_id], salt=None)

    close(world, SEPTEMBER)

    assert before.items() <= world.objects.items()


@pytest.mark.parametrize(
    "path",
    [
        "month=2026-09/data/records/post/part-00000.jsonl.gz",
        "month=2026-09/data/log/tile/0/000.p/3",
        "month=2026-09/data/log/tile/entries/000.p/3",
        "month=2026-09/data/counts.json",
        "month=2026-09/manifest-sha256.txt",
        "month=2026-09/bag-info.txt",
    ],
)
def test_something_else_in_the_place_of_what_we_made_stops_the_month(path):
    whole, world = a_world(september=3), a_world(september=3)
    close(whole, SEPTEMBER)
    assert path in whole.objects
    world.objects[path] = b"something else"

    with pytest.raises((OtherBytesError, BrokenMonthError)):
        close(world, SEPTEMBER)
    assert "commit/2026-09.note" not in world.objects


def test_lines_that_were_swapped_in_the_archive_are_seen_before_it_is_sealed():
    world = a_world(september=8)
    desk = world.desk()
    begun = begin_month(SEPTEMBER, desk, SEPTEMBER.ends)
    write_part(SEPTEMBER, begun.parts[0], desk)
    path = "month=2026-09/data/records/post/part-00000.jsonl.gz"
    first, second = unpacked(world.objects[path])
    pack = Pack()
    for line in (second, first):
        pack.add(line)
    world.objects[path] = pack.finish()

    with pytest.raises(BrokenMonthError, match="line 2"):
        seal_month(SEPTEMBER, desk, Seal([ARCHIVE_SIGNER]))


def test_what_somebody_left_in_the_folder_is_not_named():
    world = a_world(september=3)
    world.objects["month=2026-09/data/log/stranger"] = b"hello"

    close(world, SEPTEMBER)

    assert b"stranger" not in world.bag(SEPTEMBER)["manifest-sha256.txt"]
