"""One account's lists, each read to its end or given up with a reason; then people can look.

A platform that says “not now” is asked when it says; one that fails is asked three times. Whatever
fails, the last good list stays, and the review says so. A list counts, and its review knows of it,
in one transaction: of two readers at once one counts. Short lists of an account go on record in one
together; a crash has us read no more pages again than one part of a list has.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from shared.accounts.registry import Account, AccountStatus
from shared.followers.review import Flagged, Place, Review, ReviewState, Seen, ready, with_list
from shared.platforms.base import PlatformError, RateLimitedError, UnsupportedError
from shared.posts.names import PlatformName
from shared.recordlog.leaf import Act
from shared.records.follower_lists import FollowerList, ended
from shared.records.review_acts import act_of_list, act_of_ready
from shared.records.reviews import Reviews
from shared.records.transaction import Write
from watch.following.both_lists import BothLists
from watch.following.places import places_of
from watch.following.read_list import PAGES, ListReading, Shelf, sentence_of, unread
from watch.looking_ways import Open

BETWEEN_TRIES = timedelta(minutes=10)
MOST_TRIES = 3

LONGEST_WAIT = timedelta(hours=6)
"""An execution waits no longer; tomorrow's goes on."""

TOO_LONG = timedelta(days=3)
"""A platform that says “not for days” is not waited for."""


class Outcome(StrEnum):
    """What an execution does next."""

    READ = "read"
    MORE = "more"
    WAIT = "wait"
    LATER = "later"


@dataclass(frozen=True)
class Told:
    """How it goes on with an account, or with one of its lists; `until` when, for who waits."""

    outcome: Outcome
    until: datetime | None = None


@dataclass(frozen=True)
class Desk:
    """Where reviews and lists are kept, how lists are opened, and whether there is time left."""

    reviews: Reviews
    shelf: Shelf
    open: Open
    is_time: Callable[[], bool]


def left_of(account: Account, review: Review) -> tuple[Place, ...]:
    """The lists that nobody has read this month; none of an account that was closed meanwhile."""
    if account.status is AccountStatus.CLOSED:
        return ()
    read = {seen.place for seen in review.seen}
    return tuple(place for place in places_of(account) if place not in read)


class AccountReading:
    """One account's lists, as far as there is time for them; `kept` is how far each was read."""

    def __init__(
        self, desk: Desk, account: Account, review: Review, kept: Mapping[Place, FollowerList]
    ) -> None:
        self._desk = desk
        self._account = account
        self._kept = kept
        self._opened: dict[PlatformName, BothLists] = {}
        self._recorded = self._review = review
        self._acts: list[Act] = []
        self._also: list[Write] = []
        self._pages = 0

    def read(self) -> Told:
        """Read on in every list that is left; ChangedError if somebody else reads the same."""
        try:
            return self._read()
        finally:
            self._record()  # what was read is no worse for what broke behind it

    def _read(self) -> Told:
        waits: list[datetime] = []
        for place in left_of(self._account, self._review):
            told = self._one(self._kept[place]) if self._desk.is_time() else Told(Outcome.MORE)
            if told.outcome is Outcome.MORE:
                return told
            if told.until is not None:
                waits.append(told.until)
        if waits:
            soonest = min(waits)
            is_soon = soonest <= self._desk.shelf.clock() + LONGEST_WAIT
            return Told(Outcome.WAIT, soonest) if is_soon else Told(Outcome.LATER)
        if self._review.state is ReviewState.READING:  # no list was left to read
            self._ready(self._desk.shelf.clock())
        return Told(Outcome.READ)

    def _lists(self, platform: PlatformName) -> BothLists:
        """Those of a platform; it is signed in to once."""
        if platform not in self._opened:
            self._opened[platform] = BothLists(self._desk.open(self._account, platform))
        return self._opened[platform]

    def _one(self, of: FollowerList) -> Told:
        """Read on in one list."""
        shelf, month = self._desk.shelf, self._review.month
        waiting = of.reading if of.reading and of.reading.month == month else None
        if waiting and waiting.waits_until and waiting.waits_until > shelf.clock():
            return Told(Outcome.WAIT, waiting.waits_until)
        reading = None
        try:
            reading = ListReading(shelf, of, month, self._lists(of.place.platform))
            if not reading.go_on(self._desk.is_time):
                return Told(Outcome.MORE)
        except PlatformError as error:
            return self._failed(of, reading, error)
        self._note(reading.kept, reading.seen(shelf.clock()), reading)
        return Told(Outcome.READ)

    def _failed(self, of: FollowerList, reading: ListReading | None, error: PlatformError) -> Told:
        at = self._desk.shelf.clock()
        tries = reading.reading.tries + 1 if reading else MOST_TRIES
        until = at + BETWEEN_TRIES * tries
        if isinstance(error, RateLimitedError):
            tries, until = tries - 1, error.retry_at
        is_unsupported = isinstance(error, UnsupportedError)
        hopeless = is_unsupported or tries >= MOST_TRIES or until > at + TOO_LONG
        if reading is not None and not hopeless:
            reading.wait(until, tries)
            return Told(Outcome.WAIT, until)
        now_kept = reading.kept if reading else of
        self._note(now_kept, unread(of, sentence_of(error), at))
        return Told(Outcome.READ)

    def _note(self, kept: FollowerList, seen: Seen, reading: ListReading | None = None) -> None:
        """With a list that was read and is believed, or with why not; what was known stays then.
        With the last list people can look."""
        found, more = tuple[Flagged, ...](), 0
        if reading is not None and not seen.fault:
            found, more = reading.reading.flagged, reading.reading.more
            self._also += reading.keeping_last(seen.at)
            self._also.append(self._keeping(kept, ended(reading.list, seen.at), seen.at))
        elif (over := ended(kept, None)) != kept:
            self._also.append(self._keeping(kept, over, seen.at))
        self._acts.append(act_of_list(self._review, seen, found, more))
        self._review = with_list(self._review, seen, found, more)
        if not left_of(self._account, self._review):
            self._ready(seen.at)
        self._pages += reading.pages if reading else 0
        if self._pages >= PAGES:
            self._record()

    def _keeping(self, before: FollowerList, after: FollowerList, at: datetime) -> Write:
        return self._desk.shelf.lists.keeping(before, after, at)

    def _ready(self, at: datetime) -> None:
        self._review = ready(self._review, at)
        self._acts.append(act_of_ready(self._review, at))

    def _record(self) -> None:
        """Put on record what was noted since the last time, if anything was."""
        before, after = self._recorded, self._review
        acts, also = self._acts, self._also
        self._recorded, self._acts, self._also, self._pages = after, [], [], 0
        if after != before:
            self._desk.reviews.advance(before, after, acts, also)
