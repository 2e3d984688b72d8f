"""From a platform's HTTP answer to exactly one PlatformError, alike for every HTTP platform.

429 is not now, 401 is sign-in, any other 4xx is no. Everything else (5xx, 3xx, 408, an unreadable
200) settles nothing: the caller says which error stands for that at its step of the story.
"""

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from http import HTTPStatus

from shared.platforms.base import PlatformError, RateLimitedError, RefusedError, SignInError
from shared.platforms.wire import Answer

UNSETTLED_4XX = frozenset({408, 425, 499})
"""Answers of a proxy that gave up waiting: the platform behind it may still have acted."""

PAUSE = timedelta(minutes=5)
"""How long to hold off when a platform says not now without saying until when."""

EPOCH_FROM = 1_000_000_000
"""A reset below this is seconds to wait; from here on it is a moment in Unix time."""


QUOTAS = (
    ("x-user-limit-24hour-remaining", "x-user-limit-24hour-reset"),
    ("x-app-limit-24hour-remaining", "x-app-limit-24hour-reset"),
    ("x-rate-limit-remaining", "x-rate-limit-reset"),
    ("x-ratelimit-remaining", "x-ratelimit-reset"),
    ("ratelimit-remaining", "ratelimit-reset"),
)
"""What is left of a quota, and when it is full again: X (a day's and a quarter of an hour's),
Mastodon, Bluesky."""

LONGEST_WINDOW = timedelta(days=1)
"""The longest window a platform documents is X's of a day; no answer closes an account for more."""

DIGITS = 11
"""More would be milliseconds, or nonsense."""


def error_for(
    answer: Answer, sentence: str, now: datetime, unsettled: type[PlatformError]
) -> PlatformError:
    """The error this answer amounts to; `unsettled` where it proves nothing about the outcome."""
    if answer.status == HTTPStatus.TOO_MANY_REQUESTS:
        return RateLimitedError(sentence, retry_at(answer, now))
    if answer.status == HTTPStatus.UNAUTHORIZED:
        return SignInError(sentence)
    if answer.refused and answer.status not in UNSETTLED_4XX:
        return RefusedError(sentence)
    return unsettled(sentence)


def retry_at(answer: Answer, now: datetime) -> datetime:
    """When to come back (UTC), from whichever header the platform speaks, never before `now`."""
    headers = answer.headers
    for name in ("retry-after", "ratelimit-reset", "x-ratelimit-reset", "x-rate-limit-reset"):
        moment = _moment(headers.get(name, ""), now)
        if moment is not None:
            return max(moment, now)
    return now + PAUSE


def spent_until(answer: Answer, now: datetime) -> datetime | None:
    """Until when (UTC) nothing more is taken, where an answer says that this was the last for now;
    the latest end where several quotas are spent, None where none is."""
    headers = answer.headers
    spent = [reset for left, reset in QUOTAS if headers.get(left, "").strip() == "0"]
    ends = [_moment(headers.get(reset, "").strip(), now) or now + PAUSE for reset in spent]
    return min(max(*ends, now), now + LONGEST_WINDOW) if ends else None


def _moment(value: str, now: datetime) -> datetime | None:
    """Seconds to wait, Unix seconds, ISO 8601 or an HTTP date; None for anything else."""
    if value.isascii() and value.isdigit() and len(value) <= DIGITS:
        seconds = int(value)
        if seconds < EPOCH_FROM:
            return now + timedelta(seconds=seconds)
        return datetime.fromtimestamp(seconds, UTC)
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            moment = read(value)
        except ValueError:
            continue
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    return None
