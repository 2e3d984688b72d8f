"""One target, or one part of it, once (P2): claim first, then send, read back, settle.

`publish` makes the first attempt. Whoever finds a claim that is not theirs never sends: it is sent
already, or its outcome is unknown. Only `look` settles what is unknown, by reading the platform
back; a proven absence it sends again itself, as the same frozen request to the byte, if it is the
one who wins the next attempt. "Sent" always means: read back from the platform. A failure of ours
to write a success down leads to a look, never to a second send.

Absence is believed only when nobody can be sending any more and the platform has had its time to
show what it took. A post that another publication has proved its own is not ours; one that the
platform itself named in its answer is never called absent again.

Nothing is claimed or sent again by a board of incidents that the release did not judge by: where
one was declared since, the answer is `recheck`, and what is proved absent is on record as held.
"""

from datetime import datetime, timedelta

from publish.target import (
    LATER,
    RECHECK,
    TAKEN_AWAY,
    UNCERTAIN,
    UNSETTLED,
    Target,
    Told,
    claimed,
    frozen,
    looked,
    noted,
    settled,
    told,
)
from shared.platforms.base import (
    Clues,
    Frozen,
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
from shared.posts.life import Outcome, State
from shared.records.errors import (
    BoardMovedError,
    PublicationMovedError,
    TakenAwayError,
    TakenError,
)
from shared.records.publication import Publication

LATENESS = timedelta(hours=2)
"""So long after its claim, or the review that let it go since, a post is still sent again; after
that it would be a surprise."""

A_MOMENT = timedelta(seconds=1)

MOST_ALIKE = 20
"""Posts of the same words that may be other publications' before a person has to look."""

AGAIN = "Proved absent; sent again."
KEPT_BACK = "Proved absent; kept back by an incident that was declared meanwhile."
OTHER_WORDS = "The platform shows other words than were cleared; look at it."
NOTHING_FROZEN = "The account could not speak there, or the platform could not carry it."
NOT_IN_TIME = "The platform did not take it in time; send it again."
NOT_SHOWN = "The platform took it and does not show it yet."
NOT_NOW = "The platform said not now to another post of this account; it waits with it."
OTHERS = "What the platform shows of these words is counted as other posts of ours; look at it."


class NotReleasedError(Exception):
    """A version that nobody released; nothing was claimed, nothing left."""


def publish(target: Target, key: str, now: datetime) -> Told:
    """The first attempt; `key` is fresh, and used only if nobody claimed this target before."""
    post = target.post
    if content_hash(post.draft) != post.content_hash:
        raise ContentChangedError(post.content_hash, content_hash(post.draft))
    if post.state is not State.RELEASED:
        raise NotReleasedError(f"{post.post_id} v{post.version} is {post.state.value}.")
    if target.before and now > target.begun(now) + LATENESS:
        return _impossible(target, Frozen(target.name, key, {}), NOT_IN_TIME, now)
    try:
        platform = target.open()
        request = platform.prepare(target.draft, key, now, target.answers)
    except UnsupportedError as error:
        return _impossible(target, Frozen(target.name, key, {}), str(error), now)
    claim = claimed(target, request, now)
    return claim if isinstance(claim, Told) else _send(target, platform, claim, now)


def look(target: Target, now: datetime) -> Told:
    """Settle an unknown outcome by reading the platform back; send again what is proved absent."""
    post = target.post
    claim = target.publications.get(post.post_id, post.version, target.name, target.part)
    if claim.state not in UNSETTLED:
        return told(claim)
    if not claim.request:  # nothing was frozen, so nothing can have left; see `_impossible`
        return settled(target, claim, Outcome.FAILED, now, reason=NOTHING_FROZEN)
    try:
        platform = target.open()
        found = _read_back(target, platform, claim, now, claim.named)
    except (UnreachableError, UnsupportedError) as error:
        return _unsettled(target, claim, str(error), now)
    if found is not None:
        return found
    if claim.is_under_way(now):
        return Told(UNCERTAIN)
    if now < (believed_at := claim.attempted_at + platform.settles_after):
        return Told(LATER, believed_at)
    if now > target.begun(claim.claimed_at) + LATENESS:
        return settled(target, claim, Outcome.FAILED, now, reason=NOT_IN_TIME)
    return _send_again(target, platform, claim, now)


def _send_again(target: Target, platform: Platform, claim: Publication, now: datetime) -> Told:
    """A further attempt, if it is ours to make and no incident was declared meanwhile."""
    act = noted(target, Happened.NOT_SENT, now, reason=AGAIN)
    try:
        again = target.publications.attempt(claim, act, generation=target.generation)
    except PublicationMovedError:
        return Told(UNCERTAIN)  # another worker makes this attempt; look again
    except TakenAwayError:
        return settled(target, claim, Outcome.FAILED, now, reason=TAKEN_AWAY)
    except BoardMovedError:
        if claim.state is not Outcome.HELD:
            kept = settled(target, claim, Outcome.HELD, now, reason=KEPT_BACK)
            return Told(RECHECK) if kept.outcome == UNCERTAIN else kept
        return Told(RECHECK)  # on record already
    return _send(target, platform, again, now)


def _impossible(target: Target, request: Frozen, reason: str, now: datetime) -> Told:
    """Nothing can leave for this platform, and that is on record like any other outcome."""
    claim = claimed(target, request, now)
    if isinstance(claim, Told):
        return claim
    return settled(target, claim, Outcome.FAILED, now, reason=reason)


def _send(target: Target, platform: Platform, claim: Publication, now: datetime) -> Told:
    if target.closed_until and now < target.closed_until:
        settled(target, claim, Outcome.UNCERTAIN, now, reason=NOT_NOW)
        return later(target, claim, target.closed_until)
    taken: Receipt | None = None
    try:
        taken = platform.send(frozen(claim), target.media)
        found = _read_back(target, platform, claim, now, taken.platform_id)
    except RateLimitedError as error:
        settled(target, claim, Outcome.UNCERTAIN, now, reason=str(error))
        target.close(error.retry_at)
        return later(target, claim, error.retry_at)
    except (RefusedError, SignInError) as error:
        return settled(target, claim, Outcome.FAILED, now, reason=str(error))
    except PlatformError as error:
        named = taken.platform_id if taken else None
        found = settled(target, claim, Outcome.UNCERTAIN, now, reason=str(error), named=named)
    if found is None:
        named = taken.platform_id if taken else None
        found = settled(target, claim, Outcome.UNCERTAIN, now, reason=NOT_SHOWN, named=named)
    if taken and taken.resume_at:  # on record first: failing to note this must cost no proof
        target.close(taken.resume_at)
    return found


def later(target: Target, claim: Publication, at: datetime) -> Told:
    """When to come back. A day's wait would end in silence and a failure: the author is told when
    it is too late."""
    return Told(LATER, min(at, target.begun(claim.claimed_at) + LATENESS + A_MOMENT))


def _read_back(
    target: Target, platform: Platform, claim: Publication, now: datetime, named: str | None
) -> Told | None:
    """Settled as sent if the platform shows it; None if it is absent now. UnreachableError, also
    where all that it shows is counted as other publications' posts."""
    taken = frozenset(each.receipt.platform_id for each in target.before if each.receipt)
    for _ in range(MOST_ALIKE):
        receipt = platform.find(frozen(claim), Clues(taken, named))
        if receipt is None:
            return None
        same = receipt.text == target.draft.text
        reason = None if same else OTHER_WORDS
        try:
            return settled(target, claim, Outcome.SENT, now, reason=reason, receipt=receipt)
        except TakenError as error:
            taken |= {error.platform_id}
            if receipt.platform_id == named:
                break
    raise UnreachableError(OTHERS)


def _unsettled(target: Target, claim: Publication, reason: str, now: datetime) -> Told:
    if claim.is_under_way(now):
        return Told(UNCERTAIN)  # its worker will say
    if claim.state is not Outcome.PENDING:
        return looked(target, claim, reason, now)
    return settled(target, claim, Outcome.UNCERTAIN, now, reason=reason)
