"""Let a held post go, or give it back: one by one, by the right person, about exactly these words.

What an incident held only the centre lets go, and nobody who wrote or changed it, once nothing
keeps the account quiet any more. What was merely late its author may confirm too. The last look
comes again after a release: nothing goes out here.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from moderate.incident_errors import MayNotActError, WrongFieldError
from shared.accounts.incident import Board
from shared.accounts.registry import Account, Person
from shared.accounts.rights import CENTRE, YES, Answer, Right, may
from shared.accounts.routing import may_rule
from shared.conductor.executions import ConductorError, Executions
from shared.posts.acts import Happened
from shared.posts.errors import ContentChangedError
from shared.posts.life import Post
from shared.posts.names import ContentHash, PostId
from shared.records.acts import act_on
from shared.records.errors import AlreadyReviewedError, ChangedError, RecordsError
from shared.records.hold import Hold, HoldRuling, Review, Why
from shared.records.holds import Held, Holds
from shared.records.snapshot import Snapshots

NOT_YOURS = "Its author or communications staff say whether it still goes out. Ask them."
OF_THE_CENTRE = "An incident held it; only communications staff let it go. Ask the duty officer."
LASTS = "The incident still lasts. Once it is stood down, or the account exempted, look again."
NO_REASON = "Say what has to change; the author gets your words."


@dataclass(frozen=True)
class HeldCase:
    """A held post, and all that says who may review it."""

    post: Post
    hold: Hold
    account: Account
    author: Person
    editor: Person | None
    board: Board


@dataclass(frozen=True)
class Verdict:
    """What was chosen, why, and about which words."""

    decision: Review
    reason: str | None
    content_hash: ContentHash


def held_case(post_id: PostId, version: int, holds: Holds, snapshots: Snapshots) -> HeldCase:
    """The held post with everything about it; NotFoundError, AlreadyReviewedError, ChangedError if
    it is over."""
    hold = holds.get(post_id, version)
    if hold.ruling is not None:
        raise AlreadyReviewedError(hold, hold.ruling)
    if not hold.waits:
        raise ChangedError("hold", hold.name, "is over")
    post = snapshots.read(posts=[(post_id, version)]).post(post_id, version)
    return cases_of([Held(hold, post)], snapshots)[0]


def cases_of(queue: Iterable[Held], snapshots: Snapshots) -> tuple[HeldCase, ...]:
    """Each of these with everything about it, read in one call."""
    held = tuple(queue)
    posts = [each.post for each in held]
    found = snapshots.read(
        accounts={post.draft.account for post in posts},
        people={who for post in posts for who in (post.author, post.editor) if who},
        board=True,
    )
    return tuple(
        HeldCase(
            each.post,
            each.hold,
            found.account(each.post.draft.account),
            found.person(each.post.author),
            found.person(each.post.editor) if each.post.editor else None,
            found.board,
        )
        for each in held
    )


def may_review(person: Person, case: HeldCase) -> Answer:
    """Whether this person says what becomes of it at all."""
    able = may(person, Right.REVIEW_HELD)
    if not able.allowed:
        return able
    if case.hold.why is Why.LATE:
        own = person.person_id == case.post.author
        return YES if own or person.role in CENTRE else Answer(False, NOT_YOURS)
    if person.role not in CENTRE:
        return Answer(False, OF_THE_CENTRE)
    return may_rule(
        person,
        author=case.author,
        editor=case.editor,
        findings=case.post.findings,
        account=case.account,
    )


def may_let_go(case: HeldCase) -> Answer:
    """Whether it may go out now: not while an incident keeps its account quiet."""
    if case.hold.why is Why.LATE:
        return YES  # if an incident was declared meanwhile, the last look holds it for that
    lasting = case.board.lasting(case.account, case.post.draft.platforms)
    return Answer(False, LASTS) if lasting else YES


def review(
    case: HeldCase,
    verdict: Verdict,
    by: Person,
    *,
    holds: Holds,
    executions: Executions,
    now: datetime,
) -> Hold:
    """The hold with its ruling, on record and handed to the machine that waits.
    AlreadyReviewedError if somebody was first."""
    answer = may_review(by, case)
    if answer.allowed and verdict.decision is Review.RELEASE:
        answer = may_let_go(case)
    if not answer.allowed:
        raise MayNotActError(answer.reason)
    reason = (verdict.reason or "").strip() or None
    if verdict.decision is Review.RETURN and reason is None:
        raise WrongFieldError("reason", NO_REASON)
    if verdict.content_hash != case.post.content_hash:
        raise ContentChangedError(verdict.content_hash, case.post.content_hash)
    ruling = HoldRuling(verdict.decision, by.person_id, now, reason)
    payload = {
        "decision": ruling.decision.value,
        "held_for": case.hold.why.value,
        "incident": case.hold.incident,
        "reason": reason,
    }
    act = act_on(
        case.post, Happened.REVIEWED, now, payload, actor=by.person_id, approver=by.person_id
    )
    return deliver(holds.review(case.post, case.hold, ruling, act), holds, executions)


def deliver(hold: Hold, holds: Holds, executions: Executions) -> Hold:
    """Wake the machine with the ruling; what fails here is found by the sweep."""
    if hold.ruling is None:
        return hold
    try:
        executions.decided(hold.task_token, hold.ruling.decision.value)
        return holds.delivered(hold)
    except (ConductorError, RecordsError):  # the ruling stands, whatever became of its delivery
        return replace(hold, delivered=False)
