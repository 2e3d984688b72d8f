"""What could not be read back: listed, settled once, and ended when the last of it is known."""

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from moderate.settle_uncertain import Decision, Word, settle
from moderate.uncertain_errors import AlreadySettledError, UnderWayError
from shared.platforms.base import Frozen
from shared.posts.life import Outcome, State
from shared.posts.names import PlatformName
from shared.records.errors import (
    AlreadyClaimedError,
    InvalidCursorError,
    PublicationMovedError,
)
from shared.records.posts import Posts
from shared.records.publications import Publications
from shared.records.uncertain import Uncertain
from tests.builders import NOW, a_pen, a_post, an_act, an_approver

SANDBOX, CONSOLE = PlatformName("sandbox"), PlatformName("console")
LATER = NOW + timedelta(hours=1)
SEEN = Word(Decision.SENT, "https://sandbox.example/7", "I opened it on my phone.")
ABSENT = Word(Decision.NOT_SENT, "", "I scrolled past the whole hour.")


def uncertain_post(store, *, platforms=(SANDBOX, CONSOLE), unknown=(SANDBOX, CONSOLE)):
    """A post whose machine is through, with these targets unknown and no other one claimed."""
    posts, publications = Posts(store, a_pen()), Publications(store, a_pen())
    post = posts.submit(a_post(platforms=platforms, state=State.RELEASED), an_act())
    for name in unknown:
        claim = publications.claim(post, Frozen(name, "K" * 26, {"text": "Open."}), an_act())
        publications.settle(claim, Outcome.UNCERTAIN, an_act("publication.uncertain"), reason="So.")
    return posts.move(post, State.UNCERTAIN, an_act(at=NOW))


def settled(store, post, platform, word=SEEN):
    uncertain = Uncertain(store, a_pen())
    return settle(
        post.post_id, 1, (platform, 1), word, by=an_approver(), uncertain=uncertain, now=LATER
    )


def tried(deed, *arguments, **named):
    try:
        return deed(*arguments, **named)
    except (AlreadySettledError, UnderWayError) as error:
        return error


def types(store, post):
    """What happened to it by people's word, as the record log has it."""
    rows = sorted(store.outbox.scan(consistent_read=True), key=lambda row: row.leaf_id)
    found = [json.loads(bytes(row.envelope)) for row in rows]
    about = f"post:{post.post_id}@"
    return [leaf["type"] for leaf in found if leaf["subject"].startswith(about)]


def test_what_is_uncertain_is_listed_with_its_targets_and_nothing_else_is(store):
    Posts(store, a_pen()).submit(a_post(state=State.RELEASED), an_act())
    posts = [uncertain_post(store, unknown=(SANDBOX,)) for _ in range(3)]
    uncertain = Uncertain(store, a_pen())

    first = uncertain.queue(limit=2)
    rest = uncertain.queue(first.cursor, limit=2)

    shown = [each.post.post_id for each in (*first.entries, *rest.entries)]
    assert sorted(shown) == sorted(post.post_id for post in posts)
    assert rest.cursor is None
    assert [t.platform for t in first.entries[0].targets] == [SANDBOX]
    with pytest.raises(InvalidCursorError):
        uncertain.queue("zzz")


def test_the_trail_tells_every_attempt_and_look(store):
    post = uncertain_post(store, unknown=(SANDBOX,))
    publications = Publications(store, a_pen())
    kept = publications.get(post.post_id, 1, SANDBOX)
    publications.looked(kept, an_act("publication.looked", reason="No answer."), "No answer.")

    trail = publications.get(post.post_id, 1, SANDBOX).trail

    assert [step.happened for step in trail][1:] == ["publication.uncertain", "publication.looked"]
    assert trail[-1].reason == "No answer."
    assert publications.get(post.post_id, 1, SANDBOX).state is Outcome.UNCERTAIN


def test_the_last_target_that_is_known_ends_the_post_in_the_same_breath(store):
    post = uncertain_post(store)

    first = settled(store, post, SANDBOX)
    last = settled(store, post, CONSOLE, ABSENT)

    assert first.post.state is State.UNCERTAIN
    assert last.post.state is State.PARTLY_PUBLISHED
    kept = Uncertain(store, a_pen()).get(post.post_id, 1)
    assert kept.post.state is State.PARTLY_PUBLISHED
    assert kept.target(SANDBOX).receipt.url == SEEN.url
    assert kept.target(SANDBOX).receipt.proof == ""
    assert Uncertain(store, a_pen()).queue().entries == ()
    assert sorted(types(store, post)) == ["post.concluded", *["publication.settled_by_person"] * 2]


def test_fifty_at_once_settle_it_once(store):
    post = uncertain_post(store, platforms=(SANDBOX,), unknown=(SANDBOX,))

    with ThreadPoolExecutor(50) as pool:
        asked = [pool.submit(tried, settled, store, post, SANDBOX) for _ in range(50)]
        told = [each.result() for each in asked]

    assert sum(not isinstance(each, Exception) for each in told) == 1
    assert types(store, post).count("publication.settled_by_person") == 1
    assert types(store, post).count("post.concluded") == 1


def test_two_people_with_two_targets_at_once_leave_no_post_behind(store):
    for _ in range(5):
        post = uncertain_post(store)
        with ThreadPoolExecutor(2) as pool:
            both = [pool.submit(settled, store, post, n, ABSENT) for n in (SANDBOX, CONSOLE)]
        assert all(each.result() for each in both)
        assert Uncertain(store, a_pen()).get(post.post_id, 1).post.state is State.FAILED


def test_what_nobody_ever_claimed_is_settled_and_can_be_claimed_no_more(store):
    post = uncertain_post(store, unknown=(SANDBOX,))
    settled(store, post, SANDBOX)

    last = settled(store, post, CONSOLE, ABSENT)

    assert last.post.state is State.PARTLY_PUBLISHED
    publications = Publications(store, a_pen())
    assert publications.get(post.post_id, 1, CONSOLE).attempts == 0
    with pytest.raises(AlreadyClaimedError):
        publications.claim(post, Frozen(CONSOLE, "K" * 26, {}), an_act())


@pytest.mark.parametrize("word", [SEEN, ABSENT])
def test_a_worker_that_wakes_up_late_sends_nothing_again(store, word):
    post = uncertain_post(store, platforms=(SANDBOX,), unknown=(SANDBOX,))
    publications = Publications(store, a_pen())
    stale = publications.get(post.post_id, 1, SANDBOX)

    settled(store, post, SANDBOX, word)

    for late in (
        lambda: publications.attempt(stale, an_act()),
        lambda: publications.settle(stale, Outcome.FAILED, an_act()),
        lambda: publications.looked(stale, an_act(), "No answer."),
    ):
        with pytest.raises(PublicationMovedError):
            late()
    assert publications.get(post.post_id, 1, SANDBOX).attempts == 1


def test_nobody_settles_with_the_address_of_another_post_of_ours(store):
    one, other = (uncertain_post(store, platforms=(SANDBOX,), unknown=(SANDBOX,)) for _ in range(2))
    settled(store, one, SANDBOX)

    with pytest.raises(Exception, match="another post of ours"):
        settled(store, other, SANDBOX, replace(SEEN, url=SEEN.url + "/?utm_source=app"))
    assert Uncertain(store, a_pen()).get(other.post_id, 1).post.state is State.UNCERTAIN
