"""A month is drawn from once, whoever is killed at whichever call, and anybody can do it again."""

from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest

from archive.reading.as_sealed import UntrueBagError
from archive.sampling.draw_months import Desk, draw_months
from archive.sampling.published import published_in
from archive.sampling.redraw import redraw
from archive.sampling.state_samples import LATEST, state_samples
from local.audit.folders import FolderShelf
from shared.recordlog.leaf import Act
from shared.records.approval import Decision, Ruling, Way
from shared.records.notices import Notice
from shared.records.snapshot import Snapshot
from shared.samples.rule import Rule
from shared.samples.sample import Judgement, Verdict, look_at
from tests.builders import a_post, an_approval
from tests.unit.archive import lives_made as made
from tests.unit.archive.closing import NOVEMBER, OCTOBER, SEPTEMBER, Archived, close, on
from tests.unit.archive.world import KilledError, Wire

LATER = OCTOBER.ends + timedelta(days=2)
RULE = Rule(share=50, least=1, most=10)


@dataclass
class World:
    """Records in memory; every call goes through the wire."""

    archive: Archived = field(default_factory=made.archive_made)
    wire: Wire = field(default_factory=Wire)
    rows: dict = field(default_factory=dict)
    begun: dict = field(default_factory=dict)
    acts: list[Act] = field(default_factory=list)
    approved_by: str = made.APPROVER

    def draw(self, sample, act):
        return self.wire.pass_through(self._draw, sample, act)

    def _draw(self, sample, act):
        if sample.sample_id in self.rows:
            return False
        self.rows[sample.sample_id] = sample
        self.acts.append(act)
        return True

    def ids_of_month(self, month):
        return tuple(each for each in sorted(self.rows) if each.startswith(month))

    def of_month(self, month):
        return tuple(self.rows[each] for each in self.ids_of_month(month))

    def was_told(self, notice):
        return notice in self.begun and self.begun[notice].told

    def several(self, notices):
        return {each: self.begun[each] for each in notices if each in self.begun}

    def begin(self, notice, act):
        return self.wire.pass_through(self._begin, notice, act)

    def _begin(self, notice, act):
        if notice not in self.begun:
            self.begun[notice] = Notice(act.at, told=False)
            self.acts.append(act)
            return True
        return not self.begun[notice].told

    def told(self, notices, _now):
        for each in notices:
            self.wire.pass_through(self._told, each)

    def _told(self, notice):
        self.begun[notice] = replace(self.begun[notice], told=True)

    def read(self, posts, approvals):
        found = {each: a_post(post_id=each[0], author=made.AUTHOR) for each in posts}
        ruling = Ruling(Decision.APPROVE, self.approved_by, LATER, Way.QUEUE)
        said = {each: replace(an_approval(found[each]), ruling=ruling) for each in approvals}
        return self.wire.pass_through(lambda: Snapshot(found, said, {}, {}, {}))

    def drawn(self, *months, is_time=lambda: True, rule=RULE):
        bags = made.bags_of(objects=self.archive.objects)
        desk = Desk(bags, self, self, self, rule)
        return draw_months(desk, months or (SEPTEMBER, OCTOBER), LATER, is_time=is_time)

    def stated(self, now=LATER):
        return state_samples(self, self, (SEPTEMBER, OCTOBER), now)

    @property
    def happened(self):
        return [act.type for act in self.acts]


def reading_after(world, tmp_path):
    """The months, and the next one, in which it stands what was drawn."""
    later = Archived()
    later.__dict__.update({name: _copy(value) for name, value in vars(world.archive).items()})
    made.tell(later, [replace(act, at=on(NOVEMBER, 2)) for act in world.acts])
    close(later, NOVEMBER)
    folder = later.lay_out(tmp_path / "archive")
    return made.Bags(FolderShelf(folder), made.KEYS).between(), folder


def _copy(value):
    return value.copy() if isinstance(value, dict | list) else value


def test_what_went_out_is_read_from_the_month_and_nothing_else():
    bags = made.bags_of()

    assert published_in(bags.bag(SEPTEMBER)) == {
        "riverside": {f"{each}@v1" for each in (made.WRONG, made.OTHER, made.EDITED)}
    }
    assert published_in(bags.bag(OCTOBER))["riverside"] == {
        f"{each}@v1" for each in (made.CORRECTION, made.NOTE)
    }


@pytest.mark.parametrize(("decision", "counts"), [("sent", True), ("not_sent", False)])
def test_what_a_person_settled_counts_where_they_say_it_is_there(decision, counts):
    from shared.posts.acts import Happened
    from shared.records.acts import act_on

    world, post = Archived(), a_post(post_id=made.OTHER)
    said = {"decision": decision, "reason": "Seen.", "url": ""}
    made.tell(world, [act_on(post, Happened.SETTLED, on(SEPTEMBER, 3), said, target="x")])
    close(world, SEPTEMBER)

    found = published_in(made.bags_of(objects=world.objects).bag(SEPTEMBER))
    assert bool(found) is counts


def test_every_account_is_drawn_from_once_and_through_whose_hands_a_post_went_is_kept():
    world = World()

    assert world.drawn() == (SEPTEMBER, OCTOBER)
    assert world.drawn() == ()

    sample = world.rows["2026-09-riverside"]
    assert (sample.published, len(sample.posts)) == (3, 2)
    assert {each.hands for each in sample.posts} == {frozenset({made.AUTHOR, made.APPROVER})}
    kinds = ["sample.drawn", "sample.month_drawn"]
    assert world.happened == kinds * 2


def test_it_is_the_same_whoever_draws_it():
    one, other = World(), World(approved_by="somebody-else")
    one.drawn()
    other.drawn()

    assert [act.payload for act in one.acts] == [act.payload for act in other.acts]


@pytest.mark.parametrize("after", [False, True])
def test_whoever_is_killed_at_any_call_leaves_the_same_samples(after):
    whole = World()
    whole.drawn()

    for call in range(whole.wire.calls):
        world = World(wire=Wire(call, after=after))
        with pytest.raises(KilledError):
            world.drawn()
        world.wire = Wire()
        world.drawn()

        assert world.rows == whole.rows
        assert sorted(world.happened) == sorted(whole.happened)


def test_a_month_that_was_spoilt_is_not_drawn_from():
    world = World(archive=Archived(objects=dict(made.archive_made().objects)))
    path = "month=2026-09/data/records/publication/part-00000.jsonl.gz"
    world.archive.objects[path] = world.archive.objects[path][:-9] + b"forged by"

    with pytest.raises(UntrueBagError):
        world.drawn(SEPTEMBER)

    assert (world.rows, world.begun) == ({}, {})


def test_two_at_once_draw_the_same():
    world = World()
    bags = made.bags_of()
    first = iter([True])

    def other_is_quicker():
        if next(first, False):
            assert world.drawn(SEPTEMBER) == (SEPTEMBER,)
        return True

    draw_months(Desk(bags, world, world, world, RULE), [SEPTEMBER], LATER, is_time=other_is_quicker)

    assert world.happened == ["sample.drawn", "sample.month_drawn"]


def test_who_runs_out_of_time_goes_on_the_next_day():
    world = World()

    assert world.drawn(SEPTEMBER, is_time=lambda: False) == ()
    assert (world.rows, world.begun) == ({}, {})
    assert world.drawn(SEPTEMBER) == (SEPTEMBER,)


def test_a_month_is_stated_when_all_was_looked_at_or_three_weeks_later():
    world = World()
    assert world.stated() == ()
    world.drawn()

    assert world.stated() == ()
    sample = world.rows["2026-10-riverside"]
    for number in range(1, len(sample.posts) + 1):
        sample = look_at(sample, number, Judgement(Verdict.FINE, "", made.PersonId("psd"), LATER))
    world.rows[sample.sample_id] = sample
    assert world.stated() == (OCTOBER,)
    assert world.stated(LATER + LATEST - timedelta(seconds=1)) == ()
    assert world.stated(LATER + LATEST) == (SEPTEMBER,)
    assert world.stated(LATER + LATEST) == ()

    last, first = (act.payload for act in world.acts if act.type == "sample.stated")
    assert (first["drawn"], first["looked_at"]) == (2, 0)
    assert last["looked_at"] == last["drawn"] == 1


def test_a_sample_can_be_drawn_again_from_the_months_alone(tmp_path):
    world = World()
    world.drawn()
    reading, _ = reading_after(world, tmp_path)

    found = redraw(reading, SEPTEMBER, "riverside", Rule())

    assert found.wrong == ()
    assert found.record.payload["posts"] == list(found.posts)
    assert str(found.rule) == str(RULE)


FORGED = {
    "posts": ["another@v1", "one@v1"],
    "seed": "00" * 32,
    "published": 2,
    "frame_sha256": "ab" * 32,
    "rule": "share=10,least=1,most=1",
}


@pytest.mark.parametrize("name", FORGED)
def test_a_sample_that_was_chosen_is_found_out(name, tmp_path):
    world = World()
    world.drawn(SEPTEMBER)
    drawn = world.acts[0]
    world.acts[0] = replace(drawn, payload={**drawn.payload, name: FORGED[name]})
    reading, _ = reading_after(world, tmp_path)

    assert redraw(reading, SEPTEMBER, "riverside", Rule()).wrong


def test_an_account_that_was_left_out_is_found_out(tmp_path):
    world = World()
    world.drawn(SEPTEMBER)
    del world.acts[0]
    reading, _ = reading_after(world, tmp_path)

    assert "no sample" in redraw(reading, SEPTEMBER, "riverside", Rule()).wrong[0]
    assert redraw(reading, SEPTEMBER, "moor", Rule()).wrong == ()


def test_months_that_do_not_speak_of_it_say_only_what_would_be_drawn():
    found = redraw(made.a_reading(), SEPTEMBER, "riverside", Rule())

    assert (found.record, found.wrong, len(found.posts)) == (None, (), 2)
