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
from shared.records.errors import ChangedError
from shared.records.posts import Posts
from shared.records.snapshot import Snapshots

MOST = 300
"""Targets in one run; the next run goes on with those that waited longest."""

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
    """What checking needs: records, how a platform is opened, a fresh key for each look, and what
    the platform told of a target's keys in this look: when they end."""

    custodies: Custodies
    posts: Posts
    snapshots: Snapshots
    open: Open
    fresh: Callable[[], str]
    ends: Callable[[str], datetime | None] = lambda _: None


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
    tried, bad = 0, []
    for custody, account in _with_accounts(chosen, desk.snapshots):
        found = _tried(account, custody.platform, desk, now)
        tried += 1
        told = desk.ends(custody.target)
        written = _noted(custody, found, told, desk.custodies, now)
        if written and found is not custody.check and found in BAD:
            bad.append(custody.target)
    return Checked(tried, tuple(bad))


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
    custody: Custody, found: Check, told: datetime | None, custodies: Custodies, now: datetime
) -> bool:
    """Write it down, and when the keys end if the platform `told`; False where new keys were set
    meanwhile."""
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
    try:
        custodies.change(custody, after, act if news else None)
    except ChangedError:  # somebody set new keys meanwhile; the next run tries those
        return False
    return True
