"""Every hour: the targets whose turn it is are looked at, each once a day, and what is doubted an
hour later once more. So a post that somebody deletes or changes in the app is noticed within a day.

A target that cannot be looked at (no key, a closed window, a platform that is down) keeps all that
is known of it, says why nobody looked, and is tried again some hours later. How far a target is
lies in its row: whoever goes on after a crash goes on from there, and of two runs at once one
counts. What is found is on record before anybody is told (`tell_exceptions`).
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from shared.accounts.registry import Account, AccountStatus
from shared.platforms.base import PlatformError, RateLimitedError
from shared.posts.can import Can
from shared.posts.capabilities import capabilities
from shared.posts.names import AccountId, PlatformName
from shared.records.accounts import Accounts
from shared.records.errors import ChangedError
from shared.records.platform_windows import window_name
from shared.records.rounds import Round, Rounds
from watch.look_after import Library, Looking
from watch.looking_ways import Open

EVERY = timedelta(hours=20)
"""Between the end of a round and the next: each target has its turn every day."""

AFTER_A_FAULT = timedelta(hours=3)

MOST = 100
"""Targets in one run; the next goes on with those that waited longest."""

LONGEST_RUN = timedelta(minutes=5)
"""Nothing new is begun after this; the function may take twice as long."""

LONGEST_FAULT = 300


@dataclass(frozen=True)
class Desk:
    """What looking needs; `days` are those that a post counts as recent."""

    accounts: Accounts
    rounds: Rounds
    library: Library
    open: Open
    clock: Callable[[], datetime]
    days: timedelta


@dataclass(frozen=True)
class Looked:
    """How many posts were looked at, how many exceptions found, how many targets told nothing."""

    posts: int
    found: int
    silent: int


def find_gone(desk: Desk, now: datetime) -> Looked:
    """Look at every target whose turn it is."""
    here = _targets(desk.accounts.all())
    rounds = desk.rounds.several(here)
    due = sorted((r for r in rounds.values() if _is_due(r, now)), key=_waited_since)[:MOST]
    names = {(r.account, r.platform): window_name(r.account, r.platform) for r in due}
    closed = desk.library.snapshots.read(windows=names.values()).closed if names else {}
    posts, found, silent = 0, 0, 0
    for before in due:
        if desk.clock() >= now + LONGEST_RUN:
            break
        target = before.account, before.platform
        until = closed.get(names[target])
        if until is not None and until > now:
            continue
        after, looking = _looked(desk, here[target], before, now)
        try:
            desk.rounds.keep(before, after)
        except ChangedError:
            continue  # another run was here this moment
        posts += looking.looked if looking else 0
        found += len(looking.found) if looking else 0
        silent += bool(after.fault)
    return Looked(posts, found, silent)


def _targets(accounts: tuple[Account, ...]) -> dict[tuple[AccountId, PlatformName], Account]:
    """Every account on every platform that can show whether a post stands."""
    return {
        (account.account_id, handle.platform): account
        for account in accounts
        if account.status is not AccountStatus.CLOSED
        for handle in account.handles
        if capabilities(handle.platform).can(Can.READ_POST)
    }


def _is_due(of: Round, now: datetime) -> bool:
    if of.waits_until and now < of.waits_until:
        return False
    return _has_its_turn(of, now) or any(doubt.is_ripe(now) for doubt in of.doubts.values())


def _has_its_turn(of: Round, now: datetime) -> bool:
    return of.under_way or of.done_at is None or now >= of.done_at + EVERY


def _waited_since(of: Round) -> str:
    """Those that failed stand behind those that wait for their turn."""
    moments = (at.isoformat() for at in (of.done_at, of.waits_until) if at)
    return max(moments, default="")


def _looked(
    desk: Desk, account: Account, before: Round, now: datetime
) -> tuple[Round, Looking | None]:
    """How far it is then; what a fault left undone is done another time."""
    looking = None
    try:
        reader = desk.open(account, before.platform)
        looking = Looking(desk.library, account, before, reader, now)
        looking.again()
        if _has_its_turn(before, now):
            looking.go_on(now - desk.days, lambda: desk.clock() < now + LONGEST_RUN)
    except PlatformError as error:
        return _failed(looking.round if looking else before, error, now), looking
    return replace(looking.round, fault="", since=None, waits_until=None), looking


def _failed(of: Round, error: PlatformError, now: datetime) -> Round:
    until = error.retry_at if isinstance(error, RateLimitedError) else now + AFTER_A_FAULT
    fault = str(error)[:LONGEST_FAULT]
    return replace(of, fault=fault, since=of.since or now, waits_until=until)
