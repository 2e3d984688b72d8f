"""Somebody has to have looked at an urgent post by the end of the next working day."""

from datetime import UTC, datetime

import pytest

from shared.posts.life import KEPT_IN, State, UrgentReview, waits_for_review
from shared.posts.urgent import review_due
from tests.builders import NOW, a_post


@pytest.mark.parametrize(
    ("submitted", "due", "why"),
    [
        ((2026, 11, 19, 9), (2026, 11, 20, 17), "the next day"),
        ((2026, 11, 20, 9), (2026, 11, 23, 17), "over a weekend"),
        ((2026, 11, 22, 23, 59), (2026, 11, 23, 17), "on a Sunday night"),
        ((2026, 12, 24, 12), (2026, 12, 29, 17), "over Christmas and its substitute day"),
        ((2026, 7, 1, 9), (2026, 7, 2, 16), "on London's clock in summer"),
        ((2026, 6, 30, 23, 30), (2026, 7, 2, 16), "after midnight in London"),
        ((2028, 2, 28, 9), (2028, 2, 29, 17), "on a leap day"),
    ],
)
def test_it_is_the_end_of_the_next_working_day(submitted, due, why):
    assert review_due(datetime(*submitted, tzinfo=UTC)) == datetime(*due, tzinfo=UTC), why


@pytest.mark.parametrize("state", State)
def test_an_urgent_post_waits_for_a_look_unless_it_never_left_the_house(state):
    post = a_post(state=state, urgent_reason="The bridge is down.")

    assert waits_for_review(post) is (state not in KEPT_IN)


def test_no_other_post_waits_for_a_look_nor_one_that_was_looked_at():
    review = UrgentReview("comms-ray", NOW, "Rightly so.")

    assert not waits_for_review(a_post())
    assert not waits_for_review(a_post(urgent_reason="Bridge.", urgent_review=review))
