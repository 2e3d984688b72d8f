"""The lists of several accounts are read together, in as few calls as that takes."""

from shared.accounts.registry import Handle
from shared.followers.likeness import OurNames
from shared.followers.review import ReviewState
from shared.followers.thresholds import Thresholds
from shared.platforms.actors import Actor
from shared.platforms.reading import Page, Profile
from shared.posts.names import PlatformName
from shared.records.account_entries import account_row
from shared.records.accounts import Accounts
from shared.records.follower_lists import FollowerLists
from shared.records.reviews import Reviews
from tests.builders import NOW, a_pen, an_account
from tests.records.calls import Counted
from watch.following.read_account import Outcome
from watch.following.read_followers import Desk, read_followers
from watch.following.read_list import Shelf

SANDBOX = PlatformName("sandbox")
IDS = [f"team-{number:02}" for number in range(5)]
PEOPLE = tuple(Actor(f"u-{number}", f"person-{number}", "Somebody") for number in range(30))


class Platform:
    """Everybody there is followed by the same people, and follows nobody."""

    def profile(self):
        return Profile(PEOPLE[0], followers=len(PEOPLE), following=0)

    def followers(self, _cursor=None):
        return Page(PEOPLE)

    def following(self, _cursor=None):
        return Page(())


def a_desk(store):
    shelf = Shelf(FollowerLists(store), OurNames(()), Thresholds(), lambda: NOW)
    reviews = Reviews(store, a_pen())
    return Desk(
        Accounts(store, a_pen()), reviews, shelf, lambda *_: Platform(), lambda size: b"s" * size
    )


def enter(store, ids):
    for each in ids:
        handle = Handle(SANDBOX, each, "http://sandbox.example")
        account_row(store, an_account(each, handles=(handle,))).save()


def test_what_several_accounts_need_is_read_together_and_each_is_written_once(store):
    enter(store, IDS)
    desk = a_desk(store)
    read_followers(desk, IDS, "2026-11", NOW)
    asked = Counted(store)

    left = read_followers(desk, IDS, "2026-12", NOW)

    asked.stop()
    assert left.outcome is Outcome.READ
    begun = ["BatchGetItem", "BatchGetItem", "TransactWriteItems", "BatchGetItem"]
    assert asked == begun + ["BatchGetItem", "TransactWriteItems"] * len(IDS)
    reviews = desk.reviews.of_month("2026-12")
    assert [each.state for each in reviews] == [ReviewState.OPEN] * len(IDS)
    assert {(seen.count, seen.new) for each in reviews for seen in each.seen} == {(30, 0), (0, 0)}


def test_of_several_accounts_those_come_that_are_there(store):
    enter(store, IDS[:1])
    desk = a_desk(store)

    assert desk.accounts.several([*IDS[:2]]) == (desk.accounts.get(IDS[0]),)
