"""Lists are read page by page, and whatever breaks in between, nothing that was known is lost."""

from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.accounts.registry import AccountStatus, Handle
from shared.followers.flags import Sign
from shared.followers.likeness import OurNames, our_names
from shared.followers.review import ReviewState
from shared.followers.someone import Side
from shared.followers.thresholds import Thresholds
from shared.platforms.actors import Actor
from shared.platforms.base import (
    RateLimitedError,
    RefusedError,
    UnreachableError,
    UnsupportedError,
)
from shared.platforms.looking import Look
from shared.platforms.people import People
from shared.platforms.reading import Page, Profile
from shared.posts.names import PlatformName
from shared.records.errors import ChangedError, NotFoundError
from shared.records.follower_lists import FollowerList, ended
from tests.builders import NOW, an_account
from watch.following.places import places_of
from watch.following.read_account import BETWEEN_TRIES, MOST_TRIES, TOO_LONG, Outcome
from watch.following.read_followers import LONGEST_RUN, Desk, read_followers
from watch.following.read_list import PAGES, Shelf

MASTODON, FACEBOOK = PlatformName("mastodon"), PlatformName("facebook")
HANDLE = Handle(MASTODON, "leekpolice", "https://social.example")
NOVEMBER, DECEMBER = "2026-11", "2026-12"
DAY = timedelta(days=1)
PER_PAGE = 10


def people(*numbers):
    return [Actor(f"u-{n}", f"person-{n}", f"Person {n}", about="I live here.") for n in numbers]


@dataclass
class World:
    """Rows in memory, and a platform that shows its lists; `says` are errors, one a page. Accounts
    that are also here have the same lists."""

    account: object
    others: tuple = ()
    followers_are: list = field(default_factory=list)
    followed_are: list = field(default_factory=list)
    counts: tuple = (None, None)
    heads: dict = field(default_factory=dict)
    parts: dict = field(default_factory=dict)
    rows: dict = field(default_factory=dict)
    acts: list = field(default_factory=list)
    says: list = field(default_factory=list)
    asked: list = field(default_factory=list)
    expected: list = field(default_factory=list)
    refuses: dict = field(default_factory=dict)
    opened: int = 0
    profiles: int = 0
    looked_up: int = 0
    steps: int = 0
    opens: object = None
    at: object = NOW
    slow: timedelta = timedelta(0)
    broken: bool = False

    # accounts, reviews and lists
    def several(self, account_ids):
        here = {each.account_id: each for each in (self.account, *self.others)}
        return tuple(here[each] for each in account_ids if each in here)

    def begin_each(self, begun):
        wanted = list(begun)
        for review, act in wanted:
            if review.review_id not in self.rows:
                self.rows[review.review_id] = review
                self.acts.append(act)
        return tuple(self.rows[review.review_id] for review, _ in wanted)

    def advance(self, before, after, acts, also=()):
        if self.rows[before.review_id] != before:
            raise ChangedError("review", "it", "changed")
        if self.broken:
            raise ConnectionError("died here")
        self.rows[before.review_id] = after
        self.steps += 1
        self.acts += acts
        for write in also:
            write()
        return after

    def lists_of(self, named, salt):
        self.looked_up += 1
        empty = {each: FollowerList(*each, salt()) for each in named}
        return {each: self.heads.get(of.name, of) for each, of in empty.items()}

    def marks(self, of, month, parts):
        kept = (self.parts.get((of.name, month, n), frozenset()) for n in range(parts))
        return frozenset().union(*kept)

    def keep(self, before, after, now, marks=None):
        if self.heads.get(before.name, before) != before:
            raise ChangedError("list", "it", "changed")
        self.heads[after.name] = after
        if marks is not None:
            self.keeping_part(after, marks, now)()
        return after

    def keeping(self, before, after, now):
        return lambda: self.keep(before, after, now)

    def keeping_part(self, of, marks, _now):
        name = of.name, of.reading.month, of.reading.parts - 1
        return lambda: self.parts.update({name: marks})

    # the platform
    def reader(self, account, _platform):
        if self.opens:
            raise self.opens
        if account.account_id in self.refuses:
            raise self.refuses[account.account_id]
        self.opened += 1
        return self

    def profile(self):
        self.profiles += 1
        followers, following = self.counts
        return Profile(people(0)[0], followers=followers, following=following)

    def followers(self, cursor=None):
        return self._page(self.followers_are, cursor)

    def following(self, cursor=None):
        return self._page(self.followed_are, cursor)

    def _page(self, everybody, cursor):
        self.asked.append(cursor)
        self.at += self.slow
        error = self.says.pop(0) if self.says else None
        if error:
            raise error
        start = int(cursor or 0)
        behind = start + PER_PAGE
        more = str(behind) if behind < len(everybody) else None
        return Page(tuple(everybody[start:behind]), more)

    # how it is called
    def desk(self, limits=None):
        lists = View(
            several=self.lists_of,
            marks=self.marks,
            keep=self.keep,
            keeping=self.keeping,
            keeping_part=self.keeping_part,
        )
        ours = OurNames(our_names([self.account]))
        shelf = Shelf(lists, ours, limits or Thresholds(), lambda: self.at)
        return Desk(self, self, shelf, self.reader, lambda n: b"s" * n, self.expected.extend)

    def read(self, month=NOVEMBER, limits=None):
        ids = [each.account_id for each in (self.account, *self.others)]
        return read_followers(self.desk(limits), ids, month, self.at)

    def review(self, month=NOVEMBER, account=None):
        return self.rows[f"{month}-{(account or self.account).account_id}"]

    def seen(self, side=Side.FOLLOWER, month=NOVEMBER):
        return next(s for s in self.review(month).seen if s.place.side is side)

    def good(self, side=Side.FOLLOWER):
        return next(h.good for h in self.heads.values() if h.place.side is side)


class View:
    """Some of a world's methods under other names."""

    def __init__(self, **methods):
        vars(self).update(methods)


@pytest.fixture
def world():
    return a_world()


def a_world(count=25):
    account = an_account(title="Leek Team", handles=(HANDLE,))
    return World(account, followers_are=people(*range(count)), followed_are=people(1, 2))


def test_both_lists_are_read_to_their_end_and_people_can_look(world):
    told = world.read()

    assert told.outcome is Outcome.READ
    assert world.review().state is ReviewState.OPEN
    assert (world.seen().count, world.seen().new) == (25, None)
    assert world.seen(Side.FOLLOWED).count == 2
    types = [act.type for act in world.acts]
    assert types == ["review.begun", "review.read", "review.read", "review.ready"]


def test_a_platform_is_opened_once_for_both_lists_and_asked_once_how_many_there_are(world):
    world.counts = (25, 2)

    world.read()

    assert (world.opened, world.profiles) == (1, 1)
    assert world.looked_up == 1  # how far both lists are


def test_short_lists_and_that_people_can_look_are_one_step(world):
    world.read()

    assert (world.steps, len(world.review().seen)) == (1, 2)


def test_a_list_of_many_pages_is_a_step_of_its_own(world):
    world.followers_are = people(*range(PAGES * PER_PAGE + 1))

    world.read()

    assert (world.steps, len(world.review().seen)) == (2, 2)


def test_a_review_whose_lists_are_all_read_and_that_is_not_ready_is_made_so(world):
    world.read()
    world.rows = {name: replace(r, state=ReviewState.READING) for name, r in world.rows.items()}
    asked = len(world.asked)

    assert world.read().outcome is Outcome.READ

    assert (world.review().state, len(world.asked)) == (ReviewState.OPEN, asked)


def test_a_list_that_an_account_gets_after_its_review_is_ready_waits_for_the_next_month(world):
    world.read()
    x = Handle(PlatformName("x"), "leekpolice", "https://x.example")
    world.account = replace(world.account, handles=(HANDLE, x))
    before = world.review()

    assert world.read().outcome is Outcome.READ

    assert world.review() == before


def test_a_count_that_could_not_be_asked_for_is_asked_for_again_with_the_next_list(world):
    world.counts = (25, 2)
    answers = [UnreachableError("It was down."), world.profile()]

    def profile():
        answer = answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    world.profile = profile
    world.read()

    assert [each.place.side for each in world.review().seen] == [Side.FOLLOWED]
    assert answers == []


def test_a_month_later_it_says_what_changed_and_looks_at_the_new_ones_alone(world):
    spam = replace(people(3)[0], handle="person3333333", name="", about="")
    world.followers_are[3] = spam
    world.read()
    world.at += 31 * DAY
    world.followers_are = [*world.followers_are[2:], *people(90), Actor("u-91", "leekpo1ice", "")]

    world.read(DECEMBER)

    assert (world.seen(month=DECEMBER).new, world.seen(month=DECEMBER).gone) == (2, 2)
    assert [f.someone.platform_id for f in world.review().flagged] == ["u-3"]
    [flagged] = world.review(DECEMBER).flagged
    assert flagged.someone.platform_id == "u-91"
    assert Sign.LOOKALIKE in {flag.sign for flag in flagged.flags}


def test_nobody_in_a_leaf_or_among_the_marks_can_be_known_again(world):
    world.followers_are[3] = Actor("u-3", "person3333333", "")
    world.read()

    assert "person3333333" not in repr(world.acts)
    assert "u-3" not in repr(world.parts)


def test_a_platform_that_says_not_now_is_asked_when_it_says_and_goes_on_there(world):
    later = NOW + timedelta(minutes=15)
    world.says = [None, None, RateLimitedError("Not now.", later)]

    first = world.read()
    again = world.read()
    world.at = later
    world.asked.clear()
    last = world.read()

    assert (first.outcome, first.until) == (again.outcome, again.until) == (Outcome.WAIT, later)
    assert world.asked[0] == "20"
    assert (last.outcome, world.seen().count) == (Outcome.READ, 25)


def test_a_platform_that_says_not_today_is_left_for_tomorrow_and_one_for_days_given_up(world):
    world.says = [RateLimitedError("Not now.", NOW + DAY)]
    assert world.read().outcome is Outcome.LATER

    world.at += DAY
    world.says = [RateLimitedError("Not for a long time.", world.at + TOO_LONG + DAY)]
    world.read()

    assert "long time" in world.seen().fault


@pytest.mark.parametrize(
    "error", [UnreachableError("It answered 500."), RefusedError("It said no.")]
)
def test_a_platform_that_fails_is_asked_three_times_and_the_last_good_list_stays(world, error):
    world.read()
    before = world.good()
    world.at += 31 * DAY
    world.followers_are = []

    for _ in range(MOST_TRIES):
        world.says = [error]
        told = world.read(DECEMBER)
        world.at += BETWEEN_TRIES * MOST_TRIES

    assert told.outcome is Outcome.READ
    assert world.good() == before
    seen = world.seen(month=DECEMBER)
    assert (seen.fault, seen.count, seen.good_at) == (str(error), 25, before.at)
    assert world.review(DECEMBER).state is ReviewState.OPEN
    assert "review.not_read" in [act.type for act in world.acts]


def test_a_list_that_is_suddenly_empty_is_not_believed_and_the_last_good_one_stays(world):
    world.read()
    before = world.good()
    world.followers_are, world.at = [], world.at + 31 * DAY

    world.read(DECEMBER)

    assert "nobody" in world.seen(month=DECEMBER).fault
    assert world.good() == before
    world.followers_are, world.at = people(*range(26)), world.at + 31 * DAY
    world.read("2027-01")
    assert world.seen(month="2027-01").new == 1


def test_a_list_beyond_all_measure_is_not_read_to_its_end(world):
    world.followers_are = people(*range(500))

    world.read(limits=Thresholds(most=30))

    assert "more than 30" in world.seen().fault
    assert len(world.asked) < 10


def test_a_platform_that_turns_its_pages_for_ever_is_let_be(world):
    world.followers = lambda _cursor: Page(tuple(people(1, 2)), "again")

    for _ in range(MOST_TRIES):
        world.read()
        world.at += BETWEEN_TRIES * MOST_TRIES

    assert "again and again" in world.seen().fault


class Garbled(People):
    """A page on which one person is told of in another shape."""

    def __init__(self, actors, wrong):
        told = [{"id": each.platform_id, "actor": each} for each in actors]
        told[wrong].pop("actor")
        look = Look("It", lambda *_: None, lambda _: "", lambda: NOW)
        super().__init__(told, lambda fields: fields["actor"], look.understood)


def test_a_page_on_which_somebody_is_garbled_is_read_again_whole_and_nobody_stands_out_twice(world):
    spam = Actor("u-66", "winner993311", "")
    whole, garbled = people(*range(10)), Garbled([spam, *people(31, 32)], wrong=2)
    second = [Page(garbled), Page((spam, *people(31, 32)))]
    world.followers = lambda cursor: second.pop(0) if cursor else Page(tuple(whole), "10")

    world.read()
    world.at += BETWEEN_TRIES * MOST_TRIES
    world.read()

    assert (world.seen().count, world.seen().fault) == (13, "")
    assert [each.someone.platform_id for each in world.review().flagged] == ["u-66"]


def test_whoever_was_in_the_list_before_is_not_read_again(world):
    world.read()
    world.at += 31 * DAY
    garbled = Garbled(world.followers_are, wrong=7)
    world.followers = lambda _cursor: Page(garbled)

    world.read(DECEMBER)

    assert (world.seen(month=DECEMBER).fault, world.seen(month=DECEMBER).new) == ("", 0)


def test_a_platform_without_keys_that_only_read_is_named_once(world):
    world.opens = UnsupportedError("Look there.")

    assert world.read().outcome is Outcome.READ

    assert [seen.fault for seen in world.review().seen] == ["Look there."] * 2


def test_what_takes_too_long_goes_on_in_the_next_call(world):
    world.followers_are = people(*range(PAGES * PER_PAGE * 3))
    world.slow = LONGEST_RUN / (PAGES * 2)
    calls = 1
    while world.read().outcome is Outcome.MORE:
        calls += 1

    assert calls > 1
    assert world.seen().count == PAGES * PER_PAGE * 3
    cursors = [each for each in world.asked if each is not None]
    assert len(cursors) == len(set(cursors))


def test_an_account_that_was_closed_meanwhile_ends_without_a_look(world):
    world.account = replace(world.account, status=AccountStatus.CLOSED)

    assert world.read().outcome is Outcome.READ
    assert world.asked == []


def test_whoever_dies_before_a_list_counts_has_no_more_than_its_last_part_read_again(world):
    world.followers_are = people(*range(PAGES * PER_PAGE + 25))
    world.broken = True
    with pytest.raises(ConnectionError):
        world.read()
    world.broken, read_before = False, len(world.asked)

    world.read()

    assert world.seen().count == PAGES * PER_PAGE + 25
    behind = [str(PAGES * PER_PAGE + more) for more in (0, 10, 20)]
    assert world.asked[read_before:] == [*behind, None]  # and the list that nobody had begun


def a_force(*names):
    world = a_world()
    world.others = tuple(an_account(each, handles=(HANDLE,)) for each in names)
    return world


def test_several_accounts_are_read_one_after_the_other_and_what_they_need_together():
    world = a_force("moor", "dale")

    assert world.read().outcome is Outcome.READ

    assert {review.state for review in world.rows.values()} == {ReviewState.OPEN}
    assert (len(world.rows), world.looked_up, world.opened) == (3, 1, 3)
    here = (world.account, *world.others)
    assert world.expected == [(account, MASTODON) for account in here]


def test_an_account_that_breaks_keeps_no_other_back_and_is_raised():
    world = a_force("moor", "dale")
    world.refuses = {world.account.account_id: ConnectionError("died here")}

    with pytest.raises(ConnectionError):
        world.read()

    states = [world.review(account=each).state for each in world.others]
    assert states == [ReviewState.OPEN] * 2
    assert world.review().state is ReviewState.READING


def test_an_account_that_breaks_is_tried_again_with_whoever_waits():
    world = a_force("moor")
    later = NOW + timedelta(minutes=15)
    world.refuses = {"moor": ConnectionError("died here")}
    world.says = [RateLimitedError("Not now.", later)]

    told = world.read()
    world.refuses, world.at = {}, later
    again = world.read()

    assert (told.outcome, told.until) == (Outcome.WAIT, later)
    assert told.accounts == (world.account.account_id, "moor")
    assert (again.outcome, again.accounts) == (Outcome.READ, ())
    assert world.review(account=world.others[0]).state is ReviewState.OPEN


def test_accounts_that_there_was_no_time_for_are_left_and_so_is_whoever_waits():
    world = a_force("moor", "dale")
    world.says = [RateLimitedError("Not now.", NOW + timedelta(hours=1))]
    world.slow = LONGEST_RUN / 4

    told = world.read()

    assert told.outcome is Outcome.MORE
    assert told.accounts == ("moor", "dale", world.account.account_id)


def test_an_account_that_is_not_there_breaks():
    world = a_world()

    with pytest.raises(NotFoundError):
        read_followers(world.desk(), ["nobody"], NOVEMBER, NOW)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 60), st.lists(st.booleans(), max_size=30))
def test_whatever_fails_on_the_way_the_list_is_whole_or_was_not_read(count, failing):
    world = a_world(count)
    world.says = [UnreachableError("It was down.") if bad else None for bad in failing]
    for _ in range(80):
        if world.read().outcome is Outcome.READ:
            break
        world.at += BETWEEN_TRIES * MOST_TRIES

    assert world.review().state is ReviewState.OPEN
    for seen, expected in ((world.seen(), count), (world.seen(Side.FOLLOWED), 2)):
        assert seen.count == (None if seen.fault else expected)


def test_lists_that_no_platform_tells_are_looked_at_by_hand():
    account = an_account(
        handles=(HANDLE, Handle(FACEBOOK, "leek", "https://graph.example"),
                 Handle(PlatformName("feed"), "leek", "https://feeds.example")),
    )  # fmt: skip

    assert [place.name for place in places_of(account)] == [
        "mastodon/follower",
        "mastodon/followed",
        "facebook/follower",
        "facebook/followed",
    ]


def test_a_list_that_was_given_up_leaves_what_was_good():
    of = FollowerList("leek", places_of(an_account(handles=(HANDLE,)))[0], b"s")

    assert ended(of, None) == of
