"""When a post may be asked to go out: after now, and within a year."""

from datetime import timedelta

import pytest

from compose.when import FURTHEST, check_window
from shared.posts.errors import InvalidDraftError
from tests.builders import NOW

A_SECOND = timedelta(seconds=1)


@pytest.mark.parametrize("moment", [None, NOW + A_SECOND, NOW + FURTHEST])
def test_no_time_or_a_time_within_a_year_is_taken(moment):
    check_window(moment, NOW)


@pytest.mark.parametrize(
    ("moment", "word"),
    [
        (NOW, "past"),
        (NOW - A_SECOND, "past"),
        (NOW - FURTHEST, "past"),
        (NOW + FURTHEST + A_SECOND, "300 days"),
    ],
)
def test_a_time_that_is_past_or_too_far_is_refused_with_what_to_do(moment, word):
    with pytest.raises(InvalidDraftError, match=word) as told:
        check_window(moment, NOW)
    assert told.value.field == "not_before"
