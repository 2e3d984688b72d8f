"""The one rule of endings; `publish.test_conclude` walks every combination through the machine."""

import pytest

from shared.posts.life import Outcome, State
from shared.posts.outcomes import ending_of

SENT, FAILED, UNCERTAIN = Outcome.SENT, Outcome.FAILED, Outcome.UNCERTAIN


@pytest.mark.parametrize(
    ("state", "outcomes", "ending"),
    [
        (State.UNCERTAIN, [SENT], State.PUBLISHED),
        (State.UNCERTAIN, [FAILED], State.FAILED),
        (State.UNCERTAIN, [SENT, FAILED], State.PARTLY_PUBLISHED),
        (State.UNCERTAIN, [SENT, UNCERTAIN], State.UNCERTAIN),
        (State.UNCERTAIN, [FAILED, None], State.UNCERTAIN),
        (State.HELD, [None, Outcome.HELD], State.RETURNED),
    ],
)
def test_an_ending_follows_from_every_target(state, outcomes, ending):
    assert ending_of(state, outcomes) is ending
