"""When a post may be asked to go out; the London clock itself is `shared.posts.localtime`'s."""

from datetime import datetime, timedelta

from shared.accounts.registry import Person
from shared.accounts.rights import Right, may
from shared.posts.content import Draft
from shared.posts.errors import InvalidDraftError
from shared.posts.localtime import moment_text

FURTHEST = timedelta(days=300)
"""A state machine lives a year at most: its post may be held for thirty days besides."""


def check_window(not_before: datetime | None, now: datetime) -> None:
    """Refuse a moment that is past or more than a year away."""
    if not_before is None:
        return
    if not_before <= now:
        raise InvalidDraftError("not_before", "That time is past. Choose a later one, or none.")
    if not_before > now + FURTHEST:
        raise InvalidDraftError("not_before", "Choose a time within the next 300 days.")


def check_embargo(older: Draft, newer: Draft, person: Person, now: datetime) -> None:
    """Refuse a new version that drops or shortens an embargo that lasts, unless it is the centre's
    own (N14)."""
    until = older.not_before
    if not older.embargo or until is None or until <= now:
        return
    if may(person, Right.WRITE_FOR_ANY).allowed:
        return
    until_then = f"It is under embargo until {moment_text(until)}"
    if not newer.embargo or newer.not_before is None:
        raise InvalidDraftError(
            "embargo", f"{until_then}, and only communications lift it. Keep it, or ask them."
        )
    if newer.not_before < until:
        raise InvalidDraftError(
            "not_before", f"{until_then}. Choose that time or a later one, or ask communications."
        )
