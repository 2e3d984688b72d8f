"""Every hour: the targets whose turn it is are looked at, each once a day, and what is doubted an
hour later once more. So a post that somebody deletes or changes in the app is noticed within a day.

A target that cannot be looked at (no key, a closed window, a platform that is down) keeps all that
is known of it, says why nobody looked, and is tried again some hours later. How far a target is
lies in its row: whoever goes on after a crash goes on from there, and of two runs at once one
counts. What is found is on record before anybody is told (`tell_exceptions`).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from shared.accounts.registry import Account, AccountStatus
from shared.platforms.base import PlatformError, RateLimitedError
from shared.posts.can import Can
from shared.posts.capabilities import capabilities
from shared.records.accounts import Accounts
from shared.records.platform_windows import window_name
from shared.records.rounds import Round, Rounds
from shared.records.targets import Target
from watch.look_after import Library, Looking, ripe
from watch.looking_ways import Open
from watch.means import Expect
from watch.turns import Known, read_turns

EVERY = timedelta(hours=20)
"""Between the end of a round and the next: each target has its turn every day."""

AFTER_A_FAULT = timedelta(hours=3)

MOST = 100
"""Targets in one run; the next goes on with those that waited longest."""

LONGEST_RUN = timedelta(minutes=5)
"""Nothing new is begun after this; the function may take twice as long."""

ENOUGH = 25
"""Targets whose posts are read together, and that wait to be written together; no more, so that a
crash has few looked at again."""

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
    expect: Expect = lambda _: None


@dataclass(frozen=True)
class Looked:
    """How many posts were looked at, how many exceptions found, how many targets told nothing."""

    posts: int
    found: int
    silent: int


class Progress:
    """How far targets are, written for several of them together, and what was `looked` at so."""

    def __init__(self, rounds: Rounds) -> None:
        self._rounds = rounds
        self._waiting: list[tuple[Round, Round, Looking | None]] = []
        self.looked = Looked(0, 0, 0)

    def add(self, before: Round, after: Round, looking: Looking | None) -> None:
        """So far one is now."""
        self._waiting.append((before, after, looking))
        if len(self._waiting) >= ENOUGH:
            self.write()

    def write(self) -> None:
        """All that waits goes on record; where another run was meanwhile, its own word counts."""
        waiting, self._waiting = self._waiting, []
        kept = self._rounds.keep((before, after) for before, after, _ in waiting)
        ours = [each for each, is_kept in zip(waiting, kept, strict=True) if is_kept]
        lookings = [looking for *_, looking in ours if looking]
        self.looked = Looked(
            self.looked.posts + sum(each.looked for each in lookings),
            self.looked.found + sum(len(each.found) for each in lookings),
            self.looked.silent + sum(bool(after.fault) for _, after, _ in ours),
        )


def find_gone(desk: Desk, now: datetime) -> Looked:
    """Look at every target whose turn it is."""
    here = _targets(desk.accounts.all())
    rounds = desk.rounds.several(here)
    due = sorted((r for r in rounds.values() if _is_due(r, now)), key=_waited_since)[:MOST]
    asked = _not_closed(desk, due, now)
    desk.expect((here[each.account, each.platform], each.platform) for each in asked)
    progress, run = Progress(desk.rounds), Run(desk, here, now)
    try:
        for start in range(0, len(asked), ENOUGH):
            for looked in run.look(asked[start : start + ENOUGH]):
                progress.add(*looked)
    finally:
        progress.write()  # how far others are is no less known for one that fails
    return progress.looked


class Run:
    """One run over the targets that are `here`; what several of them need is read together."""

    def __init__(self, desk: Desk, here: Mapping[Target, Account], now: datetime) -> None:
        self._desk = desk
        self._here = here
        self._now = now

    def look(self, rounds: Sequence[Round]) -> Iterator[tuple[Round, Round, Looking | None]]:
        """How far each was and is now, for as long as there is time."""
        if not self._in_time():
            return
        opened = [(each, self._opened(each)) for each in rounds]
        known = self._known([before for before, looking in opened if isinstance(looking, Looking)])
        for before, looking in opened:
            if not self._in_time():
                return
            if isinstance(looking, PlatformError):
                yield before, _failed(before, looking, self._now), None
            else:
                yield before, self._looked(before, looking, known), looking

    def _opened(self, before: Round) -> Looking | PlatformError:
        account = self._here[before.account, before.platform]
        try:
            reader = self._desk.open(account, before.platform)
        except PlatformError as error:
            return error
        return Looking(self._desk.library, before, reader, self._now)

    def _known(self, rounds: Sequence[Round]) -> Known:
        library, since = self._desk.library, self._now - self._desk.days
        doubted = [name for each in rounds for name in ripe(each, self._now)]
        turns = [each for each in rounds if _has_its_turn(each, self._now)]
        return read_turns(library.posts, library.snapshots, turns, doubted, since)

    def _looked(self, before: Round, looking: Looking, known: Known) -> Round:
        """How far it is then; what a fault left undone is done another time."""
        try:
            looking.again(known)
            if _has_its_turn(before, self._now):
                looking.go_on(known, self._in_time)
        except PlatformError as error:
            return _failed(looking.round, error, self._now)
        return replace(looking.round, fault="", since=None, waits_until=None)

    def _in_time(self) -> bool:
        return self._desk.clock() < self._now + LONGEST_RUN


def _targets(accounts: tuple[Account, ...]) -> dict[Target, Account]:
    """Every account on every platform that can show whether a post stands."""
    return {
        (account.account_id, handle.platform): account
        for account in accounts
        if account.status is not AccountStatus.CLOSED
        for handle in account.handles
        if capabilities(handle.platform).can(Can.READ_POST)
    }


def _not_closed(desk: Desk, rounds: list[Round], now: datetime) -> list[Round]:
    """Those that a platform did not tell to come later."""
    names = [window_name(each.account, each.platform) for each in rounds]
    closed = desk.library.snapshots.read(windows=names).closed if names else {}
    until = (closed.get(name) for name in names)
    return [each for each, end in zip(rounds, until, strict=True) if end is None or end <= now]


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


def _failed(of: Round, error: PlatformError, now: datetime) -> Round:
    until = error.retry_at if isinstance(error, RateLimitedError) else now + AFTER_A_FAULT
    fault = str(error)[:LONGEST_FAULT]
    return replace(of, fault=fault, since=of.since or now, waits_until=until)
