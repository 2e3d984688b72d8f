"""Accounts are compared every hour; what nobody put there through us is found once."""

from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.accounts.registry import AccountStatus
from shared.drift.drift import Cause, DriftState, Kind, acknowledge
from shared.platforms.base import RateLimitedError, SignInError, UnreachableError
from shared.posts.acts import SYSTEM
from shared.posts.names import PersonId
from tests.builders import NOW, a_post
from tests.unit.watch.drifting.drifting_made import (
    HOUR,
    MASTODON,
    MINUTE,
    SHOWN,
    KilledError,
    World,
    begun,
)
from watch.drifting.compare_target import MOST_DRIFTS, Library
from watch.drifting.find_drifts import TOGETHER, Compared, find_drifts
from watch.drifting.timeline import MOST_PAGES


def test_what_is_seen_first_is_taken_for_right_and_waits_for_the_web_team():
    world = World()
    world.says_by_hand(1, "From before.", NOW - timedelta(days=9))

    assert world.look() == Compared(1, 0, 0)

    [first] = world.found.values()
    assert (first.kind, first.is_alarm, first.is_open) == (Kind.FIRST, False, True)
    assert "Name: Riverside Police" in world.words[first.drift_id]["after"]
    assert world.beat().known == SHOWN
    assert world.look(NOW + HOUR) == Compared(1, 0, 0)
    assert len(world.found) == 1


def test_a_platform_where_nothing_can_be_compared_is_not_asked():
    world = World()
    world.look()

    assert set(world.beats) == {("riverside", MASTODON)}


def test_a_closed_account_is_left_alone():
    world = World()
    world.account = replace(world.account, status=AccountStatus.CLOSED)

    assert world.look() == Compared(0, 0, 0)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (Kind.NAME, "Free coins"),
        (Kind.HANDLE, "r1verside"),
        (Kind.ABOUT, ""),
        (Kind.PICTURE, "https://social.example/b.png"),
        (Kind.ACCOUNT, "8"),
    ],
)
def test_another_profile_is_found_at_the_first_look_with_the_words_before_and_after(kind, value):
    world = begun()
    world.shown[kind] = value

    assert world.look(NOW + HOUR).found == 1

    [drift] = world.alarms()
    assert drift.kind is kind
    assert world.words[drift.drift_id] == {"before": SHOWN[kind], "after": value}
    assert world.acts[-1].payload.get("after") is None  # sealed, and nowhere else
    assert world.beat().known == SHOWN


def test_it_is_found_once_however_often_it_is_looked_for():
    world = begun()
    world.shown[Kind.NAME] = "Free coins"

    assert [world.look(NOW + hours * HOUR).found for hours in (1, 2, 3, 30)] == [1, 0, 0, 0]


def test_what_somebody_says_was_us_is_right_from_then_on():
    world = begun()
    world.shown[Kind.NAME] = "Riverside Constabulary"
    world.look(NOW + HOUR)
    world.closes(world.alarms()[0], Cause.OURS)
    world.look(NOW + 2 * HOUR)

    assert world.beat().known[Kind.NAME] == "Riverside Constabulary"
    assert world.happened()[-1] == "drift.accepted"
    assert world.look(NOW + 3 * HOUR).found == 0
    world.shown[Kind.NAME] = SHOWN[Kind.NAME]
    assert world.look(NOW + 4 * HOUR).found == 1


def test_what_a_thief_left_and_nobody_put_right_rings_again():
    world = begun()
    world.shown[Kind.NAME] = "Free coins"
    world.look(NOW + HOUR)
    world.closes(world.alarms()[0], Cause.STRANGER)

    assert world.look(NOW + 2 * HOUR).found == 1
    assert world.beat().known == SHOWN


def test_what_is_put_right_has_its_end_on_record_and_waits_for_who_says_why():
    world = begun()
    world.shown[Kind.NAME] = "Free coins"
    world.look(NOW + HOUR)
    world.shown[Kind.NAME] = SHOWN[Kind.NAME]
    world.look(NOW + 2 * HOUR)

    [drift] = world.alarms()
    assert (drift.ended_at, drift.state) == (NOW + 2 * HOUR, DriftState.OPEN)
    assert world.happened()[-1] == "drift.ended"
    world.shown[Kind.NAME] = "Free coins"
    assert world.look(NOW + 3 * HOUR).found == 1


def test_a_post_by_hand_is_found_at_once_and_one_of_ours_never():
    world = begun()
    world.publishes(1, "From here.", NOW + 10 * MINUTE)
    world.says_by_hand(2, "Send coins.", NOW + 20 * MINUTE)

    assert world.look(NOW + HOUR).found == 1

    [drift] = world.alarms()
    assert (drift.kind, drift.said_at) == (Kind.POST, NOW + 20 * MINUTE)
    assert world.words[drift.drift_id]["after"] == "Send coins."
    assert [world.look(NOW + hours * HOUR).found for hours in (2, 3, 4)] == [0, 0, 0]


def test_what_may_still_be_on_its_way_onto_the_record_waits_for_the_next_look():
    world = begun()
    world.says_by_hand(1, "Just now.", NOW + HOUR - MINUTE)

    assert world.look(NOW + HOUR).found == 0
    assert world.look(NOW + 2 * HOUR).found == 1


def test_a_post_that_lies_about_its_moment_is_found_all_the_same():
    world = begun()
    world.says_by_hand(1, "From the future.", NOW + timedelta(days=3_000))

    assert world.look(NOW + HOUR).found == 1
    world.closes(world.alarms()[0], Cause.OURS)
    assert [world.look(NOW + hours * HOUR).found for hours in (2, 3, 4)] == [0, 0, 0]


def test_what_says_the_same_as_a_post_that_nobody_could_settle_is_not_doubled():
    world = begun()
    world.says_by_hand(1, "Road closed.", NOW + MINUTE)
    post = a_post("Road closed.", account="riverside", platforms=(MASTODON,))
    world.waiting.append(SimpleNamespace(post=post))

    assert world.look(NOW + HOUR).found == 0


def test_a_post_that_is_entered_afterwards_closes_its_drift_by_itself():
    world = begun()
    world.says_by_hand(1, "Posted by hand.", NOW + MINUTE)
    world.look(NOW + HOUR)
    world.enters(1)
    world.look(NOW + 2 * HOUR)

    [drift] = world.alarms()
    assert (drift.closed.by, drift.closed.finding.cause) == (SYSTEM, Cause.OURS)
    assert world.acts[-1].reason == "ours"
    assert world.look(NOW + 9 * HOUR).found == 0
    assert world.beat().drifts == {}


def test_a_post_closed_while_nobody_could_look_is_not_found_again():
    world = begun()
    world.says_by_hand(1, "Send coins.", NOW + MINUTE)
    world.look(NOW + HOUR)
    world.closes(world.alarms()[0], Cause.STRANGER)
    world.says = UnreachableError("down")
    world.look(NOW + 2 * HOUR)
    world.says = None

    assert world.look(NOW + 30 * HOUR).found == 0
    assert world.look(NOW + 31 * HOUR).found == 0


@pytest.mark.parametrize(
    ("error", "again"),
    [
        (UnreachableError("Mastodon answered 500."), 2 * HOUR),
        (SignInError("Mastodon: no."), 2 * HOUR),
        (RateLimitedError("Later.", NOW + 9 * HOUR), 9 * HOUR),
    ],
    ids=["down", "no good key", "limited"],
)
def test_a_platform_that_does_not_answer_leaves_what_is_known_and_says_so(error, again):
    world = begun()
    world.says, world.shown = error, {}

    assert world.look(NOW + HOUR) == Compared(1, 0, 1)
    assert (world.beat().known, world.beat().fault) == (SHOWN, str(error))
    assert world.look(NOW + again - MINUTE - MINUTE * 10) == Compared(0, 0, 0)
    world.says, world.shown = None, dict(SHOWN)
    assert world.look(NOW + again) == Compared(1, 0, 0)
    assert (world.beat().fault, world.beat().since) == ("", None)


@pytest.mark.parametrize("shown", [{}, {Kind.ACCOUNT: "7"}, dict.fromkeys(SHOWN, "")])
def test_an_empty_answer_is_no_change_and_it_is_said(shown):
    world = begun()
    world.shown = shown

    assert world.look(NOW + HOUR) == Compared(1, 0, 1)
    assert world.beat().known == SHOWN
    assert "told nothing" in world.beat().fault


def test_without_keys_nobody_looks_and_it_is_said():
    world = World(no_keys=True)

    assert world.look() == Compared(1, 0, 1)
    assert (world.beat().fault, world.beat().since) == ("No keys.", NOW)
    world.look(NOW + HOUR)
    assert world.beat().since == NOW


def test_who_will_be_compared_is_said_beforehand():
    world, expected = World(), []
    desk = replace(world.desk(), expect=lambda targets: expected.append(list(targets)))

    find_drifts(desk, NOW)
    world.closed["mastodon/riverside/closed"] = NOW + HOUR
    find_drifts(desk, NOW)

    assert expected == [[(world.account, MASTODON)], []]


def test_drifts_of_many_accounts_are_read_together():
    world, read = World(), []
    accounts = [replace(world.account, account_id=f"account-{n:03}") for n in range(TOGETHER + 1)]
    world.all = lambda: tuple(accounts)
    world.look()

    def several(names):
        read.append(names := list(names))
        return world.several(names)

    desk = replace(
        world.desk(NOW + HOUR),
        library=Library(SimpleNamespace(several=several, ours=world.ours), world),
    )
    assert find_drifts(desk, NOW + HOUR) == Compared(len(accounts), 0, 0)

    assert [len(names) for names in read] == [TOGETHER, 1]


def test_a_closed_window_is_not_looked_through():
    world = World()
    world.closed["mastodon/riverside/closed"] = NOW + HOUR

    assert world.look() == Compared(0, 0, 0)
    assert world.look(NOW + HOUR) == Compared(1, 0, 0)


def test_a_timeline_of_several_pages_is_read_to_its_end():
    world = begun()
    world.page = 2
    for number in range(5):
        world.says_by_hand(number, f"Coins {number}", NOW + number * MINUTE)

    assert world.look(NOW + HOUR).found == 5


def test_a_timeline_without_end_is_said_and_read_again():
    world = begun()
    world.page, world.turns = 1, 0
    for number in range(MOST_PAGES + 1):
        world.says_by_hand(number, f"Coins {number}", NOW + MINUTE)

    assert world.look(NOW + HOUR).silent == 1
    assert (world.turns, "did not end" in world.beat().fault) == (MOST_PAGES, True)
    world.page = 100
    assert world.look(NOW + 2 * HOUR).found == MOST_PAGES + 1


def test_an_account_full_of_strange_posts_does_not_fill_the_list():
    world = begun()
    for number in range(MOST_DRIFTS + 20):
        world.says_by_hand(number, f"Coins {number}", NOW + MINUTE)
    for hours in range(1, 5):
        world.look(NOW + hours * HOUR)

    assert len(world.alarms()) == MOST_DRIFTS
    assert "out of use" in world.beat().fault


def test_of_two_runs_at_once_one_finds_it():
    world = begun()
    world.shown[Kind.NAME] = "Free coins"
    world.says_by_hand(1, "Send coins.", NOW + MINUTE)
    now = NOW + HOUR
    other = world.desk(now + timedelta(seconds=1))
    world.before_writing = lambda: find_drifts(other, now + timedelta(seconds=1))
    find_drifts(world.desk(now), now)
    world.look(NOW + 2 * HOUR)

    assert sorted(each.kind for each in world.alarms()) == [Kind.NAME, Kind.POST]


@settings(max_examples=40, deadline=None)
@given(dies_at=st.integers(1, 12))
def test_whoever_is_killed_at_any_write_leaves_each_drift_found_once(dies_at):
    world = begun()
    world.shown |= {Kind.NAME: "Free coins", Kind.ABOUT: "Send coins."}
    for number in range(3):
        world.says_by_hand(number, f"Coins {number}", NOW + number * MINUTE)
    world.writes, world.dies_at = 0, dies_at
    for hours in (1, 2):
        try:
            world.look(NOW + hours * HOUR)
        except KilledError:
            world.dies_at = 0
            world.look(NOW + hours * HOUR + MINUTE)

    marks = [each.mark for each in world.alarms()]
    assert len(marks) == len(set(marks)) == 5
    assert world.happened().count("drift.found") == 6  # and the first look


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(["name", "back", "post", "ours", "stranger", "down", "empty"]), max_size=12
    )
)
def test_whatever_happens_what_is_known_changes_only_by_what_somebody_said(happens):
    world, said = begun(), {SHOWN[Kind.NAME]}
    for hour, what in enumerate(happens, 1):
        world.says, shown = None, world.shown
        if what == "name":
            shown[Kind.NAME] = f"Name {hour}"
        elif what == "back":
            shown[Kind.NAME] = SHOWN[Kind.NAME]
        elif what == "post":
            world.says_by_hand(hour, "Coins", NOW + hour * HOUR - 20 * MINUTE)
        elif what == "down":
            world.says = UnreachableError("down")
        elif what == "empty":
            world.shown = {}
        elif world.open_alarms():
            drift = world.open_alarms()[0]
            cause = Cause.OURS if what == "ours" else Cause.STRANGER
            world.closes(drift, cause, NOW + hour * HOUR)
            if cause is Cause.OURS and drift.kind is Kind.NAME:
                said.add(world.words[drift.drift_id]["after"])
        world.look(NOW + hour * HOUR)
        world.shown = shown

    assert world.beat().known[Kind.NAME] in said
    assert {k: v for k, v in world.beat().known.items() if k is not Kind.NAME} == {
        k: v for k, v in SHOWN.items() if k is not Kind.NAME
    }


def test_a_drift_that_somebody_takes_on_this_moment_is_left_to_the_next_hour():
    world = begun()
    world.shown[Kind.NAME] = "Free coins"
    world.look(NOW + HOUR)
    [drift] = world.alarms()
    world.shown[Kind.NAME] = SHOWN[Kind.NAME]

    def takes_it_on():
        world.found[drift.drift_id] = acknowledge(drift, PersonId("p-1"), NOW)

    world.before_writing = takes_it_on
    world.look(NOW + 2 * HOUR)
    world.look(NOW + 3 * HOUR)

    [after] = world.alarms()
    assert (after.acknowledged.by, after.ended_at) == ("p-1", NOW + 3 * HOUR)
