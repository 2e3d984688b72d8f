"""What a platform tells of how long its tokens last is kept with them."""

import json
from datetime import timedelta

import pytest

from shared.platforms.base import Credentials
from shared.platforms.bearer import LONGEST_SECONDS, Bearer, Door
from shared.platforms.wire import Answer
from tests.platforms.builders import NOON, MemorySessions

KEYS = Credentials("https://there.example", "1", "first", "app", "secret")
YEAR = 365 * 24 * 60 * 60


class Token:
    """Gives a token whenever it is asked."""

    def __init__(self, **told):
        self._told = {"access_token": "a", "expires_in": 5_184_000, **told}

    def call(self, *_asked, **_more):
        return Answer(200, {}, json.dumps(self._told).encode())


def kept_of(**told):
    sessions = MemorySessions()
    bearer = Bearer(
        Door("linkedin", "https://login.example"),
        KEYS,
        sessions,
        wire=Token(**told),
        clock=lambda: NOON,
    )
    for _ in range(2):  # renewed, then found
        assert bearer.request(lambda signed: Answer(200, signed, b"")).ok
    return sessions.kept["linkedin/1"]


def test_until_when_a_token_can_be_renewed_is_kept_where_the_platform_tells():
    kept = kept_of(refresh_token="r", refresh_token_expires_in=YEAR)

    assert kept["refresh_ends_at"] == (NOON + timedelta(days=365)).isoformat()


@pytest.mark.parametrize("told", [None, "soon", True, LONGEST_SECONDS + 1, 10**30, 1.5])
def test_what_is_no_length_of_time_is_not_kept(told):
    kept = kept_of(refresh_token_expires_in=told)

    assert "refresh_ends_at" not in kept
    assert kept["access"] == "a"


def test_a_session_that_was_kept_before_this_was_told_is_still_good():
    assert kept_of().keys() == {"access", "refresh", "ends_at", "seed"}


def test_a_token_that_lasts_no_time_is_not_taken_for_one_that_does_not_say():
    assert kept_of(expires_in=0)["ends_at"] == NOON.isoformat()
