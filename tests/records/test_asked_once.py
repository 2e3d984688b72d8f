"""The same key and wish about a comment, or a person, make one entry on both engines."""

from dataclasses import replace
from datetime import timedelta

import pytest

from shared.records.blocks import Blocks
from shared.records.errors import KeyReusedError, NotFoundError
from shared.records.first_time import KEY_LIFE
from shared.records.takedowns import Takedowns
from tests.builders import a_pen
from tests.records.test_takedowns import ASKED, BLOCK, act, block_act

SECOND = replace(ASKED, takedown_id="01TAKEDOWN2", asked_at=ASKED.asked_at + timedelta(seconds=1))


def test_the_same_wish_again_is_the_takedown_that_was_made(store):
    takedowns = Takedowns(store, a_pen())
    first = takedowns.ask(ASKED, act(), "key")

    again = takedowns.ask(SECOND, act(), "key")

    assert (first, again) == (ASKED, ASKED)
    with pytest.raises(NotFoundError):
        takedowns.get(SECOND.takedown_id)


@pytest.mark.parametrize("other", [{"why": "Something else."}, {"comment_id": "8"}])
def test_another_wish_with_the_key_is_refused(store, other):
    takedowns = Takedowns(store, a_pen())
    takedowns.ask(ASKED, act(), "key")

    with pytest.raises(KeyReusedError):
        takedowns.ask(replace(SECOND, **other), act(), "key")


def test_a_key_is_its_users_own_and_lasts_a_day(store):
    takedowns = Takedowns(store, a_pen())
    takedowns.ask(ASKED, act(), "key")
    later = replace(SECOND, asked_at=ASKED.asked_at + KEY_LIFE + timedelta(seconds=1))

    theirs = takedowns.ask(replace(SECOND, asked_by="pc-2", takedown_id="01T3"), act(), "key")

    assert theirs.takedown_id == "01T3"
    assert takedowns.ask(later, act(), "key") == later


def test_a_block_is_made_once_as_well(store):
    blocks = Blocks(store, a_pen())
    second = replace(BLOCK, block_id="01BLOCK2")
    blocks.ask(BLOCK, block_act(), "key")

    assert blocks.ask(second, block_act(), "key") == BLOCK
    with pytest.raises(KeyReusedError):
        blocks.ask(replace(second, why="Something else."), block_act(), "key")
