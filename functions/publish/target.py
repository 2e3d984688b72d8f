"""One target and its record: what is on its way, what came of it, and what the conductor is told.

Whatever is found out is settled on record first and told afterwards; the telling is read off the
record, so that a repeated call tells the same.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from shared.platforms.base import Frozen, MediaBytes, Platform, Receipt
from shared.posts.acts import Happened
from shared.posts.life import Outcome, Post
from shared.posts.names import PlatformName
from shared.recordlog.leaf import Act
from shared.records.acts import act_on
from shared.records.errors import AlreadyClaimedError, BoardMovedError, PublicationMovedError
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
    speak there."""

    post: Post
    name: PlatformName
    open: Callable[[], Platform]
    media: MediaBytes
    publications: Publications
    generation: int = 0


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
    """The outcome on record, or the one that somebody recorded meanwhile. TakenError."""
    act = noted(target, HAPPENED[to], now, reason=reason, receipt=receipt, named=named)
    try:
        return told(
            target.publications.settle(claim, to, act, receipt=receipt, reason=reason, named=named)
        )
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
