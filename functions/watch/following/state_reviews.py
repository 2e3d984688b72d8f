"""What a month's reviews came to goes on record, once: counts, and nobody's name (F05).

It waits until every review of the month is signed, and no longer than two weeks into the next.
"""

from datetime import datetime, timedelta

from shared.followers.acts import subject_of_month
from shared.followers.review import ReviewState
from shared.followers.statement import statement
from shared.posts.localtime import local
from shared.records.notices import Notices
from shared.records.review_acts import act_of_statement
from shared.records.reviews import Reviews

LATEST = 14
"""The day of the next month on which it is stated, whoever has not signed."""


def state_reviews(reviews: Reviews, notices: Notices, now: datetime) -> str | None:
    """The month that was stated now, or None."""
    today = local(now).date()
    month = f"{today.replace(day=1) - timedelta(days=1):%Y-%m}"
    notice = subject_of_month(month)
    if notices.was_told(notice):
        return None
    known = reviews.of_month(month)
    all_signed = all(review.state is ReviewState.SIGNED for review in known)
    if not known or not (all_signed or today.day >= LATEST):
        return None
    if not notices.begin(notice, act_of_statement(statement(month, known), now)):
        return None
    notices.told([notice], now)
    return month
