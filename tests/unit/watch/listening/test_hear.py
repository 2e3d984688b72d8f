"""What is said to an account is heard once, from the newest on, and nothing in between is lost."""

from dataclasses import dataclass, field, replace
from datetime import timedelta
from types import SimpleNamespace
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.accounts.registry import AccountStatus, Handle
from shared.platforms.actors import Actor
from shared.platforms.base import RateLimitedError, RefusedError, UnreachableError, UnsupportedError
from shared.platforms.reading import Mention, Page
from shared.posts.names import PlatformName
from shared.records.ears import Ear
from tests.builders import NOW, an_account
from watch.listening.hear import Desk, hear
from watch.listening.hear_target import LONGEST_TEXT, LOOK_BACK, MOST_PAGES, OVERLAP

MASTODON, FEED = PlatformName("mastodon"), PlatformName("feed")
TARGET = ("riverside", MASTODON)
PAT = Actor("u1", "pat", "Pat Invented")
HOUR = timedelta(hours=1)
A_PAGE = 3


@dataclass
class World:
    """What was said there, newest first on pages of three; what is on record; and what fails:
    `says` are errors, one for each page that is asked for, None for none."""

    said: list = field(default_factory=list)
    kept: dict = field(default_factory=dict)
    acts: list = field(default_factory=list)
    ears: dict = field(default_factory=dict)
    closed: dict = field(default_factory=dict)
    says: list = field(default_factory=list)
    asked: list = field(default_factory=list)
    account: object = None
    overtaken: bool = False
    slow: timedelta = timedelta(0)
    spent: timedelta = timedelta(0)

    def say(self, number, at=NOW - HOUR, text="Is the road open?", author=PAT, **more):
        made = Mention(str(number), f"https://m.example/{number}", author, text, at, **more)
        self.said.append(made)

    def mentions(self, since, cursor=None):
        self.asked.append((since, cursor))
        self.spent += self.slow
        error = self.says.pop(0) if self.says else None
        if error:
            raise error
        newest = sorted((m for m in self.said if m.at >= since), key=lambda m: m.at, reverse=True)
        start = int(cursor or 0)
        more = len(newest) > start + A_PAGE
        return Page(tuple(newest[start : start + A_PAGE]), str(start + A_PAGE) if more else None)

    def receive(self, heard):
        fresh = {m.mention_id: (m, act) for m, act in heard if m.mention_id not in self.kept}
        self.kept |= {mention_id: mention for mention_id, (mention, _) in fresh.items()}
        self.acts += [act for _, act in fresh.values()]
        return frozenset(fresh)

    def keep(self, changes):
        changes = () if self.overtaken else tuple(changes)
        for before, after in changes:
            assert self.ear == before
            self.ears[TARGET] = after
        return tuple(after for _, after in changes)

    @property
    def ear(self):
        return self.ears.get(TARGET, Ear(*TARGET))

    @property
    def texts(self):
        return [act.personal["platform_id"] for act in self.acts]

    def desk(self):
        return Desk(
            SimpleNamespace(all=lambda: (self.account,)),
            SimpleNamespace(
                several=lambda here: {each: self.ears.get(each, Ear(*each)) for each in here},
                keep=self.keep,
            ),
            SimpleNamespace(
                known=lambda names: self.kept.keys() & set(names), receive=self.receive
            ),
            SimpleNamespace(read=lambda **_: SimpleNamespace(closed=self.closed)),
            lambda *_: self,
            lambda: NOW + self.spent,
        )


@pytest.fixture
def world():
    return a_world()


def a_world():
    handles = (
        Handle(MASTODON, "RiversideNPT", "https://social.example"),
        Handle(FEED, "riverside", "https://feeds.example"),
    )
    return World(account=an_account(handles=handles))


def test_what_was_said_is_kept_with_its_words_sealed_and_nowhere_else(world):
    world.say(1, text="Is the road open? I live at 4 Mill Lane", private=True)

    heard = hear(world.desk(), NOW)

    [kept], [act] = world.kept.values(), world.acts
    assert (heard.received, heard.silent) == (1, 0)
    assert (kept.account, kept.platform, kept.private) == ("riverside", MASTODON, True)
    assert act.type == "mention.received"
    assert act.personal["handle"] == "pat"
    assert "Mill Lane" in act.personal["text"]
    assert not any("Mill" in str(value) for value in act.payload.values())
    assert world.ear == Ear(*TARGET, heard_to=NOW)


def test_the_first_time_a_day_is_heard_and_then_what_is_new_with_some_overlap(world):
    hear(world.desk(), NOW)
    hear(world.desk(), NOW + HOUR)

    assert world.asked == [(NOW - LOOK_BACK, None), (NOW - OVERLAP, None)]


def test_the_same_is_heard_once_however_often_it_is_told(world):
    for number in range(5):
        world.say(number, at=NOW - timedelta(minutes=number))

    first, second = hear(world.desk(), NOW), hear(world.desk(), NOW)

    assert (first.received, second.received) == (5, 0)


def test_a_call_for_help_is_marked_and_where_it_stands_is_sealed(world):
    world.say(1, text="help me please he has a knife")

    hear(world.desk(), NOW)

    [kept], [act] = world.kept.values(), world.acts
    assert kept.calls
    assert act.personal["url"] == "https://m.example/1"


def test_what_the_account_says_itself_is_no_mention(world):
    world.say(1, author=replace(PAT, handle="riversidenpt"))
    world.say(2, author=None)

    hear(world.desk(), NOW)

    assert world.texts == ["2"]


def test_a_text_without_end_is_cut_and_a_time_to_come_is_now(world):
    world.say(1, at=NOW + HOUR, text="a" * 100_000)

    hear(world.desk(), NOW)

    [kept] = world.kept.values()
    assert kept.said_at == NOW
    assert len(world.acts[0].personal["text"]) == LONGEST_TEXT


def test_a_limit_keeps_what_was_read_and_the_rest_is_heard_when_the_platform_says(world):
    for number in range(5):
        world.say(number, at=NOW - timedelta(minutes=number))
    world.says = [None, RateLimitedError("Not now.", NOW + 2 * HOUR)]

    heard = hear(world.desk(), NOW)

    assert (heard.received, heard.silent) == (3, 1)
    assert world.ear.waits_until == NOW + 2 * HOUR
    assert (world.ear.gap_since, world.ear.gap_at) == (NOW - LOOK_BACK, "3")
    assert hear(world.desk(), NOW + HOUR).received == 0
    assert hear(world.desk(), NOW + 2 * HOUR).received == 2
    assert world.ear == Ear(*TARGET, heard_to=NOW + 2 * HOUR)


def test_where_a_platform_forgot_its_place_it_is_read_from_the_newest_on(world):
    for number in range(5):
        world.say(number, at=NOW - 3 * HOUR - timedelta(minutes=number))
    world.says = [None, UnreachableError("Down.")]
    hear(world.desk(), NOW)
    world.says = [None, RefusedError("No such cursor.")]
    hear(world.desk(), NOW + HOUR)

    assert (world.ear.gap_since, world.ear.gap_at) == (NOW - LOOK_BACK, None)
    hear(world.desk(), NOW + 2 * HOUR)
    assert sorted(world.texts) == ["0", "1", "2", "3", "4"]
    assert world.ear.gap_since is None


@pytest.mark.parametrize(
    "error", [UnsupportedError("There are no keys."), UnreachableError("It is down.")]
)
def test_a_target_that_cannot_be_heard_says_why_and_is_tried_again_later(world, error):
    world.says = [error]

    heard = hear(world.desk(), NOW)

    assert heard.silent == 1
    assert (world.ear.fault, world.ear.since) == (str(error), NOW)
    assert world.ear.heard_to is None
    hear(world.desk(), NOW + timedelta(minutes=59))
    assert len(world.asked) == 1
    hear(world.desk(), NOW + HOUR)
    assert world.ear == Ear(*TARGET, heard_to=NOW + HOUR)


def test_a_closed_window_and_a_closed_account_are_left_alone(world):
    world.closed = {"mastodon/riverside/closed": NOW + HOUR}
    hear(world.desk(), NOW)
    world.closed = {}
    world.account = replace(world.account, status=AccountStatus.CLOSED)
    hear(world.desk(), NOW)

    assert world.asked == []


def test_a_page_that_comes_again_and_again_ends_the_look(world):
    world.mentions = lambda *_: Page((), "again")

    assert hear(world.desk(), NOW).silent == 1
    assert "again and again" in world.ear.fault


def test_more_than_a_run_takes_is_heard_in_the_next_ones(world):
    wanted = 2 * MOST_PAGES * A_PAGE + 5
    for number in range(wanted):
        world.say(number, at=NOW - timedelta(seconds=number))

    hear(world.desk(), NOW)
    world.say(wanted, at=NOW + timedelta(seconds=1))
    hear(world.desk(), NOW + HOUR / 4)

    assert len(world.kept) == wanted + 1
    assert world.ear.gap_since is None


def test_who_is_slow_is_left_in_time_and_gone_on_with(world):
    for number in range(7):
        world.say(number, at=NOW - timedelta(minutes=number))
    world.slow = timedelta(minutes=6)

    hear(world.desk(), NOW)

    assert len(world.kept) == A_PAGE
    assert world.ear.gap_at == "3"


def test_of_two_runs_at_once_one_counts(world):
    world.say(1)
    world.overtaken = True

    assert hear(world.desk(), NOW).received == 1
    assert world.ear == Ear(*TARGET)


def test_a_fault_of_ours_at_one_target_keeps_nothing_from_the_record_that_others_said(world):
    world.say(1)
    other = Handle(PlatformName("sandbox"), "riverside", "https://sandbox.example")
    world.account = replace(world.account, handles=(*world.account.handles, other))
    desk = world.desk()

    def opened(_, platform):
        if platform == other.platform:
            raise RuntimeError("Nobody foresaw this.")
        return world

    with pytest.raises(RuntimeError):
        hear(replace(desk, open=opened), NOW)

    assert world.texts == ["1"]
    assert world.ear == Ear(*TARGET, heard_to=NOW)


def test_who_will_be_listened_to_is_said_beforehand(world):
    expected = []
    desk = replace(world.desk(), expect=lambda targets: expected.append(list(targets)))

    hear(desk, NOW)
    world.closed = {"mastodon/riverside/closed": NOW + HOUR}
    hear(desk, NOW)

    assert expected == [[(world.account, MASTODON)], []]


def short_runs():
    return patch("watch.listening.hear_target.MOST_PAGES", 2)


@given(
    st.lists(st.tuples(st.integers(0, 1), st.booleans()), min_size=1, max_size=12),
    st.data(),
)
def test_whatever_fails_and_whenever_nothing_that_was_said_is_lost(rounds, data):
    world, now, number = a_world(), NOW, 0
    for new, fails in rounds:
        for _ in range(new * data.draw(st.integers(1, 20))):
            number += 1
            world.say(number, at=now - timedelta(seconds=number % 7))
        wrong = [UnreachableError("Down."), RefusedError("No."), None]
        world.says = data.draw(st.lists(st.sampled_from(wrong), max_size=4)) if fails else []
        with short_runs():
            hear(world.desk(), now)
        now += data.draw(st.sampled_from([HOUR / 4, HOUR, 5 * HOUR]))
    world.says = []
    with short_runs():
        for _ in range(number + 2):
            now += 2 * HOUR
            hear(world.desk(), now)

    assert sorted(map(int, world.texts)) == list(range(1, number + 1))
    assert world.ear.fault == ""
