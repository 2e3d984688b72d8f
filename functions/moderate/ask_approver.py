"""Ask for an approval: who is asked in this round, by which link, by which letter.

The approval is on record before the first letter leaves, with the task token that wakes the state
machine; the letter holds the link and the code and nothing of the post.

AskError
├── NobodyToAskError   no approver on duty but the author; the next round may find one
└── MailNotSentError   no letter of this round could be sent; the next round tries again
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.message import EmailMessage

from shared.accounts.registry import Account, Person
from shared.accounts.rights import may_approve
from shared.conductor.executions import Executions, NobodyWaitsError
from shared.mail.errors import MailError
from shared.mail.letters import ApprovalWanted, Event
from shared.mail.links import CODE_BYTES, TOKEN_BYTES, MintedLink, mint
from shared.mail.send import compose_mail
from shared.posts.acts import Happened
from shared.posts.life import Post, State
from shared.posts.names import AccountId, PersonId, PostId
from shared.recordlog.canonical import JSON
from shared.recordlog.leaf import Act
from shared.records.acts import act_on
from shared.records.approval import Approval, ApprovalState, Link, Round, new_link
from shared.records.approvals import Approvals
from shared.records.people import People
from shared.records.snapshot import Snapshots

REMINDER, DEPUTY = 1, 2
"""Rounds count from 0 in the state machine: the first asking, a reminder, deputies, everybody."""

AFTER_THE_LAST = timedelta(hours=24)
"""A link outlives its round, so that a late click learns what became of the post."""


class AskError(Exception):
    """Root of what can keep a round from being asked."""


class NobodyToAskError(AskError):
    """There is no approver on duty but the author."""


class MailNotSentError(AskError):
    """No letter of this round could be sent."""


@dataclass(frozen=True)
class Turn:
    """One round of asking: its `number` from 0, how many `seconds` it lasts, and the task token
    that the state machine waits with; `account` is whose post it is."""

    number: int
    seconds: int
    token: str = field(repr=False)
    account: AccountId


@dataclass(frozen=True)
class Asking:
    """What asking needs: records, the conductor, the mail, and where the pages are."""

    snapshots: Snapshots
    people: People
    approvals: Approvals
    executions: Executions
    send: Callable[[EmailMessage], str]
    sender: str
    base_url: str
    chance: Callable[[int], bytes] = secrets.token_bytes


def ask_approver(
    post_id: PostId, version: int, turn: Turn, desk: Asking, now: datetime
) -> Approval:
    """Ask for this turn; if it was decided meanwhile, wake the state machine with that."""
    found = desk.snapshots.read(
        posts=[(post_id, version)],
        approvals=[(post_id, version)],
        accounts=[turn.account],
    )
    post = found.post(post_id, version)
    before = found.approvals.get((post_id, version))
    asked = _asked(desk.people.on_duty(), post.author, turn.number)
    links = {person.person_id: _minted(desk) for person in asked}
    ends_at = now + timedelta(seconds=turn.seconds)
    this_round = Round(
        turn.number + 1,
        tuple(links),
        tuple(_link(post, who, link, now, ends_at) for who, link in links.items()),
        ends_at,
        turn.token,
    )
    act = _act(post, asked, turn.number, now)
    if before is None:
        approval = desk.approvals.open(post, this_round, act)
    else:
        approval = desk.approvals.renew(before, this_round, act)
    if approval.state is ApprovalState.DECIDED and approval.ruling:
        _deliver(approval, approval.ruling.decision.value, desk)
        return approval
    account = found.account(post.draft.account)
    letters = {
        person.email: _letter(person, links[person.person_id], account, ends_at, desk.base_url)
        for person in asked
    }
    _send(letters, turn.number, desk, now)
    return approval


def _asked(on_duty: tuple[Person, ...], author: PersonId, number: int) -> tuple[Person, ...]:
    able = [person for person in on_duty if may_approve(person, author).allowed]
    if not able:
        raise NobodyToAskError("No approver is on duty who is not the author.")
    if number > DEPUTY:
        return tuple(able)
    ranks = sorted({person.duty for person in able if person.duty is not None})
    rank = ranks[min(1, len(ranks) - 1)] if number == DEPUTY else ranks[0]
    return tuple(person for person in able if person.duty == rank)


def _minted(desk: Asking) -> MintedLink:
    return mint(desk.chance(TOKEN_BYTES), desk.chance(CODE_BYTES))


def _link(post: Post, who: PersonId, link: MintedLink, now: datetime, ends_at: datetime) -> Link:
    return new_link(
        post,
        who,
        link_hash=link.token_sha256,
        code_hash=link.code_sha256,
        expires_at=ends_at + AFTER_THE_LAST,
        sent_at=now,
    )


def _send(letters: dict[str, ApprovalWanted], number: int, desk: Asking, now: datetime) -> None:
    """To each address its letter; one that arrives is enough."""
    event = Event.APPROVAL_REMINDER if number else Event.APPROVAL_REQUEST
    unsent = []
    for address, letter in letters.items():
        try:
            desk.send(compose_mail(event, address, letter, sender=desk.sender, at=now))
        except MailError as error:
            unsent.append(error)
    if len(unsent) == len(letters):
        raise MailNotSentError("No letter of this round could be sent.") from unsent[0]


def _letter(
    person: Person, link: MintedLink, account: Account, ends_at: datetime, base_url: str
) -> ApprovalWanted:
    return ApprovalWanted(
        addressee=person.name,
        account_title=account.title,
        link=f"{base_url}/approvals/{link.token}",
        code=link.code,
        expires_at=ends_at,
    )


def _deliver(approval: Approval, decision: str, desk: Asking) -> None:
    try:
        desk.executions.decided(approval.task_token, decision)
    except NobodyWaitsError:
        return  # a later round waits by now, and hands the ruling over itself
    desk.approvals.delivered(approval)


def _act(post: Post, asked: tuple[Person, ...], number: int, now: datetime) -> Act:
    payload: dict[str, JSON] = {
        "asked": [person.person_id for person in asked],
        "round": number + 1,
        "state": State.AWAITING_APPROVAL.value,
    }
    return act_on(post, Happened.APPROVAL_ASKED, now, payload)
