"""What the last look makes of a post (P1): the same words, still cleared by today's policy, by
people who still may, no incident in its way, in time.

A judgement is a value with its reason. Refused is final, and back with its author; held waits for
a person, who lets it go or gives it back.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from shared.accounts.incident import Incident
from shared.accounts.registry import Account, AccountStatus, Person
from shared.accounts.rights import Right, may, may_post
from shared.accounts.routing import may_rule
from shared.accounts.second_person import needs_second_person
from shared.mentions.replies import answers_what_was_approved
from shared.policy.rules.critical_incident import RULE as CRITICAL_INCIDENT
from shared.policy.verdict import Finding, Severity, Verdict
from shared.posts.content import content_hash
from shared.posts.life import Outcome, Post, State, Urgency
from shared.records.approval import Approval, ApprovalState, Decision, Ruling
from shared.records.hold import Why
from shared.records.publication import Publication

LATENESS = {
    # Two hours late is the same afternoon; after that the day has moved on, and somebody looks.
    Urgency.ROUTINE: timedelta(hours=2),
    Urgency.PROMPT: timedelta(hours=2),
    # Words of the moment are stale within half an hour: the road may be open again.
    Urgency.IMMEDIATE: timedelta(minutes=30),
}
"""So long after it was due, cleared or confirmed a post still goes out without being asked about
again. Queues, retries and a night's maintenance stay far below it."""

AT_ALL = frozenset({Outcome.PENDING, Outcome.UNCERTAIN, Outcome.SENT, Outcome.WITHDRAWN})
"""Outcomes after which readers have seen it, or may have."""

TOO_LATE = "It would have gone out late. Its author or communications say whether it still should."
APPROVED_LATE = (
    "It was approved after it was due. Its author or communications say whether it still goes out."
)
STOPPED = "Somebody who is shown in a picture took their consent back. Send it with another one."
OTHER_PARENT = "What it would stand under is not what was approved. Answer it anew."
INCIDENT = (
    "A critical incident was declared before it went out. "
    "Communications look at it once the incident is over."
)


@dataclass(frozen=True)
class Judgement:
    """Released, refused or held (`why`, and for which `incident`), with the reason."""

    outcome: State
    reason: str = ""
    why: Why | None = None
    incident: str | None = None


@dataclass(frozen=True)
class Case:
    """Everything the last look considers. `verdict` is today's policy on these words, read as
    though the `incident` that affects the post lasted; `claimed` are its targets so far; `stopped`
    says that somebody who is shown in its pictures took their consent back."""

    post: Post
    account: Account
    author: Person
    editor: Person | None
    approval: Approval | None
    approver: Person | None
    incident: Incident | None
    verdict: Verdict
    claimed: tuple[Publication, ...] = ()
    stopped: bool = False

    @property
    def ruling(self) -> Ruling | None:
        """The approval that was given, if one was asked for."""
        return self.approval.ruling if self.approval else None

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What today's policy finds in the words, whatever else is going on."""
        return tuple(f for f in self.verdict.findings if f.rule != CRITICAL_INCIDENT)

    @property
    def partly(self) -> bool:
        """Whether some of it is out, or may be."""
        return any(publication.state in AT_ALL for publication in self.claimed)


def judge(case: Case, now: datetime) -> Judgement:
    """The judgement of the last look: what is final before what can wait."""
    return (
        _not_these_words(case)
        or _not_these_people(case)
        or _not_by_todays_policy(case)
        or _not_due(case.post, now)
        or _held_for_an_incident(case)
        or _held_for_coming_late(case, now)
        or Judgement(State.RELEASED)
    )


def _refused(reason: str) -> Judgement:
    return Judgement(State.REFUSED, reason)


def _not_these_words(case: Case) -> Judgement | None:
    found = content_hash(case.post.draft)
    if found != case.post.content_hash:
        return _refused("The stored words are not the words that were cleared.")
    if not answers_what_was_approved(case.post):
        return _refused(OTHER_PARENT)
    if case.stopped:
        return _refused(STOPPED)
    approval, ruling = case.approval, case.ruling
    if approval is None:
        return None
    given = approval.state is ApprovalState.DECIDED and ruling is not None
    if not given or ruling is None or ruling.decision is not Decision.APPROVE:
        return _refused("An approval was asked for and not given.")
    if approval.content_hash != found:
        return _refused("Other words were approved than these.")
    return None


def _not_these_people(case: Case) -> Judgement | None:
    if case.account.status is not AccountStatus.ACTIVE:
        return _refused(f"{case.account.title} is {case.account.status.value}.")
    if not may_post(case.author, case.account).allowed:
        return _refused("Its author may no longer post for this account.")
    if case.editor and not may(case.editor, Right.WRITE).allowed:
        return _refused("Whoever changed its words last may no longer post.")
    if case.ruling is None:
        return None
    found = [*case.post.findings, *(finding.as_dict() for finding in case.findings)]
    entitled = case.approver is not None and may_rule(
        case.approver,
        author=case.author,
        editor=case.editor,
        findings=found,
        account=case.account,
    )
    if not entitled or not entitled.allowed:
        return _refused("Its approver may no longer approve it. Send it again.")
    return None


def _not_by_todays_policy(case: Case) -> Judgement | None:
    found = case.findings
    if blocking := _rules(found, Severity.BLOCK):
        return _refused(
            f"Today's policy stops it ({', '.join(blocking)}). Change it, send it again."
        )
    to_review = _rules(found, Severity.REVIEW)
    if case.ruling is None:
        needed = needs_second_person(
            case.account,
            to_review=bool(to_review),
            edited=case.post.editor is not None,
            urgent=bool(case.post.urgent_reason),
            edits_clear=True,  # the door has settled that, by the force's own setting
        )
        why = f" ({', '.join(to_review)})" if to_review else ""
        return _refused(f"It needs an approval by now{why}. Send it again.") if needed else None
    seen = {finding["rule"] for finding in case.post.findings}
    if unseen := [rule for rule in to_review if rule not in seen]:
        return _refused(f"Its approver was not shown {', '.join(unseen)}. Send it again.")
    return None


def _not_due(post: Post, now: datetime) -> Judgement | None:
    if post.draft.not_before and now < post.draft.not_before:
        return _refused("It is not due yet; its time was not waited for.")
    return None


def _held_for_an_incident(case: Case) -> Judgement | None:
    silent = any(finding.rule == CRITICAL_INCIDENT for finding in case.verdict.findings)
    if case.incident is None or not silent:
        return None
    return Judgement(State.HELD, INCIDENT, Why.INCIDENT, case.incident.incident_id)


def _held_for_coming_late(case: Case, now: datetime) -> Judgement | None:
    post, due = case.post, case.post.draft.not_before
    cleared = case.ruling.at if case.ruling else post.submitted_at
    confirmed = post.reviewed_at is not None and post.reviewed_at >= cleared
    if due and cleared > due and not confirmed:
        return Judgement(State.HELD, APPROVED_LATE, Why.LATE)
    good_from = max(cleared, due or cleared, post.reviewed_at or cleared)
    if now > good_from + LATENESS[post.urgency]:
        return Judgement(State.HELD, TOO_LATE, Why.LATE)
    return None


def _rules(found: Iterable[Finding], severity: Severity) -> list[str]:
    return list(dict.fromkeys(f.rule for f in found if f.severity is severity))
