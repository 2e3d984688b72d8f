"""One target, once (P2): claim before the first byte leaves, send, read back, settle.

`publish` makes the first attempt. Whoever finds a claim that is not theirs never sends: it is sent
already, or its outcome is unknown. Only `look` settles what is unknown, by reading the platform
back; a proven absence it sends again itself, as the same frozen request to the byte, if it is the
one who wins the next attempt. "Sent" always means: read back from the platform. A failure of ours
to write a success down leads to a look, never to a second send.

Nothing is claimed or sent again by a board of incidents that the release did not judge by: where
one was declared since, the answer is `recheck`, and what is proved absent is on record as held.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from shared.platforms.base import (
    Frozen,
    MediaBytes,
    Platform,
    PlatformError,
    RateLimitedError,
    Receipt,
    RefusedError,
    SignInError,
    UnreachableError,
    UnsupportedError,
)
from shared.posts.acts import Happened
from shared.posts.content import content_hash
from shared.posts.errors import ContentChangedError
from shared.posts.life import Outcome, Post, State
from shared.posts.names import PlatformName
from shared.recordlog.leaf import Act
from shared.records.acts import act_on
from shared.records.errors import AlreadyClaimedError, BoardMovedError, PublicationMovedError
from shared.records.publication import Publication
from shared.records.publications import Publications

SENT, FAILED, UNCERTAIN, LATER = "sent", "failed", "uncertain", "later"
RECHECK = "recheck"

LATENESS = timedelta(hours=2)
"""So long after its claim, or the review that let it go since, a post is still sent again; after
that it would be a surprise."""

A_MOMENT = timedelta(seconds=1)

LONGEST_ATTEMPT = timedelta(seconds=90)
"""A worker that claimed this long ago is dead: its function ends after 60 seconds."""

AGAIN = "Proved absent; sent again."
KEPT_BACK = "Proved absent; kept back by an incident that was declared meanwhile."
OTHER_WORDS = "The platform shows other words than were cleared; look at it."
NOTHING_FROZEN = "The account could not speak there, or the platform could not carry it."


class NotReleasedError(Exception):
    """A version that nobody released; nothing was claimed, nothing left."""


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


def publish(target: Target, key: str, now: datetime) -> Told:
    """The first attempt; `key` is fresh, and used only if nobody claimed this target before."""
    post = target.post
    if content_hash(post.draft) != post.content_hash:
        raise ContentChangedError(post.content_hash, content_hash(post.draft))
    if post.state is not State.RELEASED:
        raise NotReleasedError(f"{post.post_id} v{post.version} is {post.state.value}.")
    try:
        platform = target.open()
        frozen = platform.prepare(post.draft, key, now)
    except UnsupportedError as error:
        return _impossible(target, Frozen(target.name, key, {}), str(error), now)
    claim = _claim(target, frozen, now)
    return claim if isinstance(claim, Told) else _send(target, platform, claim, now)


def look(target: Target, now: datetime) -> Told:
    """Settle an unknown outcome by reading the platform back; send again what is proved absent."""
    post = target.post
    claim = target.publications.get(post.post_id, post.version, target.name)
    if claim.state not in UNSETTLED:
        return _told(claim)
    if not claim.request:  # nothing was frozen, so nothing can have left; see `_impossible`
        return _settle(target, claim, Outcome.FAILED, now, reason=NOTHING_FROZEN)
    try:
        platform = target.open()
        receipt = platform.find(_frozen(claim))
    except (UnreachableError, UnsupportedError) as error:
        return _unsettled(target, claim, str(error), now)
    if receipt is not None:
        return _settle_sent(target, claim, receipt, now)
    if claim.state is Outcome.PENDING and now < claim.claimed_at + LONGEST_ATTEMPT:
        return Told(UNCERTAIN)  # its worker may still be sending
    if now > max(claim.claimed_at, post.reviewed_at or claim.claimed_at) + LATENESS:
        reason = "The platform did not take it in time; send it again."
        return _settle(target, claim, Outcome.FAILED, now, reason=reason)
    return _send_again(target, platform, claim, now)


def _send_again(target: Target, platform: Platform, claim: Publication, now: datetime) -> Told:
    """A further attempt, if it is ours to make and no incident was declared meanwhile."""
    act = _act(target.post, claim.platform, Happened.NOT_SENT, now, reason=AGAIN)
    try:
        again = target.publications.attempt(claim, act, generation=target.generation)
    except PublicationMovedError:
        return Told(UNCERTAIN)  # another worker makes this attempt; look again
    except BoardMovedError:
        if claim.state is not Outcome.HELD:
            told = _settle(target, claim, Outcome.HELD, now, reason=KEPT_BACK)
            return Told(RECHECK) if told.outcome == UNCERTAIN else told
        return Told(RECHECK)  # on record already
    return _send(target, platform, again, now)


def _claim(target: Target, frozen: Frozen, now: datetime) -> Publication | Told:
    """The claim if it is ours to send; else what is known of the one that was there."""
    act = _act(target.post, frozen.platform, Happened.CLAIMED, now)
    try:
        return target.publications.claim(target.post, frozen, act, generation=target.generation)
    except AlreadyClaimedError as error:
        return _told(error.publication)
    except BoardMovedError:
        return Told(RECHECK)


def _impossible(target: Target, frozen: Frozen, reason: str, now: datetime) -> Told:
    """Nothing can leave for this platform, and that is on record like any other outcome."""
    claim = _claim(target, frozen, now)
    if isinstance(claim, Told):
        return claim
    return _settle(target, claim, Outcome.FAILED, now, reason=reason)


def _send(target: Target, platform: Platform, claim: Publication, now: datetime) -> Told:
    frozen = _frozen(claim)
    try:
        platform.send(frozen, target.media)
        receipt = platform.find(frozen)
    except RateLimitedError as error:
        _settle(target, claim, Outcome.UNCERTAIN, now, reason=str(error))
        # A day's wait would end in silence and a failure: the author is told when it is too late.
        return Told(LATER, min(error.retry_at, claim.claimed_at + LATENESS + A_MOMENT))
    except (RefusedError, SignInError) as error:
        return _settle(target, claim, Outcome.FAILED, now, reason=str(error))
    except PlatformError as error:
        return _settle(target, claim, Outcome.UNCERTAIN, now, reason=str(error))
    if receipt is None:
        reason = "The platform took it and does not show it yet."
        return _settle(target, claim, Outcome.UNCERTAIN, now, reason=reason)
    return _settle_sent(target, claim, receipt, now)


def _settle_sent(target: Target, claim: Publication, receipt: Receipt, now: datetime) -> Told:
    same = receipt.text == target.post.draft.text
    return _settle(
        target, claim, Outcome.SENT, now, reason=None if same else OTHER_WORDS, receipt=receipt
    )


def _unsettled(target: Target, claim: Publication, reason: str, now: datetime) -> Told:
    if claim.state is not Outcome.PENDING:
        return Told(UNCERTAIN)  # on record already
    return _settle(target, claim, Outcome.UNCERTAIN, now, reason=reason)


def _settle(
    target: Target,
    claim: Publication,
    to: Outcome,
    now: datetime,
    *,
    reason: str | None,
    receipt: Receipt | None = None,
) -> Told:
    act = _act(target.post, claim.platform, HAPPENED[to], now, reason=reason, receipt=receipt)
    try:
        return _told(target.publications.settle(claim, to, act, receipt=receipt, reason=reason))
    except PublicationMovedError as error:
        return _told(error.found)


HAPPENED = {
    Outcome.SENT: Happened.SENT,
    Outcome.FAILED: Happened.TARGET_FAILED,
    Outcome.UNCERTAIN: Happened.UNCERTAIN,
    Outcome.HELD: Happened.TARGET_HELD,
}

TELLS = {
    Outcome.SENT: SENT,
    Outcome.WITHDRAWN: SENT,
    Outcome.FAILED: FAILED,
    Outcome.PENDING: UNCERTAIN,
    Outcome.UNCERTAIN: UNCERTAIN,
    Outcome.HELD: UNCERTAIN,
}

UNSETTLED = frozenset({Outcome.PENDING, Outcome.UNCERTAIN, Outcome.HELD})
"""Outcomes that reading the platform back may change."""


def _told(publication: Publication) -> Told:
    return Told(TELLS[publication.state])


def _frozen(claim: Publication) -> Frozen:
    return Frozen(claim.platform, claim.key, claim.request)


def _act(
    post: Post,
    platform: PlatformName,
    happened: Happened,
    now: datetime,
    *,
    reason: str | None = None,
    receipt: Receipt | None = None,
) -> Act:
    payload = {
        "platform_id": receipt.platform_id if receipt else None,
        "proof": receipt.proof if receipt else None,
        "reason": reason,
        "text_read_back": receipt.text if receipt else None,
        "url": receipt.url if receipt else None,
    }
    return act_on(post, happened, now, payload, target=platform)
