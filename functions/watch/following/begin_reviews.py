"""Every morning: what is left of this month's reviews is begun, or gone on with after a crash.

One execution a day reads every account whose review is not ready, some of them together; the first
of a month reads all. A large force has several, each for its part of the registry. A review that is
still being read after days rings, for somebody has to find out why.
"""

from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from shared.accounts.registry import Account, AccountStatus
from shared.conductor.executions import ExecutionOverError, Executions
from shared.followers.review import Review, ReviewState
from shared.posts.localtime import local
from shared.posts.names import AccountId
from shared.records.accounts import Accounts
from shared.records.reviews import Reviews
from watch.following.places import places_of

PATIENCE = timedelta(days=4)
"""Longer than a platform that says “not now” is waited for."""

PART = 3_000
"""Accounts of one execution: it may be given 256 KiB, and the longest ids have 64 letters."""

TOGETHER = 20
"""Accounts that are read one after the other: as many as have their keys read in one call."""

LOOKED_AT = frozenset({AccountStatus.ACTIVE, AccountStatus.SUSPENDED})


class ReviewsStalledError(Exception):
    """Reviews that nobody comes to the end of; raising it rings the alarm."""


@dataclass(frozen=True)
class Desk:
    """Records, and the conductor of the readings."""

    accounts: Accounts
    reviews: Reviews
    executions: Executions


@dataclass(frozen=True)
class Begun:
    """How many accounts are read today, and which reviews are being read for too long."""

    accounts: int
    stalled: tuple[str, ...]

    def ring(self) -> None:
        """ReviewsStalledError names them."""
        if self.stalled:
            raise ReviewsStalledError("Nobody finishes reading: " + ", ".join(self.stalled))


def begin_reviews(desk: Desk, now: datetime) -> Begun:
    """Start today's executions, if anything is left; NoAnswerError."""
    month = month_of(now)
    reviews = {review.account: review for review in desk.reviews.of_month(month)}
    known = sorted(each.account_id for each in desk.accounts.all() if _is_looked_at(each))
    left = frozenset(each for each in known if _is_left(reviews.get(each)))
    # Parts are of all accounts, not of those left: whoever fires again today means the same ones.
    for number, start in enumerate(range(0, len(known), PART)):
        part = [each for each in known[start : start + PART] if each in left]
        if part:
            batches = batches_of(part, reviews.keys())
            with suppress(ExecutionOverError):  # today's has read what it could
                desk.executions.review(month, local(now).date(), batches, number)
    stalled = (r for r in reviews.values() if _is_left(r) and now >= r.begun_at + PATIENCE)
    return Begun(len(left), tuple(sorted(review.review_id for review in stalled)))


def batches_of(
    accounts: Sequence[AccountId], begun: Collection[AccountId]
) -> list[Sequence[AccountId]]:
    """Those that are read together. Whoever was begun on another day, and is left, is read alone:
    it may be what stopped the others."""
    alone = [[each] for each in accounts if each in begun]
    fresh = [each for each in accounts if each not in begun]
    together = [fresh[start : start + TOGETHER] for start in range(0, len(fresh), TOGETHER)]
    return [*together, *alone]


def month_of(now: datetime) -> str:
    """The month on the force's own calendar, as reviews are called by it."""
    return f"{local(now):%Y-%m}"


def _is_looked_at(account: Account) -> bool:
    return account.status in LOOKED_AT and bool(places_of(account))


def _is_left(review: Review | None) -> bool:
    return review is None or review.state is ReviewState.READING
