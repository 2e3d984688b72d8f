from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from shared.recordlog.erasure import (
    Basis,
    DecidedBeforeError,
    Erasure,
    OwnErasureError,
    State,
    carried_out,
    decided,
    erasure_act,
)

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
ASKED = Erasure("01ER", "01LEAF", Basis.OBJECTION, "Complaint 17", "ann", NOW)
LATER = NOW + timedelta(hours=1)


def test_two_people_and_only_then_it_is_carried_out():
    approved = decided(ASKED, "bob", LATER)
    done = carried_out(approved, LATER)

    assert approved.may_be_carried_out
    assert (done.state, done.done_at) == (State.DONE, LATER)
    assert not done.may_be_carried_out


def test_whoever_asked_does_not_approve_it_but_may_take_it_back():
    with pytest.raises(OwnErasureError):
        decided(ASKED, "ann", LATER)
    assert decided(ASKED, "ann", LATER, refused_for="Wrong record.").state is State.REFUSED


@pytest.mark.parametrize(
    "before",
    [
        ASKED,
        decided(ASKED, "bob", LATER, refused_for="Needed for a trial."),
        replace(ASKED, state=State.APPROVED),
        replace(ASKED, state=State.APPROVED, decided_by="ann", decided_at=LATER),
        carried_out(decided(ASKED, "bob", LATER), LATER),
    ],
)
def test_nothing_else_destroys_a_key(before):
    with pytest.raises(DecidedBeforeError):
        carried_out(before, LATER)


@pytest.mark.parametrize("state", [State.APPROVED, State.REFUSED, State.DONE])
def test_it_is_decided_once(state):
    with pytest.raises(DecidedBeforeError):
        decided(replace(ASKED, state=state, decided_by="bob"), "cid", LATER)


def test_the_leaf_names_both_people_the_ground_and_the_leaf():
    act = erasure_act(carried_out(decided(ASKED, "bob", LATER), LATER), LATER)

    assert (act.type, act.actor, act.approver) == ("erasure.done", "ann", "bob")
    assert (act.reason, act.subject) == ("objection", "leaf:01LEAF")
    assert not act.personal
