"""The policy is changed by two people: one proposes a pack, another approves it (G05, G06)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from register.policy_errors import DecidedError, NotInformationError, OwnProposalError
from shared.accounts.registry import Person
from shared.policy.pack import Pack
from shared.policy.proposal import Happened, Proposal, canonical, subject, usable
from shared.recordlog.leaf import Act
from shared.records.policies import Policies

CENTRE = "centre"
"""What INFORMATION_MANAGEMENT says where anybody of the centre approves."""


@dataclass(frozen=True)
class PolicyDesk:
    """Where policies are kept, and who may approve them: `centre`, or person ids with commas."""

    policies: Policies
    information_management: str


def propose(
    content: Mapping[str, Any], why: str, *, by: Person, desk: PolicyDesk, now: datetime
) -> Proposal:
    """A pack that could be used as it is, waiting for somebody else; InvalidPackError,
    ExpiredPackError, AlreadyExistsError."""
    text, digest = canonical(content)
    pack = usable(text, now.date())
    proposal = Proposal(digest, text, pack.version, by.person_id, now, why)
    act = _act(Happened.PROPOSED, proposal, pack, by, now)
    desk.policies.propose(proposal, act)
    return proposal


def approve(digest: str, *, by: Person, desk: PolicyDesk, now: datetime) -> Proposal:
    """The pack in use from now on; refused if it could not be used any more."""
    before = desk.policies.get(digest)
    if before.approved_at is not None:
        raise DecidedError("This policy was approved before; propose it anew to go back to it.")
    _check_approver(before, by, desk)
    pack = usable(before.content, now.date())
    after = replace(before, approved_by=by.person_id, approved_at=now)
    desk.policies.approve(before, after, _act(Happened.APPROVED, after, pack, by, now))
    return after


def _check_approver(proposal: Proposal, by: Person, desk: PolicyDesk) -> None:
    if by.person_id == proposal.proposed_by:
        raise OwnProposalError("You proposed this policy; somebody else has to approve it.")
    named = desk.information_management
    if named != CENTRE and by.person_id not in {each.strip() for each in named.split(",")}:
        raise NotInformationError("Only the Information Management Group approves policy changes.")


def _act(happened: Happened, proposal: Proposal, pack: Pack, by: Person, now: datetime) -> Act:
    approved = happened is Happened.APPROVED
    return Act(
        type=happened.value,
        account=None,
        subject=subject(proposal.digest),
        at=now,
        actor=proposal.proposed_by if approved else by.person_id,
        approver=by.person_id if approved else None,
        reason=None,
        payload={
            "digest": proposal.digest,
            "pack": proposal.content,
            "policy_version": pack.policy_version,
            "why": proposal.why,
        },
    )
