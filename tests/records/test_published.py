"""What was published in a week: proved, not taken back, and each post once."""

from dataclasses import replace
from datetime import timedelta
from itertools import count

import pytest

from shared.platforms.base import Receipt
from shared.posts.content import content_hash
from shared.posts.life import Outcome
from shared.posts.names import AccountId, PlatformName
from shared.records.posts import Posts
from shared.records.publications import Publications
from shared.records.published import AT_ONCE, LONGEST_WAY, published
from tests.builders import NOW, a_pen, a_post, a_post_id, an_act
from tests.records.test_publications import a_frozen

RIVERSIDE, LEEK = AccountId("riverside"), AccountId("leek")
DAY, WEEK = timedelta(days=1), timedelta(days=7)
SINCE, UNTIL = NOW, NOW + WEEK
INTERNAL = frozenset({PlatformName("viva-engage")})


@pytest.fixture
def out(store):
    """Publish a post somewhere at some time; what became of it there."""
    posts, publications, serial = (
        Posts(store, a_pen()),
        Publications(store, a_pen()),
        count(1),
    )

    def publish(
        outcomes, *, at=NOW + DAY, sent_in=None, account=RIVERSIDE, text="The road is open."
    ):
        moment = sent_in or at
        post = a_post(text, post_id=a_post_id(moment), submitted_at=moment, account=account)
        draft = replace(post.draft, platforms=tuple(map(PlatformName, outcomes)))
        post = replace(post, draft=draft, content_hash=content_hash(draft))
        posts.submit(post, an_act(at=moment))
        for name, outcome in outcomes.items():
            act = an_act("publication.claimed", at=at)
            claimed = publications.claim(post, a_frozen(name), act)
            receipt = Receipt(f"id-{next(serial)}", f"https://{name}.example/1", text)
            if outcome in {Outcome.SENT, Outcome.WITHDRAWN}:
                done = an_act("publication.sent", at=at)
                claimed = publications.settle(claimed, Outcome.SENT, done, receipt=receipt)
            if outcome is Outcome.WITHDRAWN:
                publications.settle(claimed, outcome, an_act("publication.withdrawn", at=at))
            if outcome is Outcome.FAILED:
                publications.settle(claimed, outcome, done_not(at), reason="No.")
        return post

    return publish


def done_not(at):
    return an_act("publication.failed", at=at)


def found(store, accounts=(RIVERSIDE, LEEK)):
    return published(store, accounts, SINCE, UNTIL, besides=INTERNAL)


def test_posts_of_every_account_are_told_oldest_first(store, out):
    later = out({"sandbox": Outcome.SENT}, at=NOW + 2 * DAY)
    earlier = out({"feed": Outcome.SENT, "sandbox": Outcome.FAILED}, at=NOW + DAY, account=LEEK)

    told = found(store)

    assert [each.post.post_id for each in told] == [earlier.post_id, later.post_id]
    assert [target.receipt.url for target in told[0].targets] == ["https://feed.example/1"]
    assert told[0].at == NOW + DAY


@pytest.mark.parametrize(
    "outcomes",
    [
        {"sandbox": Outcome.FAILED},
        {"sandbox": Outcome.PENDING},
        {"viva-engage": Outcome.SENT},
        {"sandbox": Outcome.WITHDRAWN},
        {"sandbox": Outcome.SENT, "feed": Outcome.WITHDRAWN},
    ],
)
def test_what_does_not_stand_or_is_being_taken_back_is_not_told(store, out, outcomes):
    out(outcomes)

    assert found(store) == ()


@pytest.mark.parametrize(
    ("at", "told"),
    [
        (SINCE - timedelta(seconds=1), False),
        (SINCE, True),
        (UNTIL - timedelta(seconds=1), True),
        (UNTIL, False),
    ],
)
def test_the_week_begins_and_ends_to_the_second(store, out, at, told):
    out({"sandbox": Outcome.SENT}, at=at)

    assert bool(found(store)) == told


def test_a_post_that_was_sent_in_long_before_is_found_by_when_it_stood(store, out):
    out({"sandbox": Outcome.SENT}, at=NOW + DAY, sent_in=NOW - LONGEST_WAY + DAY)

    assert len(found(store)) == 1


def test_other_accounts_are_not_looked_at(store, out):
    out({"sandbox": Outcome.SENT})

    assert found(store, accounts=(LEEK,)) == ()


def test_posts_of_many_accounts_are_read_together(store, out, calls):
    accounts = [AccountId(f"team-{number}") for number in range(5)]
    for account in accounts:
        out({"sandbox": Outcome.SENT}, account=account)
    calls.clear()

    assert len(found(store, accounts)) == len(accounts)
    assert calls == [*(["Query"] * len(accounts)), "BatchGetItem", "BatchGetItem"]


def test_of_more_posts_than_one_call_reads_none_is_missed(store, out):
    for minute in range(AT_ONCE + 1):
        out({"sandbox": Outcome.SENT}, at=NOW + timedelta(minutes=minute))

    assert len(found(store)) == AT_ONCE + 1
