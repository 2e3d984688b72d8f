"""A month of a small force, lived through: every letter that had to come came, once."""

import pytest

from local.year.__main__ import next_month
from local.year.comparing import compare
from local.year.expected import expected
from local.year.living import a_force, live
from local.year.story import Fate, Size, tell
from shared.policy.kept_up import kept_up
from shared.policy.pack import BUNDLED

SEED = 7
pytestmark = pytest.mark.timeout(600)  # sixty stops of the clock, at each of which all jobs run


@pytest.fixture(scope="module")
def story():
    return tell(Size(5, 4_000, 150, months=1, first_day=next_month()), SEED)


@pytest.fixture(scope="module")
def lived(story):
    with a_force(story, "moto", workers=2) as stack:
        yield live(stack, story)


def test_the_month_has_something_of_everything_that_is_looked_at(story):
    assert {remark.fate for remark in story.remarks} == set(Fate)
    assert story.strays
    assert sum(voice.followers for voice in story.voices) > 3 * 1_000  # several pages


def test_every_letter_that_had_to_come_came_once_and_no_other(story, lived):
    found = compare(expected(story, kept_up(BUNDLED.read_bytes()).review_by), lived.alerts)

    assert {each.kind for each in found} >= {"morning", "overdue", "reminded", "stray"}
    assert [each for each in found if not each.holds] == []


def test_no_event_was_lost_and_somebody_counted_the_memory(lived):
    assert lived.lost == []
    assert lived.memory > 0
