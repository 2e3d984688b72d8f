"""A person says whether a post is there, where the platform could not be read back (P2).

They have looked; the machine has not. So their word is on record as theirs: the address they give
is not a proof, and nothing is ever sent again after it, whatever they say. It can be given only
once the machine is through with the post, about each target once. When the last unknown target is
known, the post gets its ending, in the same transaction.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from moderate.incident_errors import MayNotActError, WrongFieldError
from moderate.uncertain_errors import AlreadySettledError, UnderWayError
from shared.accounts.errors import LinkError
from shared.accounts.registry import Person
from shared.accounts.rights import YES, Answer, Right, may
from shared.accounts.weblinks import post_address
from shared.posts.acts import Happened
from shared.posts.addresses import belongs_to
from shared.posts.life import ENDINGS, Outcome, Post, State, step
from shared.posts.names import PlatformName, PostId
from shared.posts.outcomes import UNKNOWN, ending_of
from shared.posts.threads import places, spelled
from shared.recordlog.leaf import Act
from shared.records.acts import act_on
from shared.records.concluding import concluded, outcomes_of, reasons_of
from shared.records.errors import (
    AlreadyClaimedError,
    NotFoundError,
    PostMovedError,
    PublicationMovedError,
    TakenError,
)
from shared.records.publication import KeptReceipt, Publication
from shared.records.uncertain import Uncertain, Unsettled

Place = tuple[PlatformName, int]
"""A platform, and which part of a thread; the first, where there is none."""

TRIES = 5
"""A post has few targets; each try is lost to somebody who settled another of them."""

NO_WHY = "Say how you know: where you looked, and what you saw. It is kept."
NO_ADDRESS = "Give the address of the post as the platform shows it."
NOT_AN_ADDRESS = "That is no address of a post there. Open the post and copy its address."
NO_ADDRESS_NEEDED = "Leave the address empty, or say that it is there."
ANOTHERS = "That address is another post of ours. Look for the one of these words and this time."


class Decision(StrEnum):
    """What somebody saw."""

    SENT = "sent"
    NOT_SENT = "not_sent"


@dataclass(frozen=True)
class Word:
    """What somebody says of one target, and how they know."""

    decision: Decision
    url: str
    why: str


def may_settle(person: Person) -> Answer:
    """Whether this person's word is taken."""
    return may(person, Right.SETTLE)


def require_place(found: Unsettled, place: Place) -> None:
    """NotFoundError where the post was never meant to stand there."""
    post = found.post
    if place not in places(post.draft):
        raise NotFoundError("uncertain", f"{post.post_id} v{post.version} on {spelled(*place)}")


def waits(found: Unsettled, place: Place, now: datetime) -> Answer:
    """Whether a person is needed for this target now; AlreadySettledError, NotFoundError."""
    require_place(found, place)
    post, target = found.post, found.target(*place)
    if target is not None and target.state not in UNKNOWN:
        raise AlreadySettledError(target)
    if post.state in ENDINGS:
        raise NotFoundError("uncertain", f"{post.post_id} v{post.version} on {spelled(*place)}")
    over = post.state is State.UNCERTAIN and not (target and target.is_under_way(now))
    return YES if over else Answer(False, str(UnderWayError()))


def settle(
    post_id: PostId,
    version: int,
    place: Place,
    word: Word,
    *,
    by: Person,
    uncertain: Uncertain,
    now: datetime,
) -> Unsettled:
    """The post with this target settled, on record once; AlreadySettledError, UnderWayError."""
    able = may_settle(by)
    if not able.allowed:
        raise MayNotActError(able.reason)
    for _ in range(TRIES):
        found = uncertain.get(post_id, version)
        if not waits(found, place, now).allowed:
            raise UnderWayError
        _check(word, place[0])
        act = _act(found, place, word, by, now)
        settled = _settled(found, place, word, act)
        ended, acts = _ended(found.with_target(settled), act, by)
        try:
            return uncertain.settle(found, settled, ended, acts)
        except (PostMovedError, PublicationMovedError, AlreadyClaimedError):
            continue  # somebody was first, with this target or another; look again how it stands
        except TakenError as error:
            raise WrongFieldError("url", ANOTHERS) from error
    raise UnderWayError


def _check(word: Word, platform: PlatformName) -> None:
    if not word.why.strip():
        raise WrongFieldError("why", NO_WHY)
    if word.decision is Decision.NOT_SENT:
        if word.url:
            raise WrongFieldError("url", NO_ADDRESS_NEEDED)
        return
    if not word.url:
        raise WrongFieldError("url", NO_ADDRESS)
    check_address(platform, word.url)


def check_address(platform: PlatformName, url: str) -> None:
    """WrongFieldError for what cannot be the address of a post on this platform."""
    try:
        post_address(url)
    except LinkError as error:
        raise WrongFieldError("url", str(error)) from error
    if not belongs_to(platform, url):
        raise WrongFieldError("url", NOT_AN_ADDRESS)


def _act(found: Unsettled, place: Place, word: Word, by: Person, now: datetime) -> Act:
    target = found.target(*place)
    payload = {
        "attempts": target.attempts if target else 0,
        "decision": word.decision.value,
        "named": target.named if target else None,
        "reason": word.why.strip(),
        "url": word.url or None,
    }
    said_of = spelled(*place)
    return act_on(found.post, Happened.SETTLED, now, payload, actor=by.person_id, target=said_of)


def _settled(found: Unsettled, place: Place, word: Word, act: Act) -> Publication:
    before = found.target(*place) or _unclaimed(found.post, place, act.at)
    there = word.decision is Decision.SENT
    receipt = KeptReceipt(before.named or word.url, word.url, "") if there else None
    return replace(
        before,
        state=Outcome.SENT if there else Outcome.FAILED,
        settled_at=act.at,
        receipt=receipt,
        reason=word.why.strip(),
        trail=before.and_then(act),
    )


def _unclaimed(post: Post, place: Place, at: datetime) -> Publication:
    """A target that the machine never came to: with this on record, it never will."""
    return Publication(
        post_id=post.post_id,
        version=post.version,
        platform=place[0],
        part=place[1],
        account=post.draft.account,
        content_hash=post.content_hash,
        state=Outcome.PENDING,
        key="",
        request={},
        attempts=0,
        claimed_at=at,
        attempted_at=at,
    )


def _ended(after: Unsettled, act: Act, by: Person) -> tuple[Post | None, tuple[Act, ...]]:
    """The post with its ending, None while another target is unknown; and all that happened."""
    post = after.post
    ending = ending_of(post.state, outcomes_of(post, after.targets))
    if ending is post.state:
        return None, (act,)
    ended = replace(
        post, state=step(post.state, ending), reason=reasons_of(after.targets) or post.reason
    )
    return ended, (act, concluded(post, after.targets, act.at, by.person_id))
