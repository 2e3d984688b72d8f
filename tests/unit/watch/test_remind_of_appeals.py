"""Owners hear the day before and on the day; the centre daily until it is closed; nothing twice."""

from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

import pytest

from shared.accounts.registry import PersonStatus
from shared.mail.errors import MailError
from shared.posts.appeal import Appeal, AppealState, Copy, Said
from shared.posts.life import State
from shared.records.listing import Listing
from tests.builders import NOW, a_person, a_post, an_account, an_approver
from tests.unit.fakes import Ledger
from watch.remind_of_appeals import Desk, NobodyToTellError, Reminded, remind_of_appeals

OWNER, COMMS = a_person(), an_approver()
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
LAST = date(2026, 12, 18)
ON = datetime(2026, 12, 18, 9, 0, tzinfo=UTC)
TO_OWNER, TO_CENTRE = "pc-okafor@force.example", "comms-ray@force.example"


@dataclass
class Appeals:
    """As `shared.records.appeals`, a page of one at a time."""

    rows: dict
    acts: list = field(default_factory=list)

    def lasting(self, cursor=None):
        rest = [each for each in self.rows.values() if each.state is not AppealState.CLOSED]
        at = int(cursor or 0)
        return Listing(tuple(rest[at : at + 1]), str(at + 1) if at + 1 < len(rest) else None)

    def change(self, before, after, act):
        self.rows[after.appeal_id] = after
        self.acts.append((act.type, act.actor, act.reason))


@dataclass
class Notices:
    """As `shared.records.notices`; whoever died in between is found dead at once."""

    begun: dict = field(default_factory=dict)

    def begin(self, notice_id, act):
        first = notice_id not in self.begun
        self.begun.setdefault(notice_id, "begun")
        return first or self.begun[notice_id] == "begun"

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


@dataclass
class People:
    duty: tuple = (COMMS,)

    def on_duty(self):
        return self.duty


def an_appeal(state=State.PUBLISHED, **changes):
    post = a_post("Have you seen this man?", state=state)
    usual = {"owner": OWNER.person_id, "opened_at": NOW, "ends_on": LAST}
    return post, Appeal(post.post_id, post.draft.account, **{**usual, **changes})


def a_desk(*appeals, owner=OWNER, **changes):
    ledger = Ledger().keep(an_account(), owner, *(post for post, _ in appeals))
    desk = Desk(
        Appeals({appeal.appeal_id: appeal for _, appeal in appeals}),
        ledger.posts,
        Notices(),
        ledger.snapshots,
        People(),
        "https://bluelamp.example",
        "bluelamp@police.example",
        Mail(),
    )
    return replace(desk, **changes)


@pytest.mark.parametrize(
    ("days", "told"),
    [
        (-2, []),
        (-1, [(TO_OWNER, "An appeal of yours ends tomorrow")]),
        (0, [(TO_OWNER, "An appeal of yours ends today")]),
        (1, [(TO_CENTRE, "1 appeal to be closed")]),
        (40, [(TO_CENTRE, "1 appeal to be closed")]),
    ],
)
def test_who_is_told_on_which_day(days, told):
    desk = a_desk(an_appeal())

    remind_of_appeals(desk, ON + days * DAY)
    remind_of_appeals(desk, ON + days * DAY + HOUR)

    assert desk.send.sent == told


def test_every_day_is_told_once_and_a_longer_appeal_anew():
    post, appeal = an_appeal()
    desk = a_desk((post, appeal))

    for days in (-1, 0, 1, 2):
        remind_of_appeals(desk, ON + days * DAY)
    desk.appeals.rows[appeal.appeal_id] = replace(appeal, ends_on=LAST + 7 * DAY)
    remind_of_appeals(desk, ON + 6 * DAY)

    assert [to for to, _ in desk.send.sent] == [TO_OWNER, TO_OWNER, TO_CENTRE, TO_CENTRE, TO_OWNER]


def test_nobody_is_woken_by_a_day_that_has_just_begun():
    desk = a_desk(an_appeal())

    assert remind_of_appeals(desk, ON.replace(hour=6)) == Reminded(0, 0, 0)
    assert remind_of_appeals(desk, ON.replace(hour=7)) == Reminded(1, 0, 0)


def test_what_is_found_and_not_closed_is_the_centres_from_the_next_day():
    said = Said(OWNER.person_id, NOW, "Home.")
    desk = a_desk(an_appeal(state=State.PUBLISHED, found=said))
    [appeal] = desk.appeals.rows.values()
    desk.appeals.rows[appeal.appeal_id] = replace(appeal, state=AppealState.FOUND)

    assert remind_of_appeals(desk, NOW + HOUR) == Reminded(0, 0, 0)
    assert remind_of_appeals(desk, NOW + DAY) == Reminded(0, 1, 0)
    desk.appeals.rows[appeal.appeal_id] = replace(appeal, state=AppealState.CLOSED)
    assert remind_of_appeals(desk, NOW + 2 * DAY) == Reminded(0, 0, 0)


def test_an_appeal_that_nobody_looks_after_is_the_centres():
    desk = a_desk(an_appeal(), owner=a_person(status=PersonStatus.LEFT))

    assert remind_of_appeals(desk, ON) == Reminded(0, 1, 0)
    assert [to for to, _ in desk.send.sent] == [TO_CENTRE]


@pytest.mark.parametrize("state", [State.BLOCKED, State.REJECTED, State.WITHDRAWN])
def test_what_never_went_out_is_closed_when_its_day_is_past(state):
    desk = a_desk(an_appeal(state))

    on_the_day = remind_of_appeals(desk, ON)
    after = remind_of_appeals(desk, ON + DAY)

    assert (on_the_day, after) == (Reminded(0, 0, 0), Reminded(0, 0, 1))
    assert desk.appeals.acts == [("appeal.closed", "bluelamp", "Nothing of it ever went out.")]
    assert desk.send.sent == []


def test_what_people_say_was_shared_is_not_closed_by_a_machine():
    copy = Copy("https://group.example/7", "", OWNER.person_id, NOW)
    desk = a_desk(an_appeal(State.WITHDRAWN, copies=(copy,)))

    assert remind_of_appeals(desk, ON + DAY) == Reminded(0, 1, 0)


@pytest.mark.parametrize("days", [0, 1])
def test_a_letter_that_did_not_leave_is_sent_by_whoever_comes_next(days):
    desk = a_desk(an_appeal(), an_appeal(), send=Mail(fails=[MailError("down")]))

    with suppress(MailError):
        remind_of_appeals(desk, ON + days * DAY)
    remind_of_appeals(desk, ON + days * DAY + HOUR)
    remind_of_appeals(desk, ON + days * DAY + 2 * HOUR)

    assert len(desk.send.sent) == (2 if days == 0 else 1)


def test_it_rings_where_nobody_is_on_duty():
    desk = a_desk(an_appeal(), people=People(duty=()))

    with pytest.raises(NobodyToTellError):
        remind_of_appeals(desk, ON + DAY)
