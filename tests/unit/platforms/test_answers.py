"""Every kind of answer amounts to exactly one error."""

from datetime import UTC, datetime, timedelta

import pytest

from shared.platforms.answers import LONGEST_WINDOW, PAUSE, error_for, retry_at, spent_until
from shared.platforms.base import RateLimitedError, RefusedError, SignInError, UncertainError
from shared.platforms.wire import Answer
from tests.platforms.builders import NOON

ERRORS = [
    (400, RefusedError),
    (401, SignInError),
    (403, RefusedError),
    (404, RefusedError),
    (408, UncertainError),
    (413, RefusedError),
    (422, RefusedError),
    (425, UncertainError),
    (429, RateLimitedError),
    (499, UncertainError),
    (200, UncertainError),
    (302, UncertainError),
    (500, UncertainError),
    (502, UncertainError),
    (504, UncertainError),
]


@pytest.mark.parametrize(("status", "kind"), ERRORS)
def test_each_status_is_one_error(status, kind):
    error = error_for(Answer(status, {}, b""), "Its own words.", NOON, UncertainError)

    assert type(error) is kind
    assert str(error) == "Its own words."


LATER = NOON.replace(microsecond=0) + timedelta(minutes=7)

MOMENTS = [
    ({"retry-after": "60"}, NOON + timedelta(seconds=60)),
    ({"retry-after": "Sat, 21 Nov 2026 12:07:00 GMT"}, LATER),
    ({"ratelimit-reset": str(int(LATER.timestamp()))}, LATER),
    ({"ratelimit-reset": "30"}, NOON + timedelta(seconds=30)),
    ({"x-ratelimit-reset": "2026-11-21T12:07:00.000Z"}, LATER),
    ({"x-ratelimit-reset": "2026-11-21T12:07:00"}, LATER),
    ({"x-rate-limit-reset": str(int(LATER.timestamp()))}, LATER),
    ({"ratelimit-reset": "1000000000"}, NOON),
    ({"retry-after": "soon", "ratelimit-reset": "30"}, NOON + timedelta(seconds=30)),
    ({"retry-after": "9" * 40}, NOON + PAUSE),
    ({"retry-after": "-5"}, NOON + PAUSE),
    ({}, NOON + PAUSE),
]


@pytest.mark.parametrize(("headers", "moment"), MOMENTS)
def test_when_to_come_back_is_read_from_any_of_the_known_headers(headers, moment):
    told = retry_at(Answer(429, headers, b""), NOON)

    assert told == moment
    assert told.utcoffset() == timedelta(0)


def test_a_moment_in_another_zone_is_told_in_utc():
    headers = {"retry-after": "2026-11-21T14:07:00+02:00"}

    assert retry_at(Answer(429, headers, b""), NOON) == datetime(2026, 11, 21, 12, 7, tzinfo=UTC)


DAY = NOON + timedelta(hours=20)


def unix(moment):
    return str(int(moment.timestamp()))


SPENT = [
    ({}, None),
    ({"x-rate-limit-remaining": "1", "x-rate-limit-reset": unix(LATER)}, None),
    ({"x-rate-limit-remaining": "0", "x-rate-limit-reset": unix(LATER)}, LATER),
    ({"x-ratelimit-remaining": "0", "x-ratelimit-reset": "2026-11-21T12:07:00.000Z"}, LATER),
    ({"ratelimit-remaining": " 0", "ratelimit-reset": unix(LATER)}, LATER),
    ({"ratelimit-remaining": "0"}, NOON + PAUSE),
    ({"ratelimit-remaining": "0", "ratelimit-reset": "soon"}, NOON + PAUSE),
    ({"ratelimit-remaining": "none", "ratelimit-reset": unix(LATER)}, None),
    ({"ratelimit-remaining": "0", "ratelimit-reset": "1000000000"}, NOON),
    ({"ratelimit-remaining": "0", "ratelimit-reset": "9" * 11}, NOON + LONGEST_WINDOW),
    (
        {
            "x-rate-limit-remaining": "0",
            "x-rate-limit-reset": unix(LATER),
            "x-user-limit-24hour-remaining": "0",
            "x-user-limit-24hour-reset": unix(DAY),
        },
        DAY.replace(microsecond=0),
    ),
]


@pytest.mark.parametrize(("headers", "moment"), SPENT)
def test_the_last_of_a_quota_tells_until_when_nothing_more_is_taken(headers, moment):
    assert spent_until(Answer(200, headers, b""), NOON) == moment
