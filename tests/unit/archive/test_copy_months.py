"""Sealed months get their copy once; whoever was killed leaves nothing that stays wrong."""

import json

import pytest

from archive.questions import copy_months as deed
from archive.questions.copy_months import copy_months, note_of
from archive.questions.index import Index
from archive.reading.bags import Bags
from archive.reading.sealed_bag import UntrueBagError
from shared.months import bag as layout
from tests.unit.archive.closing import NOVEMBER, OCTOBER, SEPTEMBER, a_world, close
from tests.unit.archive.world import KilledError, Wire


class Copied(dict):
    """The bucket of the copy; every call goes through the wire."""

    wire = Wire()

    def read(self, path):
        return self.wire.pass_through(self.get, path)

    def put(self, path, data):
        self.wire.pass_through(self.__setitem__, path, data)

    def asked(self, folder):
        for path, data in self.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(data)
        with Index(folder) as index:
            return index.ask("SELECT month, count(*) FROM acts GROUP BY month ORDER BY month").rows


@pytest.fixture(scope="module")
def world():
    world = a_world(september=40, october=30)
    for month in (SEPTEMBER, OCTOBER, NOVEMBER):
        close(world, month)
    return world


def copied(world, to, scratch, **said):
    return list(copy_months(Bags(world.desk().shelf), to, scratch, **said))


def test_every_sealed_month_is_copied_once(world, tmp_path):
    to = Copied()

    assert copied(world, to, tmp_path) == [SEPTEMBER, OCTOBER, NOVEMBER]
    assert copied(world, to, tmp_path) == []

    assert to.asked(tmp_path) == (("2026-09", 40), ("2026-10", 30))
    note = json.loads(to[note_of(OCTOBER)])
    assert note["bag"] == Bags(world.desk().shelf).bag(OCTOBER).sealed.bag
    assert sum(file["leaves"] for file in note["files"]) == 30
    assert {file["path"] for file in note["files"]} == {
        path for path in to if "/month=2026-10/" in path
    }


def test_nothing_is_left_in_the_scratch_folder(world, tmp_path):
    copied(world, Copied(), tmp_path)

    assert list(tmp_path.iterdir()) == []


def test_an_older_edition_is_made_anew(world, tmp_path, monkeypatch):
    to = Copied()
    copied(world, to, tmp_path)
    monkeypatch.setattr(deed, "EDITION", deed.EDITION + 1)

    assert copied(world, to, tmp_path) == [SEPTEMBER, OCTOBER, NOVEMBER]
    assert copied(world, to, tmp_path) == []


def test_no_month_is_begun_when_time_is_short(world, tmp_path):
    to, hours = Copied(), iter([True, False])

    assert copied(world, to, tmp_path, is_time=lambda: next(hours)) == [SEPTEMBER]
    assert copied(world, to, tmp_path) == [OCTOBER, NOVEMBER]


@pytest.mark.thorough
def test_killed_at_every_call_it_comes_to_the_same_copy(tmp_path):
    world, whole = a_world(september=8), Copied()
    close(world, SEPTEMBER)
    whole.wire = Wire()
    copied(world, whole, tmp_path)
    calls = whole.wire.calls

    for number in range(calls):
        for after in (False, True):
            to = Copied()
            to.wire = Wire(number, after=after)
            with pytest.raises(KilledError):
                copied(world, to, tmp_path)
            assert all(set(named(to[path])) <= set(to) for path in to if path.startswith("copied"))
            to.wire = Wire()
            copied(world, to, tmp_path)
            assert to == whole, (number, after)


def named(note):
    return [file["path"] for file in json.loads(note)["files"]]


def test_a_bag_that_is_not_what_was_sealed_is_not_copied(tmp_path):
    world = a_world(september=8)
    close(world, SEPTEMBER)
    world.objects[f"month=2026-09/{layout.records_path('post', 0)}"] += b"x"
    to = Copied()

    with pytest.raises(UntrueBagError):
        copied(world, to, tmp_path)

    assert note_of(SEPTEMBER) not in to
