"""Several accounts' lists, one account after the other, as far as there is time.

What one needs to begin is read for all of them together. One that breaks keeps none of the others
back: it is tried again along with whoever is left, and when nobody else is, its fault is raised.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from shared.accounts.registry import Account
from shared.followers.acts import Reviewed
from shared.followers.review import Review, ReviewState
from shared.followers.snapshot import SALT_BYTES
from shared.posts.names import AccountId, PlatformName
from shared.records.accounts import Accounts
from shared.records.errors import NotFoundError
from shared.records.review_acts import act_on_review
from shared.records.reviews import Reviews
from watch.following import read_account as one
from watch.following.read_account import AccountReading, Outcome, Told, left_of
from watch.following.read_list import Shelf
from watch.looking_ways import Open
from watch.means import Expect

LONGEST_RUN = timedelta(minutes=4)
"""Nothing new is begun after this; the function may take twice as long."""


@dataclass(frozen=True)
class Desk:
    """Records, how lists are opened, where new salts come from, and who is to hear beforehand which
    lists will be."""

    accounts: Accounts
    reviews: Reviews
    shelf: Shelf
    open: Open
    chance: Callable[[int], bytes]
    expect: Expect = lambda _: None


@dataclass(frozen=True)
class Left:
    """How it goes on: with which accounts, and `until` when, for who waits."""

    outcome: Outcome
    accounts: tuple[AccountId, ...] = ()
    until: datetime | None = None


def read_followers(desk: Desk, account_ids: Sequence[AccountId], month: str, now: datetime) -> Left:
    """Read on in the lists of these; ChangedError if somebody else reads the same."""
    known = {each.account_id: each for each in desk.accounts.several(account_ids)}
    begun = [Review(account_id, month, now) for account_id in known]
    acts = [act_on_review(review, Reviewed.BEGUN, now) for review in begun]
    reviews = desk.reviews.begin_each(zip(begun, acts, strict=True))
    reading = [(known[r.account], r) for r in reviews if r.state is ReviewState.READING]
    told: dict[AccountId, Told] = {}
    broken: dict[AccountId, Exception] = {
        each: NotFoundError("accounts", each) for each in account_ids if each not in known
    }
    for account_id, each in _readings(desk, reading, now):
        try:
            told[account_id] = each.read()
        except Exception as error:  # noqa: BLE001 - raised when nobody else is left
            broken[account_id] = error
    return _left(told, broken)


def _readings(
    desk: Desk, reading: Sequence[tuple[Account, Review]], now: datetime
) -> Iterator[tuple[AccountId, AccountReading]]:
    """Each of these, with how far its lists are."""
    places = {account.account_id: left_of(account, review) for account, review in reading}
    desk.expect(_platforms(reading))
    named = [(account_id, place) for account_id, left in places.items() for place in left]
    lists = desk.shelf.lists.several(named, lambda: desk.chance(SALT_BYTES))
    at_hand = one.Desk(
        desk.reviews, desk.shelf, desk.open, lambda: desk.shelf.clock() < now + LONGEST_RUN
    )
    for account, review in reading:
        left = places[account.account_id]
        kept = {place: lists[account.account_id, place] for place in left}
        yield account.account_id, AccountReading(at_hand, account, review, kept)


def _platforms(
    reading: Sequence[tuple[Account, Review]],
) -> Iterator[tuple[Account, PlatformName]]:
    """Where each of these will be looked at, in order."""
    for account, review in reading:
        for platform in dict.fromkeys(place.platform for place in left_of(account, review)):
            yield account, platform


def _left(told: dict[AccountId, Told], broken: dict[AccountId, Exception]) -> Left:
    """What is to be done next: what there was no time for, then what waits."""
    going_on = [each for each, how in told.items() if how.outcome is Outcome.MORE]
    waiting = {each: how.until for each, how in told.items() if how.until is not None}
    if going_on or waiting:
        accounts = (*going_on, *waiting, *broken)
        if going_on:
            return Left(Outcome.MORE, accounts)
        return Left(Outcome.WAIT, accounts, min(waiting.values()))
    for error in broken.values():
        raise error
    is_later = any(how.outcome is Outcome.LATER for how in told.values())
    return Left(Outcome.LATER if is_later else Outcome.READ)
