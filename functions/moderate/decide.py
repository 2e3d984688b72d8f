"""Approve, return or reject: once, by the right person, about exactly these words.

By link: the secret in the mail finds the request, the code from its subject proves a reader.
By queue: a signed-in approver. Both ways end in the same transaction; then the state machine is
woken, and if that fails the sweep does it.

DecideError
├── MayNotDecideError    this person may not decide this post; `str()` says why
├── WrongCodeError       not the code of this link; `tries_left`
├── LinkOverError        the link is void, or expired undecided
│   └── HolderOutError   whoever it was sent to has lost access since
└── ReasonMissingError   returning and rejecting need a reason
"""

from dataclasses import dataclass, replace
from datetime import datetime

from shared.accounts.registry import Person
from shared.accounts.rights import is_in, may_approve
from shared.conductor.executions import ConductorError, Executions
from shared.mail.links import is_code
from shared.posts.acts import Happened
from shared.posts.errors import ContentChangedError
from shared.posts.life import Post
from shared.posts.names import ContentHash
from shared.recordlog.leaf import Act
from shared.records.acts import act_on
from shared.records.approval import (
    WRONG_CODES,
    Approval,
    ApprovalState,
    Decision,
    Link,
    Ruling,
    Way,
)
from shared.records.approvals import Approvals
from shared.records.errors import ApprovalClosedError, RecordsError
from shared.records.links import Links

HAPPENED = {
    Decision.APPROVE: Happened.APPROVED,
    Decision.RETURN: Happened.RETURNED,
    Decision.REJECT: Happened.REJECTED,
}


class DecideError(Exception):
    """Root of what keeps somebody from deciding."""


class MayNotDecideError(DecideError):
    """This person may not decide this post."""


class WrongCodeError(DecideError):
    """Not the code of this link; `tries_left` is at least 1."""

    def __init__(self, tries_left: int) -> None:
        super().__init__("That is not the code in the subject of your e-mail.")
        self.tries_left = tries_left


class LinkOverError(DecideError):
    """The link is void, or it expired before anybody decided."""


class HolderOutError(LinkOverError):
    """Whoever the link was sent to has lost access since, though they may have it back."""


class ReasonMissingError(DecideError):
    """Returning and rejecting need a reason that the author can work with."""


@dataclass(frozen=True)
class Choice:
    """What was chosen, why, and about which words."""

    decision: Decision
    reason: str | None
    content_hash: ContentHash


@dataclass(frozen=True)
class Bench:
    """What deciding needs."""

    approvals: Approvals
    links: Links
    executions: Executions


def check_open(approval: Approval) -> None:
    """ApprovalClosedError if it ended without a decision: there is none to make any more."""
    if approval.state in {ApprovalState.EXPIRED, ApprovalState.VOID}:
        raise ApprovalClosedError(approval.name, approval.state)


def check_holder(link: Link, holder: Person) -> None:
    """HolderOutError if access ended at any time since the link was sent (P11)."""
    if not is_in(holder, link.sent_at):
        raise HolderOutError(
            "This link is no longer valid: access ended for the person it was sent to. "
            "Somebody else decides, or sign in and use the approval queue."
        )


def check_link(link: Link, now: datetime) -> None:
    """LinkOverError unless the link can still be used."""
    if link.void:
        raise LinkOverError("This link was voided. Sign in and use the approval queue.")
    if link.expires_at <= now:
        raise LinkOverError("This link has expired. Sign in and use the approval queue.")


def check_code(link: Link, secret: str, typed: str, links: Links) -> None:
    """WrongCodeError unless it is the code that was sent with the link. Every guess is counted,
    the last one is a LinkOverError; an empty field is no guess."""
    if is_code(typed, secret, link.code_hash):
        return
    if not typed.strip():
        raise WrongCodeError(WRONG_CODES - link.wrong_codes)
    tries_left = WRONG_CODES - links.wrong_code(link).wrong_codes
    if tries_left <= 0:
        raise LinkOverError(
            "That was not the code, and it was the last try. "
            "This link was voided. Sign in and use the approval queue."
        )
    raise WrongCodeError(tries_left)


def decide(
    post: Post,
    approval: Approval,
    choice: Choice,
    *,
    by: Person,
    way: Way,
    bench: Bench,
    now: datetime,
) -> Approval:
    """The approval with its ruling, on record and handed to the state machine.

    AlreadyDecidedError if somebody was first, ApprovalClosedError if it is over, and
    ContentChangedError if these are other words.
    """
    check_open(approval)
    answer = may_approve(by, post.author)
    if not answer.allowed:
        raise MayNotDecideError(answer.reason)
    if choice.decision is not Decision.APPROVE and not (choice.reason or "").strip():
        raise ReasonMissingError("Say what has to change; the author gets your words.")
    if choice.content_hash != post.content_hash:
        raise ContentChangedError(choice.content_hash, post.content_hash)
    ruling = Ruling(choice.decision, by.person_id, now, way, choice.reason or None)
    decided = bench.approvals.decide(post, approval, ruling, _act(post, ruling))
    return deliver(decided, ruling, bench)


def deliver(approval: Approval, ruling: Ruling, bench: Bench) -> Approval:
    """Wake the state machine with the ruling; what fails here is found by the sweep."""
    try:
        bench.executions.decided(approval.task_token, ruling.decision.value)
        return bench.approvals.delivered(approval)
    except (ConductorError, RecordsError):  # the ruling stands, whatever became of its delivery
        return replace(approval, delivered=False)


def _act(post: Post, ruling: Ruling) -> Act:
    payload = {
        "policy_version": post.policy_version,
        "reason": ruling.reason,
        "way": ruling.way.value,
    }
    happened = HAPPENED[ruling.decision]
    return act_on(post, happened, ruling.at, payload, actor=ruling.by, approver=ruling.by)
