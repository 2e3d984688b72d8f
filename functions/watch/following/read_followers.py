"""One account's lists, each read to its end or given up with a reason; then people can look.

A platform that says “not now” is asked when it says; one that fails is asked three times. Whatever
fails, the last good list stays, and the review says so. A list counts, and its review knows of it,
in one transaction: of two readers at once one counts.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from shared.accounts.registry import Account, AccountStatus
from shared.followers.acts import Reviewed
from shared.followers.review import Flagged, Place, Review, ReviewState, Seen, ready, with_list
from shared.followers.snapshot import SALT_BYTES
from shared.platforms.base import PlatformError, RateLimitedError, UnsupportedError
from shared.posts.names import AccountId, PlatformName
from shared.records.accounts import Accounts
from shared.records.follower_lists import FollowerList, ended
from shared.records.review_acts import act_of_list, act_of_ready, act_on_review
from shared.records.reviews import Reviews
from watch.following.both_lists import BothLists
from watch.following.places import places_of
from watch.following.read_list import ListReading, Shelf, sentence_of, unread
from watch.looking_ways import Open

LONGEST_RUN = timedelta(minutes=4)
"""Nothing new is begun after this; the function may take twice as long."""

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
class Desk:
    """Records, how lists are opened, and where new salts come from."""

    accounts: Accounts
    reviews: Reviews
    shelf: Shelf
    open: Open
    chance: Callable[[int], bytes]


@dataclass(frozen=True)
class Told:
    """How it goes on; `until` when, for who waits."""

    outcome: Outcome
    until: datetime | None = None


def read_followers(desk: Desk, account_id: AccountId, month: str, now: datetime) -> Told:
    """Read on; ChangedError if somebody else reads the same."""
    account = desk.accounts.get(account_id)
    review = Review(account_id, month, now)
    review = desk.reviews.begin(review, act_on_review(review, Reviewed.BEGUN, now))
    if review.state is not ReviewState.READING:
        return Told(Outcome.READ)
    return _Run(desk, account, now).read(review)


def _left(account: Account, review: Review) -> tuple[Place, ...]:
    """The lists that nobody has read this month; none of an account that was closed meanwhile."""
    if account.status is AccountStatus.CLOSED:
        return ()
    read = {seen.place for seen in review.seen}
    return tuple(place for place in places_of(account) if place not in read)


class _Run:
    """One account's lists, as far as there is time for them."""

    def __init__(self, desk: Desk, account: Account, now: datetime) -> None:
        self._desk = desk
        self._account = account
        self._ends = now + LONGEST_RUN
        self._now = now
        self._opened: dict[PlatformName, BothLists] = {}

    def read(self, review: Review) -> Told:
        """Read on in every list that is left."""
        waits: list[datetime] = []
        left, lists = _left(self._account, review), self._desk.shelf.lists
        kept = lists.of(self._account.account_id, left, lambda: self._desk.chance(SALT_BYTES))
        for place in left:
            told = self._one(kept[place], review) if self._is_time() else None
            if told is None:
                return Told(Outcome.MORE)
            if isinstance(told, datetime):
                waits.append(told)
            else:
                review = told
        if waits:
            soonest = min(waits)
            is_soon = soonest <= self._now + LONGEST_WAIT
            return Told(Outcome.WAIT, soonest) if is_soon else Told(Outcome.LATER)
        if review.state is ReviewState.READING:  # no list was left to read
            at = self._desk.shelf.clock()
            after = ready(review, at)
            self._desk.reviews.advance(review, after, [act_of_ready(after, at)])
        return Told(Outcome.READ)

    def _is_time(self) -> bool:
        return self._desk.shelf.clock() < self._ends

    def _lists(self, platform: PlatformName) -> BothLists:
        """Those of a platform; it is signed in to once."""
        if platform not in self._opened:
            self._opened[platform] = BothLists(self._desk.open(self._account, platform))
        return self._opened[platform]

    def _one(self, of: FollowerList, review: Review) -> Review | datetime | None:
        """The review with this list; or when to ask again; or None where it is not at its end
        yet."""
        shelf = self._desk.shelf
        waiting = of.reading if of.reading and of.reading.month == review.month else None
        if waiting and waiting.waits_until and waiting.waits_until > shelf.clock():
            return waiting.waits_until
        reading = None
        try:
            reading = ListReading(shelf, of, review.month, self._lists(of.place.platform))
            if not reading.go_on(self._is_time):
                return None
        except PlatformError as error:
            return self._failed(review, of, reading, error)
        return self._note(review, reading.kept, reading.seen(shelf.clock()), reading)

    def _failed(
        self, review: Review, of: FollowerList, reading: ListReading | None, error: PlatformError
    ) -> Review | datetime:
        at = self._desk.shelf.clock()
        tries = reading.reading.tries + 1 if reading else MOST_TRIES
        until = at + BETWEEN_TRIES * tries
        if isinstance(error, RateLimitedError):
            tries, until = tries - 1, error.retry_at
        is_unsupported = isinstance(error, UnsupportedError)
        hopeless = is_unsupported or tries >= MOST_TRIES or until > at + TOO_LONG
        if reading is not None and not hopeless:
            reading.wait(until, tries)
            return until
        now_kept = reading.kept if reading else of
        return self._note(review, now_kept, unread(of, sentence_of(error), at))

    def _note(
        self, review: Review, kept: FollowerList, seen: Seen, reading: ListReading | None = None
    ) -> Review:
        """With a list that was read and is believed, or with why not; what was known stays then.
        With the last list people can look."""
        found, more = tuple[Flagged, ...](), 0
        if reading is not None and not seen.fault:
            found, more = reading.reading.flagged, reading.reading.more
        after = with_list(review, seen, found, more)
        acts = [act_of_list(review, seen, found, more)]
        if not _left(self._account, after):
            after = ready(after, seen.at)
            acts.append(act_of_ready(after, seen.at))
        over = ended(kept, None if seen.fault else seen.at)
        lists = self._desk.shelf.lists
        also = [lists.keeping(kept, over, seen.at)] if over != kept else []
        return self._desk.reviews.advance(review, after, acts, also)
