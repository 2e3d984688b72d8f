"""The life of a post: nothing follows an ending, everything leads to one."""

import pytest

from shared.posts.errors import UnlawfulStepError
from shared.posts.life import ENDINGS, MAY_FOLLOW, State, step

LIFE = {
    # state: what may follow, as people were told
    State.SUBMITTED: "awaiting_approval cleared blocked expired failed superseded withdrawn",
    State.AWAITING_APPROVAL: "cleared returned rejected expired failed superseded withdrawn",
    State.CLEARED: (
        "released held refused expired failed superseded withdrawn partly_published uncertain"
    ),
    State.HELD: ("cleared returned expired failed superseded withdrawn partly_published uncertain"),
    State.RELEASED: "published partly_published uncertain held refused failed",
    State.UNCERTAIN: "published partly_published failed",
}


def reachable(start):
    found, edge = set(), {start}
    while edge:
        found |= edge
        edge = {after for state in edge for after in MAY_FOLLOW[state]} - found
    return found


@pytest.mark.parametrize("now", State)
def test_a_step_is_taken_or_refused_as_the_table_says(now):
    may_follow = LIFE.get(now, "").split()

    for wanted in State:
        if wanted.value in may_follow:
            assert step(now, wanted) is wanted
        else:
            with pytest.raises(
                UnlawfulStepError, match=f"{now.value} cannot become {wanted.value}"
            ):
                step(now, wanted)


@pytest.mark.parametrize("ending", sorted(ENDINGS))
def test_an_ending_leads_nowhere(ending):
    assert MAY_FOLLOW[ending] == frozenset()


def test_every_state_can_be_reached_from_a_submission():
    assert reachable(State.SUBMITTED) == set(State)


@pytest.mark.parametrize("state", sorted(set(State) - ENDINGS))
def test_from_every_other_state_there_is_a_way_to_fail_and_to_end(state):
    assert State.FAILED in reachable(state)
    assert reachable(state) & ENDINGS


@pytest.mark.parametrize("taken_back", [State.SUPERSEDED, State.WITHDRAWN])
def test_what_is_going_out_can_not_be_taken_back_any_more(taken_back):
    before = {state for state, after in MAY_FOLLOW.items() if taken_back in after}

    assert before == {State.SUBMITTED, State.AWAITING_APPROVAL, State.CLEARED, State.HELD}


def test_nothing_is_published_that_was_not_cleared_and_released():
    without = {state: after - {State.CLEARED} for state, after in MAY_FOLLOW.items()}
    found, edge = set(), {State.SUBMITTED}
    while edge:
        found |= edge
        edge = {after for state in edge for after in without[state]} - found

    assert not found & {State.RELEASED, State.PUBLISHED, State.PARTLY_PUBLISHED}
