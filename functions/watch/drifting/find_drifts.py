"""Every hour: each account on each platform is compared with what we know of it (policy P07).

A target that cannot be looked at (no key, a closed window, a platform that is down, an answer that
tells nothing) keeps all that is known of it, says why nobody looked, and is tried again an hour
later, or when the platform said. How far a target is lies in its row: whoever goes on after a crash
goes on from there, and of two runs at once one counts. What is found goes on record at once, how
far many targets are together.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from shared.accounts.registry import Account, AccountStatus
from shared.drift.drift import Drift
from shared.drift.telling import is_compared
from shared.platforms.base import PlatformError, RateLimitedError
from shared.records.accounts import Accounts
from shared.records.beats import Beat, Beats
from shared.records.errors import ChangedError
from shared.records.platform_windows import window_name
from shared.records.snapshot import Snapshots
from shared.records.targets import Target
from watch.drifting.compare_target import Comparing, Library
from watch.drifting.ways import Open
from watch.means import Expect

AFTER_A_FAULT = timedelta(minutes=50)
"""So that the next hour tries again, however long this one took."""

LONGEST_RUN = timedelta(minutes=5)
"""Nothing new is begun after this; the function may take twice as long."""

TOGETHER = 50
"""Targets whose drifts are read together, when it is the first one's turn."""

LONGEST_FAULT = 300


@dataclass(frozen=True)
class Desk:
    """What comparing needs."""

    accounts: Accounts
    beats: Beats
    library: Library
    snapshots: Snapshots
    open: Open
    clock: Callable[[], datetime]
    expect: Expect = lambda _: None


@dataclass
class Compared:
    """How many targets were compared, how many drifts found, how many targets told nothing."""

    targets: int = 0
    found: int = 0
    silent: int = 0


def find_drifts(desk: Desk, now: datetime) -> Compared:
    """Compare every target, first whoever was not compared for longest."""
    here = targets_of(desk.accounts.all())
    beats = desk.beats.several(here)
    due = sorted((beat for beat in beats.values() if _is_due(beat, now)), key=_waited_since)
    asked = _not_closed(desk, due, now)
    desk.expect((here[each.account, each.platform], each.platform) for each in asked)
    compared, moved = Compared(), list[tuple[Beat, Beat]]()
    try:
        for before, on_record in _with_drifts(desk, asked):
            if desk.clock() >= now + LONGEST_RUN:
                break
            account = here[before.account, before.platform]
            if step := _compare(desk, account, before, now, compared, on_record=on_record):
                moved.append(step)
    finally:
        desk.beats.keep(moved)  # what is known of others is no worse for one that fails
    return compared


def targets_of(accounts: tuple[Account, ...]) -> dict[Target, Account]:
    """Every account that is not closed, on every platform that is compared."""
    return {
        (account.account_id, handle.platform): account
        for account in accounts
        if account.status is not AccountStatus.CLOSED
        for handle in account.handles
        if is_compared(handle.platform)
    }


def _with_drifts(desk: Desk, asked: list[Beat]) -> Iterator[tuple[Beat, Mapping[str, Drift]]]:
    """Each with what was found there before, which is read for many of them in one call."""
    for start in range(0, len(asked), TOGETHER):
        part = asked[start : start + TOGETHER]
        names = (name for beat in part for name in beat.drifts.values())
        on_record = desk.library.drifts.several(names)
        yield from ((beat, on_record) for beat in part)


def _compare(
    desk: Desk,
    account: Account,
    before: Beat,
    now: datetime,
    compared: Compared,
    *,
    on_record: Mapping[str, Drift],
) -> tuple[Beat, Beat] | None:
    """From how far it is on record to how far it is then; None where that is another run's word."""
    comparing = None
    try:
        presence = desk.open(account, before)
        comparing = Comparing(desk.library, account, before, presence, now, on_record=on_record)
        comparing.compare(lambda: desk.clock() < now + LONGEST_RUN)
        after = replace(comparing.beat, fault="", since=None, waits_until=None)
    except PlatformError as error:
        after = _failed(comparing.beat if comparing else before, error, now)
    except ChangedError:
        return None  # another run was here this moment, or somebody closed one of its drifts
    compared.targets += 1
    compared.found += comparing.found if comparing else 0
    compared.silent += bool(after.fault)
    return comparing.kept if comparing else before, after


def _failed(beat: Beat, error: PlatformError, now: datetime) -> Beat:
    until = error.retry_at if isinstance(error, RateLimitedError) else now + AFTER_A_FAULT
    fault = str(error)[:LONGEST_FAULT]
    return replace(beat, fault=fault, since=beat.since or now, waits_until=until)


def _not_closed(desk: Desk, beats: list[Beat], now: datetime) -> list[Beat]:
    """Those that a platform did not tell to come later."""
    names = [window_name(beat.account, beat.platform) for beat in beats]
    closed = desk.snapshots.read(windows=names).closed if names else {}
    until = (closed.get(name) for name in names)
    return [beat for beat, end in zip(beats, until, strict=True) if end is None or end <= now]


def _is_due(beat: Beat, now: datetime) -> bool:
    return beat.waits_until is None or now >= beat.waits_until


def _waited_since(beat: Beat) -> str:
    """Those that failed stand behind the others."""
    at = beat.waits_until or beat.read_to
    return at.isoformat() if at else ""
