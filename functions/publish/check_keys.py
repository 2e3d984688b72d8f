"""Signs in with every account's keys before a post has to: once a day, and again when one is due.

The keys themselves are tried, not a session that still lives: nothing is remembered for the look,
and nothing is written on the platform. What changed is on record; what is newly refused rings.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from publish.credentials import CredentialsError
from shared.accounts.acts import Happened, target_subject
from shared.accounts.custody import CHECK_BEFORE_DUE, Check, Custody, Use, check_due
from shared.accounts.registry import Account, AccountStatus
from shared.platforms.base import Platform, PlatformError, SignInError, UnsupportedError
from shared.posts.acts import SYSTEM
from shared.posts.content import Draft
from shared.posts.names import PlatformName
from shared.recordlog.leaf import Act
from shared.records.custodies import Custodies
from shared.records.posts import Posts
from shared.records.snapshot import Snapshots

MOST = 300
"""Targets in one run; the next run goes on with those that waited longest."""

ENOUGH = 25
"""Targets of which is gathered what was found; a crash has no more tried again."""

SAME_END = timedelta(hours=12)
"""Platforms tell the seconds that are left: each time they amount to a slightly other moment."""

LONG_AGO = datetime.min.replace(tzinfo=UTC)
BAD = frozenset({Check.REFUSED, Check.MISSING})

Open = Callable[[Account, PlatformName], Platform]


class KeysNotGoodError(Exception):
    """Keys that were good before are not any more; raising it rings the alarm by name."""


@dataclass(frozen=True)
class Checked:
    """How many were tried, and which of them are not good since this look."""

    tried: int
    newly_bad: tuple[str, ...]


@dataclass(frozen=True)
class Desk:
    """What checking needs: records, how a platform is opened, a fresh key for each look, what
    the platform told of a target's keys in this look (when they end), and who is told beforehand
    which keys are tried, so that they can be read together."""

    custodies: Custodies
    posts: Posts
    snapshots: Snapshots
    open: Open
    fresh: Callable[[], str]
    ends: Callable[[str], datetime | None] = lambda _: None
    expect: Callable[[Iterable[tuple[Account, PlatformName]]], None] = lambda _: None


class Notes:
    """What was found, written down for several targets together; which are newly `bad`."""

    def __init__(self, custodies: Custodies) -> None:
        self._custodies = custodies
        self._waiting: list[tuple[Custody, Custody, Act | None]] = []
        self.bad: list[str] = []

    def take(self, before: Custody, after: Custody, act: Act | None) -> None:
        """Found of one."""
        self._waiting.append((before, after, act))
        if len(self._waiting) >= ENOUGH:
            self.write()

    def write(self) -> None:
        """All that waits, but where somebody set new keys meanwhile: the next run tries those."""
        waiting, self._waiting = self._waiting, []
        written = self._custodies.change_each(waiting)
        for (before, after, _), is_written in zip(waiting, written, strict=True):
            if is_written and after.check is not before.check and after.check in BAD:
                self.bad.append(after.target)


def check_keys(desk: Desk, now: datetime) -> Checked:
    """Try what is due to be tried."""
    soon = _speaking_soon(desk.posts, now)
    due = [
        each
        for each in desk.custodies.all()
        if each.use is Use.PUBLISH and check_due(each, now, speaks_soon=each.target in soon)
    ]
    due.sort(key=lambda each: (each.target not in soon, each.checked_at or LONG_AGO))
    chosen = due[:MOST]
    notes = Notes(desk.custodies)
    trying = tuple(_with_accounts(chosen, desk.snapshots))
    desk.expect((account, custody.platform) for custody, account in trying)
    try:
        for custody, account in trying:
            found = _tried(account, custody.platform, desk, now)
            notes.take(*_noted(custody, found, desk.ends(custody.target), now))
    finally:
        notes.write()  # what was found of others is no less true where one breaks the run off
    return Checked(len(trying), tuple(notes.bad))


def _speaking_soon(posts: Posts, now: datetime) -> frozenset[str]:
    waiting = posts.stalled(now + CHECK_BEFORE_DUE)
    return frozenset(
        f"{post.draft.account}/{platform}" for post in waiting for platform in post.draft.platforms
    )


def _with_accounts(
    custodies: Iterable[Custody], snapshots: Snapshots
) -> Iterable[tuple[Custody, Account]]:
    """Those whose account may speak there; the keys of others can wait until it may."""
    chosen = tuple(custodies)
    accounts = snapshots.read(accounts={each.account_id for each in chosen}).accounts
    for custody in chosen:
        account = accounts.get(custody.account_id)
        speaks = account is not None and account.status is AccountStatus.ACTIVE
        if account and speaks and account.handle(custody.platform):
            yield custody, account


def _tried(account: Account, name: PlatformName, desk: Desk, now: datetime) -> Check:
    """What comes of signing in; whatever else goes wrong says nothing about the keys."""
    draft = Draft(text="Nothing.", account=account.account_id, platforms=(name,))
    try:
        platform = desk.open(account, name)
        platform.find(platform.prepare(draft, desk.fresh(), now))
    except CredentialsError:
        return Check.MISSING
    except SignInError:
        return Check.REFUSED
    except UnsupportedError:
        return Check.NO_ANSWER
    except PlatformError as error:
        refused = isinstance(error.__cause__, SignInError)
        return Check.REFUSED if refused else Check.NO_ANSWER
    return Check.GOOD


def _noted(
    custody: Custody, found: Check, told: datetime | None, now: datetime
) -> tuple[Custody, Custody, Act | None]:
    """What is written down, from what it was; and when the keys end if the platform `told`."""
    ends_at = custody.ends_at
    moved = told is not None and (ends_at is None or abs(told - ends_at) > SAME_END)
    if moved:
        ends_at = told
    after = replace(custody, check=found, checked_at=now, ends_at=ends_at)
    news = found is not custody.check or moved
    end = {"ends_at": ends_at.isoformat()} if moved and ends_at else {}
    act = Act(
        type=Happened.KEYS_CHECKED.value,
        account=custody.account_id,
        subject=target_subject(custody.account_id, custody.platform),
        at=now,
        actor=SYSTEM,
        approver=None,
        reason=None,
        payload={"was": custody.check.value, "is": found.value, **end},
    )
    return custody, after, act if news else None
