"""The centre hears once of what cannot wait, and of what no machine could do; never the words."""

from dataclasses import replace

import pytest

from moderate.tell_takedown import Office, UntoldError, tell
from shared.accounts.registry import PersonStatus
from shared.mail.errors import MailError
from shared.posts.block import Block, BlockState
from shared.posts.names import PersonId
from shared.posts.takedown import Appeal, HouseRule, TakedownState, Taken
from shared.records.takedown_acts import act_on_block, act_on_takedown
from tests.builders import NOW, a_person, an_account, an_approver
from tests.unit.fakes import Ledger
from tests.unit.publish.taking_down import SANDBOX, a_takedown
from tests.unit.takedown_records import Blocks, Diary, Notices, Takedowns

RAY, JO = an_approver("comms-ray"), an_approver("comms-jo", duty=None)


class Bureau:
    """An office with one takedown and one block, and the letters that left it."""

    def __init__(self, *people, block=None, **takedown):
        self.ledger, self.diary, self.letters = Ledger(), Diary(), []
        self.ledger.keep(an_account(), *(people or (RAY, a_person())))
        self.blocks = Blocks(self.diary)
        self.takedowns = Takedowns(self.diary, self.blocks)
        self.notices, self.fails = Notices(self.diary), None
        asked = a_takedown(**{"rule": HouseRule.SPAM, **takedown})
        self.takedowns.ask(asked, act_on_takedown(asked, Taken.ASKED, NOW, {}))
        if block:
            self.blocks.ask(block, act_on_block(block, Taken.BLOCK_ASKED, NOW, {}))

    def tell(self, kind="takedown", name="01TAKEDOWN"):
        office = Office(
            self.takedowns,
            self.blocks,
            self.ledger.people,
            self.ledger.snapshots,
            self.notices,
            self.send,
            "bluelamp@force.example",
            "https://bluelamp.example",
        )
        return tell(kind, name, office, NOW)

    def send(self, letter):
        if self.fails:
            raise self.fails
        self.letters.append((letter["To"], str(letter["Subject"])))
        assert "pat-invented" not in letter.as_string()
        return "sent"

    @property
    def addressees(self):
        return [to for to, _ in self.letters]


def test_what_may_prejudice_an_investigation_is_told_of_at_once_and_once():
    bureau = Bureau(rule=HouseRule.PREJUDICIAL)

    assert (bureau.tell(), bureau.tell()) == (1, 0)
    assert bureau.addressees == [RAY.email]
    assert bureau.diary.happened == ["takedown.asked", "takedown.told"]


@pytest.mark.parametrize("state", [TakedownState.ASKED, TakedownState.PROVED])
def test_what_went_as_it_should_is_told_to_nobody(state):
    bureau = Bureau(state=state)

    assert (bureau.tell(), bureau.letters) == (0, [])


def test_what_is_left_to_a_person_is_told_to_the_centre_and_to_whoever_asked():
    bureau = Bureau(state=TakedownState.LEFT)

    assert (bureau.tell(), bureau.tell()) == (1, 0)
    assert bureau.addressees == [RAY.email, "pc-okafor@force.example"]


def test_whoever_asked_and_has_left_is_not_written_to():
    bureau = Bureau(RAY, a_person(status=PersonStatus.LEFT), state=TakedownState.LEFT)

    bureau.tell()

    assert bureau.addressees == [RAY.email]


def test_what_cannot_be_shown_again_is_another_thing_to_tell():
    bureau = Bureau(state=TakedownState.LEFT)
    bureau.tell()
    ours = PersonId("comms-jo")
    appeal = Appeal(NOW, ours, None, True, ours, NOW, "Theirs.")
    bureau.takedowns.rows["01TAKEDOWN"] = replace(
        bureau.takedowns.rows["01TAKEDOWN"], appeal=appeal
    )

    assert (bureau.tell(), bureau.tell()) == (1, 0)


def test_where_nobody_is_on_duty_whoever_else_may_is_told():
    bureau = Bureau(JO, a_person(), rule=HouseRule.PREJUDICIAL)

    assert bureau.tell() == 1
    assert bureau.addressees == [JO.email]


def test_where_there_is_nobody_it_is_not_told_and_said_so():
    bureau = Bureau(a_person(), rule=HouseRule.PREJUDICIAL)

    with pytest.raises(UntoldError):
        bureau.tell()


def test_a_letter_that_cannot_leave_is_tried_again():
    bureau = Bureau(rule=HouseRule.PREJUDICIAL)
    bureau.fails = MailError("No.")
    with pytest.raises(MailError):
        bureau.tell()

    bureau.fails = None
    assert bureau.tell() == 1


def test_who_died_between_beginning_and_telling_is_waited_for():
    bureau = Bureau(rule=HouseRule.PREJUDICIAL)
    bureau.fails, bureau.notices.buried = MailError("No."), False
    with pytest.raises(MailError):
        bureau.tell()

    with pytest.raises(UntoldError):
        bureau.tell()


@pytest.mark.parametrize(
    ("state", "told"), [(BlockState.ASKED, 0), (BlockState.ACTIVE, 0), (BlockState.LEFT, 1)]
)
def test_a_block_that_no_machine_can_make_is_told_of(state, told):
    block = Block(
        block_id="01BLOCK",
        account=an_account().account_id,
        platform=SANDBOX,
        author_id="u-77",
        handle="pat-invented",
        why="Threats.",
        by=RAY.person_id,
        at=NOW,
        review_on=NOW.date(),
        state=state,
    )
    bureau = Bureau(block=block)

    assert bureau.tell("block", "01BLOCK") == told
    assert bureau.addressees == [RAY.email] * told
