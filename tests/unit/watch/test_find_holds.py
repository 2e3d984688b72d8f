"""A legal hold that has lasted long is told of to the two who wanted it, once in ninety days."""

from dataclasses import replace
from datetime import timedelta

import pytest

from shared.accounts.registry import PersonStatus
from shared.months.holding import approved, release_asked
from shared.months.legal_hold import Cause, LegalHold, Scope, State, Word
from shared.months.month import read_month
from shared.posts.names import LegalHoldId
from tests.builders import NOW, a_person, an_approver
from tests.unit.watch.mornings import DAY, Morning
from watch.morning.find_holds import find_holds
from watch.morning.tell import tell

ASKS, AGREES, RAY = a_person("p-asks"), a_person("p-agrees"), an_approver()
AFTER = timedelta(days=180)
ASKED = LegalHold(
    LegalHoldId("01HOLD"),
    Cause.COURT,
    "Case 17 of 2026",
    Scope(read_month("2026-10")),
    Word(ASKS.person_id, NOW),
)
HELD = approved(ASKED, Word(AGREES.person_id, NOW))


class Held(Morning):
    def __init__(self, *holds, people=(ASKS, AGREES, RAY)):
        super().__init__(people=people)
        self.holds = holds

    def comes(self, days):
        now = NOW + days * DAY
        return tell(self.office(), find_holds(self.who(), self.holds, now, AFTER), now)


def test_both_who_wanted_it_are_told_when_it_is_old_and_every_ninety_days():
    morning = Held(HELD)

    told = {days: morning.comes(days) for days in (179, 180, 181, 269, 270, 271, 360, 362)}

    assert [days for days, count in told.items() if count] == [180, 270, 360]
    assert sorted(morning.told) == sorted([ASKS.email, AGREES.email] * 3)
    text = " ".join(morning.letters[0].get_body(("plain",)).get_content().split())
    assert "Case 17 of 2026, in force since" in text
    assert "/holds/01HOLD" in text
    assert set(morning.happened) == {"hold.reminded"}


@pytest.mark.parametrize(
    "hold",
    [ASKED, replace(ASKED, state=State.REFUSED), replace(HELD, state=State.RELEASED)],
    ids=["asked for", "refused", "released"],
)
def test_of_what_is_not_in_force_nobody_hears(hold):
    assert Held(hold).comes(400) == 0


def test_one_whose_end_was_asked_for_is_in_force_still():
    ending = release_asked(HELD, Word(ASKS.person_id, NOW, "It is over."))

    assert Held(ending).comes(200) == 1


def test_where_both_have_left_whoever_is_on_duty_hears():
    left = tuple(replace(each, status=PersonStatus.LEFT) for each in (ASKS, AGREES))
    morning = Held(HELD, people=(*left, RAY))

    assert (morning.comes(180), morning.told) == (1, [RAY.email])


def test_a_morning_that_nobody_came_is_made_good_once():
    morning = Held(HELD)

    assert (morning.comes(500), morning.comes(501)) == (1, 0)
