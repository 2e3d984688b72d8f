"""In the morning the owner hears that nobody looked; on the second day whoever is above; once."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest

from shared.accounts.registry import PersonStatus
from shared.mail.errors import UnsentMailError
from shared.mentions.checks import Check
from shared.posts.names import AccountId
from tests.builders import a_person, an_account
from watch.listening.tell_checks import Desk, tell_checks

MORNING = datetime(2026, 11, 20, 8, 15, tzinfo=UTC)
TODAY = date(2026, 11, 20)
OWNER, CHIEF = a_person("pc-own"), a_person("insp-above")
ABOVE = an_account("moors", owner=CHIEF.person_id, title="Moors")
BELOW = an_account("leek", owner=OWNER.person_id, title="Leek", parent=AccountId("moors"))


@pytest.fixture
def world():
    days = {"leek": (), "moors": (1, 2, 3)}
    return SimpleNamespace(begun=set(), told=set(), mails=[], lost=set(), days=days)


def told(world, now=MORNING, owner=OWNER):
    checks = {
        (AccountId(account), TODAY - timedelta(days=number))
        for account, numbers in world.days.items()
        for number in numbers
    }

    def begin(notice, act):
        new = notice not in world.begun
        world.begun.add(notice)
        return new

    def send(mail):
        if mail["To"] in world.lost:
            raise UnsentMailError("No such address.")
        world.mails.append(mail)
        return "id"

    desk = Desk(
        SimpleNamespace(
            several=lambda wanted: tuple(
                Check(*each, OWNER.person_id, now) for each in wanted if each in checks
            )
        ),
        SimpleNamespace(begin=begin, told=lambda ids, _: world.told.update(ids)),
        SimpleNamespace(all=lambda: (ABOVE, BELOW)),
        SimpleNamespace(all=lambda: (owner, CHIEF)),
        "https://bluelamp.example",
        "from@bluelamp.example",
        send,
    )
    return tell_checks(desk, now)


def test_the_owner_hears_once_that_nobody_looked_yesterday(world):
    world.days["leek"] = (2, 3)

    assert [told(world), told(world)] == [1, 0]
    [mail] = world.mails
    assert mail["To"] == OWNER.email
    assert "Leek" in mail.get_body(("plain",)).get_content()


def test_after_two_days_whoever_is_above_hears_of_it(world):
    world.days["leek"] = (3,)

    assert told(world) == 1
    [mail] = world.mails
    assert mail["To"] == CHIEF.email
    assert "For the second day" in mail.get_body(("plain",)).get_content()


def test_a_letter_that_does_not_leave_keeps_no_other_and_makes_none_come_twice(world):
    world.days = {"leek": (2, 3), "moors": (2, 3)}
    world.lost = {OWNER.email}

    with pytest.raises(UnsentMailError):
        told(world)
    [mail] = world.mails
    assert mail["To"] == CHIEF.email
    assert world.told == {"check/moors/2026-11-19/owner"}


def test_nobody_hears_at_night_nor_all_day(world):
    world.days["leek"] = (2, 3)

    assert told(world, MORNING - timedelta(hours=1)) == 0
    assert told(world, MORNING + timedelta(hours=2)) == 0


def test_who_has_no_access_is_not_written_to(world):
    world.days["leek"] = (2, 3)

    assert told(world, owner=replace(OWNER, status=PersonStatus.LEFT)) == 0
    assert world.mails == []
