"""What stands on an account's own timeline, read to its end or not at all."""

from collections.abc import Callable
from datetime import datetime

from shared.platforms.base import UnreachableError
from shared.platforms.presence import Presence, Stands

MOST_PAGES = 5
"""Of a timeline in one run."""

SAME_PAGE = "A platform gives the same page again and again; comparing goes on later."
TOO_LONG = "The timeline did not end; look at the account itself at once."


def timeline(
    presence: Presence, since: datetime, in_time: Callable[[], bool]
) -> list[Stands] | None:
    """All of it since then; None where there was no time for it. A PlatformError where a page
    failed, or where there was no end."""
    told: list[Stands] = []
    cursor, seen = None, set[str | None]()
    for _ in range(MOST_PAGES):
        page = presence.posts(since, cursor)
        told += (one for one in page.items if one.at >= since)
        seen.add(cursor)
        cursor = page.next_cursor
        if cursor is None:
            return told
        if cursor in seen:
            raise UnreachableError(SAME_PAGE)
        if not in_time():
            return None
    raise UnreachableError(TOO_LONG)
