"""Months that two people keep for a court are held to the last object, and let go the same way;
whoever is killed at any call leaves nothing that stays wrong."""

from dataclasses import replace
from hashlib import sha256

import pytest

from archive.holding.hold_bag import Keeper, NotHeldError, hold_bag, sealed_objects
from archive.holding.hold_months import Held, MonthsNotHeldError, hold_months
from archive.holding.locks import Seen
from archive.reading.bags import Bags
from shared.months import bag as layout
from shared.months.holding import approved, asked, refused, release_asked
from shared.months.legal_hold import Cause, Scope, State, Word
from shared.recordlog.acts import Happened
from shared.records.errors import ChangedError
from tests.builders import NOW
from tests.unit.archive.closing import NOVEMBER, OCTOBER, SEPTEMBER, a_world, close
from tests.unit.archive.world import KilledError, Wire


class InTurn:
    """One object after the other."""

    map = staticmethod(map)


class Locks:
    """S3's legal holds on a bucket in memory; every call goes through the wire."""

    def __init__(self, shelf, wire=None):
        self.kept = {
            path: [("v1", shelf.read(path))]
            for month in (SEPTEMBER, OCTOBER, NOVEMBER)
            for path in (*shelf.paths(layout.folder(month)), layout.note_path(month))
            if shelf.read(path) is not None
        }
        self.held = set()
        self.deaf = set()
        self.wire = wire or Wire()

    def versions(self, prefix):
        return self.wire.pass_through(self._versions, prefix)

    def _versions(self, prefix):
        return {
            path: tuple(name for name, _ in reversed(versions))
            for path, versions in self.kept.items()
            if path.startswith(prefix)
        }

    def look(self, path, version):
        return self.wire.pass_through(self._look, path, version)

    def _look(self, path, version):
        digest = sha256(dict(self.kept[path])[version]).hexdigest()
        return Seen(digest, (path, version) in self.held)

    def place(self, path, version):
        self.wire.pass_through(self._set, self.held.add, path, version)

    def let_go(self, path, version):
        self.wire.pass_through(self._set, self.held.discard, path, version)

    def _set(self, effect, path, version):
        if path not in self.deaf:
            effect((path, version))

    def of(self, month):
        """The paths of a month that are held."""
        folder, note = layout.folder(month), layout.note_path(month)
        return {path for path, _ in self.held if path.startswith(folder) or path == note}


class Holds:
    """Legal holds in memory; every step passes through the wire, and is on record."""

    def __init__(self, *holds, wire=None):
        self.rows = {hold.hold_id: hold for hold in holds}
        self.steps = []
        self.wire = wire or Wire()

    def all(self):
        return tuple(self.rows.values())

    def change(self, before, after, happened, *, at, more=None):
        self.wire.pass_through(self._change, before, after, happened, more)

    def _change(self, before, after, happened, more):
        if self.rows[before.hold_id] != before:
            raise ChangedError("legal hold", before.hold_id, "was changed meanwhile")
        self.rows[after.hold_id] = after
        self.steps.append((happened, after.hold_id, more))


@pytest.fixture(scope="module")
def world():
    world = a_world(september=40, october=30)
    for month in (SEPTEMBER, OCTOBER, NOVEMBER):
        close(world, month)
    return world


@pytest.fixture(scope="module")
def bags(world):
    return Bags(world.desk().shelf)


@pytest.fixture
def locks(world):
    return Locks(world.desk().shelf)


def said(by):
    return Word(by, NOW, "Said.")


def a_hold(hold_id="01HOLD", first=OCTOBER, last=OCTOBER, **more):
    scope = Scope(first, last, **more)
    return approved(asked(hold_id, Cause.COURT, "17", scope, said("ann")), said("bob"))


def ending(hold):
    return approved(release_asked(hold, said("ann")), said("cid"))


def whole(bags, month):
    return {path for path, _ in sealed_objects(bags.bag(month))}


def run(holds, bags, locks, **more):
    return hold_months(holds, bags, Keeper(locks, InTurn, **more), NOW)


def test_every_object_of_a_month_and_its_note_are_held_and_of_no_other(bags, locks):
    holds = Holds(a_hold())

    assert run(holds, bags, locks) == Held((("01HOLD", OCTOBER),), ())

    assert locks.of(OCTOBER) == whole(bags, OCTOBER) == {path for path, _ in locks.held}
    [(happened, hold_id, more)] = holds.steps
    assert (happened, hold_id) == (Happened.HOLD_PLACED, "01HOLD")
    assert more == {
        "bag": bags.bag(OCTOBER).sealed.bag,
        "month": "2026-10",
        "objects": len(whole(bags, OCTOBER)),
    }


def test_what_is_placed_is_not_touched_again(bags, locks):
    holds = Holds(a_hold())
    run(holds, bags, locks)
    before = locks.wire.calls

    assert run(holds, bags, locks) == Held((), ())
    assert (locks.wire.calls, len(holds.steps)) == (before, 1)


@pytest.mark.parametrize(
    "hold",
    [
        asked("01HOLD", Cause.COURT, "17", Scope(OCTOBER), said("ann")),
        refused(asked("01HOLD", Cause.COURT, "17", Scope(OCTOBER), said("ann")), said("bob")),
        replace(a_hold(), decided=said("ann")),
        replace(ending(a_hold()), release_decided=said("ann")),
    ],
    ids=["asked", "refused", "by one person", "ended by one person"],
)
def test_what_two_people_did_not_agree_to_is_neither_held_nor_let_go(bags, locks, hold):
    holds = Holds(hold)
    held = {(path, "v1") for path in whole(bags, OCTOBER)}
    locks.held = set(held) if hold.may_be_released or hold.release_asked else set()
    before = set(locks.held)

    done = run(holds, bags, locks)

    assert done.released == ()
    assert locks.held >= before
    if not hold.in_force:
        assert locks.held == before


def test_a_month_that_is_sealed_later_is_held_at_the_next_look(world, locks):
    hold, few = a_hold(first=SEPTEMBER, last=None), Bags(world.desk().shelf)
    few.months = (SEPTEMBER, OCTOBER)
    holds = Holds(hold)
    run(holds, few, locks)

    done = run(holds, Bags(world.desk().shelf), locks)

    assert done.placed == (("01HOLD", NOVEMBER),)
    assert holds.rows["01HOLD"].placed == {SEPTEMBER, OCTOBER, NOVEMBER}


def test_a_hold_on_a_subject_alone_keeps_every_month(bags, locks):
    run(Holds(a_hold(first=None, last=None, subject="account:leek-npt")), bags, locks)

    months = (SEPTEMBER, OCTOBER, NOVEMBER)
    assert {path for path, _ in locks.held} == set().union(*(whole(bags, m) for m in months))


def test_the_version_that_was_sealed_is_held_whatever_lies_above_it(bags, locks):
    path = layout.folder(OCTOBER) + layout.MANIFEST
    locks.kept[path].append(("v2", b"something else"))

    run(Holds(a_hold()), bags, locks)

    assert (path, "v1") in locks.held
    assert (path, "v2") not in locks.held


def test_a_file_that_is_not_there_as_it_was_sealed_is_named_and_keeps_no_other_month(bags, locks):
    path = layout.folder(OCTOBER) + layout.MANIFEST
    locks.kept[path] = [("v1", b"something else")]
    holds = Holds(a_hold(first=SEPTEMBER, last=NOVEMBER))

    with pytest.raises(MonthsNotHeldError, match=r"month=2026-10/manifest-sha256\.txt is not"):
        run(holds, bags, locks)

    assert holds.rows["01HOLD"].placed == {SEPTEMBER, NOVEMBER}


def test_a_hold_that_s3_does_not_tell_of_is_none(bags, locks):
    locks.deaf = {layout.note_path(OCTOBER)}
    holds = Holds(a_hold())

    with pytest.raises(NotHeldError):
        hold_bag(bags.bag(OCTOBER), Keeper(locks, InTurn))
    with pytest.raises(MonthsNotHeldError):
        run(holds, bags, locks)

    assert holds.steps == []


def test_the_last_hold_lets_go_and_none_before_it(bags, locks):
    first, second = a_hold("01A", SEPTEMBER, OCTOBER), a_hold("01B", OCTOBER, NOVEMBER)
    holds = Holds(first, second)
    run(holds, bags, locks)
    holds.rows["01A"] = ending(holds.rows["01A"])

    assert run(holds, bags, locks).released == ("01A",)

    assert locks.of(SEPTEMBER) == set()
    assert locks.of(OCTOBER) == whole(bags, OCTOBER)
    assert holds.rows["01A"].state is State.RELEASED
    kept = [{"by": "01B", "month": "2026-10"}]
    assert holds.steps[-1] == (
        Happened.HOLD_RELEASED,
        "01A",
        {"kept": kept, "let_go": ["2026-09"]},
    )

    holds.rows["01B"] = ending(holds.rows["01B"])
    assert run(holds, bags, locks).released == ("01B",)
    assert locks.held == set()


def test_two_that_end_together_leave_nothing_held(bags, locks):
    holds = Holds(a_hold("01A"), a_hold("01B"))
    run(holds, bags, locks)
    holds.rows = {hold_id: ending(hold) for hold_id, hold in holds.rows.items()}

    assert run(holds, bags, locks).released == ("01A", "01B")
    assert locks.held == set()


def test_an_end_that_is_only_asked_for_goes_on_holding(bags, locks):
    holds = Holds(a_hold())
    run(holds, bags, locks)
    holds.rows["01HOLD"] = release_asked(holds.rows["01HOLD"], said("ann"))

    assert run(holds, bags, locks) == Held((), ())
    assert locks.of(OCTOBER) == whole(bags, OCTOBER)


def test_without_time_nothing_more_is_begun_and_the_next_run_carries_on(bags, locks):
    holds, minutes = Holds(a_hold(first=SEPTEMBER)), iter([True, True, False])

    assert run(holds, bags, locks, is_time=lambda: next(minutes, False)).placed == (
        ("01HOLD", SEPTEMBER),
    )
    assert run(holds, bags, locks).placed == (("01HOLD", OCTOBER),)


def test_killed_at_any_call_the_next_run_holds_and_lets_go_all_the_same(world, bags):
    """A hold that begins and one that ends, killed before and after every call."""

    def a_force(wire):
        locks = Locks(world.desk().shelf)
        locks.held = {(path, "v1") for path in whole(bags, SEPTEMBER)}
        over = replace(ending(a_hold("01OVER", SEPTEMBER, SEPTEMBER)), placed={SEPTEMBER})
        holds = Holds(a_hold(), over, wire=wire)
        locks.wire = wire
        return holds, locks

    calm = Wire()
    run(*[(pair := a_force(calm))[0], bags, pair[1]])

    for number in range(calm.calls):
        for after in (False, True):
            holds, locks = a_force(Wire(number, after=after))
            with pytest.raises(KilledError):
                run(holds, bags, locks)
            holds.wire = locks.wire = Wire()
            run(holds, bags, locks)

            assert {path for path, _ in locks.held} == whole(bags, OCTOBER), (number, after)
            assert [each[0] for each in holds.steps].count(Happened.HOLD_PLACED) == 1
            assert [each[0] for each in holds.steps].count(Happened.HOLD_RELEASED) == 1


def test_what_was_begun_and_never_noted_as_placed_is_let_go_as_well(bags, locks):
    path = layout.note_path(OCTOBER)
    locks.held = {(path, "v1")}

    run(Holds(ending(a_hold())), bags, locks)

    assert locks.held == set()


def test_whoever_said_something_meanwhile_is_not_overruled(bags, locks):
    holds = Holds(a_hold())
    asked_to_end = release_asked(a_hold(), said("ann"))
    place = locks.place

    def meanwhile(path, version):
        holds.rows["01HOLD"] = asked_to_end
        place(path, version)

    locks.place = meanwhile

    assert run(holds, bags, locks) == Held((), ())
    assert holds.rows["01HOLD"] == asked_to_end
    locks.place = place
    assert run(holds, bags, locks).placed == (("01HOLD", OCTOBER),)
