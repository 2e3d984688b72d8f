"""A leave that leaves an account with nobody: refused, or told to comms, as COVER says (D04)."""

from dataclasses import replace
from datetime import date

import pytest

from register.desk import ALERT, REFUSE, Desk
from register.errors import NoCoverError, NotThatPersonError
from register.keep_person import plan_leave, stand
from shared.accounts.acts import Happened
from shared.accounts.errors import IncompletePersonError
from shared.accounts.force import Force
from shared.accounts.registry import Leave, PersonStatus, Role
from shared.posts.names import PersonId
from shared.records.errors import NotFoundError
from tests.builders import NOW, a_person, an_account

DOMAIN = "moorshire.police.example"


def one(key, **changes):
    """Somebody of the force."""
    known = {
        "email": f"{key}@{DOMAIN}",
        "mobile": "+447700900111",
        "status": PersonStatus.ACTIVE,
        **changes,
    }
    return replace(a_person(), person_id=PersonId(key), **known)


REGISTRAR = one("p-registrar", role=Role.REGISTRAR)
SOLE, OTHER, AUDITOR = one("p-sole"), one("p-other"), one("p-auditor", role=Role.AUDITOR)
TEAM = replace(an_account(), owner=SOLE.person_id, members=frozenset(), deputies=frozenset())
DAYS = Leave(date(2099, 6, 1), date(2099, 6, 9))


class Registry:
    """Accounts, people and custodies as far as cover asks of them; keeps every act."""

    def __init__(self, *accounts):
        self.accounts, self.acts = accounts, []
        self.people = {each.person_id: each for each in (REGISTRAR, SOLE, OTHER, AUDITOR)}

    def all(self):
        return self.accounts

    def get(self, person_id):
        if person_id not in self.people:
            raise NotFoundError("person", person_id)
        return self.people[person_id]

    def change(self, _, after, act):
        self.people[after.person_id] = after
        self.acts.append(act.type)

    def note(self, act):
        self.acts.append(act.type)


class People(Registry):
    """The same registry, asked for people."""

    def all(self):
        return tuple(self.people.values())


class Nothing:
    """No keys are kept."""

    def all(self):
        return ()


def a_desk(cover):
    """A desk over one account with one person; whom it warned about."""
    registry, warned = People(TEAM), []
    accounts = Registry(TEAM)
    accounts.acts = registry.acts
    desk = Desk(accounts, registry, Nothing(), Force(DOMAIN), cover, warned.extend)
    return desk, registry, warned


def plan(desk, leave=DAYS, who=SOLE):
    return plan_leave(who.person_id, leave, by=REGISTRAR, desk=desk, now=NOW)


def test_it_is_refused_and_nothing_is_written():
    desk, registry, warned = a_desk(REFUSE)

    with pytest.raises(NoCoverError, match=TEAM.title):
        plan(desk)

    assert (registry.acts, warned) == ([], [])


def test_or_it_is_recorded_and_comms_are_told():
    desk, registry, warned = a_desk(ALERT)

    after, bare = plan(desk)

    assert after.leave == (DAYS,)
    assert bare == (TEAM,)
    assert warned == [TEAM]
    assert registry.acts == [Happened.LEAVE_PLANNED, Happened.WITHOUT_COVER]


@pytest.mark.parametrize("cover", [REFUSE, ALERT])
def test_with_somebody_who_covers_nobody_needs_to_be_told(cover):
    desk, registry, warned = a_desk(cover)

    plan(desk, replace(DAYS, cover=OTHER.person_id))

    assert registry.acts == [Happened.LEAVE_PLANNED]
    assert warned == []


@pytest.mark.parametrize("stand_in", [AUDITOR.person_id, PersonId("p-nobody")])
def test_who_may_not_write_does_not_cover(stand_in):
    desk, registry, _ = a_desk(ALERT)

    with pytest.raises(NotThatPersonError):
        plan(desk, replace(DAYS, cover=stand_in))

    assert registry.acts == []


def test_who_is_away_themselves_does_not_cover():
    desk, _, _ = a_desk(REFUSE)
    plan(desk, Leave(date(2099, 6, 9), date(2099, 6, 20)), OTHER)

    with pytest.raises(NotThatPersonError):
        plan(desk, replace(DAYS, cover=OTHER.person_id))


@pytest.mark.parametrize(
    "leave",
    [
        Leave(date(2020, 1, 1), date(2020, 1, 2)),
        Leave(date(2099, 6, 9), date(2099, 6, 1), OTHER.person_id),
        Leave(date(2099, 1, 1), date(2101, 1, 1), OTHER.person_id),
    ],
)
def test_days_that_cannot_be_are_refused(leave):
    desk, registry, _ = a_desk(ALERT)

    with pytest.raises(IncompletePersonError):
        plan(desk, leave)

    assert registry.acts == []


@pytest.mark.parametrize("status", [PersonStatus.SUSPENDED, PersonStatus.LEFT])
@pytest.mark.parametrize("cover", [REFUSE, ALERT])
def test_taking_access_away_is_never_refused_for_want_of_cover(status, cover):
    desk, registry, warned = a_desk(cover)

    after = stand(SOLE.person_id, status, "A report.", by=REGISTRAR, desk=desk, now=NOW)

    assert after.status is status
    assert warned == [TEAM]
    assert Happened.WITHOUT_COVER in registry.acts


def test_being_away_without_cover_is_refused_or_told():
    refusing, _, _ = a_desk(REFUSE)
    telling, _, warned = a_desk(ALERT)
    away = (SOLE.person_id, PersonStatus.AWAY, "Sick.")

    with pytest.raises(NoCoverError):
        stand(*away, by=REGISTRAR, desk=refusing, now=NOW)
    stand(*away, by=REGISTRAR, desk=telling, now=NOW)

    assert warned == [TEAM]
