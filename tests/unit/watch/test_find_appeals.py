"""Owners hear the day before and on the day; the centre daily until it is closed; nothing twice."""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime

import pytest

from shared.accounts.registry import PersonStatus
from shared.mail.errors import MailError
from shared.posts.appeal import Appeal, AppealState, Copy, Said
from shared.posts.life import State
from shared.records.errors import ChangedError
from shared.records.listing import Listing
from tests.builders import NOW, a_person, a_post, an_approver
from tests.unit.fakes import Ledger
from tests.unit.watch.mornings import DAY
from tests.unit.watch.mornings import Morning as AnyMorning
from watch.morning.find_appeals import Desk, find_appeals
from watch.morning.tell import NobodyToTellError, tell

OWNER, COMMS = a_person(), an_approver()
LAST = date(2026, 12, 18)
ON = datetime(2026, 12, 18, 7, 30, tzinfo=UTC)
HOME = Said(OWNER.person_id, NOW, "Home.")
ENDS, OPEN = "An appeal of yours ends", "This appeal is to be closed"


@dataclass
class Appeals:
    """As `shared.records.appeals`, a page of one at a time."""

    rows: dict
    acts: list = field(default_factory=list)
    busy: bool = False

    def lasting(self, cursor=None):
        rest = [each for each in self.rows.values() if each.state is not AppealState.CLOSED]
        at = int(cursor or 0)
        return Listing(tuple(rest[at : at + 1]), str(at + 1) if at + 1 < len(rest) else None)

    def change(self, before, after, act):
        if self.busy:
            raise ChangedError("appeal", before.appeal_id, "moved on meanwhile")
        self.rows[after.appeal_id] = after
        self.acts.append((act.type, act.actor, act.reason))


def an_appeal(state=State.PUBLISHED, **changes):
    post = a_post("Have you seen this man?", state=state)
    usual = {"owner": OWNER.person_id, "opened_at": NOW, "ends_on": LAST}
    return post, Appeal(post.post_id, post.draft.account, **{**usual, **changes})


class Morning(AnyMorning):
    def __init__(self, *appeals, people=(OWNER, COMMS)):
        super().__init__(people=people)
        self.appeals = Appeals({appeal.appeal_id: appeal for _, appeal in appeals})
        self.posts = Ledger().keep(*(post for post, _ in appeals)).posts

    def comes(self, days=0):
        now = ON + days * DAY
        dues = find_appeals(Desk(self.appeals, self.posts), self.who(), now)
        return tell(self.office(), dues, now)

    @property
    def said(self):
        """Whom, and what of."""
        return [(mail["To"], line) for mail in self.letters for line in self.lines(mail)]

    @staticmethod
    def lines(mail):
        text = " ".join(mail.get_body(("plain",)).get_content().split())
        return [each for each in (f"{ENDS} today", f"{ENDS} tomorrow", OPEN) if each in text]


@pytest.mark.parametrize(
    ("days", "told"),
    [
        (-2, []),
        (-1, [(OWNER.email, f"{ENDS} tomorrow")]),
        (0, [(OWNER.email, f"{ENDS} today")]),
        (1, [(COMMS.email, OPEN)]),
        (40, [(COMMS.email, OPEN)]),
    ],
)
def test_who_is_told_on_which_day(days, told):
    morning = Morning(an_appeal())

    for _ in range(2):
        morning.comes(days)

    assert morning.said == told
    assert set(morning.happened) <= {"appeal.told"}


def test_every_day_is_told_once_and_a_longer_appeal_anew():
    post, appeal = an_appeal()
    morning = Morning((post, appeal))

    for days in (-1, 0, 1, 2):
        morning.comes(days)
    morning.appeals.rows[appeal.appeal_id] = replace(appeal, ends_on=LAST + 7 * DAY)
    morning.comes(6)

    assert morning.told == [OWNER.email, OWNER.email, COMMS.email, COMMS.email, OWNER.email]


def test_a_line_leads_to_the_appeal_and_says_nothing_of_its_words():
    post, appeal = an_appeal()
    morning = Morning((post, appeal))

    morning.comes()

    text = morning.letters[0].get_body(("plain",)).get_content()
    assert f"https://bluelamp.example/appeals/{appeal.appeal_id}" in text
    assert "Have you seen" not in text


def test_what_is_found_and_not_closed_is_the_centres_from_the_next_day():
    post, appeal = an_appeal(found=replace(HOME, at=ON), state=State.PUBLISHED, ends_on=LAST + DAY)
    found = replace(appeal, state=AppealState.FOUND)
    morning = Morning((post, found))

    assert [morning.comes(), morning.comes(1)] == [0, 1]
    assert morning.said == [(COMMS.email, OPEN)]
    morning.appeals.rows[found.appeal_id] = replace(found, state=AppealState.CLOSED)
    assert morning.comes(2) == 0


def test_an_appeal_that_nobody_looks_after_is_the_centres():
    morning = Morning(an_appeal(), people=(a_person(status=PersonStatus.LEFT), COMMS))

    assert morning.comes() == 1
    assert morning.said == [(COMMS.email, OPEN)]


@pytest.mark.parametrize("state", [State.BLOCKED, State.REJECTED, State.WITHDRAWN])
def test_what_never_went_out_is_closed_when_its_day_is_past(state):
    morning = Morning(an_appeal(state))

    assert [morning.comes(), morning.comes(1)] == [0, 0]
    assert morning.appeals.acts == [("appeal.closed", "bluelamp", "Nothing of it ever went out.")]
    assert morning.letters == []


def test_what_somebody_is_at_just_now_is_closed_another_morning():
    morning = Morning(an_appeal(State.REJECTED))
    morning.appeals.busy = True
    morning.comes(1)

    morning.appeals.busy = False
    morning.comes(2)

    assert len(morning.appeals.acts) == 1


def test_what_people_say_was_shared_is_not_closed_by_a_machine():
    copy = Copy("https://group.example/7", "", OWNER.person_id, NOW)
    morning = Morning(an_appeal(State.WITHDRAWN, copies=(copy,)))

    assert morning.comes(1) == 1
    assert morning.appeals.acts == []


@pytest.mark.parametrize("days", [0, 1])
def test_a_letter_that_did_not_leave_is_sent_by_whoever_comes_next(days):
    morning = Morning(an_appeal(), an_appeal())
    morning.fails = MailError("down")
    with pytest.raises(MailError):
        morning.comes(days)

    morning.fails = None
    assert [morning.comes(days + 0.01), morning.comes(days + 0.02)] == [2, 0]
    assert len(morning.letters) == 1


def test_it_rings_where_nobody_is_on_duty():
    with pytest.raises(NobodyToTellError):
        Morning(an_appeal(), people=(OWNER,)).comes(1)
