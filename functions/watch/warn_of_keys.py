"""Every hour: keys that the platform ends within two weeks, and posts that are due within a day
where it refuses the account's keys. Of each the people concerned are told once; setting new keys is
the answer, and makes room for the next notice.

What is found is claimed, then told (`shared.records.notices`): another run of the same moment tells
none of it again, and whoever comes after a crash tells what nobody told.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from shared.accounts.acts import Happened, target_subject
from shared.accounts.custody import REMIND_BEFORE, Check, Custody
from shared.accounts.registry import Account, AccountStatus, Person, PersonStatus, Role
from shared.mail.everybody import Send, send_to_all
from shared.mail.letters import Event, KeysDue, PostsAtRisk
from shared.posts.acts import SYSTEM, subject
from shared.posts.life import Post, State
from shared.posts.localtime import day_text, moment_text
from shared.posts.names import AccountId
from shared.recordlog.canonical import JSON
from shared.recordlog.leaf import Act
from shared.records.accounts import Accounts
from shared.records.custodies import Custodies
from shared.records.notices import Notices
from shared.records.people import People
from shared.records.posts import Posts

AHEAD = timedelta(hours=24)
BAD = {Check.REFUSED: "refuses its keys", Check.MISSING: "has no keys of it"}
ON_ITS_WAY = frozenset({State.SUBMITTED, State.AWAITING_APPROVAL, State.CLEARED})


class NobodyToTellError(Exception):
    """There is no registrar, or nobody on duty; raising it rings the alarm."""


@dataclass(frozen=True)
class Desk:
    """Records, and how letters leave."""

    custodies: Custodies
    people: People
    accounts: Accounts
    posts: Posts
    notices: Notices
    base_url: str
    sender: str
    send: Send

    @property
    def link(self) -> str:
        """Where the keys stand, and what is wrong with each."""
        return f"{self.base_url}/registry/credentials"


@dataclass(frozen=True)
class Warned:
    """How many ends of keys, and posts at risk, somebody was told of now."""

    ends: int
    posts: int


@dataclass(frozen=True)
class Notice:
    """Something to be told: what it is called, in one line for people, and its leaf."""

    notice_id: str
    line: str
    act: Act


def warn_of_keys(desk: Desk, now: datetime) -> Warned:
    """Tell what nobody was told; a MailError or NobodyToTellError if it could not be."""
    accounts = {
        a.account_id: a for a in desk.accounts.all() if a.status is not AccountStatus.CLOSED
    }
    kept = {each.target: each for each in desk.custodies.all() if each.account_id in accounts}
    ends = _ours(_ends(kept.values(), accounts, now), desk.notices)
    risks = _ours(_risks(kept, accounts, desk.posts.stalled(now + AHEAD), now), desk.notices)
    if ends or risks:
        _tell_registrars(desk, (*ends, *risks), now)
    if risks:
        _tell_approvers(desk, risks, now)
    desk.notices.told((each.notice_id for each in (*ends, *risks)), now)
    return Warned(len(ends), len(risks))


def _ours(found: Iterable[Notice], notices: Notices) -> tuple[Notice, ...]:
    return tuple(each for each in found if notices.begin(each.notice_id, each.act))


def _ends(
    custodies: Iterable[Custody], accounts: Mapping[AccountId, Account], now: datetime
) -> Iterator[Notice]:
    for custody in custodies:
        ends_at, set_at = custody.ends_at, custody.set_at
        if ends_at is None or set_at is None or custody.begun_at or now < ends_at - REMIND_BEFORE:
            continue
        where = f"{accounts[custody.account_id].title} on {custody.told}"
        ended = "ended on" if now >= ends_at else "ends them on"
        # New keys are another notice; a platform that tells another minute is not.
        named = f"keys-end/{custody.target}/{set_at.isoformat()}"
        line = f"{where}: the platform {ended} {day_text(ends_at)}; set new ones"
        said: dict[str, JSON] = {"ends_at": ends_at.isoformat()}
        yield Notice(named, line, _act(Happened.KEYS_END_TOLD, custody, now, said))


def _risks(
    kept: Mapping[str, Custody],
    accounts: Mapping[AccountId, Account],
    waiting: Iterable[Post],
    now: datetime,
) -> Iterator[Notice]:
    for post in waiting:
        due, account = post.draft.not_before, accounts.get(post.draft.account)
        if account is None or due is None or not now <= due <= now + AHEAD:
            continue
        if post.state not in ON_ITS_WAY:
            continue
        for platform in post.draft.platforms:
            custody = kept.get(f"{account.account_id}/{platform}")
            why = _not_good(custody, due) if custody else None
            if custody is None or why is None:
                continue
            set_at = custody.set_at.isoformat() if custody.set_at else ""
            named = f"post-keys/{post.post_id}@{post.version}/{platform}/{set_at}"
            line = f"{account.title}: {platform} {why}, and a post is due {moment_text(due)}"
            said: dict[str, JSON] = {"post": subject(post.post_id, post.version)}
            yield Notice(named, line, _act(Happened.KEYS_POST_TOLD, custody, now, said))


def _not_good(custody: Custody, due: datetime) -> str | None:
    """Why a post that is due then may not go out by these keys, None if nothing is known."""
    if custody.ends_at and due >= custody.ends_at:
        return "ends its keys before"
    return BAD.get(custody.check)


def _tell_registrars(desk: Desk, notices: tuple[Notice, ...], now: datetime) -> None:
    lines = tuple(each.line for each in notices)
    people = tuple(p for p in desk.people.all() if _keeps_keys(p))
    letters = {p.email: KeysDue(p.name, lines, desk.link) for p in people}
    if not letters:
        raise NobodyToTellError("There is no registrar to be told of keys.")
    send_to_all(Event.KEYS_DUE, letters, sender=desk.sender, send=desk.send, at=now)


def _tell_approvers(desk: Desk, risks: tuple[Notice, ...], now: datetime) -> None:
    lines = tuple(each.line for each in risks)
    letters = {p.email: PostsAtRisk(p.name, lines, desk.link) for p in desk.people.on_duty()}
    if not letters:
        raise NobodyToTellError("Nobody is on duty to be told of posts at risk.")
    send_to_all(Event.POSTS_AT_RISK, letters, sender=desk.sender, send=desk.send, at=now)


def _keeps_keys(person: Person) -> bool:
    return person.role is Role.REGISTRAR and person.status is PersonStatus.ACTIVE


def _act(happened: Happened, custody: Custody, now: datetime, said: dict[str, JSON]) -> Act:
    return Act(
        type=happened.value,
        account=custody.account_id,
        subject=target_subject(custody.account_id, custody.place),
        at=now,
        actor=SYSTEM,
        approver=None,
        reason=None,
        payload=said,
    )
