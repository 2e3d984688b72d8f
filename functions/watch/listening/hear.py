"""Every quarter of an hour: what others said to each account on each platform is heard, once.

A target that cannot be listened to (no key, a closed window, a platform that is down) keeps how far
it was, says why nobody listened, and is tried again an hour later, or when the platform said. How
far a target is lies in its row: whoever goes on after a crash goes on from there, and of two runs
at once one counts. What many targets tell goes on record together.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from shared.accounts.registry import Account, AccountStatus
from shared.platforms.base import PlatformError, RateLimitedError
from shared.posts.can import Can
from shared.posts.capabilities import capabilities
from shared.posts.names import AccountId
from shared.records.accounts import Accounts
from shared.records.ears import Ear, Ears
from shared.records.mentions import Mentions
from shared.records.platform_windows import window_name
from shared.records.snapshot import Snapshots
from shared.records.targets import Target
from watch.listening.hear_target import Hearing
from watch.listening.intake import Intake
from watch.looking_ways import Open
from watch.means import Expect

AFTER_A_FAULT = timedelta(hours=1)

LONGEST_RUN = timedelta(minutes=5)
"""Nothing new is begun after this; the function may take twice as long."""

LONGEST_FAULT = 300


@dataclass(frozen=True)
class Desk:
    """What listening needs."""

    accounts: Accounts
    ears: Ears
    mentions: Mentions
    snapshots: Snapshots
    open: Open
    clock: Callable[[], datetime]
    expect: Expect = lambda _: None


@dataclass(frozen=True)
class Heard:
    """How many mentions were received now, and how many targets told nothing."""

    received: int
    silent: int


def hear(desk: Desk, now: datetime) -> Heard:
    """Listen to every target whose turn it is, first to whoever was not heard for longest."""
    here = targets_of({each.account_id: each for each in desk.accounts.all()})
    ears = desk.ears.several(here)
    due = sorted((ear for ear in ears.values() if _is_due(ear, now)), key=_unheard_since)
    intake = Intake(desk.mentions, desk.ears)
    try:
        _listen(desk, here, due, intake, now)
    except Exception:
        intake.empty()  # what the others said is no worse for it
        raise
    intake.empty()
    return Heard(intake.received, intake.silent)


def _listen(
    desk: Desk,
    here: Mapping[Target, Account],
    due: list[Ear],
    intake: Intake,
    now: datetime,
) -> None:
    asked = _not_closed(desk, due, now)
    desk.expect((here[each.account, each.platform], each.platform) for each in asked)
    for before in asked:
        if desk.clock() >= now + LONGEST_RUN:
            break
        account = here[before.account, before.platform]
        intake.keep(before, _heard(desk, account, before, intake, now))


def targets_of(accounts: Mapping[AccountId, Account]) -> dict[Target, Account]:
    """Every account that is not closed, on every platform that gives mentions."""
    return {
        (account.account_id, handle.platform): account
        for account in accounts.values()
        if account.status is not AccountStatus.CLOSED
        for handle in account.handles
        if capabilities(handle.platform).can(Can.MENTIONS)
    }


def _not_closed(desk: Desk, ears: list[Ear], now: datetime) -> list[Ear]:
    """Those that a platform did not tell to come later."""
    names = [window_name(ear.account, ear.platform) for ear in ears]
    closed = desk.snapshots.read(windows=names).closed if names else {}
    until = (closed.get(name) for name in names)
    return [ear for ear, end in zip(ears, until, strict=True) if end is None or end <= now]


def _is_due(ear: Ear, now: datetime) -> bool:
    return ear.waits_until is None or now >= ear.waits_until


def _unheard_since(ear: Ear) -> str:
    """Those that failed stand behind the others."""
    at = ear.waits_until or ear.heard_to
    return at.isoformat() if at else ""


def _heard(desk: Desk, account: Account, before: Ear, intake: Intake, now: datetime) -> Ear:
    """How far it is then; what a fault left unheard is heard another time."""
    hearing = None
    try:
        reader = desk.open(account, before.platform)
        hearing = Hearing(intake, account, before, reader, now)
        hearing.listen(lambda: desk.clock() < now + LONGEST_RUN)
    except PlatformError as error:
        return _failed(before if hearing is None else hearing.ear, error, now)
    return replace(hearing.ear, fault="", since=None, waits_until=None)


def _failed(ear: Ear, error: PlatformError, now: datetime) -> Ear:
    until = error.retry_at if isinstance(error, RateLimitedError) else now + AFTER_A_FAULT
    fault = str(error)[:LONGEST_FAULT]
    return replace(ear, fault=fault, since=ear.since or now, waits_until=until)
