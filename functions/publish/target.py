"""One target and its record: what is on its way, what came of it, and what the conductor is told.

Whatever is found out is settled on record first and told afterwards; the telling is read off the
record, so that a repeated call tells the same.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from shared.platforms.base import Frozen, MediaBytes, Platform, Receipt
from shared.posts.acts import Happened
from shared.posts.content import Draft, said_on
from shared.posts.life import Outcome, Post
from shared.posts.names import PlatformName
from shared.recordlog.leaf import Act
from shared.records.acts import act_on
from shared.records.errors import (
    AlreadyClaimedError,
    BoardMovedError,
    PublicationMovedError,
    TakenError,
)
from shared.records.publication import Publication
from shared.records.publications import Publications

SENT, FAILED, UNCERTAIN, LATER = "sent", "failed", "uncertain", "later"
RECHECK = "recheck"

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
    `close` is told when it does again."""

    post: Post
    name: PlatformName
    open: Callable[[], Platform]
    media: MediaBytes
    publications: Publications
    generation: int = 0
    closed_until: datetime | None = None
    close: Callable[[datetime], None] = lambda _: None

    @property
    def draft(self) -> Draft:
        """What this platform is to say."""
        return said_on(self.post.draft, self.name)


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
        return target.publications.claim(target.post, request, act, generation=target.generation)
    except AlreadyClaimedError as error:
        return told(error.publication)
    except BoardMovedError:
        return Told(RECHECK)


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
    return act_on(target.post, happened, now, payload, target=target.name)
