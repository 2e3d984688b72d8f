"""Whoever chases impostors hears of each again until it is closed, and of names that we keep."""

from dataclasses import replace
from datetime import timedelta

from shared.accounts.registry import ReservedName, Role
from shared.impostors.case import CaseState
from shared.impostors.hand_searches import HandSearch
from shared.impostors.kept_names import KeptName
from shared.posts.names import PlatformName
from tests.builders import NOW, a_person, an_account
from tests.unit.impostors.cases_made import CASE, TODAY, in_state
from tests.unit.watch.mornings import DAY, LIND, RAY
from tests.unit.watch.mornings import Morning as AnyMorning
from watch.impostors.impostors_due import hand_searches_due, impostors_due, names_due
from watch.morning.tell import tell

WEEK = timedelta(days=7)
OWEN = a_person("owen-web", role=Role.REGISTRAR)
LEEK = an_account("leek-npt", title="Leek NPT")
NAME = KeptName(LEEK, ReservedName(PlatformName("x"), "LeekPolice1"), TODAY - 30 * DAY)


class Morning(AnyMorning):
    def __init__(self, case=CASE, names=(), searches=()):
        super().__init__(LEEK, people=(RAY, LIND, OWEN))
        self.case, self.kept, self.searches = case, names, searches

    def comes(self, days=0):
        now = NOW + days * DAY
        dues = (
            *impostors_due(self.who(), [self.case], now, WEEK),
            *names_due(self.who(), self.kept, now),
            *hand_searches_due(self.who(), {LEEK.account_id: self.searches}, now),
        )
        return tell(self.office(), dues, now)


def test_a_new_case_is_told_of_once_to_the_centre_and_the_owner_without_who_it_is():
    morning = Morning()

    assert (morning.comes(), morning.comes(1)) == (1, 0)
    assert set(morning.told) == {RAY.email, LIND.email, OWEN.email}
    text = morning.letters[0].get_body(("plain",)).get_content()
    assert f"/impostors/{CASE.case_id}" in text
    assert "Leek NPT on X: an account there could be taken for it" in text
    assert morning.happened == ["impostor.told"]


def test_what_is_not_closed_is_told_of_every_week_to_those_who_chase_it():
    morning = Morning(in_state(CaseState.REPORTED))

    told = [morning.comes(day) for day in range(15)]

    assert [day for day, count in enumerate(told) if count] == [7, 14]
    assert set(morning.told) == {RAY.email, OWEN.email}


def test_a_case_that_is_closed_is_told_of_no_more():
    assert sum(Morning(in_state(CaseState.REMOVED)).comes(day) for day in range(30)) == 0


def test_a_name_that_is_due_is_told_of_every_week_until_somebody_signed_in():
    morning = Morning(in_state(CaseState.REMOVED), [NAME])

    told = [morning.comes(day) for day in range(14)]
    morning.kept = [replace(NAME, signed_in=TODAY + 13 * DAY)]

    assert sum(told) == 3  # the weeks that these fourteen days lie in
    assert morning.comes(14) == 0
    assert set(morning.told) == {LIND.email, OWEN.email}
    assert set(morning.happened) == {"impostor.name_told"}


def test_a_name_that_nobody_ever_signed_in_to_is_told_of_once():
    morning = Morning(in_state(CaseState.REMOVED), [replace(NAME, signed_in=None)])

    assert [morning.comes(day) for day in (0, 1, 40)] == [1, 0, 0]


def test_an_owner_is_asked_to_search_by_hand_once_and_again_after_a_quarter_of_a_year():
    where = map(PlatformName, ("facebook", "tiktok"))
    made = [HandSearch(LEEK.account_id, each, TODAY, LIND.person_id) for each in where]
    morning = Morning(in_state(CaseState.REMOVED), searches=made)

    told = [morning.comes(day) for day in range(185)]

    assert [day for day, count in enumerate(told) if count] == [90, 180]
    assert set(morning.told) == {LIND.email}
    assert set(morning.happened) == {"impostor.search_asked"}
    text = morning.letters[0].get_body(("plain",)).get_content()
    assert "Leek NPT: Facebook, TikTok" in text
    assert f"/impostors/accounts/{LEEK.account_id}" in text
