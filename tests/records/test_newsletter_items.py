"""What the newsletter tells of a week: public accounts, in the words of the place it links to."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from shared.accounts.registry import AccountKind
from shared.platforms.base import Receipt
from shared.posts.content import Kind, Variant, content_hash
from shared.posts.life import Outcome
from shared.posts.names import AccountId, PlatformName
from shared.posts.newsletter import Issue
from shared.records.accounts import Accounts
from shared.records.posts import Posts
from shared.records.publications import Publications
from subscribe.items import items_of
from tests.builders import NOW, a_pen, a_post, a_post_id, an_account, an_act
from tests.records.test_publications import a_frozen

ISSUE = Issue(date(2026, 11, 27), NOW, NOW + timedelta(days=7))
AT = NOW + timedelta(days=1)


def cut_off(store, post):
    """Two of three parts stand."""
    kept, before = Publications(store, a_pen()), None
    for part in (1, 2):
        claimed = kept.claim(post, a_frozen(), an_act(at=AT), after=before)
        receipt = Receipt(f"p-{part}", f"https://sandbox.example/{part}", "")
        before = kept.settle(claimed, Outcome.SENT, an_act(at=AT), receipt=receipt)
    return before


@pytest.fixture
def week(store):
    accounts = Accounts(store, a_pen())
    for name, kind in (("leek", AccountKind.TEAM), ("staff", AccountKind.INTERNAL_ONLY)):
        team = an_account(name, title=name.title(), kind=kind, handles=())
        accounts.enter(team, an_act("account.entered"))

    def publish(account="leek", text="The road is open.", names=("sandbox",), **more):
        post = a_post(text, post_id=a_post_id(AT), submitted_at=AT, account=AccountId(account))
        draft = replace(post.draft, platforms=tuple(map(PlatformName, names)), **more)
        post = replace(post, draft=draft, content_hash=content_hash(draft))
        Posts(store, a_pen()).submit(post, an_act(at=AT))
        kept = Publications(store, a_pen())
        for name in names:
            claimed = kept.claim(post, a_frozen(name), an_act("publication.claimed", at=AT))
            receipt = Receipt(f"{post.post_id}-{name}", f"https://{name}.example/1", text)
            sent = an_act("publication.sent", at=AT)
            kept.settle(claimed, Outcome.SENT, sent, receipt=receipt)

    publish.items = lambda: items_of(ISSUE, store, accounts)
    return publish


def test_a_post_is_told_with_its_team_and_where_it_stands(week):
    week()

    [item] = week.items()

    assert (item.account_title, item.text) == ("Leek", "The road is open.")
    assert (item.address, item.at) == ("https://sandbox.example/1", AT)


def test_the_link_leads_to_our_own_feed_if_it_can(week):
    week(names=("bluesky", "feed", "x"))

    assert [item.address for item in week.items()] == ["https://feed.example/1"]


def test_the_words_are_those_of_the_place_the_link_leads_to(week):
    own = (Variant(PlatformName("feed"), "In full, for readers."),)
    week(names=("feed", "x"), variants=own)

    assert [item.text for item in week.items()] == ["In full, for readers."]


def test_what_colleagues_tell_one_another_is_not_told(week):
    week(account="staff")

    assert week.items() == ()


@pytest.mark.parametrize("kind", [Kind.REPLY, Kind.RESHARE])
def test_what_says_little_without_what_it_is_about_is_not_told(week, kind):
    week(kind=kind, about="@somebody")

    assert week.items() == ()


@pytest.fixture
def thread(store, week):
    """A thread of three parts, cut off after the second."""
    post = a_post(
        "The fair is on.",
        post_id=a_post_id(AT),
        submitted_at=AT,
        account=AccountId("leek"),
        thread=("It ends at nine.", "Parking is free."),
    )
    Posts(store, a_pen()).submit(post, an_act(at=AT))
    return cut_off(store, post)


def test_of_a_thread_that_was_cut_off_only_what_stands_is_told(week, thread):
    [item] = week.items()

    assert item.text == "The fair is on.\n\nIt ends at nine."
    assert item.address == "https://sandbox.example/1"


def test_a_thread_that_is_being_taken_away_is_not_told(week, thread, store):
    Publications(store, a_pen()).settle(thread, Outcome.WITHDRAWN, an_act(at=AT))

    assert week.items() == ()
