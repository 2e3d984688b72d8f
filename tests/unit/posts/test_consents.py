"""When a consent is good, for how long, and who may countersign it."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from shared.posts.consents import (
    WHY_NOT,
    Consent,
    ConsentKind,
    ConsentState,
    Withdrawal,
    is_inspector_or_above,
    staff_consent_id,
)
from shared.posts.names import ConsentId, PersonId

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
TODAY = NOW.date()
PC = PersonId("p-officer")
FORM = Consent(ConsentId("c1"), ConsentKind.FORM, "The fair", TODAY, PC, NOW, reference="CF/1")
SIGNED = replace(FORM, countersigned_by=PersonId("p-insp"), countersigned_at=NOW)
OWN = Consent(staff_consent_id(PC), ConsentKind.STAFF, "Shown", TODAY, PC, NOW)
BACK = Withdrawal(PC, NOW, "Rang us")

INSPECTORS = [
    *("Inspector", "Insp", "Det Insp", "Detective Inspector", "DI", "D/I", "T/Insp", "A/Insp"),
    *("Chief Inspector", "Chief Insp", "DCI", "T/Ch Insp", "Acting Chief Inspector", "Supt"),
    *("Detective Chief Superintendent", "ACC", "Deputy Chief Constable", "chief constable"),
]
BELOW = ["", "PC", "PCSO", "Sergeant", "Det Sgt", "DS", "Constable", "Acting Sergeant", "Dr", "A"]


@pytest.mark.parametrize("rank", INSPECTORS)
def test_inspectors_and_above_countersign(rank):
    assert is_inspector_or_above(rank)


@pytest.mark.parametrize("rank", BELOW)
def test_nobody_below_does(rank):
    assert not is_inspector_or_above(rank)


@pytest.mark.parametrize(
    ("consent", "today", "state"),
    [
        (FORM, TODAY, ConsentState.WAITING),
        (SIGNED, TODAY, ConsentState.GOOD),
        (OWN, TODAY, ConsentState.GOOD),
        (SIGNED, date(2029, 11, 19), ConsentState.GOOD),
        (SIGNED, date(2029, 11, 20), ConsentState.OVER),
        (OWN, date(2029, 11, 20), ConsentState.OVER),
        (replace(SIGNED, withdrawal=BACK), TODAY, ConsentState.WITHDRAWN),
        (replace(FORM, withdrawal=BACK), date(2040, 1, 1), ConsentState.WITHDRAWN),
    ],
)
def test_how_a_consent_stands(consent, today, state):
    assert consent.state(today) is state


def test_a_consent_of_a_leap_day_is_over_on_the_first_of_march():
    assert replace(SIGNED, given_on=date(2028, 2, 29)).disposed_on == date(2031, 3, 1)


def test_every_standing_that_is_not_good_says_why():
    assert set(WHY_NOT) == set(ConsentState) - {ConsentState.GOOD}
