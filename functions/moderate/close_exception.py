"""Say how it came about that a post is gone, or says something else, with no deletion of ours.

The centre says it, once. Whoever took a post away in the app owes the same ground as who asks for a
deletion (C12). What is gone counts as withdrawn from then on, so that nobody looks for it again;
what stands after all stays as it is.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from moderate.incident_errors import MayNotActError, WrongFieldError
from shared.accounts.registry import Person
from shared.accounts.rights import Right, may
from shared.posts.deletion import Ground
from shared.posts.exception_found import (
    Cause,
    Change,
    Closing,
    Noticed,
    PostException,
    subject_of,
)
from shared.posts.life import Outcome
from shared.posts.names import PersonId
from shared.posts.threads import part_of
from shared.recordlog.canonical import JSON
from shared.recordlog.leaf import Act
from shared.records.errors import ChangedError
from shared.records.exceptions import Exceptions
from shared.records.publications import Publications

NO_WHY = "Say what you found out; it is kept with your name."
NO_WHO = "Say who did it in the app, as you would say it to professional standards."
NO_GROUND = (
    "Choose the ground on which it was deleted. If none of them fits, choose what comes nearest, "
    "and say under why that it should have been corrected."
)
CLOSED = "was closed by somebody before"


@dataclass(frozen=True)
class Wish:
    """What somebody says of it."""

    cause: Cause
    why: str
    who: str = ""
    ground: Ground | None = None


def close_exception(
    found: PostException,
    wish: Wish,
    by: Person,
    *,
    exceptions: Exceptions,
    publications: Publications,
    now: datetime,
) -> PostException:
    """The exception as it is closed; MayNotActError, WrongFieldError, ChangedError."""
    able = may(by, Right.DECIDE_DELETION)
    if not able.allowed:
        raise MayNotActError(able.reason)
    if not found.is_open:
        raise ChangedError("exception", found.exception_id, CLOSED)
    closing = _closing(found, wish, by.person_id, now)
    after = replace(found, closed=closing)
    act = _act(found, closing)
    if found.change is Change.ALTERED or closing.cause is Cause.MISTAKEN:
        exceptions.close(found, after, act)
        return after
    publication = publications.get(found.post_id, found.version, *part_of(found.place))
    if publication.state is not Outcome.SENT:
        exceptions.close(found, after, act)
        return after
    gone = replace(publication, state=Outcome.WITHDRAWN, trail=publication.and_then(act))
    exceptions.close(found, after, act, (publication, gone))
    return after


def _closing(found: PostException, wish: Wish, by: PersonId, now: datetime) -> Closing:
    why, who = wish.why.strip(), wish.who.strip()
    if not why:
        raise WrongFieldError("why", NO_WHY)
    if wish.cause is not Cause.OURS:
        return Closing(by, now, wish.cause, why)
    if not who:
        raise WrongFieldError("who", NO_WHO)
    if found.change is Change.ALTERED:
        return Closing(by, now, wish.cause, why, who)
    if wish.ground is None:
        raise WrongFieldError("ground", NO_GROUND)
    return Closing(by, now, wish.cause, why, who, wish.ground)


def _act(found: PostException, closing: Closing) -> Act:
    payload: Mapping[str, JSON] = {
        "cause": closing.cause.value,
        "change": found.change.value,
        "ground": closing.ground.value if closing.ground else None,
        "place": found.place,
        "post": f"{found.post_id}-{found.version}",
        "who": closing.who,
        "why": closing.why,
    }
    return Act(
        type=Noticed.CLOSED.value,
        account=found.account,
        subject=subject_of(found.exception_id),
        at=closing.at,
        actor=closing.by,
        approver=None,
        reason=closing.ground.value if closing.ground else closing.cause.value,
        payload=payload,
    )
