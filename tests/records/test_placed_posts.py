"""Lists of many accounts: where their posts are said, read together and no more than that."""

import pytest

from shared.posts.names import AccountId, PlatformName
from shared.posts.threads import places
from shared.records.errors import InvalidCursorError
from shared.records.placed_posts import Placed, PlacedPosts
from shared.records.posts import Posts
from tests.builders import a_pen, a_post, an_act
from tests.records.calls import Counted

ACCOUNTS = [AccountId(f"account-{number}") for number in range(4)]
TWO = (PlatformName("mastodon"), PlatformName("x"))


@pytest.fixture
def posts(store):
    return Posts(store, a_pen())


def placed(post):
    return Placed(post.post_id, post.version, post.submitted_at, places(post.draft))


def test_pages_are_those_of_each_account_and_are_read_together(store, posts):
    for account in ACCOUNTS * 3:
        posts.submit(a_post(account=account, platforms=TWO, thread=("And more.",)), an_act())
    alone = [posts.by_account(account, limit=2) for account in ACCOUNTS]
    behind = posts.by_account(ACCOUNTS[0], alone[0].cursor, 2)
    asked = [*((account, None) for account in ACCOUNTS), (ACCOUNTS[0], alone[0].cursor)]

    calls = Counted(store)
    found = PlacedPosts(store).by_accounts(asked, 2)
    calls.stop()

    assert list(found) == asked
    for told, page in zip(found.values(), [*alone, behind], strict=True):
        assert told.posts == tuple(map(placed, page.posts))
        assert told.cursor == page.cursor
    assert sorted(calls) == ["BatchGetItem", *["Query"] * len(asked)]


def test_a_list_goes_on_behind_any_of_its_posts(store, posts):
    for _ in range(3):
        posts.submit(a_post(account=ACCOUNTS[0]), an_act())
    lists = PlacedPosts(store)
    [all_of_them] = lists.by_accounts([(ACCOUNTS[0], None)], 9).values()

    [rest] = lists.by_accounts([(ACCOUNTS[0], all_of_them.posts[0].cursor)], 9).values()

    assert rest.posts == all_of_them.posts[1:]


def test_of_nobody_nothing_is_read(store):
    calls = Counted(store)

    assert PlacedPosts(store).by_accounts([], 2) == {}
    calls.stop()
    assert calls == []


def test_a_cursor_that_is_none_is_refused(store):
    with pytest.raises(InvalidCursorError):
        PlacedPosts(store).by_accounts([(ACCOUNTS[0], "no cursor")], 2)
