"""Blocks whose day has come are told of once, without who is blocked."""

from dataclasses import replace
from datetime import timedelta

import pytest

from shared.mail.errors import MailError
from shared.posts.block import BlockState
from tests.builders import NOW, a_person, an_account, an_approver
from tests.unit.fakes import Ledger
from tests.unit.takedown_records import Blocks, Diary, Notices
from tests.unit.watch.test_undone import BLOCK
from watch.review_blocks import Desk, NobodyToTellError, review_blocks

RAY = an_approver()
DUE = replace(BLOCK, state=BlockState.ACTIVE)


class Morning:
    def __init__(self, *people, block=DUE):
        self.ledger, self.diary, self.letters, self.fails = Ledger(), Diary(), [], None
        self.ledger.keep(an_account(), *(people or (RAY,)))
        self.blocks = Blocks(self.diary, {block.block_id: block})
        self.notices = Notices(self.diary)

    def comes(self, now=NOW):
        desk = Desk(
            self.blocks,
            self.notices,
            self.ledger.accounts,
            self.ledger.people,
            "https://bluelamp.example",
            "bluelamp@force.example",
            self.send,
        )
        return review_blocks(desk, now)

    def send(self, letter):
        if self.fails:
            raise self.fails
        self.letters.append(letter)
        return "sent"


def test_on_its_day_a_block_is_told_of_once_and_not_who_is_blocked():
    morning = Morning()

    assert (morning.comes(), morning.comes(NOW + timedelta(days=1))) == (1, 0)
    [letter] = morning.letters
    assert letter["To"] == RAY.email
    assert "pat-invented" not in letter.as_string()
    assert "Riverside Neighbourhood Team: due 2026-11-20" in letter.as_string()
    assert morning.diary.happened == ["block.told"]


def test_before_its_day_nobody_is_told():
    assert Morning().comes(NOW - timedelta(days=1)) == 0


def test_a_renewed_block_is_told_of_again_on_its_new_day():
    morning = Morning()
    morning.comes()
    later = NOW + timedelta(days=90)
    morning.blocks.rows["01BLOCK"] = replace(DUE, review_on=later.date())

    assert (morning.comes(), morning.comes(later)) == (0, 1)


def test_what_could_not_be_told_the_next_morning_tells():
    morning = Morning()
    morning.fails = MailError("No.")
    with pytest.raises(MailError):
        morning.comes()

    morning.fails = None
    assert morning.comes(NOW + timedelta(days=1)) == 1


def test_where_nobody_is_on_duty_the_alarm_rings():
    with pytest.raises(NobodyToTellError):
        Morning(a_person()).comes()
