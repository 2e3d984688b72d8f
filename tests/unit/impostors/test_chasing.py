"""When somebody hears of a case again, and of a name that wants a sign-in."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.accounts.registry import AccountStatus, ReservedName
from shared.impostors.case import OPEN, CaseState
from shared.impostors.chasing import WORDS, chase, read_days
from shared.impostors.kept_names import KeptName, kept_names
from shared.posts.names import PlatformName
from tests.builders import NOW, an_account
from tests.unit.impostors.cases_made import TODAY, in_state

WEEK, DAY = timedelta(days=7), timedelta(days=1)
X, BLUESKY = PlatformName("x"), PlatformName("bluesky")


def test_a_new_case_is_told_of_at_once():
    found = chase(in_state(CaseState.FOUND), NOW, WEEK)

    assert found is not None
    assert found.words == WORDS[CaseState.FOUND]


@pytest.mark.parametrize("state", sorted(OPEN - {CaseState.FOUND}))
def test_what_is_open_is_told_of_once_a_week_until_it_is_closed(state):
    case = in_state(state)

    days = [chase(case, NOW + number * DAY, WEEK) for number in range(22)]

    assert days[:7] == [None] * 7
    assert len({each.name for each in days if each}) == 3


@pytest.mark.parametrize("state", sorted(set(CaseState) - OPEN))
def test_what_is_closed_is_told_of_never(state):
    assert chase(in_state(state), NOW + 100 * DAY, WEEK) is None


def test_a_further_step_begins_the_waiting_anew():
    first = in_state(CaseState.REPORTED)
    again = replace(first, steps=(*first.steps, replace(first.steps[0], at=NOW + 8 * DAY)))

    assert chase(first, NOW + 9 * DAY, WEEK)
    assert chase(again, NOW + 9 * DAY, WEEK) is None


@given(st.text(max_size=5))
def test_only_whole_days_up_to_a_quarter_of_a_year_are_days(text):
    try:
        days = read_days(text)
    except ValueError:
        assert text not in map(str, range(1, 91))
    else:
        assert 1 <= days.days <= 90


@pytest.mark.parametrize(
    ("platform", "ago", "due"),
    [(X, 22, False), (X, 23, True), (BLUESKY, 82, False), (BLUESKY, 83, True), (X, None, True)],
)
def test_a_name_is_due_a_week_before_the_platform_may_take_it_away(platform, ago, due):
    signed_in = None if ago is None else TODAY - ago * DAY
    kept = KeptName(an_account(), ReservedName(platform, "leekpolice1"), signed_in)

    assert kept.is_due(TODAY) is due


def test_names_are_those_of_accounts_that_were_opened_and_closed_ones_keep_theirs():
    names = (ReservedName(X, "LeekPolice1"), ReservedName(BLUESKY, "leek.example"))
    accounts = [
        an_account(status.value, reserved_names=names, status=status) for status in AccountStatus
    ]

    found = list(kept_names(accounts, {"x#leekpolice1": TODAY}))

    assert {each.account.status for each in found} == {
        *(AccountStatus.ACTIVE, AccountStatus.SUSPENDED, AccountStatus.CLOSED),
    }
    assert {(each.name.platform, each.signed_in) for each in found} == {(X, TODAY), (BLUESKY, None)}
