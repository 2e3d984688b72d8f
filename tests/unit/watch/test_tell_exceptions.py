"""Of each exception those on duty and the account's owner are told once."""

from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest

from shared.accounts.registry import PersonStatus
from shared.mail.errors import MailError
from shared.mail.found_letters import MOST_LINES
from shared.posts.exception_found import Change, PostException
from shared.posts.names import AccountId
from shared.records.listing import Listing
from tests.builders import NOW, a_person, a_post_id, an_account, an_approver
from watch.tell_exceptions import NEWS, Desk, NobodyToTellError, tell_exceptions

OWNER = a_person("sgt-lind")
OTHER = a_person("sgt-other")


def an_exception(account="riverside", at=NOW, **so):
    post_id = a_post_id()
    usual = {
        "post_id": post_id,
        "version": 1,
        "place": "mastodon",
        "account": AccountId(account),
        "change": Change.GONE,
        "published": "The secret words.",
        "shown": None,
        "platform_id": "77",
        "url": "https://social.example/77",
        "sent_at": NOW - timedelta(days=1),
        "missed_at": at,
        "found_at": at,
    }
    return PostException(f"{post_id}-1", **{**usual, **so})


@dataclass
class World:
    """Exceptions newest first, whom there is, what was begun, told and sent."""

    found: list
    duty: list = field(default_factory=lambda: [an_approver()])
    people: list = field(default_factory=lambda: [OWNER, OTHER])
    told_of: dict = field(default_factory=dict)
    acts: list = field(default_factory=list)
    mails: list = field(default_factory=list)
    broken: bool = False
    page: int = 99

    def tell(self, now=NOW):
        return tell_exceptions(
            Desk(
                self, self, Accounts(), People(self), "https://x.example", "a@b.example", self.send
            ),
            now,
        )

    def all(self, cursor=None, limit=20):
        start = int(cursor or 0)
        end = start + self.page
        more = str(end) if end < len(self.found) else None
        return Listing(tuple(self.found[start:end]), more)

    def begin(self, notice_id, act):
        if self.told_of.get(notice_id):
            return False
        self.told_of[notice_id] = False
        self.acts.append(act)
        return True

    def told(self, notice_ids, _now):
        self.told_of |= dict.fromkeys(notice_ids, True)

    def send(self, message):
        if self.broken:
            raise MailError("No mail.")
        self.mails.append((message["To"], message.get_body(("plain",)).get_content()))
        return "id"


class Accounts:
    def all(self):
        return (an_account(), an_account("leek", owner=OTHER.person_id, title="Leek Team"))


class People:
    def __init__(self, world):
        self.all = lambda: tuple(world.people)
        self.on_duty = lambda: tuple(world.duty)


def test_those_on_duty_hear_of_all_and_owners_of_their_own():
    world = World([an_exception(), an_exception("leek", change=Change.ALTERED)])

    assert world.tell() == 2

    told = dict(world.mails)
    assert set(told) == {"comms-ray@force.example", OWNER.email, OTHER.email}
    assert "is gone from mastodon" in told["comms-ray@force.example"]
    assert "Leek Team" in told["comms-ray@force.example"]
    assert "Leek Team" not in told[OWNER.email]
    assert "was changed on mastodon" in " ".join(told[OTHER.email].split())
    assert not any("secret words" in mail for mail in told.values())
    assert {act.type for act in world.acts} == {"exception.told"}


def test_nobody_is_told_twice():
    world = World([an_exception()])
    world.tell()

    assert world.tell(NOW + timedelta(hours=1)) == 0
    assert len(world.mails) == 2


def test_what_could_not_be_told_is_told_another_time():
    world = World([an_exception()], broken=True)
    with pytest.raises(MailError):
        world.tell()
    world.broken = False

    assert world.tell() == 1


def test_an_owner_who_left_hears_nothing_and_nobody_at_all_rings():
    left = replace(OWNER, status=PersonStatus.LEFT)
    world = World([an_exception()], people=[left])
    world.tell()

    assert [to for to, _ in world.mails] == ["comms-ray@force.example"]
    with pytest.raises(NobodyToTellError):
        World([an_exception()], people=[left], duty=[]).tell()


def test_old_ones_are_no_news():
    assert World([an_exception(at=NOW - NEWS)]).tell() == 0


def test_of_very_many_a_letter_names_some_and_says_how_many_more():
    world = World([an_exception() for _ in range(MOST_LINES + 7)], page=10)

    assert world.tell() == MOST_LINES + 7
    assert "and 7 more" in dict(world.mails)["comms-ray@force.example"]
