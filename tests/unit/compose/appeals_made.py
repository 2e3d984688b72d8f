"""Appeals in memory, over a ledger: what keeping and closing them needs."""

from dataclasses import replace
from datetime import date

from compose.keep_appeal import Hand
from compose.sharing import Shelf
from shared.posts.appeal import Appeal
from shared.posts.life import Outcome, State
from shared.records.errors import ChangedError, NotFoundError
from shared.records.publication import KeptReceipt, Publication
from tests.builders import NOW, a_pen, a_person, a_post, an_account
from tests.unit.fakes import Ledger

OWNER, ACCOUNT, OTHER = a_person(), an_account(), an_account("moorland", members=frozenset())
MISSING = "Have you seen this man? Call 101."


class Appeals:
    """As `shared.records.appeals.Appeals`, as far as deeds need it."""

    def __init__(self, ledger, *appeals, alike=()):
        self.ledger = ledger
        self.rows = {appeal.appeal_id: appeal for appeal in appeals}
        self.alike = alike

    def get(self, appeal_id):
        if appeal_id not in self.rows:
            raise NotFoundError("appeal", appeal_id)
        return self.rows[appeal_id]

    def sharing(self, marks, since):
        return tuple(post.post_id for post in self.alike) if marks else ()

    def change(self, before, after, act):
        if self.rows[before.appeal_id] != before:
            raise ChangedError("appeal", before.appeal_id, "moved on meanwhile")
        a_pen().leaf(act)  # like the real log it takes only what can be a leaf
        self.ledger.acts.append(act)
        self.rows[after.appeal_id] = after


def a_published(text=MISSING, **changes):
    """A post that stands on the sandbox."""
    return a_post(text, **{"state": State.PUBLISHED, **changes})


def standing(post, state=Outcome.SENT):
    """Where it stands."""
    url = f"https://sandbox.example/{post.post_id}"
    return Publication(
        post_id=post.post_id,
        version=post.version,
        platform=post.draft.platforms[0],
        account=post.draft.account,
        content_hash=post.content_hash,
        state=state,
        key="",
        request={},
        attempts=1,
        claimed_at=NOW,
        attempted_at=NOW,
        receipt=KeptReceipt(post.post_id, url, post.draft.text),
    )


def an_appeal(post, **changes):
    """The appeal that a post began."""
    usual = {"owner": OWNER.person_id, "opened_at": NOW, "ends_on": date(2026, 12, 18)}
    return Appeal(post.post_id, post.draft.account, **{**usual, **changes})


def a_hand(*posts, person=OWNER, appeal=None, closings=None, also=()):
    """Somebody at the appeal of the first of these posts, which all stand; the others share it."""
    ledger = Ledger().keep(ACCOUNT, OTHER, person, *posts, *also)
    ledger.keep(*(standing(post) for post in posts if post.state is State.PUBLISHED))
    appeals = Appeals(ledger, appeal or an_appeal(posts[0]), alike=posts[1:])
    said = closings or {}
    shelf = Shelf(
        appeals,
        ledger.posts,
        ledger.publications,
        ledger.snapshots,
        lambda post_id, version: said.get((post_id, version), ()),
    )
    return ledger, Hand(person, shelf, NOW)


def at(hand, **changes):
    """The same person and records, otherwise."""
    return replace(hand, **changes)
