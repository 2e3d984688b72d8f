"""Jobs of the clock that look after what we published, made to be killed: appeals that end, posts
that are gone, and posts whose keys are refused."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

from shared.accounts.custody import Check, Custody
from shared.platforms.reading import Shown
from shared.posts.appeal import Appeal
from shared.posts.life import Outcome, State
from shared.posts.names import AccountId, PersonId, PlatformName, PostId
from shared.records.appeals import Appeals
from shared.records.custodies import Custodies
from shared.records.deletions import Deletions
from shared.records.exceptions import Exceptions
from shared.records.pen import ulid
from shared.records.placed_posts import PlacedPosts
from shared.records.posts import Posts
from shared.records.publication import KeptReceipt
from shared.records.publications import Publications
from shared.records.rounds import Rounds
from shared.records.snapshot import Snapshots
from shared.records.transaction import commit
from tests.builders import a_post, an_act
from watch.find_gone import Desk as FindingDesk
from watch.find_gone import find_gone
from watch.look_after import Library
from watch.morning.find_appeals import Desk as AppealDesk
from watch.morning.find_appeals import find_appeals
from watch.morning.tell import Post, tell
from watch.tell_exceptions import Desk as ExceptionDesk
from watch.tell_exceptions import tell_exceptions
from watch.warn_of_keys import Desk as KeysDesk
from watch.warn_of_keys import warn_of_keys

MORNING = datetime(2026, 11, 20, 8, 15, tzinfo=UTC)
QUARTER, HOUR, DAY = timedelta(minutes=15), timedelta(hours=1), timedelta(days=1)
LIND, LEEK, SANDBOX = PersonId("sgt-lind"), AccountId("leek"), PlatformName("sandbox")
BASE, SENDER = "https://bluelamp.example", "bluelamp@force.example"


def appeals(force):
    """One appeal ends and nobody closes it; of another nothing ever went out. The morning comes
    twice, as in the template."""
    kept, posts = Appeals(force.store, force.pen), Posts(force.store, force.pen)
    for number, state in enumerate((State.PUBLISHED, State.REJECTED)):
        post = kept_post(posts, number, state)
        ends = Appeal(post.post_id, LEEK, LIND, MORNING, date(2026, 11, 21))
        commit(force.store.connection, [kept.opening(ends)])
    force.begins_with = force.leaves()

    def run(deeds, now):
        office = Post(force.notices, BASE, SENDER, deeds.send)
        tell(office, find_appeals(AppealDesk(kept, posts), force.who(), now), now)

    return run, [MORNING + day * DAY + again for day in range(4) for again in (0 * DAY, QUARTER)]


def gone(force):
    """Of three posts one is taken away in the app, and one changed."""
    posts = Posts(force.store, force.pen)
    for number in range(3):
        publish(force, kept_post(posts, number, State.RELEASED), f"p{number}")
    force.begins_with = force.leaves()
    said = {"p0": "The road is open again.", "p1": "Send coins."}

    def shown(platform_id, _):
        return Shown(said[platform_id], "", MORNING - DAY) if platform_id in said else None

    def run(deeds, now):
        exceptions = Exceptions(force.store, force.pen)
        deletions = Deletions(force.store, force.pen)
        library = Library(PlacedPosts(force.store), Snapshots(force.store), deletions, exceptions)
        look = FindingDesk(
            force.accounts,
            Rounds(force.store),
            library,
            lambda *_: SimpleNamespace(posts=lambda posts: (shown(*each) for each in posts)),
            lambda: now,
            7 * DAY,
        )
        find_gone(look, now)
        letters = ExceptionDesk(
            exceptions, force.notices, force.accounts, force.people, BASE, SENDER, deeds.send
        )
        tell_exceptions(letters, now)

    return run, [MORNING + number * HOUR for number in range(6)]


def risks(force):
    """A post is due in the afternoon, and the platform refuses the account's keys."""
    custodies, posts = Custodies(force.store, force.pen), Posts(force.store, force.pen)
    keys = Custody(LEEK, SANDBOX, frozenset({LIND}), LIND, date(2027, 3, 1), set_at=MORNING - DAY)
    custodies.change(None, keys, an_act("credential.set"))
    custodies.change(keys, replace(keys, check=Check.REFUSED), an_act("credential.checked"))
    kept_post(posts, 0, State.CLEARED, not_before=MORNING + 8 * HOUR)
    force.begins_with = force.leaves()

    def run(deeds, now):
        desk = KeysDesk(
            custodies,
            force.people,
            force.accounts,
            posts,
            force.notices,
            BASE,
            SENDER,
            deeds.send,
        )
        warn_of_keys(desk, now)

    return run, [MORNING + number * HOUR for number in range(3)]


def kept_post(posts, number, state, **so):
    """The post with this number, called the same in every life."""
    post_id = PostId(ulid(MORNING - DAY, bytes([number]) * 10))
    usual = {"post_id": post_id, "account": LEEK, "submitted_at": MORNING - DAY, "state": state}
    return posts.submit(a_post(**{**usual, **so}), an_act())


def publish(force, post, platform_id):
    """It stands there."""
    kept = Publications(force.store, force.pen)
    frozen = SimpleNamespace(platform=SANDBOX, key=platform_id, request={})
    claim = kept.claim(post, frozen, an_act("publication.claimed"))
    receipt = KeptReceipt(platform_id, f"https://s.example/{platform_id}", post.draft.text)
    kept.settle(claim, Outcome.SENT, an_act("publication.sent"), receipt=receipt)
