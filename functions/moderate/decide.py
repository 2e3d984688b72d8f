"""Approve, return, reject, or edit and approve: once, by the right person, about these words.

By link: the secret in the mail finds the request, the code from its subject proves a reader.
By queue: a signed-in approver. Both ways end in the same transaction; then the state machine is
woken, and if that fails the sweep does it.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime

from moderate.case import Case, Choice
from moderate.edit import EDITED, candidate, draft_of, edited, submission
from moderate.errors import (
    MayNotDecideError,
    ReasonMissingError,
    SignInNeededError,
    TakenBackError,
)
from shared.accounts.registry import Person
from shared.conductor.executions import ConductorError, Executions
from shared.policy.verdict import Candidate, Verdict
from shared.posts.acts import Happened
from shared.posts.errors import ContentChangedError
from shared.posts.life import Post, State
from shared.recordlog.canonical import JSON
from shared.recordlog.leaf import Act
from shared.records.acts import act_on
from shared.records.approval import Approval, ApprovalState, Decision, Ruling, Way
from shared.records.approvals import Approvals
from shared.records.errors import ApprovalClosedError, RecordsError
from shared.records.links import Links

HAPPENED = {
    Decision.APPROVE: Happened.APPROVED,
    Decision.RETURN: Happened.RETURNED,
    Decision.REJECT: Happened.REJECTED,
    Decision.EDIT: Happened.EDITED,
}
SENT_BACK = frozenset({Decision.RETURN, Decision.REJECT})
TAKEN_BACK = {
    State.SUPERSEDED: "A newer version has taken its place, and somebody is asked about that one.",
    State.WITHDRAWN: "It was taken back and does not go out. There is nothing to decide any more.",
}


@dataclass(frozen=True)
class Bench:
    """What deciding needs; `verdict` is what the policy of a moment says of an edit."""

    approvals: Approvals
    links: Links
    executions: Executions
    verdict: Callable[[Candidate, datetime], Verdict]


@dataclass(frozen=True)
class Seat:
    """Who decides, how they came, and what is known of where they sit: when their page was first
    served, from which network and device the decision came.
    """

    by: Person
    way: Way
    shown_at: datetime | None = None
    network: str = ""
    device: str = ""


def check_open(approval: Approval) -> None:
    """ApprovalClosedError or TakenBackError if it ended without a decision: there is none to make
    any more.
    """
    if approval.taken_back:
        raise TakenBackError(TAKEN_BACK[approval.taken_back.ending])
    if approval.state in {ApprovalState.EXPIRED, ApprovalState.VOID}:
        raise ApprovalClosedError(approval.name, approval.state)


def decide(case: Case, choice: Choice, seat: Seat, bench: Bench, now: datetime) -> Approval:
    """The approval with its ruling, on record and handed to the state machine.

    AlreadyDecidedError if somebody was first, ApprovalClosedError if it is over, and
    ContentChangedError if these are other words.
    """
    check_open(case.approval)
    _check_seat(case, seat)
    if choice.decision in SENT_BACK and not (choice.reason or "").strip():
        raise ReasonMissingError("Say what has to change; the author gets your words.")
    if choice.content_hash != case.post.content_hash:
        raise ContentChangedError(choice.content_hash, case.post.content_hash)
    reason = choice.reason or (EDITED if choice.decision is Decision.EDIT else None)
    ruling = Ruling(choice.decision, seat.by.person_id, now, seat.way, reason, seat.shown_at)
    if choice.decision is Decision.EDIT:
        return _edit(case, choice, ruling, seat, bench)
    act = _act(case.post, ruling, seat)
    decided = bench.approvals.decide(case.post, case.approval, ruling, act)
    return deliver(decided, ruling, bench)


def deliver(approval: Approval, ruling: Ruling, bench: Bench) -> Approval:
    """Wake the state machine with the ruling; what fails here is found by the sweep."""
    try:
        bench.executions.decided(approval.task_token, ruling.decision.told)
        return bench.approvals.delivered(approval)
    except (ConductorError, RecordsError):  # the ruling stands, whatever became of its delivery
        return replace(approval, delivered=False)


def _check_seat(case: Case, seat: Seat) -> None:
    """A link is enough for most posts; whoever decides has to be entitled themselves."""
    if seat.way is Way.LINK and case.sign_in_needed:
        raise SignInNeededError(case.sign_in_needed)
    answer = case.may_be_ruled_by(seat.by)
    if not answer.allowed:
        raise MayNotDecideError(answer.reason)


def _edit(case: Case, choice: Choice, ruling: Ruling, seat: Seat, bench: Bench) -> Approval:
    """The new version on record in the place of the old one, and both state machines told."""
    draft = draft_of(case.post, choice)
    verdict = bench.verdict(candidate(case, draft, ruling.at), ruling.at)
    newer = edited(case, draft, verdict, seat.by, ruling.at)
    acts = (_act(case.post, ruling, seat, newer), submission(newer))
    decided = bench.approvals.edit(case.post, case.approval, ruling, newer, acts)
    with suppress(ConductorError):  # it is on record: the sweep starts what was not started
        bench.executions.start(newer.post_id, newer.version)
    return deliver(decided, ruling, bench)


def _act(post: Post, ruling: Ruling, seat: Seat, newer: Post | None = None) -> Act:
    payload: dict[str, JSON] = {
        "device": seat.device,
        "network": seat.network,
        "policy_version": post.policy_version,
        "reason": ruling.reason,
        "shown_at": ruling.shown_at.isoformat() if ruling.shown_at else None,
        "way": ruling.way.value,
    }
    if newer is not None:
        payload |= {"replaced_by": newer.version, "replaced_by_hash": newer.content_hash}
    happened = HAPPENED[ruling.decision]
    return act_on(post, happened, ruling.at, payload, actor=ruling.by, approver=ruling.by)
