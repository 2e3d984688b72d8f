"""What is on record of a deletion, and a platform it is carried out on, both in memory.

Every call that leaves the process goes through a wire, where a test may kill the worker or look.
"""

from dataclasses import dataclass, field, replace
from datetime import timedelta

from publish.remove import Scene
from shared.platforms.base import RateLimitedError, Receipt, UncertainError, UnreachableError
from shared.posts.deletion import (
    Asked,
    Deletion,
    DeletionState,
    Ground,
    Said,
    Version,
)
from shared.posts.life import Outcome, State
from shared.posts.names import PersonId, PlatformName
from shared.records.errors import ChangedError
from shared.records.publication import KeptReceipt, Publication
from tests.builders import NOW, a_post
from tests.unit.fakes import Ledger, key_of
from tests.unit.publish.timeline import Behind

SANDBOX = PlatformName("sandbox")
IN_A_WHILE = NOW + timedelta(minutes=30)


@dataclass
class Records:
    """Deletions as `shared.records.deletions` keeps them: one row a target, evidence first."""

    ledger: Ledger
    rows: dict = field(default_factory=dict)

    def target(self, deletion_id, post_id, version, place):
        return self.rows.get((deletion_id, post_id, version, place))

    def keep_evidence(self, target, act):
        name = (target.deletion_id, target.post_id, target.version, target.place)
        if name not in self.rows:
            self.ledger.record(act)
            self.rows[name] = target
        return self.rows[name]

    def advance(self, before, after, act, publication=None):
        name = (before.deletion_id, before.post_id, before.version, before.place)
        if self.rows.get(name) != before:
            raise ChangedError("deletion", before.deletion_id, "moved on meanwhile")
        self.ledger.record(act)
        self.rows[name] = after
        if publication is not None:
            self.ledger.rows[key_of(publication[1])] = publication[1]


@dataclass
class Shown:
    """One post on a platform: it stands until it is deleted. `deletes` and `looks` say what becomes
    of the next calls; what is not said goes well."""

    text: str = "Good morning"
    stands: bool = True
    comes_back: int = 0
    deletes: list = field(default_factory=list)
    looks: list = field(default_factory=list)
    asked: int = 0
    settles_after: timedelta = timedelta(0)
    name: PlatformName = SANDBOX

    def shown(self, receipt):
        if self.looks and self.looks.pop(0) == "unreachable":
            raise UnreachableError("The line is dead.")
        return replace(receipt, text=self.text, proof="") if self.stands else None

    def find(self, frozen, clues=None):
        if self.looks and self.looks.pop(0) == "unreachable":
            raise UnreachableError("The line is dead.")
        return a_receipt(self.text) if self.stands else None

    def delete(self, receipt):
        self.asked += 1
        what = self.deletes.pop(0) if self.deletes else "goes"
        if isinstance(what, Exception):
            raise what
        if what == "not now":
            raise RateLimitedError("Too many at once.", IN_A_WHILE)
        if what != "falls silent before":
            self.stands = self.comes_back > 0
            self.comes_back -= 1
        if what.startswith("falls silent"):
            raise UncertainError("The line went dead.")


def a_receipt(text="Good morning"):
    return Receipt("77", "https://sandbox.example/77", text)


def a_deletion(post, **changes):
    """An approved one of this post."""
    asked = Asked(
        PersonId("p-officer"), NOW, Ground.PREJUDICIAL, "It names a witness.", "It was removed."
    )
    deletion = Deletion(
        "01DELETION",
        (Version(post.post_id, post.version),),
        (post.draft.account,),
        asked,
        DeletionState.APPROVED,
        Said(PersonId("p-comms"), NOW, approved=True, reason=""),
    )
    return replace(deletion, **changes)


class Stage:
    """A published post that is to be taken away, and whoever does it."""

    def __init__(self, platform=None, state=Outcome.SENT, **deletion):
        self.ledger, self.platform = Ledger(), platform or Shown()
        self.records = Records(self.ledger)
        self.post = a_post(state=State.PUBLISHED)
        self.ledger.keep(self.post, a_publication(self.post, state))
        self.deletion = a_deletion(self.post, **deletion)
        self.closed, self.paces = [], []
        self.now = NOW + timedelta(hours=1)

    def scene(self, wire=None, **changes):
        seen = wire or (lambda effect: effect)
        platform = Behind(seen, self.platform, "shown", "find", "delete")
        scene = Scene(
            self.deletion,
            self.post,
            "sandbox",
            lambda: platform,
            Behind(seen, self.ledger.publications, "get", "settle"),
            Behind(seen, self.records, "target", "keep_evidence", "advance"),
            lambda _: self.paces.pop(0) if self.paces else None,
            lambda: self.now,
            close=self.closed.append,
        )
        return replace(scene, **changes)

    @property
    def row(self):
        return next(iter(self.records.rows.values()), None)

    @property
    def publication(self):
        return self.ledger.publications.get(self.post.post_id, 1, SANDBOX)

    def require_record_before_removal(self):
        """What must hold after every call (P4)."""
        if self.platform.asked:
            assert self.row is not None, "a platform was asked before the evidence was on record"
            assert "deletion.evidence_kept" in self.ledger.happened, "the evidence has no leaf"


def a_publication(post, state=Outcome.SENT):
    """As it was published."""
    sent = state is Outcome.SENT
    return Publication(
        post.post_id,
        post.version,
        SANDBOX,
        post.draft.account,
        post.content_hash,
        state,
        "KEY",
        {"text": post.draft.text},
        1,
        NOW,
        NOW,
        settled_at=NOW if sent else None,
        receipt=KeptReceipt("77", "https://sandbox.example/77", post.draft.text) if sent else None,
    )
