"""Reviews that wait for people, as matters of the morning's letter: each is told of once.

Both sides hear that a review is ready; after a week a side that has not signed hears of it again;
after two, whoever is above the account and the centre do (F05).
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from shared.accounts.registry import Account, Person
from shared.followers.acts import Reviewed
from shared.followers.review import Part, Review, ReviewState
from shared.mail.digest import Matter
from shared.posts.localtime import local
from shared.records.review_acts import act_on_review
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
    for review in reviews:
        account = who.accounts.get(review.account)
        if account is None or review.state is not ReviewState.OPEN:
            continue
        for what, words, to in _told(review, account, who, now):
            line = f"{account.title}: {words}; see /reviews/{review.review_id}."
            act = act_on_review(review, Reviewed.REMINDED, now, {"of": what})
            yield Due(f"review/{review.review_id}/{what}", Matter(ABOUT, line, to), act)


def _told(
    review: Review, account: Account, who: Who, now: datetime
) -> Iterator[tuple[str, str, tuple[Person, ...]]]:
    """What is told, in which words, and to whom."""
    waited = now - (review.ready_at or now)
    sides = {Part.OWNER: who.owners(account, local(now).date()), Part.COMMS: who.on_duty}
    if waited >= TWO_WEEKS:
        words = f"the review of {review.month} has waited two weeks for its signatures"
        yield "overdue", words, _each_once((*who.above(account), *who.on_duty))
    elif waited >= A_WEEK:
        for part in review.missing:
            words = f"the review of {review.month} waits for your side to sign"
            yield part.value, words, sides[part]
    elif not review.signed:
        words = f"the review of {review.month} is ready"
        yield "ready", words, _each_once((*sides[Part.OWNER], *sides[Part.COMMS]))


def _each_once(people: tuple[Person, ...]) -> tuple[Person, ...]:
    return tuple({person.person_id: person for person in people}.values())
