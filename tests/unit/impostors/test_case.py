"""The life of a case of an impostor: what may follow what, and what has to be said with it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.impostors.case import (
    HAPPENED,
    MAY_FOLLOW,
    MOST_STEPS,
    REASONED,
    SECOND_LOOK,
    SENT,
    CaseState,
    Step,
    looked,
    seen_again,
    take,
)
from shared.impostors.errors import InvalidCaseError
from shared.posts.errors import UnlawfulStepError
from tests.builders import NOW
from tests.unit.impostors.cases_made import CASE, STEPS, TODAY, in_state

HOUR = timedelta(hours=1)


@pytest.mark.parametrize("state", STEPS)
def test_each_step_is_kept_with_who_when_and_all_that_belongs_to_it(state):
    before = next(b for b, after in MAY_FOLLOW.items() if state in after)

    after = take(in_state(before), STEPS[state], TODAY)

    assert after.state is state
    assert after.steps[-1] == STEPS[state]
    assert state in HAPPENED


@given(st.lists(st.sampled_from(list(STEPS.values())), max_size=8))
def test_no_way_leads_back_to_where_nobody_has_looked_and_only_lawful_ones_lead_anywhere(steps):
    case = CASE
    for step in steps:
        before = case.state
        try:
            case = take(case, step, TODAY)
        except UnlawfulStepError:
            assert step.state not in MAY_FOLLOW[before]
            assert case.state is before
        else:
            assert step.state in MAY_FOLLOW[before]
            assert case.state is not CaseState.FOUND


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 60)), max_size=12))
def test_a_look_makes_nothing_but_gone_of_a_case_and_only_at_the_second_that_misses_it(looks):
    case, at = in_state(CaseState.REPORTED), NOW
    for is_there, hours in looks:
        before, at = case, at + hours * HOUR
        case = looked(case, is_there, at)
        if case.state is not before.state:
            assert (before.state, case.state) == (CaseState.REPORTED, CaseState.REMOVED)
            assert not is_there
            assert before.missed_at is not None
            assert at - before.missed_at >= SECOND_LOOK
            assert case.steps[-1].by is None


@pytest.mark.parametrize("state", [CaseState.FOUND, CaseState.FALSE_ALARM, CaseState.ACCEPTED])
def test_a_look_at_what_is_not_followed_changes_nothing_but_when_it_was(state):
    case = in_state(state)

    after = looked(looked(case, is_there=False, at=NOW), is_there=False, at=NOW + 30 * HOUR)

    assert after == replace(case, looked_at=NOW + 30 * HOUR)


@pytest.mark.parametrize("state", CaseState)
def test_only_what_was_gone_comes_back_and_a_false_alarm_stays_one(state):
    after = seen_again(in_state(state), NOW)

    assert after.state is (CaseState.IMPOSTOR if state is CaseState.REMOVED else state)


@pytest.mark.parametrize("state", REASONED)
@pytest.mark.parametrize("why", ["", " \n"])
def test_what_ends_or_holds_up_a_case_has_a_reason(state, why):
    before = next(b for b, after in MAY_FOLLOW.items() if state in after)

    with pytest.raises(InvalidCaseError) as error:
        take(in_state(before), replace(STEPS[state], why=why), TODAY)

    assert (error.value.field, str(error.value)) == ("why", REASONED[state])


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"where": " "}, "where"),
        ({"on": None}, "on"),
        ({"on": TODAY + timedelta(days=1)}, "on"),
        ({"on": TODAY - timedelta(days=2)}, "on"),
    ],
)
@pytest.mark.parametrize("state", SENT)
def test_what_was_sent_says_where_and_on_a_day_between_finding_and_today(state, change, field):
    before = next(b for b, after in MAY_FOLLOW.items() if state in after)

    with pytest.raises(InvalidCaseError) as error:
        take(in_state(before), replace(STEPS[state], **change), TODAY)

    assert error.value.field == field


def test_a_step_keeps_nothing_that_belongs_to_another():
    told = replace(STEPS[CaseState.REPORTED], state=CaseState.IMPOSTOR)

    after = take(CASE, told, TODAY)

    assert after.steps[-1] == Step(CaseState.IMPOSTOR, told.at, told.by, told.why)


def test_a_case_does_not_grow_for_ever():
    case = replace(CASE, steps=(STEPS[CaseState.REPORTED],) * MOST_STEPS)

    with pytest.raises(InvalidCaseError, match="very many steps"):
        take(case, STEPS[CaseState.REPORTED], TODAY)
