"""Every day: the targets whose turn it is are searched for look-alikes of ours, each once a week.

A target that cannot be searched (no key, a closed window, a platform that is down) keeps how far it
was, says why nobody searched, and is tried again the next day, or when the platform said. Each
question is kept before the next is asked: whoever goes on after a crash goes on from there, and of
two runs at once one counts.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from shared.accounts.registry import Account, AccountStatus
from shared.followers.someone import Someone
from shared.impostors.alike import Ours
from shared.impostors.case import Source
from shared.impostors.places import Searched, place_of
from shared.impostors.variants import variants, words_of
from shared.platforms.base import PlatformError, RateLimitedError
from shared.platforms.searching import Found, Searcher
from shared.posts.names import PlatformName
from shared.records.accounts import Accounts
from shared.records.errors import ChangedError
from shared.records.impostors import Impostors
from shared.records.platform_windows import window_name
from shared.records.searches import Search, Searches
from shared.records.snapshot import Snapshots
from shared.records.targets import Target
from watch.impostors.keep_found import Sighting, keep_found
from watch.impostors.searching_ways import Open

EVERY = timedelta(days=6, hours=12)
"""Between the end of a round and the next: each target has its turn every week."""

AFTER_A_FAULT = timedelta(hours=20)

LONGEST_RUN = timedelta(minutes=5)
"""Nothing new is begun after this; the function may take twice as long."""

LONGEST_NAME = 15
"""Letters of a name on X, the one platform that is asked for names."""

MOST_NEW = 25
"""Cases that one question opens; the rest is counted, for nobody looks at more with care."""

LONGEST_FAULT = 300


@dataclass(frozen=True)
class Desk:
    """What searching needs."""

    accounts: Accounts
    searches: Searches
    impostors: Impostors
    snapshots: Snapshots
    open: Open
    clock: Callable[[], datetime]


@dataclass(frozen=True)
class Looked:
    """How many cases are new or open again, how many questions were asked, and how many targets
    could not be searched."""

    found: int = 0
    asked: int = 0
    silent: int = 0

    def __add__(self, other: "Looked") -> "Looked":
        return Looked(
            self.found + other.found, self.asked + other.asked, self.silent + other.silent
        )


def look_for(desk: Desk, now: datetime) -> Looked:
    """Search every target whose turn it is, first those that waited longest."""
    accounts = desk.accounts.all()
    here = targets_of(accounts)
    rounds = desk.searches.several(here)
    due = sorted((each for each in rounds.values() if _is_due(each, now)), key=_waited_since)
    closed = closed_windows(desk.snapshots, [(each.account, each.platform) for each in due])
    ours, looked = Ours(accounts), Looked()
    for before in due:
        if desk.clock() >= now + LONGEST_RUN:
            break
        target = before.account, before.platform
        if is_closed(closed, target, now):
            continue
        looked += _searched(desk, ours, here[target], before, now)
    return looked


def targets_of(accounts: Sequence[Account]) -> dict[Target, Account]:
    """Every account that is not closed, on every platform of its own that can be searched."""
    return {
        (account.account_id, handle.platform): account
        for account in accounts
        if account.status is not AccountStatus.CLOSED
        for handle in account.handles
        if place_of(handle.platform).searched is not Searched.BY_HAND
    }


def questions_of(account: Account, platform: PlatformName) -> tuple[tuple[str, ...], ...]:
    """What is asked about an account there, in order: each some words, or names to look up."""
    handle = account.handle(platform)
    name = handle.name if handle else ""
    if place_of(platform).searched is Searched.BY_NAMES:
        names = variants(name, account.title, LONGEST_NAME)
        return (names,) if names else ()
    return tuple((words,) for words in words_of(name, account.title))


def closed_windows(
    snapshots: Snapshots, targets: Sequence[Target]
) -> Mapping[str, datetime | None]:
    """Until when platforms said that they take nothing more, by window."""
    names = [window_name(*target) for target in targets]
    return snapshots.read(windows=names).closed if names else {}


def is_closed(closed: Mapping[str, datetime | None], target: Target, now: datetime) -> bool:
    """Whether a platform said “not now” about this target."""
    until = closed.get(window_name(*target))
    return until is not None and until > now


def _is_due(of: Search, now: datetime) -> bool:
    if of.waits_until is not None and now < of.waits_until:
        return False
    return of.at > 0 or of.done_at is None or now >= of.done_at + EVERY


def _waited_since(of: Search) -> str:
    """Those that failed stand behind those that wait for their turn."""
    moments = (at.isoformat() for at in (of.done_at, of.waits_until) if at)
    return max(moments, default="")


def _searched(desk: Desk, ours: Ours, account: Account, before: Search, now: datetime) -> Looked:
    """A round, or as much of it as there is time and answers for."""
    questions, looked = questions_of(account, before.platform), Looked()
    try:
        searcher = desk.open(account, before.platform)
        while before.at < len(questions) and desk.clock() < now + LONGEST_RUN:
            sightings = list(_alike(ours, searcher, questions[before.at]))
            found = keep_found(sightings[:MOST_NEW], desk.impostors, now)
            looked += Looked(found, 1)
            more = before.more + len(sightings[MOST_NEW:])
            before = _kept(desk, before, replace(before, at=before.at + 1, more=more))
        if before.at >= len(questions):
            _kept(desk, before, _ended(before, now))
    except PlatformError as error:
        return looked + _failed(desk, before, error, now)
    except ChangedError:
        pass  # another run was here this moment
    return looked


def _alike(ours: Ours, searcher: Searcher, question: tuple[str, ...]) -> Iterator[Sighting]:
    for found in searcher.search(question):
        someone = someone_of(found)
        alike = ours.taken_for(searcher.name, someone) if someone.handle else None
        if alike is not None:
            yield Sighting(
                searcher.name,
                someone,
                alike,
                Source.SEARCH,
                found.picture,
                lambda found=found: searcher.picture(found),  # type: ignore[misc]  # bound now
                lambda actor=found.actor: (  # type: ignore[misc]  # bound now
                    searcher.there(actor.platform_id, actor.handle) is not None
                ),
            )


def someone_of(found: Found) -> Someone:
    """Whoever was found, as likeness looks at them."""
    actor = found.actor
    return Someone(actor.platform_id, actor.handle, actor.name, actor.url, actor.about)


def _kept(desk: Desk, before: Search, after: Search) -> Search:
    desk.searches.keep(before, after)
    return after


def _ended(of: Search, now: datetime) -> Search:
    return replace(of, done_at=now, at=0, fault="", since=None, waits_until=None)


def _failed(desk: Desk, of: Search, error: PlatformError, now: datetime) -> Looked:
    until = error.retry_at if isinstance(error, RateLimitedError) else now + AFTER_A_FAULT
    fault = str(error)[:LONGEST_FAULT]
    after = replace(of, fault=fault, since=of.since or now, waits_until=until)
    try:
        desk.searches.keep(of, after)
    except ChangedError:
        return Looked()
    return Looked(silent=1)
