"""Months that two people let go are destroyed to the last version, and with them whatever no kept
month names; nothing else is. Whatever keeps a month stops it, and whoever is killed at any call
leaves nothing that stays half done."""

from collections import Counter
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import pytest

from archive.disposing.destroy import Tools
from archive.disposing.dispose_months import (
    ANOTHER_BAG,
    NOT_SEALED,
    Disposed,
    MonthsNotDisposedError,
    dispose_months,
    note_outlived,
)
from archive.disposing.versions import Lock, NotRemovedError, Version
from archive.reading.bags import Bags
from shared.months.bag import TAG_MANIFEST
from shared.months.disposal import NotOutlivedError, State, without
from shared.months.legal_hold import Cause, LegalHold, Scope, Word
from shared.months.legal_hold import State as HoldState
from shared.months.month import read_month
from shared.months.remains import Kind, Remains
from shared.months.retention import read_schedules
from shared.recordlog.acts import Happened
from shared.records.errors import ChangedError
from shared.records.kept_things import Removal
from shared.records.legal_holds import Standing
from tests.builders import NOW, an_act
from tests.unit.archive import disposals_made as made
from tests.unit.archive.closing import NOVEMBER, OCTOBER, SEPTEMBER, on
from tests.unit.archive.world import KilledError, Wire

SCHEDULES = read_schedules("posts=7")
PAST = on(read_month("2034-01"), 1)
"""All three months are past their time by then."""


POST, LATER_POST, LONE, USED, DELETION, TAKEDOWN = (
    f"01JD0000000000000000000{n:03}" for n in range(6)
)
"""Two posts, of which one is named in October too; a picture that no post shows, and one that both
do; a deletion of the first post; a takedown that still waits."""

SPEAK_OF = {
    (Kind.POST, POST): {USED, DELETION},
    (Kind.POST, LATER_POST): {USED},
    (Kind.DELETION, DELETION): {POST},
}
GOES = {(Kind.POST, POST), (Kind.DELETION, DELETION), (Kind.PICTURE, LONE)}
STAYS = {(Kind.POST, LATER_POST), (Kind.PICTURE, USED), (Kind.TAKEDOWN, TAKEDOWN)}


def said_of_things(month):
    """What leaves of a month say of these things."""
    about = {
        SEPTEMBER: (f"post:{POST}@v1", f"post:{LATER_POST}@v1", f"picture:{LONE}",
                    f"picture:{USED}", f"takedown:{TAKEDOWN}"),
        OCTOBER: (f"post:{LATER_POST}@v1/bluesky",),
    }  # fmt: skip
    return [an_act(subject=each, at=on(month, 3)) for each in about.get(month, ())]


class Rows:
    """What tables hold of things, in memory; every call goes through the wire."""

    def __init__(self, wire):
        self.wire, self.stopped = wire, set()
        self.things = {
            key: Remains(*key, frozenset(SPEAK_OF.get(key, ())), is_over=key[1] != TAKEDOWN)
            for key in GOES | STAYS
        }

    def find(self, names):
        return self.wire.pass_through(
            lambda: [each for each in self.things.values() if each.name in names]
        )

    def removing(self, remains):
        there = remains.key in self.things
        return [Removal((remains.key,), (), remains.kind)] if there else []

    def stopping(self, picture_id):
        return self.wire.pass_through(lambda: [] if picture_id in self.stopped else [picture_id])


class InTurn:
    """One object after the other."""

    map = staticmethod(map)


class Bucket:
    """A bucket with versions in memory; every call goes through the wire."""

    def __init__(self, objects, wire):
        self.kept = {path: {"v1": data} for path, data in objects.items()}
        self.locks, self.stubborn, self.wire = {}, set(), wire

    def all(self, prefix):
        return self.wire.pass_through(self._all, prefix)

    def _all(self, prefix):
        return [
            Version(path, version, is_marker=data is None)
            for path, versions in sorted(self.kept.items())
            for version, data in versions.items()
            if path.startswith(prefix)
        ]

    def folders(self):
        return self.wire.pass_through(
            lambda: sorted({path.partition("/")[0] + "/" for path in self.kept})
        )

    def look(self, version):
        return self.wire.pass_through(self.locks.get, version.path, Lock(None, False))

    def remove(self, version):
        self.wire.pass_through(self._remove, version)

    def _remove(self, version):
        if version.path in self.stubborn:
            raise NotRemovedError(version.path)
        versions = self.kept.get(version.path, {})
        versions.pop(version.version, None)
        if not versions:
            self.kept.pop(version.path, None)

    # what a reader sees
    def read(self, path):
        return list(self.kept.get(path, {"": None}).values())[-1]

    def paths(self, prefix):
        return [path for path in sorted(self.kept) if path.startswith(prefix)]


class Disposals:
    """Disposals in memory; every step passes through the wire, and is on record."""

    def __init__(self, world, wire, things, *rows):
        self.rows = {each.disposal_id: each for each in rows}
        self.world, self.wire, self.things = world, wire, things
        self.steps, self.held, self.seen, self.holds = [], {}, None, ()

    def standing(self):
        return Standing(tuple(self.holds), str(len(self.holds)))

    def begun(self):
        going = {State.BEGUN, State.DONE}
        return {each.month: each for each in self.all() if each.state in going}

    def stop(self, month, standing, stopping):
        self.wire.pass_through(self._stop, month, standing, stopping)

    def _stop(self, month, standing, stopping):
        assert Happened.DISPOSAL_BEGUN in self.steps
        if standing != self.standing():
            raise NotOutlivedError(month, ["a legal hold was approved meanwhile"])
        self.things.stopped.update(stopping)

    def clear(self, disposal, removals, standing):
        return self.wire.pass_through(self._clear, disposal, removals, standing)

    def _clear(self, disposal, removals, standing):
        assert Happened.DISPOSAL_BEGUN in self.steps
        if standing != self.standing():
            raise NotOutlivedError(disposal.month, ["a legal hold was approved meanwhile"])
        after = without(disposal, [each.kind for each in removals])
        self._change(disposal, after, None)
        for each in removals:
            [key] = each.gone
            del self.things.things[key]
        return after

    def all(self):
        return tuple(self.rows.values())

    def get(self, disposal_id):
        return self.rows[disposal_id]

    def looked(self, look, at):
        self.seen = look

    def held_by(self, month):
        return self.held.get(month, ())

    def change(self, before, after, happened, at):
        self.wire.pass_through(self._change, before, after, happened)

    def note(self, before, after):
        self.wire.pass_through(self._change, before, after, None)

    def _change(self, before, after, happened):
        if self.rows[before.disposal_id] != before:
            raise ChangedError("disposal", before.disposal_id, "was changed meanwhile")
        self.rows[after.disposal_id] = after
        if happened:
            self.steps.append(happened)

    def empty(self, disposal, leaf_ids):
        self.wire.pass_through(self._empty, disposal, leaf_ids)

    def _empty(self, disposal, leaf_ids):
        assert Happened.DISPOSAL_BEGUN in self.steps
        assert self.rows[disposal.disposal_id] == disposal
        if self.held_by(disposal.month):
            raise NotOutlivedError(disposal.month, self.held_by(disposal.month))
        for each in leaf_ids:
            self.world.rows.pop(each, None)


class Force:
    """Three sealed months with their copies, and a disposal of September that is sealed."""

    def __init__(self, wire=None, tell=made.approval):
        self.wire = wire or Wire()
        self.world = made.three_months(tell=tell, said=said_of_things)
        self.disposal = made.agreed(SEPTEMBER, made.bag_of(self.world, SEPTEMBER))
        self.live = []
        self.things = Rows(self.wire)
        self.disposals = Disposals(self.world, self.wire, self.things, self.disposal)
        self.media = Bucket({f"pictures/{each}.jpg": b"JPEG" for each in (LONE, USED)}, self.wire)
        self.media.kept[f"pictures/{LONE}.jpg"] |= {"v2": b"JPEG", "v3": None}
        self.archive = Bucket(self.world.objects, self.wire)
        copies = {f"post/month={month}/part-0.parquet": b"PAR1" for month in made.THREE}
        notes = {f"copied/{month}.json": b"{}" for month in made.THREE}
        self.copied = Bucket({**copies, **notes}, self.wire)
        self.archive.kept[f"month={SEPTEMBER}/data/old.txt"] = {"v1": b"x", "v2": None}
        self.now = PAST

    def run(self, is_time=lambda: True):
        tools = Tools(
            self.archive, self.copied, self.media, self.things, lambda _: self.live, InTurn, is_time
        )
        return dispose_months(self.disposals, Bags(self.archive), tools, SCHEDULES, self.now)

    @property
    def state(self):
        return self.disposals.rows[self.disposal.disposal_id].state

    @property
    def waits(self):
        return self.disposals.rows[self.disposal.disposal_id].waits

    def left_of(self, month):
        """What is left of a month, beside its note."""
        return [
            *self.archive.paths(f"month={month}/"),
            *(path for path in self.copied.kept if str(month) in path),
        ]

    @property
    def left(self):
        """The things that are left."""
        return set(self.things.things)

    def is_untouched(self):
        whole = len(self.world.rows) == 127 and self.left == GOES | STAYS
        return whole and len(self.left_of(SEPTEMBER)) > 10 and len(self.media.kept) == 2


def test_all_of_the_month_goes_but_its_note_and_nothing_of_any_other():
    force = Force()
    others = [force.left_of(OCTOBER), force.left_of(NOVEMBER)]
    note = force.archive.read("commit/2026-09.note")

    assert force.run() == Disposed((SEPTEMBER,), ())
    assert force.run() == Disposed((), (SEPTEMBER,))
    assert force.run() == Disposed((), ())

    assert force.left_of(SEPTEMBER) == []
    assert [force.left_of(OCTOBER), force.left_of(NOVEMBER)] == others
    assert force.archive.read("commit/2026-09.note") == note
    assert len(force.world.rows) == 82
    assert force.disposals.steps == [Happened.DISPOSAL_BEGUN, Happened.DISPOSED]
    assert force.state is State.DONE
    extent = force.disposals.rows[force.disposal.disposal_id].extent
    assert extent.leaves == 45
    assert list(Bags(force.archive).disposed) == [SEPTEMBER]


def test_a_copy_that_was_made_anew_meanwhile_goes_before_it_is_done():
    force = Force()
    force.run()
    force.copied.kept["post/month=2026-09/part-0.parquet"] = {"v2": b"PAR1"}

    assert force.run() == Disposed((SEPTEMBER,), ())
    assert force.run() == Disposed((), (SEPTEMBER,))
    assert force.left_of(SEPTEMBER) == []


COUNTED = Counter(deletion=1, picture=1, post=1)


def counted(force):
    return force.disposals.rows[force.disposal.disposal_id].removed


def test_what_no_kept_month_names_goes_with_it_and_the_rest_stays():
    force = Force()

    force.run()

    assert force.left == STAYS
    assert force.things.stopped == {LONE}
    assert list(force.media.kept) == [f"pictures/{USED}.jpg"]
    assert counted(force) == COUNTED


def test_what_the_log_has_got_since_the_newest_month_stays():
    force = Force()
    force.live = [b'{"subject":"picture:%s"}' % LONE.encode()]

    force.run()

    assert force.left == {*STAYS, (Kind.PICTURE, LONE)}
    assert len(force.media.kept) == 2


def about_its_person(force):
    word = Word("p-asks", NOW)
    agreed = Word("p-agrees", NOW)
    scope = Scope(OCTOBER, OCTOBER, "person:p-okafor")
    hold = LegalHold("01HOLD", Cause.COURT, "17", scope, word, HoldState.APPROVED, agreed)
    force.disposals.holds = (hold,)
    post = force.things.things[Kind.POST, POST]
    about = frozenset({"person:p-okafor"})
    force.things.things[post.key] = replace(post, about=about)
    return "a legal hold keeps a post in it"


def shows_somebody_who_agreed(force):
    why = "a consent for a picture in it is kept until 2035-03-01"
    picture = force.things.things[Kind.PICTURE, LONE]
    force.things.things[picture.key] = replace(picture, kept=(why,))
    return why


@pytest.mark.parametrize("gone", [False, True], ids=["going", "going, and held"])
def test_of_two_months_that_go_the_first_takes_what_both_name_unless_the_other_is_held(gone):
    force = Force()
    october = replace(
        made.agreed(OCTOBER, made.bag_of(force.world, OCTOBER), name="01OCTOBER"),
        state=State.BEGUN,
    )
    force.disposals.rows[october.disposal_id] = october
    force.disposals.held = {OCTOBER: ("held by legal hold 01HOLD",)} if gone else {}

    force.run()

    assert ((Kind.POST, LATER_POST) in force.left) is gone
    assert ((Kind.PICTURE, USED) in force.left) is gone


@pytest.mark.parametrize("call", ["stop", "clear"])
def test_a_hold_that_is_approved_while_rows_go_stops_the_rest(call):
    force = Force()
    meant = getattr(force.disposals, call)

    def hold_then(*said):
        about_its_person(force)
        return meant(*said)

    setattr(force.disposals, call, hold_then)
    force.run()

    assert force.waits == ("a legal hold was approved meanwhile",)
    assert force.left == GOES | STAYS
    assert (f"pictures/{LONE}.jpg" in force.media.kept) is (call == "stop")


def test_what_takes_longer_than_a_run_is_said():
    force = Force()
    ticks = iter([True, True])

    with pytest.raises(MonthsNotDisposedError, match="no time to look"):
        force.run(is_time=lambda: next(ticks, False))

    assert force.state is State.APPROVED


def young(force):
    force.now = on(read_month("2033-09"), 30)
    return "posts are kept until 2033-10-01"


def held(force):
    force.disposals.held = {SEPTEMBER: ("held by legal hold 01HOLD",)}
    return "held by legal hold 01HOLD"


def held_by_s3(force):
    force.archive.locks[f"month={SEPTEMBER}/data/README.txt"] = Lock(None, True)
    return "S3 holds it for a legal hold"


def locked(force):
    later = force.now + timedelta(days=2)
    force.archive.locks[f"month={SEPTEMBER}/data/README.txt"] = Lock(later, False)
    return f"locked until {later:%Y-%m-%d}"


def of_another_bag(force):
    another = replace(force.disposal, bag="f" * 64)
    force.disposals.rows[another.disposal_id] = another
    return ANOTHER_BAG


@pytest.mark.parametrize(
    "keeps",
    [
        *(young, held, held_by_s3, locked, of_another_bag),
        *(about_its_person, shows_somebody_who_agreed),
    ],
)
def test_whatever_keeps_it_stops_it_and_is_shown(keeps):
    force = Force()
    why = keeps(force)

    assert force.run() == Disposed((), ())

    assert why in force.waits
    assert force.state is State.APPROVED
    assert force.is_untouched()


@pytest.mark.parametrize("tell", [made.nothing, made.taken_back], ids=["nowhere", "taken back"])
def test_nothing_goes_before_the_approval_lies_in_a_sealed_month(tell):
    force = Force(tell=tell)

    force.run()

    assert force.waits == (NOT_SEALED,)
    assert len(force.left_of(SEPTEMBER)) > 10


@pytest.mark.parametrize("change", [{"state": State.ASKED}, {"decided": None}, {"own": True}])
def test_without_two_people_nothing_goes(change):
    force = Force()
    own = {"decided": force.disposal.asked} if change.pop("own", False) else change
    alone = replace(force.disposal, **own)
    force.disposals.rows[alone.disposal_id] = alone

    assert force.run() == Disposed((), ())
    assert force.is_untouched()


def test_a_hold_that_is_approved_in_the_midst_stops_the_rest_until_it_ends():
    force = Force(wire=Wire(kill_at=None))
    begin = force.disposals.change

    def hold_then(*said):
        begin(*said)
        held(force)

    force.disposals.change = hold_then
    force.run()
    assert (force.state, force.waits) == (State.BEGUN, ("held by legal hold 01HOLD",))
    assert force.is_untouched()

    force.disposals.change, force.disposals.held = begin, {}
    force.run()
    force.run()
    assert force.state is State.DONE


def test_what_s3_does_not_let_go_is_said_and_stays_until_it_does():
    force = Force()
    path = f"month={SEPTEMBER}/data/README.txt"
    force.archive.stubborn.add(path)

    with pytest.raises(MonthsNotDisposedError, match=path):
        force.run()
    assert force.state is State.BEGUN

    force.archive.stubborn.clear()
    force.run()
    force.run()
    assert force.state is State.DONE


@pytest.mark.parametrize("time_left", [3, 12, 16, 18, 20, 22, 24])
def test_what_there_was_no_time_for_is_left_to_the_next_run(time_left):
    force = Force()
    ticks = iter([True] * time_left)

    with suppress(MonthsNotDisposedError):
        force.run(is_time=lambda: next(ticks, False))
    assert force.state is not State.DONE

    force.run()
    force.run()
    assert (force.state, force.left_of(SEPTEMBER)) == (State.DONE, [])
    assert (force.left, counted(force)) == (STAYS, COUNTED)


def calls_of_a_life():
    force = Force()
    force.run()
    force.run()
    return force.wire.calls


@pytest.fixture(scope="module")
def template():
    """A force as it was before anything happened, to be copied: sealing it takes a while."""
    return Force()


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
def test_killed_at_any_call_the_next_runs_finish_it(template, after):
    for number in range(calls_of_a_life()):
        force = Force.__new__(Force)
        force.wire = Wire(number, after=after)
        force.disposal, force.now = template.disposal, PAST
        force.world = replace(template.world, rows=dict(template.world.rows))
        force.live, force.things = [], Rows(force.wire)
        force.disposals = Disposals(force.world, force.wire, force.things, force.disposal)
        force.media = copy_of(template.media, force.wire)
        force.archive = copy_of(template.archive, force.wire)
        force.copied = copy_of(template.copied, force.wire)
        died = 0
        for _ in range(4):
            try:
                force.run()
            except KilledError:
                died += 1
        assert died == 1, number
        assert (force.state, force.left_of(SEPTEMBER)) == (State.DONE, []), number
        assert force.disposals.steps == [Happened.DISPOSAL_BEGUN, Happened.DISPOSED], number
        assert len(force.world.rows) == 82
        assert force.left == STAYS, number
        assert list(force.media.kept) == [f"pictures/{USED}.jpg"], number
        assert counted(force) == COUNTED, number


def copy_of(bucket, wire):
    made = Bucket({}, wire)
    made.kept = {path: dict(versions) for path, versions in bucket.kept.items()}
    return made


def test_the_months_past_their_time_are_noted_with_what_kept_them():
    force = Force()
    october = read_month("2033-10")

    assert note_outlived(force.disposals, Bags(force.archive), SCHEDULES, october.begins) == (
        SEPTEMBER,
    )

    [seen] = force.disposals.seen.outlived
    assert (seen.month, seen.bag, seen.by) == (SEPTEMBER, force.disposal.bag, "posts")
    assert note_outlived(force.disposals, Bags(force.archive), (), PAST) == ()


def test_of_a_month_that_cannot_be_read_nobody_can_say_that_it_may_go():
    force = Force()
    del force.archive.kept[f"month={OCTOBER}/{TAG_MANIFEST}"]

    found = note_outlived(force.disposals, Bags(force.archive), SCHEDULES, PAST)

    assert found == (SEPTEMBER, NOVEMBER)
