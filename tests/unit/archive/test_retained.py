"""What sealed months say themselves: what is in them, and which legal holds are in force."""

import pytest

from archive.reading.as_sealed import UntrueBagError
from archive.reading.retained import contents_of, holds_told
from shared.months.holding import (
    approved,
    asked,
    hold_act,
    refused,
    release_asked,
    released,
)
from shared.months.legal_hold import Cause, Scope, Word
from shared.months.month import read_month
from shared.months.outlived import standing
from shared.months.retention import USUAL
from shared.posts.names import LegalHoldId, PersonId
from shared.recordlog.acts import Happened
from tests.unit.archive import lives_made as made
from tests.unit.archive.closing import OCTOBER, SEPTEMBER, Archived, close, on

ASKS, AGREES = PersonId("p-asks"), PersonId("p-agrees")
AUGUST = read_month("2026-08")
PAST = on(read_month("2050-01"), 1)


def a_hold(name, scope):
    return asked(LegalHoldId(name), Cause.COURT, "T1", scope, Word(ASKS, on(SEPTEMBER, 3), "Why."))


def sealed(september=(), october=()):
    """Both months with these acts in them, opened."""
    world = Archived()
    for month, acts in ((SEPTEMBER, september), (OCTOBER, october)):
        world.log(2, on(month, 2))
        if acts:
            made.tell(world, acts)
    close(world, SEPTEMBER)
    close(world, OCTOBER)
    return made.Bags(made.Lying(world.objects), made.KEYS).between().bags


def begun(hold, day=4):
    """It was asked for, and approved."""
    at = on(SEPTEMBER, day)
    agreed = approved(hold, Word(AGREES, at))
    told = [hold_act(hold, Happened.HOLD_ASKED, at), hold_act(agreed, Happened.HOLD_APPROVED, at)]
    return agreed, told


def ended(hold):
    """It was let go again by two people."""
    at = on(OCTOBER, 4)
    wanted = release_asked(hold, Word(ASKS, at))
    agreed = approved(wanted, Word(AGREES, at))
    over = released(agreed, at)
    steps = (wanted, Happened.HOLD_RELEASE_ASKED), (agreed, Happened.HOLD_RELEASE_APPROVED)
    return [hold_act(each, how, at) for each, how in (*steps, (over, Happened.HOLD_RELEASED))]


def test_a_month_says_the_types_of_its_leaves():
    [september, october] = made.a_reading().bags

    assert contents_of(september).month == SEPTEMBER
    assert "post.submitted" in contents_of(september).types
    assert "deletion.asked" in contents_of(october).types - contents_of(september).types


def test_a_hold_that_was_approved_keeps_its_months_and_only_those():
    _, told = begun(a_hold("01H", Scope(AUGUST, SEPTEMBER)))

    bags = sealed(september=told)

    [held] = holds_told(bags)
    assert (held.hold_id, held.scope) == ("01H", Scope(AUGUST, SEPTEMBER))
    assert bags[0].holds(held.index)
    due = [standing(contents_of(bag), [USUAL], PAST, [held]).is_due for bag in bags]
    assert due == [False, True]


def test_a_hold_on_every_month_has_neither_beginning_nor_end():
    _, told = begun(a_hold("01H", Scope(subject="account:riverside")))

    [held] = holds_told(sealed(september=told))

    assert held.scope == Scope(None, None, "account:riverside")
    assert held.covers(OCTOBER)


def test_a_hold_that_nobody_approved_or_that_was_released_keeps_nothing():
    waiting = a_hold("01W", Scope(AUGUST))
    no = refused(a_hold("01N", Scope(AUGUST)), Word(AGREES, on(SEPTEMBER, 4), "No."))
    hold, told = begun(a_hold("01H", Scope(AUGUST)))
    unheld = [hold_act(waiting, Happened.HOLD_ASKED, on(SEPTEMBER, 4))]
    unheld.append(hold_act(no, Happened.HOLD_REFUSED, on(SEPTEMBER, 4)))

    assert holds_told(sealed(september=[*unheld, *told], october=ended(hold))) == ()


def test_a_hold_whose_end_was_only_asked_for_or_refused_still_keeps():
    hold, told = begun(a_hold("01H", Scope(AUGUST)))
    wanted = release_asked(hold, Word(ASKS, on(OCTOBER, 4)))
    kept = refused(wanted, Word(AGREES, on(OCTOBER, 5), "Not yet."))
    later = [
        hold_act(wanted, Happened.HOLD_RELEASE_ASKED, on(OCTOBER, 4)),
        hold_act(kept, Happened.HOLD_RELEASE_REFUSED, on(OCTOBER, 5)),
    ]

    assert [each.hold_id for each in holds_told(sealed(told, later))] == ["01H"]


@pytest.mark.parametrize("said", [{"from": "August"}, {"from": None, "to": None, "held": None}])
def test_a_hold_that_does_not_say_what_it_holds_is_not_taken_for_none(said):
    _, told = begun(a_hold("01H", Scope(AUGUST)))
    said = {**told[-1].payload, **said}
    spoilt = type(told[-1])(**{**vars(told[-1]), "payload": said})

    with pytest.raises(UntrueBagError, match="does not say what it holds"):
        holds_told(sealed(september=[spoilt]))
