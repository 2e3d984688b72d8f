"""Every morning reviews are begun, told of, and stated when their month is over; each once."""

import json
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.accounts.registry import AccountStatus, Handle, Role
from shared.conductor.executions import ExecutionOverError
from shared.followers.review import Part, Review, ReviewState, Signature
from shared.followers.who import parts_of
from shared.posts.names import AccountId, PersonId, PlatformName
from tests.builders import NOW, a_person, an_account
from watch.following.begin_reviews import (
    PART,
    PATIENCE,
    TOGETHER,
    Desk,
    ReviewsStalledError,
    begin_reviews,
)
from watch.following.reviews_due import (
    A_WEEK,
    TWO_WEEKS,
    months_waiting,
    reviews_due,
)
from watch.following.state_reviews import state_reviews
from watch.morning.who import Who

SANDBOX = Handle(PlatformName("sandbox"), "leek", "http://sandbox.example")
FEED = Handle(PlatformName("feed"), "leek", "http://feeds.example")
OWNER, DUTY, ABOVE = a_person("pc-ash"), a_person("comms-1", role=Role.COMMS), a_person("sgt-oak")
LEEK = an_account("leek", handles=(SANDBOX,), owner=OWNER.person_id, parent=AccountId("moor"))
MOOR = an_account("moor", handles=(FEED,), owner=ABOVE.person_id)
OPEN = Review(LEEK.account_id, "2026-11", NOW, ReviewState.OPEN, ready_at=NOW)
SIGNED = replace(OPEN, state=ReviewState.SIGNED)


@dataclass
class World:
    """Reviews in memory, and what was started and told."""

    kept: tuple = ()
    accounts: tuple = (LEEK, MOOR)
    started: list = field(default_factory=list)
    parts: list = field(default_factory=list)
    notices: dict = field(default_factory=dict)
    acts: list = field(default_factory=list)
    over: bool = False

    def all(self):
        return self.accounts

    def of_month(self, month):
        return tuple(each for each in self.kept if each.month == month)

    def review(self, month, on, batches, part=0):
        assert part == len(self.parts)
        self.parts.append(sum(map(len, batches)))
        self.started.append((month, on.isoformat(), [[*batch] for batch in batches]))
        if self.over:
            raise ExecutionOverError("today's")

    def was_told(self, notice):
        return self.notices.get(notice, False)

    def begin(self, notice, act):
        if notice in self.notices:
            return False
        self.notices[notice] = False
        self.acts.append(act)
        return True

    def told(self, notices, _now):
        self.notices.update(dict.fromkeys(notices, True))

    def begun(self, now=NOW):
        return begin_reviews(Desk(self, self, self), now)


def test_what_has_lists_and_no_review_that_is_ready_is_read():
    world = World()

    assert world.begun().accounts == 1
    assert world.started == [("2026-11", "2026-11-20", [["leek"]])]


def test_a_large_force_is_read_by_several_executions_that_each_take_what_they_are_given():
    ids = [f"{number:05}-{'n' * 58}" for number in range(2 * PART + 1)]
    world = World(accounts=tuple(an_account(each, handles=(SANDBOX,)) for each in ids))

    assert world.begun().accounts == len(ids)
    assert world.parts == [PART, PART, 1]
    assert [each for *_, part in world.started for batch in part for each in batch] == ids
    assert {len(batch) for *_, part in world.started for batch in part} == {TOGETHER, 1}
    alone = [[each] for each in ids[:PART]]
    assert len(json.dumps(alone)) < 256 * 1024


def test_who_was_begun_on_another_day_and_is_left_is_read_alone():
    reading = replace(OPEN, state=ReviewState.READING)
    others = tuple(an_account(each, handles=(SANDBOX,)) for each in ("dale", "weir"))

    world = World((reading,), (LEEK, *others))
    world.begun()

    assert [batches for *_, batches in world.started] == [[["dale", "weir"], ["leek"]]]


def test_who_is_fired_again_means_the_same_parts_though_less_is_left():
    accounts = [an_account(f"team-{n:05}", handles=(SANDBOX,)) for n in range(PART + 1)]
    read = replace(OPEN, account=accounts[0].account_id)
    world = World((read,), tuple(accounts))
    world.begun()

    assert world.parts == [PART - 1, 1]


@pytest.mark.parametrize("status", [AccountStatus.CLOSED, AccountStatus.REQUESTED])
def test_an_account_that_does_not_speak_is_not_read(status):
    assert World(accounts=(replace(LEEK, status=status),)).begun().accounts == 0


@pytest.mark.parametrize("review", [OPEN, SIGNED])
def test_a_review_that_was_read_is_not_read_again(review):
    world = World((review,))

    assert (world.begun().accounts, world.started) == (0, [])


def test_the_month_is_the_forces_own_and_not_the_clocks():
    world = World()
    world.begun(datetime(2026, 6, 30, 23, 30, tzinfo=UTC))

    assert world.started == [("2026-07", "2026-07-01", [["leek"]])]
    assert months_waiting(datetime(2027, 1, 1, tzinfo=UTC)) == ("2027-01", "2026-12")


def test_whoever_fires_it_a_second_time_does_no_harm():
    assert World(over=True).begun().accounts == 1


def test_a_review_that_nobody_finishes_reading_rings():
    stuck = replace(OPEN, state=ReviewState.READING)

    World((stuck,)).begun(NOW + PATIENCE - timedelta(seconds=1)).ring()
    with pytest.raises(ReviewsStalledError, match="2026-11-leek"):
        World((stuck,)).begun(NOW + PATIENCE).ring()


def dues(review, waited):
    people = {each.person_id: each for each in (OWNER, DUTY, ABOVE)}
    who = Who({each.account_id: each for each in (LEEK, MOOR)}, people, (DUTY,))
    return {
        due.notice_id: {person.person_id for person in due.matter.to}
        for due in reviews_due(who, [review], NOW + waited)
    }


def test_both_sides_hear_that_a_review_is_ready_and_whoever_is_late_hears_again():
    signed = replace(OPEN, signed={Part.COMMS: Signature(PersonId("comms-1"), NOW)})

    ours, theirs = "reviews/2026-11", "review/2026-11-leek"

    assert dues(OPEN, timedelta(0)) == {
        f"{ours}/ready": {"comms-1"},
        f"{theirs}/ready": {"pc-ash"},
    }
    assert dues(OPEN, A_WEEK) == {
        f"{ours}/ready": {"comms-1"},  # told a week ago; here for whom nobody was there to tell
        f"{ours}/comms": {"comms-1"},
        f"{theirs}/owner": {"pc-ash"},
    }
    assert dues(signed, A_WEEK) == {f"{theirs}/owner": {"pc-ash"}}
    assert dues(signed, TWO_WEEKS) == {
        f"{ours}/overdue": {"comms-1"},
        f"{theirs}/overdue": {"sgt-oak"},
    }


def test_communications_hear_of_hundreds_in_one_line_and_every_owner_on_the_same_morning():
    accounts = [replace(LEEK, account_id=AccountId(f"team-{n:03}")) for n in range(300)]
    reviews = [replace(OPEN, account=each.account_id) for each in accounts]
    people = {each.person_id: each for each in (OWNER, DUTY)}
    who = Who({each.account_id: each for each in accounts}, people, (DUTY,))

    found = [due.matter for due in reviews_due(who, reviews, NOW)]

    lines = [each.line for each in found if DUTY in each.to]
    assert lines == ["300 of 2026-11 are ready"]
    assert sum(each.to == (OWNER,) for each in found) == 300


@pytest.mark.parametrize("review", [SIGNED, replace(OPEN, state=ReviewState.READING)])
def test_nobody_is_told_of_what_is_read_or_over(review):
    assert dues(review, TWO_WEEKS) == {}


@given(st.lists(st.integers(0, 40), max_size=12))
def test_no_reminder_has_two_names_and_they_name_nobody(days):
    lines = set()
    for day in sorted(days):
        who = Who({LEEK.account_id: LEEK}, {OWNER.person_id: OWNER}, (DUTY,))
        for due in reviews_due(who, [OPEN], NOW + timedelta(days=day)):
            lines.add((due.notice_id, due.matter.line))
            assert due.act.personal == {}
    assert len(lines) == len({notice for notice, _ in lines}) <= 6


def stated(world, day):
    return state_reviews(world, world, datetime(2026, 12, day, 9, tzinfo=UTC))


def test_a_month_is_stated_once_when_all_its_reviews_are_signed():
    world = World((SIGNED,))

    assert [stated(world, day) for day in (1, 2, 20)] == ["2026-11", None, None]
    assert [act.type for act in world.acts] == ["review.stated"]
    assert world.acts[0].payload["signed"] == 1


def test_a_month_in_which_somebody_has_not_signed_is_stated_two_weeks_later():
    world = World((OPEN,))

    assert [stated(world, day) for day in (1, 13, 14, 15)] == [None, None, "2026-11", None]
    assert (world.acts[0].payload["reviews"], world.acts[0].payload["signed"]) == (1, 0)


def test_a_month_without_reviews_is_not_stated():
    assert stated(World(), 20) is None


@pytest.mark.parametrize(
    ("person", "parts", "why"),
    [
        (OWNER, {Part.OWNER}, "the owner"),
        (DUTY, {Part.COMMS}, "communications"),
        (replace(DUTY, person_id=OWNER.person_id), {Part.OWNER, Part.COMMS}, "both"),
        (replace(OWNER, role=Role.AUDITOR), set(), "whoever audits changes nothing"),
        (a_person("pc-elm"), set(), "somebody else's"),
    ],
)
def test_who_signs_for_which_side(person, parts, why):
    assert parts_of(person, LEEK) == parts, why


def test_a_deputy_signs_for_the_account():
    deputies = frozenset({PersonId("pc-elm")})

    assert parts_of(a_person("pc-elm"), replace(LEEK, deputies=deputies)) == {Part.OWNER}
