"""Legal holds: what they cover, who may say what, and what each step puts on record."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.months.holding import (
    approved,
    asked,
    hold_act,
    placed,
    refused,
    release_asked,
    released,
)
from shared.months.legal_hold import (
    WORDS,
    Cause,
    NothingHeldError,
    NotWaitingError,
    OwnLegalHoldError,
    Scope,
    State,
    Word,
)
from shared.months.month import Month
from shared.recordlog.acts import Happened

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
OCTOBER, NOVEMBER, DECEMBER = Month(2026, 10), Month(2026, 11), Month(2026, 12)
POST = "post:01J0000000000000000000000A"
MONTHS = st.builds(Month, st.integers(2024, 2030), st.integers(1, 12))
LATER = NOW + timedelta(days=1)


def said(by, why=""):
    return Word(by, NOW, why)


def a_hold(scope=None, by="ann"):
    scope = scope or Scope(OCTOBER, NOVEMBER)
    return asked("01HOLD", Cause.COURT, "Case 17", scope, said(by, "The court may ask."))


def in_force(**more):
    return approved(a_hold(**more), said("bob"))


def ending(hold=None):
    return approved(release_asked(hold or in_force(), said("ann", "It is over.")), said("cid"))


@given(st.none() | MONTHS, st.none() | MONTHS, MONTHS)
def test_it_covers_a_month_between_its_ends_and_both_of_them(first, last, month):
    if first and last and last < first:
        first, last = last, first
    scope = Scope(first, last, POST)

    between = (first is None or first <= month) and (last is None or month <= last)
    assert scope.covers(month) == between
    assert all(scope.covers(end) for end in (first, last) if end)


@pytest.mark.parametrize(
    ("named", "field"),
    [
        ({}, "from"),
        ({"first": NOVEMBER, "last": OCTOBER}, "to"),
        ({"subject": "leek-npt"}, "subject"),
        ({"subject": "account:Leek"}, "subject"),
        ({"subject": "post:17"}, "subject"),
        ({"subject": POST + "@v1"}, "subject"),
        ({"subject": "hold:" + POST[5:]}, "subject"),
    ],
)
def test_what_holds_nothing_is_refused_at_the_field_that_is_wrong(named, field):
    with pytest.raises(NothingHeldError) as refused_for:
        Scope(**named)

    assert refused_for.value.field == field


@pytest.mark.parametrize("subject", ["account:leek-npt", "person:p-officer", POST])
def test_a_subject_alone_is_held_in_every_month(subject):
    assert Scope(subject=subject).covers(OCTOBER)
    assert Scope(subject=subject).covers(Month(2040, 1))


def test_it_is_in_force_from_the_second_word_until_it_is_released():
    steps = [a_hold(), in_force(), release_asked(in_force(), said("ann")), ending()]
    over = [refused(a_hold(), said("bob", "No.")), released(ending(), LATER)]

    assert [hold.covers(OCTOBER) for hold in steps] == [False, True, True, True]
    assert [hold.covers(OCTOBER) for hold in over] == [False, False]
    assert not in_force().covers(DECEMBER)


def test_whoever_asked_approves_neither_the_hold_nor_its_end_and_may_take_either_back():
    with pytest.raises(OwnLegalHoldError):
        approved(a_hold(), said("ann"))
    with pytest.raises(OwnLegalHoldError):
        approved(release_asked(in_force(), said("bob")), said("bob"))

    assert refused(a_hold(), said("ann", "A mistake.")).state is State.REFUSED
    assert refused(release_asked(in_force(), said("bob")), said("bob", "Not yet.")).in_force


def test_whoever_approved_it_may_approve_its_end_that_another_asked_for():
    assert approved(release_asked(in_force(), said("ann")), said("bob")).may_be_released


def test_a_row_with_one_name_twice_holds_nothing_and_lets_nothing_go():
    forged = in_force().__class__(**{**vars(in_force()), "decided": said("ann")})
    let_go = ending().__class__(**{**vars(ending()), "release_decided": said("ann")})

    assert not forged.in_force
    assert not let_go.may_be_released
    with pytest.raises(NotWaitingError):
        released(let_go, LATER)


@pytest.mark.parametrize(
    ("hold", "step"),
    [
        (in_force(), lambda h: approved(h, said("cid"))),
        (in_force(), lambda h: refused(h, said("cid", "No."))),
        (in_force(), lambda h: released(h, LATER)),
        (a_hold(), lambda h: release_asked(h, said("bob"))),
        (ending(), lambda h: release_asked(h, said("bob"))),
        (ending(), lambda h: approved(h, said("dee"))),
        (refused(a_hold(), said("bob", "No.")), lambda h: approved(h, said("cid"))),
        (released(ending(), LATER), lambda h: release_asked(h, said("bob"))),
    ],
    ids=range(8),
)
def test_nothing_is_decided_that_waits_for_no_decision(hold, step):
    with pytest.raises(NotWaitingError) as refused_for:
        step(hold)

    assert refused_for.value.hold is hold
    assert WORDS[hold.state] in str(refused_for.value)


def test_a_refused_end_can_be_asked_for_again():
    still = refused(release_asked(in_force(), said("ann")), said("bob", "Not yet."))

    again = release_asked(still, said("bob", "Now."))

    assert (again.state, again.release_decided) == (State.RELEASE_ASKED, None)


def test_what_is_placed_is_remembered_until_it_is_let_go():
    hold = placed(placed(ending(), OCTOBER), NOVEMBER)

    assert hold.placed == {OCTOBER, NOVEMBER}
    assert released(hold, LATER).placed == frozenset()


@pytest.mark.parametrize(
    ("hold", "happened", "people", "why"),
    [
        (a_hold(), Happened.HOLD_ASKED, ("ann", None), "The court may ask."),
        (in_force(), Happened.HOLD_APPROVED, ("ann", "bob"), "The court may ask."),
        (
            refused(a_hold(), said("bob", "No.")),
            Happened.HOLD_REFUSED,
            ("ann", "bob"),
            "No.",
        ),
        (in_force(), Happened.HOLD_PLACED, ("ann", "bob"), "The court may ask."),
        (
            release_asked(in_force(), said("bob", "Over.")),
            Happened.HOLD_RELEASE_ASKED,
            ("bob", None),
            "Over.",
        ),
        (ending(), Happened.HOLD_RELEASE_APPROVED, ("ann", "cid"), "It is over."),
        (released(ending(), LATER), Happened.HOLD_RELEASED, ("ann", "cid"), "It is over."),
    ],
    ids=lambda value: value.value if isinstance(value, Happened) else "",
)
def test_each_step_names_who_asked_and_who_decided_that_step(hold, happened, people, why):
    act = hold_act(hold, happened, NOW)

    assert (act.type, act.subject, act.reason) == (happened.value, "hold:01HOLD", "court")
    assert (act.actor, act.approver) == people
    assert act.payload["why"] == why
    assert (act.payload["from"], act.payload["to"]) == ("2026-10", "2026-11")
    assert act.payload["reference"] == "Case 17"
    assert act.personal == {}


def test_a_hold_on_an_account_is_filed_under_it_and_any_other_under_none():
    accounts = [
        hold_act(a_hold(Scope(subject=subject)), Happened.HOLD_ASKED, NOW).account
        for subject in ("account:leek-npt", "person:p-officer", POST)
    ]

    assert accounts == ["leek-npt", None, None]
