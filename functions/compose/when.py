"""When a post may be asked to go out; the London clock itself is `shared.posts.localtime`'s."""

from datetime import datetime, timedelta

from shared.posts.errors import InvalidDraftError

FURTHEST = timedelta(days=365)


def check_window(not_before: datetime | None, now: datetime) -> None:
    """Refuse a moment that is past or more than a year away."""
    if not_before is None:
        return
    if not_before <= now:
        raise InvalidDraftError("not_before", "That time is past. Choose a later one, or none.")
    if not_before > now + FURTHEST:
        raise InvalidDraftError("not_before", "Choose a time within the next 365 days.")
