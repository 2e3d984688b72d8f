"""Posts whose keys are not good are told of once each, whatever breaks in between."""

from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest

from shared.accounts.custody import ROTATE_AFTER, Check, Custody, Use
from shared.accounts.registry import AccountStatus, PersonStatus, Role
from shared.mail.errors import MailError
from shared.posts.life import State
from shared.posts.names import AccountId, PersonId, PlatformName
from tests.builders import NOW, a_person, a_post, an_account
from watch.warn_of_keys import Desk, NobodyToTellError, warn_of_keys

LINKEDIN = PlatformName("linkedin")
REGISTRAR = a_person(person_id=PersonId("p-web"), role=Role.REGISTRAR)
COMMS = a_person(person_id=PersonId("p-comms"), role=Role.COMMS)
HOUR = timedelta(hours=1)


def keys(**changes):
    due = (NOW + ROTATE_AFTER).date()
    who = REGISTRAR.person_id
    kept = Custody(AccountId("riverside"), LINKEDIN, frozenset({who}), who, due, set_at=NOW)
    return replace(kept, **changes)


REFUSED = keys(check=Check.REFUSED)


def a_scheduled(due=NOW + timedelta(hours=20), **so):
    return a_post(not_before=due, platforms=(LINKEDIN,), **so)


class All:
    """Whatever there is of a noun."""

    def __init__(self, *rows):
        self.rows = rows

    def all(self):
        return self.rows


@dataclass
class People(All):
    rows: tuple = (REGISTRAR, COMMS)
    duty: tuple = (COMMS,)

    def on_duty(self):
        return self.duty


@dataclass
class Posts:
    waiting: tuple = ()

    def stalled(self, before):
        return self.waiting


@dataclass
class Notices:
    """As `shared.records.notices`; dead workers are found dead at once if `buried`."""

    begun: dict = field(default_factory=dict)
    acts: list = field(default_factory=list)
    buried: bool = True

    def begin(self, notice_id, act):
        if notice_id not in self.begun:
            self.begun[notice_id] = "begun"
            self.acts.append(act.type)
            return True
        return self.begun[notice_id] == "begun" and self.buried

    def told(self, notice_ids, now):
        self.begun |= dict.fromkeys(notice_ids, "told")


@dataclass
class Mail:
    """The mail service: what it took, and what it does with the next letters."""

    sent: list = field(default_factory=list)
    fails: list = field(default_factory=list)

    def __call__(self, message):
        if self.fails and (error := self.fails.pop(0)):
            raise error
        self.sent.append((message["To"], message["Subject"]))
        return "id"


def a_desk(*custodies, posts=(), people=None, account=None, notices=None, mail=None):
    return Desk(
        All(*custodies),
        people or People(),
        All(account or an_account()),
        Posts(tuple(posts)),
        notices or Notices(),
        "https://bluelamp.example",
        "bluelamp@police.example",
        mail or Mail(),
    )


class Unread:
    """Whatever there is of a noun, and nobody asks for it."""

    def all(self):
        raise AssertionError("It was read in vain.")


def test_where_no_post_waits_neither_keys_nor_accounts_are_read():
    desk = replace(a_desk(), custodies=Unread(), accounts=Unread())

    assert warn_of_keys(desk, NOW) == 0


@pytest.mark.parametrize(
    "custody",
    [
        keys(check=Check.REFUSED),
        keys(check=Check.MISSING),
        keys(ends_at=NOW + timedelta(hours=2)),
    ],
)
def test_a_post_due_within_a_day_whose_keys_are_not_good_is_told_to_comms_and_web_team(custody):
    desk = a_desk(custody, posts=[a_scheduled()])

    assert warn_of_keys(desk, NOW) == 1
    assert warn_of_keys(desk, NOW) == 0

    told = [to for to, _ in desk.send.sent]
    assert told == [REGISTRAR.email, COMMS.email]


@pytest.mark.parametrize(
    ("post", "check"),
    [
        (a_scheduled(), Check.GOOD),
        (a_scheduled(), Check.UNTRIED),
        (a_scheduled(), Check.NO_ANSWER),
        (a_scheduled(NOW + timedelta(hours=25)), Check.REFUSED),
        (a_scheduled(NOW - timedelta(hours=1)), Check.REFUSED),
        (a_scheduled(None), Check.REFUSED),
        (a_scheduled(state=State.RELEASED), Check.REFUSED),
    ],
)
def test_a_post_that_is_not_due_or_whose_keys_may_be_good_is_left_alone(post, check):
    desk = a_desk(keys(check=check), posts=[post])

    assert warn_of_keys(desk, NOW) == 0


def test_a_letter_tells_nothing_of_a_posts_words():
    mail = []
    desk = replace(a_desk(keys(check=Check.REFUSED), posts=[a_scheduled()]), send=mail.append)

    warn_of_keys(desk, NOW)

    assert len(mail) == 2
    assert not any(a_scheduled().draft.text in str(message) for message in mail)


def test_a_letter_that_could_not_leave_is_sent_by_the_next_run():
    mail = Mail(fails=[MailError("Not now."), MailError("Not now.")])
    desk = a_desk(REFUSED, posts=[a_scheduled()], mail=mail)

    with pytest.raises(MailError):
        warn_of_keys(desk, NOW)

    assert warn_of_keys(desk, NOW + HOUR) == 1
    assert len(mail.sent) == 2
    assert desk.notices.acts == ["credential.post_at_risk_told"]  # one leaf all the same


def test_two_at_once_tell_it_once():
    notices, mail = Notices(buried=False), Mail()
    post = a_scheduled()
    one, other = (a_desk(REFUSED, posts=[post], notices=notices, mail=mail) for _ in range(2))

    def meanwhile(message):
        assert warn_of_keys(other, NOW) == 0
        return mail(message)

    warn_of_keys(replace(one, send=meanwhile), NOW)

    assert len(mail.sent) == 2


class KilledError(BaseException):
    """The function is gone, between any two effects."""


@dataclass
class Frail:
    """Lets so many effects happen, and dies before the next."""

    left: int

    def on(self, effect):
        def happens(*asked):
            if self.left == 0:
                raise KilledError
            self.left -= 1
            return effect(*asked)

        return happens


@pytest.mark.parametrize(("step", "letters"), [(0, 2), (1, 2), (2, 3), (3, 4), (4, 2)])
def test_killed_anywhere_it_is_told_and_only_a_death_after_the_letter_tells_it_twice(step, letters):
    notices, mail, frail = Notices(), Mail(), Frail(step)
    desk = a_desk(REFUSED, posts=[a_scheduled()], notices=notices, mail=mail)
    dying = Notices(notices.begun, notices.acts)
    dying.begin, dying.told = frail.on(notices.begin), frail.on(notices.told)

    with suppress(KilledError):
        warn_of_keys(replace(desk, notices=dying, send=frail.on(mail)), NOW)
    warn_of_keys(desk, NOW)

    assert len(mail.sent) == letters
    assert set(notices.begun.values()) == {"told"}
    assert notices.acts == ["credential.post_at_risk_told"]


@pytest.mark.parametrize(
    "people",
    [
        People(rows=(COMMS,)),
        People(rows=(replace(REGISTRAR, status=PersonStatus.LEFT), COMMS)),
        People(duty=()),
    ],
)
def test_where_one_side_is_not_there_the_other_is_told_and_it_rings(people):
    desk = a_desk(REFUSED, posts=[a_scheduled()], people=people)

    with pytest.raises(NobodyToTellError):
        warn_of_keys(desk, NOW)

    assert len(desk.send.sent) == 1


def test_where_nobody_at_all_is_there_it_rings_until_somebody_is():
    desk = a_desk(REFUSED, posts=[a_scheduled()], people=People(rows=(), duty=()))
    with pytest.raises(NobodyToTellError):
        warn_of_keys(desk, NOW)

    assert warn_of_keys(replace(desk, people=People()), NOW + HOUR) == 1


def test_keys_that_only_read_put_no_post_at_risk():
    custody = keys(use=Use.READ, check=Check.REFUSED)

    assert warn_of_keys(a_desk(custody, posts=[a_scheduled()]), NOW) == 0


def test_at_night_nobody_is_told_of_what_has_time_in_the_morning():
    night = NOW.replace(hour=23)
    early, late = a_scheduled(night + 6 * HOUR), a_scheduled(night + 14 * HOUR)

    assert warn_of_keys(a_desk(REFUSED, posts=[early]), night) == 1
    desk = a_desk(REFUSED, posts=[late])
    assert [warn_of_keys(desk, night + hours * HOUR) for hours in (0, 4, 8)] == [0, 0, 1]


def test_the_posts_of_a_closed_account_are_at_no_risk():
    closed = an_account(status=AccountStatus.CLOSED)

    assert warn_of_keys(a_desk(REFUSED, posts=[a_scheduled()], account=closed), NOW) == 0
