"""In the morning the owner hears that nobody looked; on the second day whoever is above; once."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from shared.accounts.registry import PersonStatus
from shared.mail.errors import UnsentMailError
from shared.mentions.checks import Check
from shared.posts.names import AccountId
from tests.builders import a_person, an_account, an_approver
from tests.unit.watch.mornings import DAY
from tests.unit.watch.mornings import Morning as AnyMorning
from watch.morning.find_unchecked import find_unchecked
from watch.morning.tell import tell

MORNING = datetime(2026, 11, 20, 7, 30, tzinfo=UTC)
TODAY = date(2026, 11, 20)
OWNER, CHIEF, RAY = a_person("pc-own"), a_person("insp-above"), an_approver()
ABOVE = an_account("moors", owner=CHIEF.person_id, title="Moors", members=frozenset())
BELOW = an_account("leek", owner=OWNER.person_id, title="Leek", parent=AccountId("moors"))


class Morning(AnyMorning):
    """Days before today on which somebody looked through each account."""

    def __init__(self, owner=OWNER, below=BELOW, **days):
        super().__init__(ABOVE, below, people=(owner, CHIEF, RAY))
        looked = {"moors": (1, 2, 3), **days}
        self.looked = {(AccountId(a), TODAY - n * DAY) for a, days in looked.items() for n in days}

    def several(self, wanted):
        known = [each for each in wanted if each in self.looked]
        return tuple(Check(*each, CHIEF.person_id, MORNING) for each in known)

    def comes(self, days=0):
        now = MORNING + days * DAY
        return tell(self.office(), find_unchecked(self, self.who(), now), now)

    @property
    def said(self):
        texts = (letter.get_body(("plain",)).get_content() for letter in self.letters)
        return [" ".join(text.split()) for text in texts]


def test_the_owner_hears_once_that_nobody_looked_yesterday():
    morning = Morning(leek=(2, 3))

    assert [morning.comes(), morning.comes()] == [1, 0]
    assert morning.told == [OWNER.email]
    assert "yesterday: Leek (https://bluelamp.example/mentions)" in morning.said[0]
    assert morning.happened == ["check.missed_told"]


def test_after_two_days_whoever_is_above_hears_of_it_and_then_nobody():
    morning = Morning(leek=(3,))

    assert morning.comes() == 1
    assert morning.told == [CHIEF.email]
    assert "For the second day" in morning.said[0]
    assert Morning(leek=()).comes() == 0


def test_where_no_account_is_above_communications_hear_of_the_second_day():
    morning = Morning(below=replace(BELOW, parent=None), leek=(3,))

    morning.comes()

    assert morning.told == [RAY.email]


def test_where_the_owner_has_no_access_somebody_else_hears_of_it():
    morning = Morning(replace(OWNER, status=PersonStatus.LEFT), leek=(2, 3))

    assert morning.comes() == 1
    assert morning.told == [CHIEF.email]


def test_a_letter_that_does_not_leave_is_sent_by_whoever_comes_next():
    morning = Morning(leek=(2, 3))
    morning.fails = UnsentMailError("Down.")
    with pytest.raises(UnsentMailError):
        morning.comes()

    morning.fails = None
    assert morning.comes(0.01) == 1
