"""Orders of proofs: verified month after month in their turn, and over once."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.months.proof_order import (
    Checked,
    Kind,
    MadeFile,
    Needed,
    NotNextError,
    Order,
    OverError,
    Producer,
    State,
    broken,
    checked,
    held,
    made,
    proof_act,
    wrong,
)
from shared.posts.names import PersonId, ProofId
from tests.builders import NOW
from tests.unit.archive.bags import a_story

MONTHS = tuple(month for month, _ in a_story(1, 1, 1).months)
ORDER = Order(
    proof_id=ProofId("01K0000000000000000000000P"),
    kind=Kind.MONTHS,
    about="months",
    first=MONTHS[0],
    last=MONTHS[-1],
    needed=tuple(Needed(month, str(month) * 8) for month in MONTHS),
    asked_by=PersonId("p-auditor"),
    asked_at=NOW,
)
LATER = NOW + timedelta(minutes=2)
FILE = MadeFile("certificate.pdf", 9, "a" * 64)
ENDINGS = {
    State.MADE: lambda order: made(order, (FILE,), "", LATER),
    State.HELD: lambda order: held(order, "", LATER),
    State.WRONG: lambda order: wrong(order, "It is not there.", LATER),
    State.BROKEN: lambda order: broken(order, "It took too long.", LATER),
}


def all_checked(order=ORDER):
    for month in MONTHS:
        order = checked(order, Checked(month, f"{month} holds."))
    return order


def test_months_are_verified_in_their_turn_and_the_next_is_told():
    order = ORDER
    for each in ORDER.needed:
        assert order.next_month == each
        order = checked(order, Checked(each.month, "holds"))
    assert order.next_month is None
    assert not order.is_over


@given(st.lists(st.sampled_from(MONTHS), max_size=8))
def test_whatever_comes_in_whatever_order_what_is_checked_is_the_beginning_of_what_is_needed(turns):
    order = ORDER
    for month in turns:
        try:
            order = checked(order, Checked(month, "holds"))
        except NotNextError:
            continue
    assert tuple(each.month for each in order.checked) == MONTHS[: len(order.checked)]


@pytest.mark.parametrize("state", ENDINGS)
def test_what_is_over_stays_over(state):
    over = ENDINGS[state](all_checked())

    assert (over.state, over.is_over, over.over_at) == (state, True, LATER)
    for again in (*ENDINGS.values(), lambda order: checked(order, Checked(MONTHS[0], ""))):
        with pytest.raises(OverError):
            again(over)


@pytest.mark.parametrize("state", [State.MADE, State.HELD])
def test_nothing_is_handed_out_and_nothing_said_to_hold_before_every_month_was_verified(state):
    with pytest.raises(NotNextError):
        ENDINGS[state](checked(ORDER, Checked(MONTHS[0], "holds")))


@pytest.mark.parametrize("state", [State.WRONG, State.BROKEN])
def test_the_first_thing_wrong_ends_it_wherever_it_was(state):
    assert ENDINGS[state](ORDER).state is state


def test_asking_is_an_act_of_whoever_asks_and_says_what_for():
    producer = Producer("Robin Marsh", "records manager", "AB", 3)
    act = proof_act(replace(ORDER, kind=Kind.LEAF, about="leaf:7", leaves=(7,), producer=producer))

    assert (act.type, act.actor, act.at) == ("proof.asked", "p-auditor", NOW)
    assert act.subject == f"proof:{ORDER.proof_id}"
    assert act.payload["leaves"] == [7]
    assert (act.payload["label"], act.payload["number"]) == ("AB", 3)
    assert act.payload["months"][0] == {"bag": ORDER.needed[0].bag, "month": str(MONTHS[0])}
    assert "Robin" not in repr(act.payload)


@pytest.mark.parametrize("state", ENDINGS)
def test_an_ending_is_an_act_of_the_system_and_says_what_came_of_it(state):
    act = proof_act(ENDINGS[state](all_checked()))

    assert (act.type, act.actor, act.at) == (f"proof.{state}", "bluelamp", LATER)
    assert act.payload["checked"] == [str(month) for month in MONTHS]
    files = [{"name": FILE.name, "sha256": FILE.sha256}] if state is State.MADE else []
    assert act.payload["files"] == files
