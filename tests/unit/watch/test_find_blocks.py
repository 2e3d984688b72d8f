"""Blocks whose day has come are told of once, without who is blocked."""

from dataclasses import replace

import pytest

from shared.mail.errors import MailError
from shared.posts.block import BlockState
from tests.builders import NOW, a_person
from tests.unit.takedown_records import Blocks, Diary
from tests.unit.watch.mornings import DAY, RAY
from tests.unit.watch.mornings import Morning as AnyMorning
from tests.unit.watch.test_undone import BLOCK
from watch.morning.find_blocks import find_blocks
from watch.morning.tell import NobodyToTellError, tell

DUE = replace(BLOCK, state=BlockState.ACTIVE)


class Morning(AnyMorning):
    def __init__(self, *people, block=DUE):
        super().__init__(people=people or (RAY,))
        self.blocks = Blocks(Diary(), {block.block_id: block})

    def comes(self, days=0):
        now = NOW + days * DAY
        return tell(self.office(), find_blocks(self.blocks, self.who(), now), now)


def test_on_its_day_a_block_is_told_of_once_and_not_who_is_blocked():
    morning = Morning()

    assert (morning.comes(), morning.comes(1)) == (1, 0)
    [letter] = morning.letters
    text = letter.get_body(("plain",)).get_content()
    assert letter["To"] == RAY.email
    assert "pat-invented" not in letter.as_string()
    assert "Riverside Neighbourhood Team: due 2026-11-20 (https://bluelamp.example/blocks)" in text
    assert morning.happened == ["block.told"]


def test_before_its_day_nobody_is_told():
    assert Morning().comes(-1) == 0


def test_a_renewed_block_is_told_of_again_on_its_new_day():
    morning = Morning()
    morning.comes()
    morning.blocks.rows["01BLOCK"] = replace(DUE, review_on=(NOW + 90 * DAY).date())

    assert (morning.comes(), morning.comes(90)) == (0, 1)


def test_what_could_not_be_told_the_next_morning_tells():
    morning = Morning()
    morning.fails = MailError("No.")
    with pytest.raises(MailError):
        morning.comes()

    morning.fails = None
    assert morning.comes(1) == 1


def test_where_nobody_is_on_duty_the_alarm_rings():
    with pytest.raises(NobodyToTellError):
        Morning(a_person()).comes()
