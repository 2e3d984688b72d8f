"""Posts that did not wait for a second person: when somebody else has to have looked at them."""

from datetime import UTC, datetime

from shared.posts.localtime import LONDON, local
from shared.posts.working_days import CLOSES, next_working_day


def review_due(submitted_at: datetime) -> datetime:
    """The end of the next working day, in UTC."""
    day = next_working_day(local(submitted_at).date())
    return datetime.combine(day, CLOSES, LONDON).astimezone(UTC)
