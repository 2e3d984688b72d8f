"""The last look before anything leaves (P1): the same bytes, still cleared, still allowed, in time.

A refusal is a value with its reason, and an ending of the post; nothing is sent late by surprise.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from shared.accounts.registry import Account, AccountStatus, Person
from shared.accounts.rights import may_approve, may_post
from shared.posts.acts import Happened
from shared.posts.content import content_hash
from shared.posts.life import Post, State
from shared.posts.names import PlatformName, PostId
from shared.recordlog.leaf import Act
from shared.records.acts import act_on
from shared.records.approval import Approval, Decision
from shared.records.posts import Posts
from shared.records.snapshot import Snapshots

LATENESS = timedelta(hours=2)
"""So long after it was due or approved a post may still go out."""

HAPPENED = {
    State.RELEASED: Happened.RELEASED,
    State.REFUSED: Happened.REFUSED,
    State.EXPIRED: Happened.EXPIRED,
}


@dataclass(frozen=True)
class Release:
    """Released with its targets, or refused or expired with the reason."""

    outcome: State
    reason: str = ""
    targets: tuple[PlatformName, ...] = ()


def release(
    post_id: PostId, version: int, *, posts: Posts, snapshots: Snapshots, now: datetime
) -> Release:
    """Release a cleared version for its targets, once; a repeated call gives the same answer."""
    found = snapshots.read(posts=[(post_id, version)], approvals=[(post_id, version)])
    post, approval = found.post(post_id, version), found.approvals.get((post_id, version))
    if post.state is State.RELEASED:
        return Release(State.RELEASED, targets=post.draft.platforms)
    if post.state in {State.REFUSED, State.EXPIRED}:
        return Release(post.state, post.reason or "")
    approver = [approval.ruling.by] if approval and approval.ruling else []
    about = snapshots.read(accounts=[post.draft.account], people=[post.author, *approver])
    account, author = about.account(post.draft.account), about.person(post.author)
    verdict = (
        _why_not_these_words(post, approval)
        or _why_not_these_people(author, account, [about.person(who) for who in approver])
        or _why_not_now(post, approval, now)
        or Release(State.RELEASED, targets=post.draft.platforms)
    )
    act = _act(post, approval, verdict, now)
    posts.move(post, verdict.outcome, act, reason=verdict.reason or None)
    return verdict


def _why_not_these_words(post: Post, approval: Approval | None) -> Release | None:
    found = content_hash(post.draft)
    if found != post.content_hash:
        return Release(State.REFUSED, "The stored words are not the words that were cleared.")
    if approval is None:
        return None
    if approval.ruling is None or approval.ruling.decision is not Decision.APPROVE:
        return Release(State.REFUSED, "An approval was asked for and not given.")
    if approval.content_hash != found:
        return Release(State.REFUSED, "Other words were approved than these.")
    return None


def _why_not_these_people(
    author: Person, account: Account, approvers: list[Person]
) -> Release | None:
    if account.status is not AccountStatus.ACTIVE:
        return Release(State.REFUSED, f"{account.title} is {account.status.value}.")
    may = may_post(author, account)
    if not may.allowed:
        return Release(State.REFUSED, "Its author may no longer post for this account.")
    for approver in approvers:
        if not may_approve(approver, author.person_id).allowed:
            return Release(State.REFUSED, "Its approver may no longer approve.")
    return None


def _why_not_now(post: Post, approval: Approval | None, now: datetime) -> Release | None:
    not_before = post.draft.not_before
    if not_before and now < not_before:
        return Release(State.REFUSED, "It is not due yet; its time was not waited for.")
    cleared = approval.ruling.at if approval and approval.ruling else post.submitted_at
    if now > max(cleared, not_before or cleared) + LATENESS:
        return Release(State.EXPIRED, "It came too late to go out unseen; send it again.")
    return None


def _act(post: Post, approval: Approval | None, verdict: Release, now: datetime) -> Act:
    return act_on(
        post,
        HAPPENED[verdict.outcome],
        now,
        {"platforms": list(verdict.targets), "policy_version": post.policy_version},
        approver=approval.ruling.by if approval and approval.ruling else None,
        reason=verdict.reason or None,
    )
