"""Ask for an approval: who is asked in this round, by which link, by which letter.

The approval is on record before the first letter leaves, with the task token that wakes the state
machine; the letter holds the link and the code and nothing of the post.

AskError
├── NobodyToAskError   nobody in the registry may decide about it; the next round may find one
└── MailNotSentError   no letter of this round could be sent; the next round tries again
"""

import secrets
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from email.message import EmailMessage
from functools import partial

from moderate.find_approvers import find_approvers
from moderate.rounds import day_to_be_there, step_of
from shared.accounts.registry import Account, Person
from shared.accounts.routing import Asked, Question, managers_of
from shared.conductor.executions import Executions, NobodyWaitsError
from shared.mail.errors import MailError
from shared.mail.letters import ApprovalWanted, Event
from shared.mail.links import CODE_BYTES, TOKEN_BYTES, MintedLink, mint
from shared.mail.send import compose_mail
from shared.posts.acts import Happened
from shared.posts.errors import UnlawfulStepError
from shared.posts.life import TAKEN_BACK, Post, State
from shared.posts.names import AccountId, PersonId, PostId
from shared.recordlog.canonical import JSON
from shared.recordlog.leaf import Act
from shared.records.acts import act_on
from shared.records.approval import Approval, ApprovalState, Link, Round, new_link
from shared.records.approvals import Approvals
from shared.records.errors import ChangedError, PostMovedError
from shared.records.people import People
from shared.records.snapshot import Snapshot, Snapshots

AFTER_THE_LAST = timedelta(hours=24)
"""A link outlives its round, so that a late click learns what became of the post."""


class AskError(Exception):
    """Root of what can keep a round from being asked."""


class NobodyToAskError(AskError):
    """Nobody in the registry may decide about this post."""


class MailNotSentError(AskError):
    """No letter of this round could be sent."""


@dataclass(frozen=True)
class Turn:
    """One round of asking: its `number` from 0, how many `seconds` it lasts, and the task token
    that the state machine waits with; `account` is whose post it is, `accounts` and `people` what
    the door told to read with it."""

    number: int
    seconds: int
    token: str = field(repr=False)
    account: AccountId
    accounts: tuple[AccountId, ...] = ()
    people: tuple[PersonId, ...] = ()


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
) -> Approval | None:
    """Ask for this turn; if it was decided, or taken back (None), meanwhile, wake the state machine
    with that."""
    try:
        return _ask(post_id, version, turn, desk, now)
    except (ChangedError, UnlawfulStepError):
        post = desk.snapshots.read(posts=[(post_id, version)]).post(post_id, version)
        if post.state not in TAKEN_BACK:
            raise
        with suppress(NobodyWaitsError):  # a later round waits by now, and comes here itself
            desk.executions.decided(turn.token, post.state.value)
        return None


def _ask(post_id: PostId, version: int, turn: Turn, desk: Asking, now: datetime) -> Approval:
    found = desk.snapshots.read(
        posts=[(post_id, version)],
        approvals=[(post_id, version)],
        accounts={turn.account, *turn.accounts},
        people=turn.people,
    )
    post = found.post(post_id, version)
    before = found.approvals.get((post_id, version))
    if post.state in TAKEN_BACK:
        raise PostMovedError(post)
    whom = _asked(post, turn, found, desk, now)
    asked = tuple(each.person for each in whom)
    links = {person.person_id: _minted(desk) for person in asked}
    this_round = _round(turn, post, links, before, now)
    act = _act(post, whom, turn.number, now)
    if before is None:
        approval = desk.approvals.open(post, this_round, act)
    else:
        approval = desk.approvals.renew(before, this_round, act)
    if approval.state is ApprovalState.DECIDED and approval.ruling:
        _deliver(approval, approval.ruling.decision.told, desk)
        return approval
    account = found.account(post.draft.account)
    letters = {
        person.email: _letter(
            person, links[person.person_id], account, this_round.ends_at, desk.base_url
        )
        for person in asked
    }
    _send(letters, turn.number, desk, now)
    return approval


def _asked(
    post: Post, turn: Turn, found: Snapshot, desk: Asking, now: datetime
) -> tuple[Asked, ...]:
    account = found.account(post.draft.account)
    above = [account.parent] if account.parent else []
    written_by = [post.author, *([post.editor] if post.editor else [])]
    found = desk.snapshots.complete(found, accounts=above, people=written_by)
    parent = found.accounts.get(account.parent) if account.parent else None
    question = Question(
        account,
        found.person(post.author),
        found.person(post.editor) if post.editor else None,
        post.findings,
        managers_of(account, parent),
        _unreached(found, post),
    )
    step = step_of(turn.number, turn.seconds, post.urgency, now)
    day = day_to_be_there(post.urgency, now)
    find = partial(find_approvers, step=step, day=day, people=desk.people, snapshots=desk.snapshots)
    whom = find(question)
    if not whom and question.unreached:  # whom a letter did not reach, before nobody
        whom = find(replace(question, unreached=frozenset()))
    if not whom:
        raise NobodyToAskError("Nobody in the registry may decide about this post.")
    return whom


def _round(
    turn: Turn,
    post: Post,
    links: dict[PersonId, MintedLink],
    before: Approval | None,
    now: datetime,
) -> Round:
    ends_at, number = _ends_at(turn, post, now), turn.number + 1
    return Round(
        number,
        tuple(links),
        tuple(
            replace(_link(post, who, link, now, ends_at), round=number)
            for who, link in links.items()
        ),
        ends_at,
        turn.token,
        others=before is None or before.unreached.isdisjoint(links),
    )


def _unreached(found: Snapshot, post: Post) -> frozenset[PersonId]:
    before = found.approvals.get((post.post_id, post.version))
    return before.unreached if before else frozenset()


def _ends_at(turn: Turn, post: Post, now: datetime) -> datetime:
    """No round lasts beyond the moment its post is due."""
    ends_at = now + timedelta(seconds=turn.seconds)
    return min(ends_at, post.draft.not_before) if post.draft.not_before else ends_at


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


def _act(post: Post, asked: tuple[Asked, ...], number: int, now: datetime) -> Act:
    payload: dict[str, JSON] = {
        "asked": [each.person.person_id for each in asked],
        "because": [each.reason for each in asked],
        "round": number + 1,
        "state": State.AWAITING_APPROVAL.value,
    }
    return act_on(post, Happened.APPROVAL_ASKED, now, payload)
