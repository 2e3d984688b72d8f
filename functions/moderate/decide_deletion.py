"""What the centre says of a deletion: before it begins, afterwards where it could not wait, and of
what was taken away by hand. Each once, and never by whoever asked."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from moderate.incident_errors import MayNotActError, WrongFieldError
from shared.accounts.registry import Person
from shared.accounts.rights import YES, Answer, Right, may
from shared.conductor.executions import ConductorError, Executions
from shared.posts.deletion import (
    GONE,
    Deleted,
    Deletion,
    DeletionState,
    DeletionTarget,
    Removal,
    Said,
    step,
)
from shared.posts.life import Outcome, Post
from shared.posts.names import PersonId
from shared.posts.threads import part_of
from shared.recordlog.canonical import JSON
from shared.records.deletion_acts import act_on_deletion, act_on_target
from shared.records.deletions import Deletions, Whole
from shared.records.errors import ChangedError, NotFoundError
from shared.records.publications import Publications

OWN = "You asked for it, or wrote it; somebody else of communications decides."
NO_REASON = "Say why; whoever asked gets your words, and they are kept."
NO_WHY = "Say how it was taken away, and who looked that it is gone. It is kept."
DECIDED = "is decided, or nobody waits for it any more"
LOOKED_AT = "was looked at before, or did not begin at once"
NOT_LEFT = "is not left to a person"


@dataclass(frozen=True)
class Choice:
    """What somebody decided, and why."""

    approved: bool
    reason: str


def may_decide(person: Person, deletion: Deletion, authors: Iterable[PersonId]) -> Answer:
    """Somebody of the centre who neither asked for it nor wrote any of it."""
    able = may(person, Right.DECIDE_DELETION)
    if not able.allowed:
        return able
    own = person.person_id in {deletion.asked.by, *authors}
    return Answer(False, OWN) if own else YES


def decide(
    whole: Whole,
    posts: Iterable[Post],
    choice: Choice,
    by: Person,
    *,
    deletions: Deletions,
    executions: Executions,
    now: datetime,
) -> Deletion:
    """The deletion as it was decided, once; ChangedError if somebody was first."""
    deletion = whole.deletion
    _check(by, deletion, posts)
    if deletion.state is not DeletionState.ASKED:
        raise ChangedError("deletion", deletion.deletion_id, DECIDED)
    reason = choice.reason.strip()
    if not choice.approved and not reason:
        raise WrongFieldError("reason", NO_REASON)
    state = DeletionState.APPROVED if choice.approved else DeletionState.REFUSED
    after = replace(
        deletion,
        state=step(deletion.state, state),
        ruling=Said(by.person_id, now, choice.approved, reason),
        ended_at=None if choice.approved else now,
        reason=None if choice.approved else reason,
    )
    happened = Deleted.APPROVED if choice.approved else Deleted.REFUSED
    payload: dict[str, JSON] = {"reason": reason}
    deletions.change(
        deletion, after, act_on_deletion(after, happened, now, payload, actor=by.person_id)
    )
    # Read now: the machine may have begun to wait while somebody read the page.
    wake(deletions.whole(after.deletion_id).task_token, after.state, executions)
    return after


def wake(task_token: str | None, state: DeletionState, executions: Executions) -> None:
    """The machine that waits; one that does not hear it looks again at its next turn."""
    if task_token is None:
        return
    try:
        executions.decided(task_token, state.value)
    except ConductorError:
        return


def review(
    deletion: Deletion,
    posts: Iterable[Post],
    choice: Choice,
    by: Person,
    *,
    deletions: Deletions,
    now: datetime,
) -> Deletion:
    """What somebody else says afterwards of one that could not wait; ChangedError."""
    _check(by, deletion, posts)
    if not deletion.waits_for_review:
        raise ChangedError("deletion", deletion.deletion_id, LOOKED_AT)
    reason = choice.reason.strip()
    if not reason:
        raise WrongFieldError("reason", NO_REASON)
    after = replace(deletion, review=Said(by.person_id, now, choice.approved, reason))
    payload: dict[str, JSON] = {"agrees": choice.approved, "reason": reason}
    act = act_on_deletion(after, Deleted.REVIEWED, now, payload, actor=by.person_id)
    deletions.change(deletion, after, act)
    return after


def done_by_hand(
    whole: Whole,
    post: Post,
    place: str,
    why: str,
    by: Person,
    *,
    deletions: Deletions,
    publications: Publications,
    now: datetime,
) -> Deletion:
    """Somebody took away what no machine could, and says so; the deletion as it then stands."""
    able = may(by, Right.DECIDE_DELETION)
    if not able.allowed:
        raise MayNotActError(able.reason)
    target = _target(whole, post, place)
    if target.state is Removal.BY_HAND:  # said before, and not closed then
        return _closed(whole.deletion, deletions, by, now)
    if not why.strip():
        raise WrongFieldError("why", NO_WHY)
    payload: dict[str, JSON] = {"why": why.strip()}
    act = act_on_target(
        whole.deletion, post, place, Deleted.BY_HAND, at=now, payload=payload, actor=by.person_id
    )
    after = replace(target, state=Removal.BY_HAND, reason=why.strip(), by=by.person_id)
    before = publications.get(post.post_id, post.version, *part_of(place))
    if before.state is Outcome.SENT:
        withdrawn = replace(before, state=Outcome.WITHDRAWN, trail=before.and_then(act))
        deletions.advance(target, after, act, (before, withdrawn))
    else:
        deletions.advance(target, after, act)
    return _closed(whole.deletion, deletions, by, now)


def _target(whole: Whole, post: Post, place: str) -> DeletionTarget:
    which = (post.post_id, post.version, place)
    for target in whole.targets:
        if (target.post_id, target.version, target.place) == which:
            if target.state in {Removal.LEFT, Removal.REMOVED, Removal.BY_HAND}:
                return target
            raise ChangedError("deletion", whole.deletion.deletion_id, NOT_LEFT)
    raise NotFoundError("deletion", whole.deletion.deletion_id)


def _closed(deletion: Deletion, deletions: Deletions, by: Person, now: datetime) -> Deletion:
    """Removed, once the last one is gone."""
    found = deletions.whole(deletion.deletion_id)
    standing = found.deletion
    over = standing.state is DeletionState.PARTLY_REMOVED
    if not over or any(each.state not in GONE for each in found.targets):
        return standing
    after = replace(standing, state=DeletionState.REMOVED, ended_at=now, reason=None)
    act = act_on_deletion(after, Deleted.CONCLUDED, now, {"standing": []}, actor=by.person_id)
    try:
        deletions.change(standing, after, act)
    except ChangedError:  # somebody else said of the last but one that it is gone
        return deletions.get(deletion.deletion_id)
    return after


def _check(by: Person, deletion: Deletion, posts: Iterable[Post]) -> None:
    writers = {who for post in posts for who in (post.author, post.editor) if who}
    answer = may_decide(by, deletion, writers)
    if not answer.allowed:
        raise MayNotActError(answer.reason)
