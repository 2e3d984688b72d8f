"""Which rules a comment may break, what may follow what, and when a block is looked at again."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from shared.posts.block import BlockState, review_day, step_block
from shared.posts.errors import InvalidTakedownError, UnlawfulStepError
from shared.posts.names import PersonId
from shared.posts.takedown import (
    NO_RULE,
    Appeal,
    Deed,
    HouseRule,
    TakedownState,
    house_rule,
    step,
)
from tests.builders import NOW
from tests.unit.publish.taking_down import a_takedown

TODAY, WHO = date(2026, 11, 20), PersonId("comms-1")


@pytest.mark.parametrize("rule", HouseRule)
def test_the_published_rules_are_rules(rule):
    assert house_rule(rule.value) is rule


@pytest.mark.parametrize("reason", NO_RULE)
def test_to_disagree_or_to_be_pointless_breaks_none_and_says_what_to_do(reason):
    with pytest.raises(InvalidTakedownError) as refused:
        house_rule(reason)
    assert (refused.value.field, str(refused.value)) == ("rule", NO_RULE[reason])


def test_any_other_word_is_told_the_rules():
    with pytest.raises(InvalidTakedownError, match=r"illegal, offensive, .*spam"):
        house_rule("rude")


@pytest.mark.parametrize("state", [TakedownState.DONE, TakedownState.PROVED])
def test_nothing_is_done_that_was_only_asked_for(state):
    with pytest.raises(UnlawfulStepError, match="A takedown that is asked"):
        step(TakedownState.ASKED, state)


def test_whoever_was_let_in_again_is_not_blocked_by_the_same_block():
    with pytest.raises(UnlawfulStepError, match="A block that is lifted"):
        step_block(BlockState.LIFTED, BlockState.ACTIVE)


@pytest.mark.parametrize(
    ("deed", "state", "upheld", "moves"),
    [
        (Deed.HIDE, TakedownState.PROVED, True, True),
        (Deed.HIDE, TakedownState.DONE, True, True),
        (Deed.HIDE, TakedownState.PROVED, None, False),
        (Deed.HIDE, TakedownState.PROVED, False, False),
        (Deed.HIDE, TakedownState.LEFT, True, False),
        (Deed.DELETE, TakedownState.PROVED, True, False),
        (Deed.REPORT, TakedownState.DONE, True, False),
    ],
)
def test_only_what_is_hidden_is_shown_again_after_an_appeal(deed, state, upheld, moves):
    takedown = a_takedown(
        deed=deed, state=state, ended_at=NOW, appeal=Appeal(NOW, WHO, None, upheld)
    )

    assert (takedown.is_to_be_undone, takedown.is_moving) == (moves, moves)


def test_the_address_is_there_for_as_long_as_somebody_has_to_find_it():
    left = a_takedown(state=TakedownState.LEFT)
    done = left.ended(TakedownState.DONE, NOW, "By hand.")

    assert left.forgetful().address
    assert replace(left, ended_at=NOW).forgetful().address
    assert done.forgetful().address == ""


@pytest.mark.parametrize(
    ("wanted", "day"),
    [(None, TODAY + timedelta(days=90)), (TODAY + timedelta(days=365),) * 2],
)
def test_a_block_is_looked_at_again_within_a_year(wanted, day):
    assert review_day(wanted, TODAY) == day


@pytest.mark.parametrize("days", [-1, 0, 366])
def test_a_day_that_is_past_or_too_far_is_refused(days):
    with pytest.raises(InvalidTakedownError) as refused:
        review_day(TODAY + timedelta(days=days), TODAY)
    assert refused.value.field == "review_on"
