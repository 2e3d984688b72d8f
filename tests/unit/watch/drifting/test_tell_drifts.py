"""Of each drift those on duty and the account's owner are told once, and no word of it."""

from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest

from shared.accounts.registry import PersonStatus
from shared.drift.drift import Drift, Kind, drift_name, mark_of
from shared.mail.errors import MailError
from shared.mail.found_letters import MOST_LINES
from shared.posts.names import AccountId, LeafId, PlatformName
from tests.builders import NOW, a_person, an_account, an_approver
from watch.drifting.tell_drifts import (
    NEWS,
    WHAT,
    Desk,
    NobodyToTellError,
    tell_drifts,
)

OWNER, OTHER = a_person("sgt-lind"), a_person("sgt-other")
MASTODON = PlatformName("mastodon")


def a_drift(account="riverside", kind=Kind.POST, at=NOW, number=0):
    mark = mark_of(kind, f"{account}{number}")
    name = drift_name(AccountId(account), MASTODON, mark, at)
    return Drift(name, AccountId(account), MASTODON, kind, mark, LeafId("l"), at)


@dataclass
class World:
    """Drifts newest first, whom there is, what was begun, told and sent."""

    found: list
    duty: list = field(default_factory=lambda: [an_approver()])
    people: list = field(default_factory=lambda: [OWNER, OTHER])
    told_of: dict = field(default_factory=dict)
    acts: list = field(default_factory=list)
    mails: list = field(default_factory=list)
    broken: bool = False

    def tell(self, now=NOW):
        link = "https://x.example"
        desk = Desk(self, self, Accounts(), People(self), link, "a@b.example", self.send)
        return tell_drifts(desk, now)

    def found_since(self, moment):
        return tuple(each for each in self.found if each.found_at > moment)

    def begin_each(self, notices):
        untold = {name: act for name, act in notices if not self.told_of.get(name)}
        self.told_of |= dict.fromkeys(untold, False)
        self.acts.extend(untold.values())
        return frozenset(untold)

    def told(self, notice_ids, _now):
        self.told_of |= dict.fromkeys(notice_ids, True)

    def send(self, message):
        if self.broken:
            raise MailError("No mail.")
        words = " ".join(message.get_body(("plain",)).get_content().split())
        self.mails.append((message["To"], words))
        return "id"


class Accounts:
    def all(self):
        return (an_account(), an_account("leek", owner=OTHER.person_id, title="Leek Team"))


class People:
    def __init__(self, world):
        self.all = lambda: tuple(world.people)
        self.on_duty = lambda: tuple(world.duty)


def test_those_on_duty_hear_of_all_and_owners_of_their_own_and_what_to_do():
    world = World([a_drift(), a_drift("leek", Kind.NAME)])

    assert world.tell() == 2

    told = dict(world.mails)
    assert set(told) == {"comms-ray@force.example", OWNER.email, OTHER.email}
    assert "a post that is not from us" in told["comms-ray@force.example"]
    assert "Leek Team" in told["comms-ray@force.example"]
    assert "Leek Team" not in told[OWNER.email]
    assert "Leek Team on Mastodon: another name" in told[OTHER.email]
    assert all("suspend the account" in mail for mail in told.values())
    assert {act.type for act in world.acts} == {"drift.told"}


def test_what_is_only_to_be_confirmed_rings_nobody():
    world = World([a_drift(kind=Kind.FIRST)])

    assert (world.tell(), world.mails, world.told_of) == (0, [], {})


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind is not Kind.FIRST])
def test_every_kind_has_its_line(kind):
    world = World([a_drift(kind=kind)])
    world.tell()

    assert WHAT[kind] in world.mails[0][1]


def test_nobody_is_told_twice_and_what_could_not_be_told_is_told_another_time():
    world = World([a_drift()], broken=True)
    with pytest.raises(MailError):
        world.tell()
    world.broken = False

    assert (world.tell(), world.tell(NOW + timedelta(hours=1))) == (1, 0)
    assert len(world.mails) == 2


def test_where_nobody_is_on_duty_the_alarm_rings():
    world = World([a_drift()], duty=[], people=[])

    with pytest.raises(NobodyToTellError):
        world.tell()
    world.duty = [an_approver()]
    assert world.tell() == 1


def test_an_owner_who_left_hears_nothing():
    world = World([a_drift()], people=[replace(OWNER, status=PersonStatus.LEFT)])
    world.tell()

    assert [to for to, _ in world.mails] == ["comms-ray@force.example"]


def test_old_ones_are_not_told_and_of_many_the_letter_says_how_many():
    found = [a_drift(number=number) for number in range(MOST_LINES + 2)]
    world = World([*found, a_drift(at=NOW - NEWS - timedelta(hours=1))])

    assert world.tell() == MOST_LINES + 2
    assert "and 2 more" in world.mails[0][1]
