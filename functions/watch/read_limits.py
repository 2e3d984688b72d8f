"""Every day each server that tells its own limits is asked for them (Mastodon: its keeper decides).

A server's limits are public, so it is asked without any key. Only one that says no to strangers is
asked again with the read-only key of an account of ours there, if the web team has set one; a key
that may write is never read here (P7). An answer that cannot be meant is no answer: what the server
told last stays, and that it told nothing new is on record and rings, once.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta

from shared.accounts.acts import Happened, server_subject
from shared.accounts.registry import Account, AccountStatus
from shared.platforms.base import PlatformError, RefusedError, SignInError, UnreachableError
from shared.platforms.reading import Reader
from shared.posts.acts import SYSTEM
from shared.posts.capabilities import Can, capabilities
from shared.posts.server_limits import ServerAnswer, ServerLimits, doubtful
from shared.recordlog.canonical import JSON
from shared.recordlog.leaf import Act
from shared.records.accounts import Accounts
from shared.records.errors import ChangedError
from shared.records.server_limits import Server, ServersTold, server_name

ASK_AGAIN = timedelta(hours=12)
"""Whoever fires this a second time, or goes on after a crash, asks only those not asked yet."""

MOST = 25
"""Servers in one run; the next goes on with those that waited longest."""

MOST_KEYS = 3
"""Accounts of one server whose keys are tried where it tells strangers nothing."""

LONGEST_FAULT = 300

Ways = Callable[[Server, tuple[Account, ...]], Iterator[Reader]]
"""How a server can be asked: without a key first, then with those of our accounts there."""


class LimitsUnreadError(Exception):
    """Servers that told their limits before, or never yet, and not now; raising it rings."""


@dataclass(frozen=True)
class Desk:
    """What asking needs."""

    accounts: Accounts
    told: ServersTold
    ways: Ways


@dataclass(frozen=True)
class Looked:
    """How many servers were asked, how many told something new, which newly told nothing."""

    asked: int
    news: int
    newly_silent: tuple[str, ...]


def read_limits(desk: Desk, now: datetime) -> Looked:
    """Ask every server that is due."""
    here = _servers(desk.accounts.all())
    known = desk.told.several(here)
    due = [s for s in here if s not in known or now >= known[s].asked_at + ASK_AGAIN]
    due.sort(key=lambda s: (known[s].asked_at.isoformat() if s in known else "", s))
    asked, news, silent = 0, 0, []
    for server in due[:MOST]:
        before = known.get(server)
        after = _asked(server, here[server], before, desk.ways, now)
        is_news = before is None or _differ(before, after)
        try:
            desk.told.keep(before, after, _act(before, after) if is_news else None)
        except ChangedError:
            continue  # another run was here this moment
        asked, news = asked + 1, news + is_news
        if after.fault and not (before and before.fault):
            silent.append(server_name(*server))
    return Looked(asked, news, tuple(silent))


def _servers(accounts: Iterable[Account]) -> dict[Server, tuple[Account, ...]]:
    """Every server that may tell something, with our accounts there."""
    found: dict[Server, tuple[Account, ...]] = {}
    for account in accounts:
        if account.status is AccountStatus.CLOSED:
            continue
        for handle in account.handles:
            if capabilities(handle.platform).can(Can.LIMITS):
                server = handle.platform, handle.service.rstrip("/")
                found[server] = (*found.get(server, ()), account)
    return dict(sorted(found.items()))


def _asked(
    server: Server,
    accounts: tuple[Account, ...],
    before: ServerAnswer | None,
    ways: Ways,
    now: datetime,
) -> ServerAnswer:
    """What it told, or what it told last and why it did not now."""
    try:
        limits = _told(ways(server, accounts))
    except PlatformError as error:
        fault = str(error)[:LONGEST_FAULT]
        kept = before or ServerAnswer(*server, asked_at=now)
        return replace(kept, asked_at=now, fault=fault)
    return ServerAnswer(*server, asked_at=now, limits=limits, told_at=now)


def _told(ways: Iterator[Reader]) -> ServerLimits:
    """Limits that can be meant; the PlatformError of the last way to ask."""
    failed: PlatformError = UnreachableError("There is no way to ask it.")
    for reader in ways:
        try:
            limits = reader.limits()
        except (RefusedError, SignInError) as error:
            failed = error  # not to strangers, perhaps to somebody it knows
            continue
        if wrong := doubtful(limits):
            raise UnreachableError(f"It told what no server means: {wrong}.")
        return limits
    raise failed


def _differ(before: ServerAnswer, after: ServerAnswer) -> bool:
    return before.limits != after.limits or bool(before.fault) != bool(after.fault)


def _act(before: ServerAnswer | None, after: ServerAnswer) -> Act:
    happened = Happened.LIMITS_UNTOLD if after.fault else Happened.LIMITS_TOLD
    return Act(
        type=happened.value,
        account=None,
        subject=server_subject(server_name(after.platform, after.service)),
        at=after.asked_at,
        actor=SYSTEM,
        approver=None,
        reason=None,  # what a stranger's server says belongs to the payload
        payload={
            "was": _numbers(before.limits) if before else None,
            "is": _numbers(after.limits),
            "fault": after.fault or None,
        },
    )


def _numbers(limits: ServerLimits) -> dict[str, JSON]:
    return {**asdict(limits), "types": list(limits.types)}
