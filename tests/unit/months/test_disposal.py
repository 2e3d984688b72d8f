"""The way of a disposal: two people, refused until it has begun, and what stands on record."""

from dataclasses import replace

import pytest

from shared.months.disposal import (
    WORDS,
    Disposal,
    Extent,
    NotOpenError,
    OwnDisposalError,
    State,
    approved,
    begun,
    disposal_act,
    done,
    refused,
    without,
)
from shared.months.legal_hold import Word
from shared.months.month import read_month
from shared.posts.names import DisposalId, PersonId
from shared.recordlog.acts import Happened
from tests.builders import NOW

MAY, BAG = read_month("2019-05"), "5f" * 32
EXTENT = Extent(40, 17)


def said(by, why=""):
    return Word(PersonId(by), NOW, why)


ASKED = Disposal(DisposalId("01D"), MAY, BAG, said("ann", "It is past its time."))
AGREED = approved(ASKED, said("bob"))
GOING = begun(AGREED, EXTENT, NOW)
GONE = done(GOING, NOW)
STEPS = {
    "approved": lambda each: approved(each, said("cid")),
    "refused": lambda each: refused(each, said("cid", "It is needed.")),
    "begun": lambda each: begun(each, EXTENT, NOW),
    "done": lambda each: done(each, NOW),
}
LAWFUL = {
    State.ASKED: {"approved", "refused"},
    State.APPROVED: {"refused", "begun"},
    State.REFUSED: set(),
    State.BEGUN: {"done"},
    State.DONE: set(),
}


def test_whoever_asked_does_not_approve_it():
    with pytest.raises(OwnDisposalError):
        approved(ASKED, said("ann"))


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("each", [ASKED, AGREED, refused(ASKED, said("bob")), GOING, GONE])
def test_each_step_has_its_place_and_nothing_begins_without_a_second_person(each, step):
    if step in LAWFUL[each.state]:
        assert STEPS[step](each).state.value == step
    else:
        with pytest.raises(NotOpenError, match=f"it is {WORDS[each.state]}"):
            STEPS[step](each)


@pytest.mark.parametrize("decided", [None, ASKED.asked], ids=["nobody", "the same person"])
def test_a_row_that_says_approved_by_one_person_alone_begins_nothing(decided):
    alone = replace(AGREED, decided=decided)

    assert not alone.is_agreed
    with pytest.raises(NotOpenError):
        begun(alone, EXTENT, NOW)


def test_what_stands_on_record_names_month_bag_and_both_people():
    act = disposal_act(GOING, Happened.DISPOSAL_BEGUN, NOW)

    assert (act.type, act.subject, act.actor, act.approver) == (
        "disposal.begun",
        "disposal:01D",
        "ann",
        "bob",
    )
    assert act.payload == {
        "bag": BAG,
        "disposal_id": "01D",
        "leaves": 40,
        "month": "2019-05",
        "objects": 17,
        "why": "It is past its time.",
    }


def test_what_went_with_it_is_counted_and_stands_in_the_leaf_that_it_is_done():
    going = without(without(GOING, ["post", "picture"]), ["post"])

    assert going.removed == {"picture": 1, "post": 2}
    assert disposal_act(done(going, NOW), Happened.DISPOSED, NOW).payload["removed"] == {
        "picture": 1,
        "post": 2,
    }
    assert disposal_act(GONE, Happened.DISPOSED, NOW).payload["removed"] == {}
    assert "removed" not in disposal_act(going, Happened.DISPOSAL_BEGUN, NOW).payload
    for each in (ASKED, AGREED, GONE):
        with pytest.raises(NotOpenError):
            without(each, ["post"])


def test_an_approval_names_the_months_that_went_before():
    before = [(read_month("2019-04"), "4e" * 32), (read_month("2019-03"), "3d" * 32)]

    act = disposal_act(AGREED, Happened.DISPOSAL_APPROVED, NOW, before)

    assert act.payload["gone"] == [
        {"bag": "3d" * 32, "month": "2019-03"},
        {"bag": "4e" * 32, "month": "2019-04"},
    ]
