"""One target and its record: what is on its way, what came of it, and what the conductor is told.

Whatever is found out is settled on record first and told afterwards; the telling is read off the
record, so that a repeated call tells the same.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from shared.platforms.base import Before, Frozen, MediaBytes, Platform, Receipt, Said
from shared.posts.acts import Happened
from shared.posts.content import Draft
from shared.posts.life import Outcome, Post
from shared.posts.names import PlatformName
from shared.posts.threads import parts_on, spelled
from shared.recordlog.leaf import Act
from shared.records.acts import act_on
from shared.records.errors import (
    AlreadyClaimedError,
    BoardMovedError,
    PublicationMovedError,
    TakenAwayError,
    TakenError,
)
from shared.records.publication import Publication
from shared.records.publications import Publications

SENT, FAILED, UNCERTAIN, LATER = "sent", "failed", "uncertain", "later"
RECHECK = "recheck"

TAKEN_AWAY = "Somebody is deleting the post; nothing more of it is sent."

UNSETTLED = frozenset({Outcome.PENDING, Outcome.UNCERTAIN, Outcome.HELD})
"""Outcomes that reading the platform back may change."""

TELLS = {
    Outcome.SENT: SENT,
    Outcome.WITHDRAWN: SENT,
    Outcome.FAILED: FAILED,
    Outcome.PENDING: UNCERTAIN,
    Outcome.UNCERTAIN: UNCERTAIN,
    Outcome.HELD: UNCERTAIN,
}

HAPPENED = {
    Outcome.SENT: Happened.SENT,
    Outcome.FAILED: Happened.TARGET_FAILED,
    Outcome.UNCERTAIN: Happened.UNCERTAIN,
    Outcome.HELD: Happened.TARGET_HELD,
}


@dataclass(frozen=True)
class Told:
    """What the state machine is told; `retry_at` is set with `later` only."""

    outcome: str
    retry_at: datetime | None = None


@dataclass(frozen=True)
class Target:
    """A released post, the platform it is meant for, and the `generation` of the board it was
    judged by. `open` signs in nowhere yet; it raises UnsupportedError where the account cannot
    speak there; `closed_until` is set where the platform lately said not now to this account, and
    `close` is told when it does again. `before` are the parts of a thread that are sent, in order:
    this is the one that comes after them."""

    post: Post
    name: PlatformName
    open: Callable[[], Platform]
    media: MediaBytes
    publications: Publications
    generation: int = 0
    closed_until: datetime | None = None
    close: Callable[[datetime], None] = lambda _: None
    before: tuple[Publication, ...] = ()
    under: Said | None = None
    """The post that this one puts right, where it stands and can be answered or struck out; or what
    somebody else said, which it is a reply to."""

    @property
    def part(self) -> int:
        """Which part of a thread it is; the first, where there is none."""
        return len(self.before) + 1

    @property
    def draft(self) -> Draft:
        """What this platform is to say, in this part."""
        return parts_on(self.post.draft, self.name)[self.part - 1]

    @property
    def answers(self) -> Before | None:
        """What it comes under: what it puts right or replies to, then what stands of the thread."""
        stands: list[Said] = [each.receipt for each in self.before if each.receipt]
        if self.under:
            stands.insert(0, self.under)
        return Before(stands[0], stands[-1]) if stands else None

    def begun(self, claimed_at: datetime) -> datetime:
        """When it began to be said, if this part was `claimed_at`: a thread is one thing; or when
        it was last let go since."""
        first = self.before[0].claimed_at if self.before else claimed_at
        return max(first, self.post.reviewed_at or first)


def told(publication: Publication) -> Told:
    """What its record tells."""
    return Told(TELLS[publication.state])


def frozen(claim: Publication) -> Frozen:
    """The request that was claimed, to the byte."""
    return Frozen(claim.platform, claim.key, claim.request)


def claimed(target: Target, request: Frozen, now: datetime) -> Publication | Told:
    """The claim if it is ours to send; else what is known of the one that was there."""
    act = noted(target, Happened.CLAIMED, now)
    try:
        return target.publications.claim(
            target.post,
            request,
            act,
            generation=target.generation,
            after=target.before[-1] if target.before else None,
        )
    except AlreadyClaimedError as error:
        return told(error.publication)
    except PublicationMovedError as error:  # what it answers was taken away this very moment
        return told(error.found)
    except BoardMovedError:
        return Told(RECHECK)
    except TakenAwayError:
        return _never(target, request, now)


def _never(target: Target, request: Frozen, now: datetime) -> Told:
    """Somebody is deleting the post: nothing more of it is sent, and that is on record."""
    act = noted(target, Happened.TARGET_FAILED, now, reason=TAKEN_AWAY)
    after = target.before[-1] if target.before else None
    try:
        never = target.publications.never(target.post, request, act, TAKEN_AWAY, after=after)
    except AlreadyClaimedError as error:
        return told(error.publication)
    return told(never)


def settled(
    target: Target,
    claim: Publication,
    to: Outcome,
    now: datetime,
    *,
    reason: str | None,
    receipt: Receipt | None = None,
    named: str | None = None,
) -> Told:
    """The outcome on record, or the one that somebody recorded meanwhile. TakenError where the
    receipt's post is another publication's; one that was only named is kept all the same."""
    act = noted(target, HAPPENED[to], now, reason=reason, receipt=receipt, named=named)
    settle = partial(target.publications.settle, claim, to, act, receipt=receipt, reason=reason)
    try:
        return told(settle(named=named))
    except PublicationMovedError as error:
        return told(error.found)
    except TakenError:
        if receipt is not None:
            raise
    try:
        return told(settle(named=named, disputed=True))
    except PublicationMovedError as error:
        return told(error.found)


def looked(target: Target, claim: Publication, reason: str, now: datetime) -> Told:
    """A look that told nothing, on record for whoever may have to settle it."""
    act = noted(target, Happened.LOOKED, now, reason=reason, named=claim.named)
    try:
        return told(target.publications.looked(claim, act, reason))
    except PublicationMovedError as error:
        return told(error.found)


def noted(
    target: Target,
    happened: Happened,
    now: datetime,
    *,
    reason: str | None = None,
    receipt: Receipt | None = None,
    named: str | None = None,
) -> Act:
    """The act; what the platform only named is never called read back."""
    payload = {
        "named": named,
        "platform_id": receipt.platform_id if receipt else None,
        "proof": receipt.proof if receipt else None,
        "reason": reason,
        "text_read_back": receipt.text if receipt else None,
        "url": receipt.url if receipt else None,
    }
    return act_on(target.post, happened, now, payload, target=spelled(target.name, target.part))
