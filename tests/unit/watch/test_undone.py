"""A takedown or a block whose machine was never started is started; one without an ending rings."""

from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest

from shared.conductor.executions import ExecutionOverError, NoAnswerError
from shared.posts.block import Block, BlockState
from shared.posts.names import AccountId, PersonId
from shared.posts.takedown import Appeal, TakedownState
from tests.builders import NOW
from tests.unit.publish.taking_down import SANDBOX, a_takedown
from watch.undone import Desk, UndoneError, start_undone

LATER = NOW + timedelta(minutes=1)
WHO = PersonId("comms-1")
ASKED = a_takedown()
HIDDEN = a_takedown(state=TakedownState.PROVED, ended_at=NOW)
UPHELD = replace(HIDDEN, appeal=Appeal(NOW, WHO, None, True, WHO, NOW, "Theirs."))
BLOCK = Block(
    block_id="01BLOCK",
    account=AccountId("riverside"),
    platform=SANDBOX,
    author_id="u-77",
    handle="pat-invented",
    why="Threats.",
    by=WHO,
    at=NOW,
    review_on=NOW.date(),
)
LIFTING = replace(BLOCK, state=BlockState.LIFTING, lifted_at=NOW)


@dataclass
class Rows:
    rows: tuple = ()

    def moving(self):
        return self.rows


@dataclass
class Machines:
    says: object = None
    started: list = field(default_factory=list)

    def take_down(self, kind, name):
        self.started.append((kind, name))
        if self.says:
            raise self.says


def a_desk(takedowns=(), blocks=()):
    return Desk(Rows(takedowns), Rows(blocks))


@pytest.mark.parametrize(
    ("desk", "kind"),
    [
        (a_desk((ASKED,)), ("takedown", "01TAKEDOWN")),
        (a_desk((UPHELD,)), ("undo", "01TAKEDOWN")),
        (a_desk(blocks=(BLOCK,)), ("block", "01BLOCK")),
        (a_desk(blocks=(LIFTING,)), ("unblock", "01BLOCK")),
    ],
)
def test_what_nobody_carries_out_is_started(desk, kind):
    machines = Machines()

    swept = start_undone(desk, machines, LATER)

    assert (swept.started, machines.started) == (1, [kind])
    swept.ring()
    assert start_undone(desk, machines, NOW + timedelta(seconds=5)).started == 0


def test_what_has_its_ending_is_left_alone():
    left, active = replace(ASKED, state=TakedownState.LEFT), replace(BLOCK, state=BlockState.ACTIVE)
    machines = Machines()

    assert start_undone(a_desk((HIDDEN, left), (active,)), machines, LATER).started == 0
    assert machines.started == []


def test_a_machine_that_ended_without_an_ending_rings():
    swept = start_undone(a_desk((ASKED,)), Machines(ExecutionOverError("over")), LATER)

    assert swept.over == ("takedown 01TAKEDOWN",)
    with pytest.raises(UndoneError):
        swept.ring()


def test_what_ended_while_we_looked_rings_nobody():
    takedowns = Rows((ASKED,))

    class Late(Machines):
        def take_down(self, kind, name):
            takedowns.rows = (HIDDEN,)
            raise ExecutionOverError("over")

    assert start_undone(Desk(takedowns, Rows()), Late(), LATER).over == ()


def test_step_functions_that_do_not_answer_are_asked_in_a_minute():
    swept = start_undone(a_desk((ASKED,)), Machines(NoAnswerError("silence")), LATER)

    assert (swept.started, swept.over) == (0, ())
