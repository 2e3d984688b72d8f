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
