"""What we published is looked at every day; what is gone is believed at the second look."""

from dataclasses import dataclass, field, replace
from datetime import timedelta
from types import SimpleNamespace

import pytest

from shared.accounts.registry import AccountStatus, Handle
from shared.platforms.base import RateLimitedError, UnreachableError, UnsupportedError
from shared.platforms.reading import Shown
from shared.posts.deletion import DeletionState
from shared.posts.exception_found import Change
from shared.posts.life import Outcome, State
from shared.posts.names import AccountId, PlatformName
from shared.posts.threads import places, spelled
from shared.records.errors import PublicationMovedError
from shared.records.paging import cursor_after, post_key
from shared.records.placed_posts import Placed, PlacedPage
from shared.records.publication import KeptReceipt, Publication
from shared.records.rounds import Round
from tests.builders import NOW, a_post, an_account
from watch.find_gone import ENOUGH, Desk, Looked, find_gone
from watch.look_after import MOST_DOUBTS, Library
from watch.turns import OLDER, PAGE

MASTODON, FEED = PlatformName("mastodon"), PlatformName("feed")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
TARGET = ("riverside", MASTODON)


@dataclass
class World:
    """What is on record, what the platform shows, and what was written; `says` are errors."""

    posts: list = field(default_factory=list)
    sent: dict = field(default_factory=dict)
    stands: dict = field(default_factory=dict)
    deletions: dict = field(default_factory=dict)
    rounds: dict = field(default_factory=dict)
    found: dict = field(default_factory=dict)
    acts: list = field(default_factory=list)
    closed: dict = field(default_factory=dict)
    asked: list = field(default_factory=list)
    says: list = field(default_factory=list)
    account: object = None
    others: list = field(default_factory=list)
    batches: list = field(default_factory=list)
    no_keys: bool = False
    overtaken: bool = False
    slow: timedelta = timedelta(0)
    spent: timedelta = timedelta(0)

    def publish(self, text="The road is open.", at=NOW - DAY, **so):
        account = so.pop("account", self.account)
        post = a_post(
            text,
            account=account.account_id,
            platforms=(MASTODON,),
            submitted_at=at,
            state=State.PUBLISHED,
            **so,
        )
        self.posts.insert(0, post)
        for platform, part in places(post.draft):
            platform_id = f"{post.post_id}-{part}"
            said = (post.draft.text, *post.draft.thread)[part - 1]
            receipt = KeptReceipt(platform_id, f"https://social.example/{platform_id}", said)
            self.sent[post.post_id, 1, spelled(platform, part)] = a_publication(
                post, platform, part, receipt, at
            )
            self.stands[platform_id] = said
        return post

    # records
    def all(self):
        return (self.account, *self.others)

    def several(self, targets):
        return {each: self.rounds.get(each, Round(*each)) for each in targets}

    def keep(self, changes):
        return [self._kept(before, after) for before, after in changes]

    def _kept(self, before, after):
        target = after.account, after.platform
        if self.overtaken or self.rounds.get(target, Round(*target)) != before:
            return False
        self.rounds[target] = after
        return True

    def by_accounts(self, asked, limit):
        asked = list(asked)
        self.batches += [len(asked)] if asked else []
        return {each: self.page(each[1], limit) for each in asked}

    def page(self, cursor, limit):
        keys = [cursor_after(post_key(p.post_id, p.version)) for p in self.posts]
        start = keys.index(cursor) + 1 if cursor else 0
        page = [placed(post) for post in self.posts[start : start + limit]]
        more = keys[start + limit - 1] if len(self.posts) > start + limit else None
        return PlacedPage(tuple(page), more)

    def read(self, publications=(), windows=()):
        there = {each: self.sent[each] for each in publications if each in self.sent}
        return SimpleNamespace(publications=there, closed={w: self.closed.get(w) for w in windows})

    def standing(self, post_id, version):
        return post_id if post_id in self.deletions else None

    def get(self, deletion_id):
        return SimpleNamespace(state=self.deletions[deletion_id])

    def open(self, found, publication, act):
        if self.sent[found.post_id, found.version, found.place].state is not Outcome.SENT:
            raise PublicationMovedError(publication)
        if found.exception_id in self.found:
            return False
        self.found[found.exception_id] = found
        self.acts.append(act)
        return True

    # the platform
    def reader(self, _account, platform):
        if self.no_keys:
            raise UnsupportedError("No keys.")
        assert platform == MASTODON
        return SimpleNamespace(posts=self.posts_shown)

    def posts_shown(self, posts):
        return (self.post(*each) for each in posts)

    def post(self, platform_id, _sent):
        self.asked.append(platform_id)
        self.spent += self.slow
        if self.says:
            raise self.says[0]
        text = self.stands.get(platform_id)
        return None if text is None else Shown(text, "https://social.example/1", NOW)

    def look(self, now=NOW):
        self.spent = timedelta(0)
        return find_gone(self.desk(now), now)

    def desk(self, now=NOW):
        library = Library(self, self, self, self)
        days = timedelta(days=30)
        return Desk(self, self, library, self.reader, lambda: now + self.spent, days)

    def round(self):
        return self.rounds[TARGET]


def placed(post):
    return Placed(post.post_id, post.version, post.submitted_at, places(post.draft))


def a_publication(post, platform, part, receipt, at):
    return Publication(
        post_id=post.post_id,
        version=1,
        platform=platform,
        account=post.draft.account,
        content_hash=post.content_hash,
        state=Outcome.SENT,
        key="k",
        request={},
        attempts=1,
        claimed_at=at,
        attempted_at=at,
        settled_at=at,
        receipt=receipt,
        part=part,
    )


@pytest.fixture
def world():
    handles = (Handle(MASTODON, "riverside", "https://social.example"), Handle(FEED, "f", "x"))
    return World(account=an_account(handles=handles))


def test_whose_posts_will_be_looked_at_is_said_beforehand(world):
    expected = []
    desk = replace(world.desk(), expect=lambda targets: expected.append(list(targets)))
    world.closed = {"mastodon/riverside/closed": NOW + HOUR}

    find_gone(desk, NOW)
    world.closed = {}
    find_gone(desk, NOW)

    assert expected == [[], [(world.account, MASTODON)]]


def test_a_page_that_has_all_posts_of_an_account_is_read_once(world):
    for days in (301, 300, 2, 1):
        world.publish(at=NOW - days * DAY)
    pages, read = [], world.page
    world.page = lambda *asked: (pages.append(asked), read(*asked))[1]

    assert world.look() == Looked(4, 0, 0)

    assert len(pages) == 1
    assert (world.round().done_at, world.round().older) == (NOW, None)


def test_older_posts_that_take_turns_come_from_the_same_page_while_it_has_them(world):
    for days in range(200, 200 + OLDER + 3):
        world.publish(at=NOW - days * DAY)

    looked = [(world.look(NOW + each * DAY).posts, len(world.batches)) for each in range(3)]

    assert looked == [(OLDER, 1), (3, 2), (OLDER, 3)]


def test_the_posts_of_several_targets_are_read_together(world):
    world.others = [
        replace(world.account, account_id=AccountId(f"account-{number:03}"))
        for number in range(ENOUGH + 4)
    ]
    reads, read = [], world.read
    world.read = lambda **asked: (reads.append(list(asked)), read(**asked))[1]
    world.publish("Road closed.", account=world.others[0])

    looked = world.look()

    assert looked.silent == 0
    assert world.batches == [ENOUGH, 5]
    assert reads == [["windows"], ["publications"], ["publications"]]
    assert {each.done_at for each in world.rounds.values()} == {NOW}


def test_for_a_target_without_keys_nothing_is_read(world):
    world.publish()
    world.no_keys = True

    world.look()

    assert world.batches == []


def test_of_a_page_with_more_older_posts_than_one_round_takes_the_rest_waits(world):
    for days in range(200, 200 + OLDER + 3):
        world.publish(at=NOW - days * DAY)

    looked = [world.look(NOW + each * DAY).posts for each in range(3)]

    assert looked == [OLDER, 3, OLDER]
    assert len(set(world.asked)) == OLDER + 3


def gone(world, post, part=1):
    del world.stands[f"{post.post_id}-{part}"]


def test_what_stands_is_looked_at_once_a_day(world):
    world.publish()

    assert world.look() == Looked(1, 0, 0)
    assert world.look(NOW + HOUR) == Looked(0, 0, 0)
    assert world.look(NOW + DAY) == Looked(1, 0, 0)
    assert world.found == {}


def test_what_is_gone_is_believed_at_the_second_look_an_hour_later(world):
    gone(world, post := world.publish("Road closed."))

    assert world.look() == Looked(1, 0, 0)
    assert world.look(NOW + timedelta(minutes=59)) == Looked(0, 0, 0)
    assert world.look(NOW + HOUR) == Looked(1, 1, 0)

    [found] = world.found.values()
    assert (found.change, found.published, found.shown) == (Change.GONE, "Road closed.", None)
    assert (found.missed_at, found.found_at) == (NOW, NOW + HOUR)
    [act] = world.acts
    assert act.type == "exception.found"
    assert act.payload["published"] == "Road closed."
    assert act.payload["post"] == f"{post.post_id}-1"


def test_it_is_found_once_however_often_it_is_looked_for(world):
    gone(world, world.publish())
    for hours in (0, 1, 2, 26, 27, 50, 51):
        world.look(NOW + hours * HOUR)

    assert len(world.found) == len(world.acts) == 1


def test_what_is_back_at_the_second_look_is_no_exception(world):
    gone(world, post := world.publish("Road closed."))
    world.look()
    world.stands[f"{post.post_id}-1"] = "Road closed."

    assert world.look(NOW + HOUR) == Looked(1, 0, 0)
    assert world.round().doubts == {}


def test_what_came_back_and_goes_again_is_found_again(world):
    gone(world, post := world.publish("Road closed."))
    world.look()
    world.look(NOW + HOUR)
    world.stands[f"{post.post_id}-1"] = "Road closed."
    world.look(NOW + 2 * DAY)
    gone(world, post)
    world.look(NOW + 4 * DAY)
    world.look(NOW + 4 * DAY + HOUR)

    assert len(world.found) == 2


def test_other_words_are_an_exception_and_each_wording_once(world):
    post = world.publish("The man is missing.")
    for place, words in enumerate(("The man is found.", "The man is dead.")):
        world.stands[f"{post.post_id}-1"] = words
        world.look(NOW + place * DAY)
        world.look(NOW + place * DAY + HOUR)
        world.look(NOW + place * DAY + 2 * HOUR)

    assert [f.shown for f in world.found.values()] == ["The man is found.", "The man is dead."]
    assert {f.change for f in world.found.values()} == {Change.ALTERED}
    assert {f.published for f in world.found.values()} == {"The man is missing."}


@pytest.mark.parametrize("shown", ["Cafe\u0301 open\n\nnow ", "Café open\r\n\r\nnow"])
def test_words_as_platforms_keep_them_are_the_same_words(world, shown):
    post = world.publish("Café open\n\nnow")
    world.stands[f"{post.post_id}-1"] = shown

    world.look()

    assert world.round().doubts == {}


@pytest.mark.parametrize("state", [DeletionState.ASKED, DeletionState.APPROVED])
def test_what_a_deletion_of_ours_takes_away_is_no_exception(world, state):
    gone(world, post := world.publish())
    world.look()
    world.deletions[post.post_id] = state

    assert world.look(NOW + HOUR).found == 0
    assert world.found == {}


def test_of_a_deletion_that_was_refused_it_is_one(world):
    gone(world, post := world.publish())
    world.deletions[post.post_id] = DeletionState.REFUSED
    world.look()

    assert world.look(NOW + HOUR).found == 1


def test_what_was_withdrawn_meanwhile_is_no_exception(world):
    gone(world, post := world.publish())
    world.look()
    target = post.post_id, 1, MASTODON
    world.sent[target] = replace(world.sent[target], state=Outcome.WITHDRAWN)

    assert world.look(NOW + HOUR) == Looked(0, 0, 0)
    assert world.round().doubts == {}


def test_each_part_of_a_thread_is_looked_at(world):
    gone(world, world.publish("One", thread=("Two", "Three")), part=2)
    world.look()

    assert world.look(NOW + HOUR) == Looked(1, 1, 0)
    assert [f.place for f in world.found.values()] == ["mastodon#2"]
    assert [f.published for f in world.found.values()] == ["Two"]


@pytest.mark.parametrize(
    "error",
    [UnreachableError("Mastodon answered 500."), RateLimitedError("Later.", NOW + 9 * HOUR)],
    ids=["down", "limited"],
)
def test_a_platform_that_does_not_answer_leaves_all_as_it_was_and_says_so(world, error):
    gone(world, world.publish())
    world.look()
    before = world.round().doubts
    world.says.append(error)

    assert world.look(NOW + HOUR) == Looked(0, 0, 1)
    assert (world.round().doubts, world.round().fault) == (before, str(error))
    assert world.look(NOW + 2 * HOUR) == Looked(0, 0, 0)  # not asked again at once
    world.says.clear()
    assert world.look(NOW + 10 * HOUR) == Looked(1, 1, 0)
    assert world.round().fault == ""


def test_a_round_that_was_cut_off_goes_on_where_it_was(world):
    posts = [world.publish(f"Post {number}") for number in range(3)]
    world.look_again = world.post

    def fails_at_the_second(platform_id, sent):
        if platform_id == f"{posts[1].post_id}-1":
            raise UnreachableError("down")
        return world.look_again(platform_id, sent)

    world.post = fails_at_the_second
    world.look()
    world.post = world.look_again
    world.asked.clear()
    world.look(NOW + 4 * HOUR)

    assert world.asked == [f"{posts[1].post_id}-1", f"{posts[0].post_id}-1"]


def test_a_closed_window_is_not_looked_through(world):
    world.publish()
    world.closed["mastodon/riverside/closed"] = NOW + HOUR

    assert world.look() == Looked(0, 0, 0)
    assert world.look(NOW + HOUR) == Looked(1, 0, 0)


def test_without_keys_nobody_looks_and_it_is_said(world):
    world.publish()
    world.no_keys = True

    assert world.look() == Looked(0, 0, 1)
    assert (world.round().fault, world.round().since) == ("No keys.", NOW)
    world.look(NOW + 4 * HOUR)
    assert world.round().since == NOW


def test_a_closed_account_is_left_alone(world):
    world.publish()
    world.account = replace(world.account, status=AccountStatus.CLOSED)

    assert world.look() == Looked(0, 0, 0)


def test_many_posts_are_looked_at_page_by_page_each_once(world):
    for number in range(2 * PAGE + 5):
        world.publish(f"Post {number}")

    looked = [world.look(NOW + hours * HOUR).posts for hours in range(4)]

    assert looked == [PAGE, PAGE, 5, 0]
    assert len(set(world.asked)) == 2 * PAGE + 5


def test_older_posts_take_turns(world):
    old = [world.publish(f"Old {n}", at=NOW - timedelta(days=100)) for n in range(25)]
    world.publish("New")
    for days in range(3):
        world.look(NOW + days * DAY)

    assert len([i for i in world.asked if i.startswith(tuple(p.post_id for p in old))]) == 25
    assert len(set(world.asked)) == 26
    world.asked.clear()
    world.look(NOW + 3 * DAY)
    assert len(world.asked) == 11  # and again from the newest of them


def test_a_slow_platform_does_not_keep_the_job(world):
    for number in range(10):
        world.publish(f"Post {number}")
    world.slow = timedelta(minutes=2)

    assert world.look().posts == 3
    assert world.look(NOW + HOUR).posts == 3


def test_an_account_that_lost_everything_does_not_fill_the_list(world):
    for number in range(MOST_DOUBTS + 50):
        gone(world, world.publish(f"Post {number}"))
    for hours in range(24):
        world.look(NOW + hours * HOUR)

    assert len(world.found) == MOST_DOUBTS
    assert "Look at the account itself" in world.round().fault


def test_of_two_runs_at_once_one_counts(world):
    gone(world, world.publish())
    world.look()
    world.overtaken = True
    world.look(NOW + HOUR)
    world.overtaken = False

    assert world.look(NOW + HOUR) == Looked(1, 0, 0)  # found by the other, and only once
    assert len(world.acts) == 1


def test_what_a_person_said_is_there_has_no_name_to_look_for(world):
    post = world.publish()
    target = post.post_id, 1, MASTODON
    receipt = world.sent[target].receipt
    world.sent[target] = replace(
        world.sent[target], receipt=replace(receipt, platform_id=receipt.url)
    )

    assert world.look() == Looked(0, 0, 0)
