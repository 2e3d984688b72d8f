"""Reviews that wait for people, as matters of the morning's letter: each is told of once.

Both sides hear that a review is ready; after a week a side that has not signed hears of it again;
after two, whoever is above the account and the centre do (F05). The account's side hears of its own
one; communications, whose side it is in all of them, hear of a month in one line: hundreds would
fill their letter, and whatever is to be told together with theirs would wait for other mornings.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import groupby

from shared.accounts.registry import Account, Person
from shared.followers.acts import Reviewed
from shared.followers.review import Part, Review, ReviewState
from shared.mail.digest import Matter
from shared.posts.localtime import local
from shared.records.review_acts import act_on_month, act_on_review
from watch.morning.due import Due
from watch.morning.who import Who

A_WEEK, TWO_WEEKS = timedelta(days=7), timedelta(days=14)
ABOUT = "Followers to review"


def months_waiting(now: datetime) -> tuple[str, str]:
    """The months whose reviews may wait for people: this one, and the one before."""
    today = local(now).date()
    return f"{today:%Y-%m}", f"{today.replace(day=1) - timedelta(days=1):%Y-%m}"


def reviews_due(who: Who, reviews: Iterable[Review], now: datetime) -> Iterator[Due]:
    """What somebody has to be told of them by now, whether or not they were told before."""
    found = [each for each in reviews if each.state is ReviewState.OPEN]
    known = sorted((r for r in found if r.account in who.accounts), key=lambda r: r.review_id)
    for month, some in groupby(known, key=lambda each: each.month):
        yield from _of_month(who, month, tuple(some), now)
    for review in known:
        yield from _of_account(who, review, who.accounts[review.account], now)


def _of_month(who: Who, month: str, reviews: tuple[Review, ...], now: datetime) -> Iterator[Due]:
    """What communications are told of all of these."""
    unsigned = [each for each in reviews if not each.signed]
    ours = [r for r in reviews if _waited(r, now) >= A_WEEK and Part.COMMS in r.missing]
    late = [each for each in reviews if _waited(each, now) >= TWO_WEEKS]
    told = {
        "ready": (unsigned, f"of {month} are ready"),
        "comms": (ours, f"of {month} wait for your side to sign"),
        "overdue": (late, f"of {month} have waited two weeks for their signatures"),
    }
    for what, (some, words) in told.items():
        if some:
            act = act_on_month(month, Reviewed.REMINDED, now, {"of": what, "reviews": len(some)})
            matter = Matter(ABOUT, f"{len(some)} {words}", who.on_duty, "/reviews")
            yield Due(f"reviews/{month}/{what}", matter, act)


def _of_account(who: Who, review: Review, account: Account, now: datetime) -> Iterator[Due]:
    """What the account's side, or whoever is above it, is told of one."""
    told = _told(who, review, account, now)
    if told is not None:
        what, words, to = told
        line = f"{account.title}: the review of {review.month} {words}"
        act = act_on_review(review, Reviewed.REMINDED, now, {"of": what})
        matter = Matter(ABOUT, line, to, f"/reviews/{review.review_id}")
        yield Due(f"review/{review.review_id}/{what}", matter, act)


def _told(
    who: Who, review: Review, account: Account, now: datetime
) -> tuple[str, str, tuple[Person, ...]] | None:
    """What is told, in which words, and to whom."""
    owners, waited = who.owners(account, local(now).date()), _waited(review, now)
    if waited >= TWO_WEEKS:
        return "overdue", "has waited two weeks for its signatures", who.above(account)
    if waited >= A_WEEK and Part.OWNER in review.missing:
        return "owner", "waits for your side to sign", owners
    if waited < A_WEEK and not review.signed:
        return "ready", "is ready", owners
    return None


def _waited(review: Review, now: datetime) -> timedelta:
    return now - (review.ready_at or now)
