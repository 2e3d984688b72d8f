"""Every morning: what is left of this month's reviews is begun, or gone on with after a crash.

One execution a day reads every account whose review is not ready; the first of a month reads all. A
review that is still being read after days rings, for somebody has to find out why.
"""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from shared.accounts.registry import Account, AccountStatus
from shared.conductor.executions import ExecutionOverError, Executions
from shared.followers.review import Review, ReviewState
from shared.posts.localtime import local
from shared.records.accounts import Accounts
from shared.records.reviews import Reviews
from watch.following.places import places_of

PATIENCE = timedelta(days=4)
"""Longer than a platform that says “not now” is waited for."""

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
    """Start today's execution, if anything is left; NoAnswerError."""
    month = month_of(now)
    reviews = {review.account: review for review in desk.reviews.of_month(month)}
    left = sorted(
        account.account_id
        for account in desk.accounts.all()
        if _is_looked_at(account) and _is_left(reviews.get(account.account_id))
    )
    if left:
        with suppress(ExecutionOverError):  # today's has read what it could
            desk.executions.review(month, local(now).date(), left)
    stalled = (r for r in reviews.values() if _is_left(r) and now >= r.begun_at + PATIENCE)
    return Begun(len(left), tuple(sorted(review.review_id for review in stalled)))


def month_of(now: datetime) -> str:
    """The month on the force's own calendar, as reviews are called by it."""
    return f"{local(now):%Y-%m}"


def _is_looked_at(account: Account) -> bool:
    return account.status in LOOKED_AT and bool(places_of(account))


def _is_left(review: Review | None) -> bool:
    return review is None or review.state is ReviewState.READING
