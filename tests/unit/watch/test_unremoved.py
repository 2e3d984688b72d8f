"""A deletion whose machine was never started is started; one that ended without an ending rings."""

from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest

from shared.conductor.executions import ExecutionOverError, NoAnswerError
from shared.posts.deletion import DeletionState
from tests.builders import NOW, a_post
from tests.unit.publish.taking_away import a_deletion
from watch.unremoved import UnremovedError, start_unremoved

DELETION = a_deletion(a_post())
LATER = NOW + timedelta(minutes=1)


@dataclass
class Open:
    found: tuple
    now: object = None

    def moving(self):
        return self.found

    def get(self, deletion_id):
        return self.now or next(d for d in self.found if d.deletion_id == deletion_id)


@dataclass
class Machines:
    says: object = None
    started: list = field(default_factory=list)

    def remove(self, deletion_id):
        if self.says:
            raise self.says
        self.started.append(deletion_id)


def test_what_nobody_carries_out_is_started():
    machines = Machines()

    swept = start_unremoved(Open((DELETION,)), machines, LATER)

    assert (swept.started, machines.started) == (1, [DELETION.deletion_id])
    swept.ring()


def test_what_was_asked_for_just_now_is_left_alone():
    machines = Machines()

    assert start_unremoved(Open((DELETION,)), machines, NOW + timedelta(seconds=5)).started == 0
    assert machines.started == []


def test_a_machine_that_ended_without_an_ending_rings():
    over = Machines(ExecutionOverError("over"))

    swept = start_unremoved(Open((DELETION,)), over, LATER)

    with pytest.raises(UnremovedError, match=DELETION.deletion_id):
        swept.ring()


def test_one_that_ended_meanwhile_is_no_news():
    ended = replace(DELETION, state=DeletionState.REMOVED)

    swept = start_unremoved(Open((DELETION,), ended), Machines(ExecutionOverError("over")), LATER)

    swept.ring()
    assert swept.started == 0


def test_no_answer_is_tried_again_by_the_next_sweep():
    swept = start_unremoved(Open((DELETION,)), Machines(NoAnswerError("hm")), LATER)

    swept.ring()
    assert swept.started == 0
