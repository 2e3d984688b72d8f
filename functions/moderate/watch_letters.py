"""Approval letters are watched: one that reaches nobody is found out, and somebody else is asked.

The story: the mail service tells what became of each letter. One that did not arrive is on record,
rings an alarm, and is no way in any more; when no letter of a round can be answered, the state
machine stops waiting for it and asks the next approvers. A letter of which nothing is heard is
found by the sweep. As long as one letter of the round may be answered nobody else is woken, and
where nobody else is left the round takes its time: the queue is open to whoever signs in.

Events come twice, late, in any order, or never; each is harmless, and the sweep makes up for what
never came.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from moderate.ask_approver import MailNotSentError
from moderate.letter_report import Report
from shared.conductor.executions import Executions, NoAnswerError, NobodyWaitsError
from shared.posts.acts import SYSTEM, Happened, subject
from shared.posts.life import Urgency
from shared.recordlog.leaf import Act
from shared.records.approval import Approval, ApprovalState, Link, Undelivered
from shared.records.approvals import Approvals
from shared.records.errors import ApprovalClosedError, DeadLinkError, NotFoundError
from shared.records.letters import Letters, Sent

PATIENCE = {
    Urgency.ROUTINE: timedelta(minutes=15),
    Urgency.PROMPT: timedelta(minutes=10),
    Urgency.IMMEDIATE: timedelta(minutes=3),
}
"""How long nothing may be heard of a letter. Amazon SES hands most over within seconds; a mail
server that greylists lets the first attempt wait, five minutes as a rule. Who is in a hurry cannot
wait for that, and asks one person too many instead."""

UNHEARD = "No letter of this round reached anybody."

WHY = {
    Undelivered.BOUNCE: "The mailbox it was sent to refused it for good.",
    Undelivered.COMPLAINT: "The mailbox it was sent to reported it as unwanted.",
    Undelivered.REJECT: "The mail service refused to deliver it.",
    Undelivered.RENDERING: "The mail service could not make a letter of it.",
    Undelivered.SILENCE: "Nothing was heard of it in time.",
}


@dataclass(frozen=True)
class Desk:
    """What watching needs; `ring` tells the centre of one letter that did not arrive."""

    letters: Letters
    approvals: Approvals
    executions: Executions
    ring: Callable[[], None]


@dataclass(frozen=True)
class Swept:
    """How many letters nothing was heard of, and how many rounds were given up."""

    silent: int
    given_up: int


def take_report(report: Report, desk: Desk, now: datetime) -> str:
    """What was made of it, in one word."""
    if report.undelivered is None:
        return "delivered" if desk.letters.delivered(report.link_hash, now) else "known"
    try:
        link = desk.letters.find(report.link_hash)
        approval = desk.approvals.get(link.post_id, link.version)
        if approval.state is not ApprovalState.PENDING:
            return "late"
        _mark(link, approval, report.undelivered, desk, now)
    except NotFoundError:
        return "unknown"
    except ApprovalClosedError:
        return "late"
    return "given up" if _give_up(approval, desk) else "noted"


def sweep_letters(desk: Desk, now: datetime) -> Swept:
    """Find the rounds of whose letters nothing was heard in time; those that a crash left, too."""
    silent, given_up = 0, 0
    for sent in desk.letters.waiting(now - min(PATIENCE.values())):
        live = [link for link in sent.links if _is_live(link)]
        if live and not _is_overdue(live, sent, now):
            continue
        with suppress(ApprovalClosedError, NoAnswerError):  # decided meanwhile; the next sweep
            for link in live:
                silent += _mark(link, sent.approval, Undelivered.SILENCE, desk, now)
            given_up += _give_up(sent.approval, desk)
    return Swept(silent, given_up)


def _is_overdue(live: list[Link], sent: Sent, now: datetime) -> bool:
    """Whether one of these letters should have arrived by now, and none has."""
    newest = max(link.sent_at or sent.approval.opened_at for link in live)
    arrived = any(link.delivered_at for link in live)
    return not arrived and now - newest >= PATIENCE[sent.post.urgency]


def _mark(link: Link, approval: Approval, why: Undelivered, desk: Desk, now: datetime) -> bool:
    """On record, once; then the alarm. False where it was told before."""
    try:
        desk.letters.undelivered(link, approval, why, _act(link, why, now))
    except DeadLinkError:
        return False
    desk.ring()
    return True


def _give_up(approval: Approval, desk: Desk) -> bool:
    """Stop waiting for this round if none of its letters can be answered and others are there."""
    links = desk.letters.of(approval) if approval.others else ()
    if not links or any(map(_is_live, links)):
        return False
    try:
        desk.executions.give_up(approval.task_token, MailNotSentError.__name__, UNHEARD)
    except NobodyWaitsError:
        return False  # decided, or the next round is under way
    return True


def _is_live(link: Link) -> bool:
    return not link.void and link.undelivered is None


def _act(link: Link, why: Undelivered, now: datetime) -> Act:
    return Act(
        type=Happened.LETTER_UNDELIVERED.value,
        account=link.account,
        subject=subject(link.post_id, link.version),
        at=now,
        actor=SYSTEM,
        approver=None,
        reason=WHY[why],
        payload={
            "content_hash": link.content_hash,
            "kind": why.value,
            "round": link.round,
            "sent_to": link.person_id,
        },
    )
