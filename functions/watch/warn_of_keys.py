"""Every hour: posts that are due within a day where the platform refuses the account's keys. Of
each whoever is on duty and the web team are told once; setting new keys is the answer, and makes
room for the next notice.

A post may be written at noon for the same afternoon, so this waits for no morning; only at night
nobody is told of what still has time in the morning. Keys that end some day stand in the morning's
letter (`watch.morning.find_ending_keys`).

What is found is claimed, then told (`shared.records.notices`): another run of the same moment tells
none of it again, and whoever comes after a crash tells what nobody told.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from shared.accounts.acts import Happened, target_subject
from shared.accounts.custody import Check, Custody
from shared.accounts.registry import Account, AccountStatus, Person, PersonStatus, Role
from shared.mail.everybody import Send, send_to_all
from shared.mail.letters import Event, PostsAtRisk
from shared.posts.acts import SYSTEM, subject
from shared.posts.life import Post, State
from shared.posts.localtime import moment_text, night_ends
from shared.posts.names import AccountId
from shared.recordlog.leaf import Act
from shared.records.accounts import Accounts
from shared.records.custodies import Custodies
from shared.records.notices import Notices
from shared.records.people import People
from shared.records.posts import Posts

AHEAD = timedelta(hours=24)
IN_TIME = timedelta(hours=3)
"""Enough to set new keys."""

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
class Risk:
    """A post that may not go out: what its notice is called, one line for people, its leaf."""

    notice_id: str
    line: str
    act: Act


def warn_of_keys(desk: Desk, now: datetime) -> int:
    """Tell what nobody was told; how many posts. A MailError if no letter left, NobodyToTellError
    if one of the two sides is not there."""
    waiting = [post for post in desk.posts.stalled(now + AHEAD) if _is_due(post, now)]
    if not waiting:
        return 0  # as in most hours, and then nothing else is read
    accounts = {
        a.account_id: a for a in desk.accounts.all() if a.status is not AccountStatus.CLOSED
    }
    kept = {each.target: each for each in desk.custodies.all() if each.account_id in accounts}
    found = _risks(kept, accounts, waiting, now)
    ours = tuple(each for each in found if desk.notices.begin(each.notice_id, each.act))
    if ours:
        _tell(desk, ours, now)
    return len(ours)


def _is_due(post: Post, now: datetime) -> bool:
    """Whether it is on its way, and somebody has to know by now."""
    due, morning = post.draft.not_before, night_ends(now)
    if due is None or post.state not in ON_ITS_WAY or not now <= due <= now + AHEAD:
        return False
    return morning is None or due < morning + IN_TIME


def _risks(
    kept: Mapping[str, Custody],
    accounts: Mapping[AccountId, Account],
    waiting: Iterable[Post],
    now: datetime,
) -> Iterator[Risk]:
    for post in waiting:
        due, account = post.draft.not_before, accounts.get(post.draft.account)
        if account is None or due is None:
            continue
        for platform in post.draft.platforms:
            custody = kept.get(f"{account.account_id}/{platform}")
            why = _not_good(custody, due) if custody else None
            if custody is None or why is None:
                continue
            set_at = custody.set_at.isoformat() if custody.set_at else ""
            named = f"post-keys/{post.post_id}@{post.version}/{platform}/{set_at}"
            line = f"{account.title}: {platform} {why}, and a post is due {moment_text(due)}"
            yield Risk(named, line, _act(custody, post, now))


def _not_good(custody: Custody, due: datetime) -> str | None:
    """Why a post that is due then may not go out by these keys, None if nothing is known."""
    if custody.ends_at and due >= custody.ends_at:
        return "ends its keys before"
    return BAD.get(custody.check)


def _tell(desk: Desk, risks: tuple[Risk, ...], now: datetime) -> None:
    lines = tuple(each.line for each in risks)
    registrars = [person for person in desk.people.all() if _keeps_keys(person)]
    on_duty = desk.people.on_duty()
    letters = {p.email: PostsAtRisk(p.name, lines, desk.link) for p in (*registrars, *on_duty)}
    if letters:
        send_to_all(Event.POSTS_AT_RISK, letters, sender=desk.sender, send=desk.send, at=now)
        desk.notices.told((each.notice_id for each in risks), now)
    if not registrars or not on_duty:
        raise NobodyToTellError("There is no registrar, or nobody on duty, to hear of these posts.")


def _keeps_keys(person: Person) -> bool:
    return person.role is Role.REGISTRAR and person.status is PersonStatus.ACTIVE


def _act(custody: Custody, post: Post, now: datetime) -> Act:
    return Act(
        type=Happened.KEYS_POST_TOLD.value,
        account=custody.account_id,
        subject=target_subject(custody.account_id, custody.place),
        at=now,
        actor=SYSTEM,
        approver=None,
        reason=None,
        payload={"post": subject(post.post_id, post.version)},
    )
